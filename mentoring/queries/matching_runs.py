"""Reading runs: the list, and what differs between two of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from mentoring.domain.matching.problem_json import read_problem, read_solution
from mentoring.domain.matching.values import CRITERION_LABELS, OBJECTIVE_LABELS, Criterion, Objective, Problem, Solution
from mentoring.domain.matching.what_if import Change, Move, change
from mentoring.models import MatchingRun
from mentoring.queries.matching_board import names_of, people_of
from people.access import Access


def run_list(access: Access) -> QuerySet[MatchingRun]:
    """Runs without their input, newest first, with who made them and `made`: how many pairings came of each."""
    rows = MatchingRun.objects.visible_to(access).defer("input").select_related("created_by")
    return rows.annotate(made=Count("pairings")).order_by("-created_at", "-pk")


def solved_run(access: Access, run_id: int) -> MatchingRun:
    """A run that is solved; raises MatchingRun.DoesNotExist."""
    return MatchingRun.objects.visible_to(access).filter(state=MatchingRun.State.SOLVED).get(pk=run_id)


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule that two runs had differently."""

    label: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of an earlier run in a later one: figures, rules, and every mentee whose mentor differs."""

    earlier: Solution
    later: Solution
    change: Change
    rules: tuple[RuleChange, ...]
    moves: tuple[Move, ...]
    came: tuple[str, ...]
    left: tuple[str, ...]
    names: Mapping[str, str]


def compared(access: Access, earlier: MatchingRun, later: MatchingRun) -> Comparison:
    """The first solutions of two runs side by side; mentees of one run alone are told apart."""
    was, now = read_solution(earlier.result), read_solution(later.result)
    before, after = read_problem(earlier.input), read_problem(later.input)
    names = _names(access, before, after)
    people_was, people_now = ({mentee.id for mentee in problem.mentees} for problem in (before, after))
    found = change(was, now)
    return Comparison(
        earlier=was,
        later=now,
        change=found,
        rules=_rules(earlier, later),
        moves=tuple(move for move in found.moves if move.mentee in people_was & people_now),
        came=tuple(names[each] for each in sorted(people_now - people_was)),
        left=tuple(names[each] for each in sorted(people_was - people_now)),
        names=names,
    )


def _names(access: Access, before: Problem, after: Problem) -> dict[str, str]:
    mentors, mentees = (*before.mentors, *after.mentors), (*before.mentees, *after.mentees)
    return names_of(access, mentors, mentees, people_of(access, {each.id for each in (*mentors, *mentees)}))


def _rules(earlier: MatchingRun, later: MatchingRun) -> tuple[RuleChange, ...]:
    found = [
        RuleChange(CRITERION_LABELS[each], str(earlier.weights.get(each, 0)), str(later.weights.get(each, 0)))
        for each in Criterion
        if earlier.weights.get(each, 0) != later.weights.get(each, 0)
    ]
    if earlier.objective != later.objective:
        labels = (OBJECTIVE_LABELS[Objective(earlier.objective)], OBJECTIVE_LABELS[Objective(later.objective)])
        found.append(RuleChange("что важнее", *labels))
    if earlier.has_district != later.has_district:
        words = {True: "с ними", False: "без них"}
        found.append(RuleChange("наставники района", words[earlier.has_district], words[later.has_district]))
    return tuple(found)
