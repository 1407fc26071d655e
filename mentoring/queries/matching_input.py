"""What matching knows about both banks today: rows to the values of the formula, hard rules in words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Prefetch

from mentoring.domain.bank_sheet.values import Category, MentoringForm
from mentoring.domain.matching.values import Ban, Mentee, Mentor, Objective, Problem
from mentoring.domain.topics import divided, folded, usual_spellings
from mentoring.models import (
    MenteeProfile,
    MenteeRequest,
    MentorProfile,
    MentorTopic,
    PairBan,
    PairingMentee,
    Preference,
)
from mentoring.queries.bans import forbidden_pairs
from mentoring.queries.failures import failed_pairs
from mentoring.queries.matching_settings import MatchingRules
from mentoring.queries.sharing import SharedMentor, lent_places, shared_mentors
from people.access import Access
from people.domain.consent import Purpose
from people.domain.school_year import SchoolYear
from people.models import Person

LEVEL = 5
"""A bank says what a mentor is strong in, not how strong: every competence counts whole."""

DISTRICT = "d"
"""Before the number of a person of another organisation, who is no row of this one."""

NO_CONSENT = "нет согласия на обработку персональных данных"
NOT_APPROVED = "кандидат ещё не утверждён"
NOT_TRAINED = "не прошёл подготовку наставников"
FAILED_BEFORE = "раньше эта пара не сложилась"


@dataclass(frozen=True, slots=True)
class _Choices:
    """What people of one side chose: best first, and whom better not, by id of the chooser."""

    ranked: Mapping[int, tuple[str, ...]]
    avoided: Mapping[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Words:
    """One spelling for each topic and subject, whoever wrote it."""

    usual: Mapping[str, str]

    def of(self, text: str) -> str:
        return self.usual[folded(text)]

    def subjects(self, line: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.of(part) for part in divided(line)))


def matching_problem(access: Access, rules: MatchingRules, objective: Objective, *, has_district: bool) -> Problem:
    """Mentees without a mentor and all mentors of the organisation, with mentors of the district where asked for.

    Ids are those of persons, «d» before them for other organisations. Who cannot be proposed is there too, with the
    obstacle in words, so that it can be told what would help. The same few queries whatever the number of people.
    """
    mentors, mentees = _mentor_rows(access), _mentee_rows(access)
    district = shared_mentors(access) if has_district else []
    words = _words(mentors, mentees, district)
    consenting = set(
        Person.objects.visible_to(access).consenting(Purpose.PROCESSING, on=access.today).values_list("pk", flat=True)
    )
    by_mentors, by_mentees = _choices(access, is_mentor=True), _choices(access, is_mentor=False)
    own = [_mentor(access, rules, words, row, consenting, by_mentors) for row in mentors]
    return Problem(
        mentors=(*own, *(_guest(rules, words, each) for each in district)),
        mentees=tuple(_mentee(access, words, row, consenting, by_mentees) for row in mentees),
        objective=objective,
        weights=rules.weights,
        bans=_bans(access, mentors, mentees),
    )


def _mentor_rows(access: Access) -> list[MentorProfile]:
    rows = MentorProfile.objects.visible_to(access).in_bank(access.today).select_related("person", "organisation")
    topics = MentorTopic.objects.order_by("pk")  # unscoped: of scoped rows
    found = list(rows.prefetch_related(Prefetch("topics", topics)).order_by("person__sort_key", "pk"))
    places = PairingMentee.objects.visible_to(access).taken(access.today).order_by().values("mentor")
    taken = dict(places.annotate(number=Count("pk")).values_list("mentor", "number"))
    lent = lent_places(access)
    for row in found:
        row.taken = taken.get(row.person_id, 0) + lent.get(row.person_id, 0)
    return found


def _mentee_rows(access: Access) -> list[MenteeProfile]:
    taken = PairingMentee.objects.visible_to(access).taken(access.today).values("mentee")
    rows = MenteeProfile.objects.visible_to(access).in_bank(access.today).exclude(person__in=taken)
    requests = MenteeRequest.objects.order_by("-weight", "pk")  # unscoped: of scoped rows
    found = rows.select_related("person").prefetch_related(Prefetch("requests", requests))
    return list(found.order_by("person__sort_key", "pk"))


def _words(
    mentors: Iterable[MentorProfile], mentees: Iterable[MenteeProfile], district: Iterable[SharedMentor]
) -> _Words:
    written = [topic.topic for row in mentors for topic in row.topics.all()]
    written += [request.topic for row in mentees for request in row.requests.all()]
    written += [topic for each in district for topic in each.topics]
    for line in [*(row.person.subject for row in (*mentors, *mentees)), *(each.subject for each in district)]:
        written += divided(line)
    return _Words(usual_spellings(written))


def _choices(access: Access, *, is_mentor: bool) -> _Choices:
    year = SchoolYear.of(access.today).start
    rows = Preference.objects.visible_to(access).filter(year=year, is_mentor=is_mentor).order_by("rank", "pk")
    ranked, avoided = defaultdict(list), defaultdict(list)
    for chooser, chosen, rank in rows.values_list("chooser_id", "chosen_id", "rank"):
        (avoided if rank is None else ranked)[chooser].append(str(chosen))
    return _Choices(
        {chooser: tuple(found) for chooser, found in ranked.items()},
        {chooser: tuple(found) for chooser, found in avoided.items()},
    )


def _category(code: str) -> Category | None:
    return Category(code) if code else None


def _mentor(
    access: Access, rules: MatchingRules, words: _Words, row: MentorProfile, consenting: set[int], choices: _Choices
) -> Mentor:
    person = row.person
    obstacles = []
    if person.pk not in consenting:
        obstacles.append(NO_CONSENT)
    if row.standing != MentorProfile.Standing.APPROVED:
        obstacles.append(NOT_APPROVED)
    if rules.demands_training and (row.trained_on is None or row.trained_on > access.today):
        obstacles.append(NOT_TRAINED)
    return Mentor(
        id=str(person.pk),
        capacity=max(row.places() - row.taken, 0),
        taken=row.taken,
        topics={words.of(topic.topic): LEVEL for topic in row.topics.all()},
        subjects=words.subjects(person.subject),
        experience=person.experience_years,
        category=_category(person.category),
        forms=tuple(row.forms),
        hours=None if row.hours is None else float(row.hours),
        organisation=str(access.organisation_id),
        prefers=choices.ranked.get(person.pk, ()),
        avoid=choices.avoided.get(person.pk, ()),
        obstacles=tuple(obstacles),
    )


def _guest(rules: MatchingRules, words: _Words, each: SharedMentor) -> Mentor:
    return Mentor(
        id=f"{DISTRICT}{each.person_id}",
        capacity=each.free,
        topics={words.of(topic): LEVEL for topic in each.topics},
        subjects=words.subjects(each.subject),
        experience=each.experience_years,
        category=_category(each.category),
        forms=each.forms,
        hours=each.hours,
        organisation=each.organisation,
        obstacles=(NOT_TRAINED,) if rules.demands_training and not each.is_trained else (),
    )


def _mentee(access: Access, words: _Words, row: MenteeProfile, consenting: set[int], choices: _Choices) -> Mentee:
    person = row.person
    requests: dict[str, float] = {}
    for request in row.requests.all():
        topic = words.of(request.topic)
        requests[topic] = max(requests.get(topic, 0), request.weight)
    return Mentee(
        id=str(person.pk),
        requests=requests,
        subjects=words.subjects(person.subject),
        experience=person.experience_years,
        category=_category(person.category),
        form=row.form,
        organisation=str(access.organisation_id),
        prefers=choices.ranked.get(person.pk, ()),
        avoid=choices.avoided.get(person.pk, ()),
        obstacles=() if person.pk in consenting else (NO_CONSENT,),
    )


def _bans(access: Access, mentors: Iterable[MentorProfile], mentees: Iterable[MenteeProfile]) -> tuple[Ban, ...]:
    forms = {str(row.person_id): row.form for row in mentees}
    return bans_between(access, frozenset(str(row.person_id) for row in mentors), forms)


def bans_between(access: Access, mentors: frozenset[str], forms: Mapping[str, str]) -> tuple[Ban, ...]:
    """Standing bans and earlier failures between mentors and mentees, by ids of persons; three queries.

    `forms` are the forms of mentoring that mentees need: the superior who assesses may lead a head and teacher pair.
    """
    found = [
        Ban(str(pair.mentee_id), str(pair.mentor_id), pair.words)
        for pair in forbidden_pairs(access)
        if not (pair.ground == PairBan.Ground.SUPERIOR and forms.get(str(pair.mentee_id)) == MentoringForm.HEAD_TEACHER)
    ]
    found += [Ban(str(mentee), str(mentor), FAILED_BEFORE) for mentor, mentee in sorted(failed_pairs(access))]
    return tuple(ban for ban in found if ban.mentor in mentors and ban.mentee in forms)
