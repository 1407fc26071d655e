"""What matching knows about people, and what it makes of that: bans, rules, a candidate; runs with steps."""

from mentoring.models import PairBan
from people.models import Person
from tests.conftest import Persona
from tests.factories import (
    MatchingSettingsFactory,
    MatchingStepFactory,
    MentorProfileFactory,
    PairBanFactory,
    PersonFactory,
)
from tests.mentoring.matching_scene import mentee_of, solved_run


def furnished_bank_side(mentor: Person, mentee: Person, word: str) -> dict[str, object]:
    """Bans on `mentor` and `mentee`, rules that demand training, and a candidate; gives what they lend to URLs."""
    school = mentor.organisation
    MatchingSettingsFactory(organisation=school, weights={"subject": 30}, demands_training=True)
    grounds = (PairBan.Ground.CURATOR, PairBan.Ground.RELATIVES)
    bans = [PairBanFactory(mentor=mentor, mentee=mentee, reason=word, ground=ground) for ground in grounds]
    person = PersonFactory(organisation=school, surname=f"{word}а")
    candidate = MentorProfileFactory(person=person, standing="candidate")
    return {"ban_id": [ban.pk for ban in bans], "mentor_id": [candidate.pk]}


def furnished_runs(member: Persona, word: str) -> dict[str, object]:
    """Two runs, the newer one with a pair to accept and a step that forbids another; gives what they lend to URLs."""
    school = member.organisation
    mentee = mentee_of(school, f"{word}а", word)
    runs = [solved_run(member.access), solved_run(member.access, has_district=True)]
    forbidden = mentee_of(school, f"{word}а")
    MatchingStepFactory(run=runs[1], mentor=member.person, mentee=forbidden, kind="ban", reason=word)
    board = {"mentee": mentee.pk, "why": member.person.pk}
    questions = {"run_board": board, "run_mentors": {"mentee": mentee.pk}, "run_compare": {"with": runs[0].pk}}
    return {"run_id": [runs[1].pk, runs[0].pk], "questions": questions}
