"""Accepting what a run proposes: its pairs become pairings that both sides are asked about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from mentoring.domain.bank_sheet.values import MentoringForm
from mentoring.domain.matching.encoding import encoded
from mentoring.domain.matching.groups import groups
from mentoring.domain.matching.problem_json import read_problem
from mentoring.domain.matching.rules import NO_PLACES, obstacles
from mentoring.domain.matching.values import Objective, Pair, Problem
from mentoring.domain.vocabulary import MentoringKind
from mentoring.models import MatchingRun, Pairing
from mentoring.operations.pairings import PairingTerms, propose_pairing
from mentoring.operations.replies import Asked, ask_participants
from mentoring.queries.matching_decisions import decisions_of, fingerprint, solved
from mentoring.queries.matching_input import DISTRICT, matching_problem
from mentoring.queries.matching_settings import matching_settings
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission

OF_THE_DISTRICT = "наставник другой организации: сначала попросите её куратора"


@dataclass(frozen=True, slots=True)
class Terms:
    """What the new pairings have in common: both days are included; `in_groups` puts like mentees together."""

    first_day: date
    last_day: date
    in_groups: bool = False
    is_asked: bool = True


@dataclass(frozen=True, slots=True)
class Refusal:
    """A mentee whose pair could not be proposed, and why."""

    mentee: str
    words: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The pairings made, the pairs that could not be, and who was asked."""

    pairings: tuple[Pairing, ...]
    refusals: tuple[Refusal, ...]
    asked: Asked | None


@transaction.atomic
def accept_proposals(access: Access, *, run_id: int, mentees: Sequence[str], seen: str, terms: Terms) -> Outcome:
    """Make pairings in the state «proposed» of what the board proposes to these mentees, and ask both sides.

    `seen` is the `fingerprint` of the pairs that were chosen from. Everything is held against the banks as they are at
    this moment: what is no longer possible stays undone, with its reason, and does not hinder the rest. Mentees already
    accepted, or without a proposal, are left out. Refuses where nothing was chosen, and where the board proposes other
    pairs by now; raises MatchingRun.DoesNotExist.
    """
    access.check(Permission.PAIRINGS_EDIT)
    run = MatchingRun.objects.visible_to(access).select_for_update(of=("self",)).get(pk=run_id)
    if run.state != MatchingRun.State.SOLVED:
        raise RefusedError("Подбор ещё считается. Подождите немного.")
    problem = read_problem(run.input)
    decided = decisions_of(access, run, problem)
    wanted = set(mentees) - decided.taken
    solution = solved(problem, decided)
    if seen != fingerprint(solution):
        raise RefusedError("Пока вы смотрели, доска изменилась: теперь предложены другие пары. Проверьте их ещё раз.")
    chosen = [pair for pair in solution.pairs if pair.mentee in wanted]
    if not chosen:
        raise RefusedError("Выберите хотя бы одну пару, которая ещё не предложена.")
    now = matching_problem(access, matching_settings(access), Objective(run.objective), has_district=False)
    possible, refusals = _still_possible(now, chosen)
    made = []
    for members in _together(possible, now, in_groups=terms.in_groups):
        try:
            with transaction.atomic():
                made.append(_propose(access, run, members, now, terms))
        except RefusedError as refusal:
            refusals += [Refusal(pair.mentee, str(refusal)) for pair in members]
    is_asked = terms.is_asked and bool(made)
    asked = ask_participants(access, pairing_ids=[pairing.pk for pairing in made]) if is_asked else None
    return Outcome(tuple(made), tuple(refusals), asked)


def _still_possible(now: Problem, chosen: Sequence[Pair]) -> tuple[list[Pair], list[Refusal]]:
    it = encoded(now)
    places = {mentor.id: mentor.capacity for mentor in now.mentors}
    possible, refusals = [], []
    for pair in chosen:
        if pair.mentor.startswith(DISTRICT):
            words: tuple[str, ...] = (OF_THE_DISTRICT,)
        elif pair.mentee not in it.row_of or pair.mentor not in it.column_of:
            words = ("кого-то из двоих больше нет в банке, или у наставляемого уже есть наставник",)
        else:
            words = obstacles(it, now.bans, pair.mentee, pair.mentor) or (() if places[pair.mentor] else (NO_PLACES,))
        if words:
            refusals.append(Refusal(pair.mentee, "; ".join(words)))
        else:
            places[pair.mentor] -= 1
            possible.append(pair)
    return possible, refusals


def _together(pairs: Sequence[Pair], now: Problem, *, in_groups: bool) -> list[list[Pair]]:
    """The pairs by pairing: each alone, or like mentees of one mentor in a group."""
    if not in_groups:
        return [[pair] for pair in pairs]
    by_mentee = {pair.mentee: pair for pair in pairs}
    found = groups(pairs, {mentee.id: mentee for mentee in now.mentees})
    in_group = {mentee for group in found for mentee in group.mentees}
    together = [[by_mentee[mentee] for mentee in group.mentees] for group in found]
    return together + [[pair] for pair in pairs if pair.mentee not in in_group]


def _propose(access: Access, run: MatchingRun, members: Sequence[Pair], now: Problem, terms: Terms) -> Pairing:
    form = next(mentee.form for mentee in now.mentees if mentee.id == members[0].mentee)
    pairing = propose_pairing(
        access,
        mentor_id=int(members[0].mentor),
        mentee_ids=[int(pair.mentee) for pair in members],
        terms=PairingTerms(
            form=MentoringForm(form) if form else MentoringForm.TEACHER_TEACHER,
            kind=MentoringKind.TRADITIONAL,
            goal="",
            first_day=terms.first_day,
            last_day=terms.last_day,
        ),
    )
    pairing.run = run
    pairing.save(update_fields=["run"])
    return pairing
