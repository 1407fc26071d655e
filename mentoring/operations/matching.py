"""Matching as people do it: starting a run, and changing its board, with every change solved anew at once."""

from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse

from jobs.models import Job
from jobs.operations import start_job
from mentoring.domain.matching.problem_json import problem_json, read_problem
from mentoring.domain.matching.values import MatchingInputError, Objective, Problem, Solution
from mentoring.domain.matching.what_if import Change, change
from mentoring.models import MatchingRun, MatchingStep, PairBan
from mentoring.operations.bans import ban_pair, lift_ban
from mentoring.queries.bans import bans_of_pair
from mentoring.queries.matching_decisions import Decisions, decisions_of, solved
from mentoring.queries.matching_input import DISTRICT, matching_problem
from mentoring.queries.matching_settings import matching_settings
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission

Kind = MatchingStep.Kind


@transaction.atomic
def start_matching(access: Access, *, objective: Objective, has_district: bool) -> Job:
    """Take both banks as they are now and have the best pairs found; gives the job that does it.

    Refuses where nobody waits or no mentor is there. The job is of the kind "mentoring.match".
    """
    access.check(Permission.PAIRINGS_EDIT)
    rules = matching_settings(access)
    problem = matching_problem(access, rules, objective, has_district=has_district)
    if not problem.mentees:
        raise RefusedError("Подбирать некого: у каждого наставляемого есть наставник.")
    if not problem.mentors:
        raise RefusedError("В банке нет ни одного наставника. Сначала внесите наставников.")
    run = MatchingRun.objects.create(
        organisation=access.organisation,
        objective=objective,
        weights={criterion.value: points for criterion, points in rules.weights.items()},
        has_district=has_district,
        input=problem_json(problem),
        created_at=access.at,
        created_by_id=access.user_id,
    )
    return start_job(
        access,
        kind="mentoring.match",
        title="Подбор наставников",
        params={"run_id": run.pk},
        return_path=reverse("run_board", args=[access.organisation.slug, run.pk]),
    )


@dataclass(frozen=True, slots=True)
class Effect:
    """What a step has done to the board; `step` is None where it was so already. `total` are the points after it."""

    step: MatchingStep | None
    change: Change
    total: int


def _effect(step: MatchingStep | None, before: Solution, after: Solution) -> Effect:
    return Effect(step, change(before, after), after.total)


@transaction.atomic
def take_step(
    access: Access, *, run_id: int, kind: MatchingStep.Kind, mentee: str, mentor: str, reason: str = ""
) -> Effect:
    """Fix or forbid a pair on the board, or take that back, and find the best solution around it.

    `mentee` and `mentor` are ids of the run's input. A ban demands a reason of up to 300 characters and holds in later
    runs too. Refuses what hard rules forbid, and mentees who have been accepted; a second press changes nothing.
    Raises MatchingRun.DoesNotExist.
    """
    access.check(Permission.PAIRINGS_EDIT)
    run = _locked(access, run_id)
    problem = read_problem(run.input)
    _demand_people(problem, mentee, mentor)
    decided = decisions_of(access, run, problem)
    if mentee in decided.taken:
        raise RefusedError("У этого наставляемого уже есть пара: менять её можно в разделе «Пары и группы».")
    before = solved(problem, decided)
    ban, is_pinned = decided.ban_of(mentee, mentor), decided.pins.get(mentee) == mentor
    if {Kind.PIN: is_pinned, Kind.UNPIN: not is_pinned, Kind.BAN: ban is not None}[kind]:
        return _effect(None, before, before)
    if kind == Kind.PIN and ban is not None:
        raise RefusedError(f"Эту пару составлять нельзя: {ban.words}.")
    last = run.steps.order_by("-number").values_list("number", flat=True).first() or 0
    step = MatchingStep(
        organisation=access.organisation,
        run=run,
        number=last + 1,
        kind=kind,
        mentee_id=int(mentee),
        mentor_id=int(mentor),
        reason=" ".join(reason.split()),
        made_at=access.at,
        made_by_id=access.user_id,
    )
    _keep_ban(access, step)
    step.save()
    now = decisions_of(access, run, problem)
    if kind == Kind.PIN and not {*decided.pins, mentee} <= now.pins.keys():
        raise RefusedError("Так соединить нельзя: свободных мест у наставника больше нет.")
    return _effect(step, before, _solved_anew(problem, now))


def _locked(access: Access, run_id: int) -> MatchingRun:
    run = MatchingRun.objects.visible_to(access).select_for_update(of=("self",)).get(pk=run_id)
    if run.state != MatchingRun.State.SOLVED:
        raise RefusedError("Подбор ещё считается. Подождите немного.")
    return run


def _demand_people(problem: Problem, mentee: str, mentor: str) -> None:
    if mentor.startswith(DISTRICT):
        raise RefusedError("Это наставник другой организации: сначала попросите её куратора.")
    if mentee not in {each.id for each in problem.mentees} or mentor not in {each.id for each in problem.mentors}:
        raise RefusedError("Этого человека в подборе нет: он появился позже. Начните новый подбор.")


def _keep_ban(access: Access, step: MatchingStep) -> None:
    """A ban on the board is a ban like any other: it stands for later runs until it is lifted."""
    if step.kind == Kind.BAN:
        ground = PairBan.Ground.CURATOR
        ban_pair(access, mentor_id=step.mentor_id, mentee_id=step.mentee_id, ground=ground, reason=step.reason)


def _lift_ban(access: Access, step: MatchingStep) -> None:
    if step.kind == Kind.BAN:
        bans = bans_of_pair(access, mentor_id=step.mentor_id, mentee_id=step.mentee_id)
        for ban in bans.filter(ground=PairBan.Ground.CURATOR):
            lift_ban(access, ban_id=ban.pk)


@transaction.atomic
def undo_step(access: Access, *, run_id: int, number: int) -> Effect:
    """Take back the last change of the board, which was shown as the step `number`; its row stays as a trace.

    A second press changes nothing. Refuses where there is no such step, and where somebody has changed the board
    since. Raises MatchingRun.DoesNotExist.
    """
    access.check(Permission.PAIRINGS_EDIT)
    run = _locked(access, run_id)
    step = run.steps.filter(number=number).first()
    if step is None:
        raise RefusedError("Отменять нечего.")
    problem = read_problem(run.input)
    before = solved(problem, decisions_of(access, run, problem))
    if step.undone_at is not None:
        return _effect(None, before, before)
    if run.steps.filter(undone_at__isnull=True, number__gt=number).exists():
        raise RefusedError("Пока вы смотрели, доску изменили ещё раз: отменить можно только последнее изменение.")
    _lift_ban(access, step)
    step.undone_at = access.at
    step.save(update_fields=["undone_at"])
    return _effect(step, before, _solved_anew(problem, decisions_of(access, run, problem)))


def _solved_anew(problem: Problem, decided: Decisions) -> Solution:
    """The board by its decisions as they are now; refuses what cannot be, and nothing of it is kept then."""
    try:
        return solved(problem, decided)
    except MatchingInputError as error:
        # The formula speaks of ids: whom they mean stands on the page.
        _, _, words = str(error).partition(": ")
        raise RefusedError(f"Так соединить нельзя: {words}.") from error
