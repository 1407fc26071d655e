"""Starting a run, and changing its board: what each step does, what it refuses, how it is taken back."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied

from jobs.kinds import work_of
from jobs.models import Job
from mentoring.domain.matching.problem_json import problem_json, read_solution
from mentoring.domain.matching.values import DEFAULT_WEIGHTS, Objective, Pair
from mentoring.domain.matching.what_if import Change, Move
from mentoring.models import MatchingRun, MatchingStep, PairBan
from mentoring.operations.bans import ban_pair, lift_ban
from mentoring.operations.matching import start_matching, take_step, undo_step
from mentoring.operations.pairings import decline_pairing, propose_pairing
from mentoring.queries.bans import ban_list
from mentoring.queries.matching_input import matching_problem
from mentoring.queries.matching_settings import MatchingRules
from people.domain.refusal import RefusedError
from tests.factories import AT, MatchingRunFactory, MatchingSettingsFactory, PairBanFactory
from tests.mentoring.at_once import at_once
from tests.mentoring.matching_scene import four_matched, mentee_of, mentor_of, offers, solved_run
from tests.mentoring.order_steps import fresh, refusal_of, terms
from tests.mentoring.sharing_steps import offered

Kind = MatchingStep.Kind
BEST = {("Лисина", "Котова"), ("Ахметов", "Седов")}
TURNED = {("Лисина", "Седов"), ("Ахметов", "Котова")}
NO_PLACES = "Так соединить нельзя: свободных мест у наставника больше нет."


@pytest.fixture
def four(curator):
    return four_matched(curator)


def step(persona, run, kind, mentee, mentor, reason=""):
    """A step about two people, given as persons or as ids of the run's input."""
    ids = {"mentee": str(getattr(mentee, "pk", mentee)), "mentor": str(getattr(mentor, "pk", mentor))}
    return take_step(persona.access, run_id=run.pk, kind=kind, **ids, reason=reason)


def elsewhere(curator, mentor, mentee):
    """The two put together past the run."""
    return propose_pairing(curator.access, mentor_id=mentor.pk, mentee_ids=[mentee.pk], terms=terms())


# Starting


def start(persona, objective=Objective.COVER, *, has_district=False):
    return start_matching(persona.access, objective=objective, has_district=has_district)


def test_run_keeps_what_it_is_about_and_is_a_job(curator, school):
    MatchingSettingsFactory(organisation=school, weights={"subject": 30})
    mentor_of(school, "Котова", "урок")
    mentee_of(school, "Лисина", "урок")

    job = start(curator, Objective.SUM, has_district=True)

    run = MatchingRun.objects.get()
    weights = {**DEFAULT_WEIGHTS, "subject": 30}
    rules = MatchingRules(weights, Objective.COVER, demands_training=False)
    problem = matching_problem(curator.access, rules, Objective.SUM, has_district=True)
    assert (run.state, run.objective, run.has_district) == ("queued", "sum", True)
    assert (run.created_at, run.created_by, run.organisation, run.solved_at) == (AT, curator.user, school, None)
    assert (run.weights, run.input) == (weights, problem_json(problem))
    assert Job.objects.get() == job
    assert (job.kind, job.title, job.params) == ("mentoring.match", "Подбор наставников", {"run_id": run.pk})
    assert job.return_path == f"/o/licey/matching/runs/{run.pk}/"


def test_run_over_nobody_is_refused(curator, school):
    alone = refusal_of(start, curator)
    mentee_of(school, "Лисина")
    without_mentors = refusal_of(start, curator)

    assert alone == "Подбирать некого: у каждого наставляемого есть наставник."
    assert without_mentors == "В банке нет ни одного наставника. Сначала внесите наставников."
    assert (MatchingRun.objects.count(), Job.objects.count()) == (0, 0)


def test_job_solves_the_run_once_and_tells_how_far_it_is(curator, school):
    mentor, mentee = mentor_of(school, "Котова", "урок"), mentee_of(school, "Лисина", "урок")
    run_id, told = start(curator).params["run_id"], []
    work = partial(work_of("mentoring.match"), lambda *progress: told.append(progress), run_id=run_id)

    work()
    run = MatchingRun.objects.get()
    MatchingRun.objects.update(result={"pairs": "первый ответ"})
    work()

    assert run.state == "solved"
    assert run.solved_at is not None
    assert read_solution(run.result).pairs == (Pair(str(mentee.pk), str(mentor.pk), 47),)
    assert MatchingRun.objects.get().result == {"pairs": "первый ответ"}
    assert told == [(0, 3, "Считаем баллы пар"), (1, 3, "Ищем лучшие пары"), (2, 3, "Записываем"), (3, 3, "Готово")]


def test_job_of_a_run_that_is_gone_does_nothing(db):
    work_of("mentoring.match")(lambda *progress: None, run_id=1)

    assert MatchingRun.objects.count() == 0


# Pins


def test_pin_finds_the_best_around_it_and_tells_what_changed(curator, four):
    before = offers(curator.access, four.run)

    effect = step(curator, four.run, Kind.PIN, four.lisina, four.sedov)

    lisina, akhmetov, kotova, sedov = (str(each.pk) for each in (four.lisina, four.akhmetov, four.kotova, four.sedov))
    moves = [
        Move(lisina, Pair(lisina, kotova, 47), Pair(lisina, sedov, 47)),
        Move(akhmetov, Pair(akhmetov, sedov, 47), Pair(akhmetov, kotova, 27)),
    ]
    row = MatchingStep.objects.get()
    assert (before, offers(curator.access, four.run)) == (BEST, TURNED)
    assert effect.change == Change(0, -20, 47, 27, tuple(sorted(moves, key=lambda move: move.mentee)))
    assert effect.step == row
    assert (row.run, row.number, row.kind, row.mentee, row.mentor) == (four.run, 1, "pin", four.lisina, four.sedov)
    assert (row.organisation, row.made_at, row.made_by, row.undone_at) == (
        curator.organisation,
        AT,
        curator.user,
        None,
    )


def test_step_that_is_so_already_changes_nothing(curator, four):
    step(curator, four.run, Kind.PIN, four.lisina, four.sedov)

    pinned = step(curator, four.run, Kind.PIN, four.lisina, four.sedov)
    unpinned = step(curator, four.run, Kind.UNPIN, four.lisina, four.kotova)

    assert (pinned.step, unpinned.step) == (None, None)
    assert pinned.change == Change(0, 0, 27, 27, ())
    assert four.run.steps.count() == 1


def test_fixed_pair_is_let_go(curator, four):
    step(curator, four.run, Kind.PIN, four.lisina, four.sedov)

    effect = step(curator, four.run, Kind.UNPIN, four.lisina, four.sedov)

    assert offers(curator.access, four.run) == BEST
    assert (effect.change.points, effect.step.number) == (20, 2)


def test_mentee_is_fixed_with_one_mentor_at_a_time(curator, four):
    step(curator, four.run, Kind.PIN, four.lisina, four.sedov)

    step(curator, four.run, Kind.PIN, four.lisina, four.kotova)

    assert offers(curator.access, four.run) == BEST


def test_pin_over_the_places_is_refused(curator, four):
    step(curator, four.run, Kind.PIN, four.lisina, four.sedov)

    words = refusal_of(step, curator, four.run, Kind.PIN, four.akhmetov, four.sedov)

    assert words == NO_PLACES
    assert four.run.steps.count() == 1
    assert offers(curator.access, four.run) == TURNED


def test_pin_that_a_hard_rule_forbids_is_refused(curator, school):
    silent = mentor_of(school, "Котова", is_consenting=False)
    mentee = mentee_of(school, "Лисина")
    run = solved_run(curator.access)

    words = refusal_of(step, curator, run, Kind.PIN, mentee, silent)

    assert words == "Так соединить нельзя: нет согласия на обработку персональных данных."
    assert run.steps.count() == 0


def test_newer_pin_stands_when_an_older_one_comes_back(curator, school):
    kotova, sedov = mentor_of(school, "Котова"), mentor_of(school, "Седов")
    lisina, akhmetov = mentee_of(school, "Лисина"), mentee_of(school, "Ахметов")
    run = solved_run(curator.access)
    step(curator, run, Kind.PIN, lisina, kotova)
    away = elsewhere(curator, sedov, lisina)
    step(curator, run, Kind.PIN, akhmetov, kotova)

    meanwhile = offers(curator.access, run)
    decline_pairing(curator.access, pairing_id=away.pk)

    assert meanwhile == {("Ахметов", "Котова")}
    assert offers(curator.access, run) == {("Ахметов", "Котова"), ("Лисина", "Седов")}


# Bans


def test_ban_on_the_board_stands_everywhere_until_it_is_undone(curator, four):
    step(curator, four.run, Kind.BAN, four.lisina, four.kotova, reason="  не   ладят ")

    ban = ban_list(curator.access).get()
    assert (ban.mentor, ban.mentee, ban.ground, ban.reason) == (four.kotova, four.lisina, "curator", "не ладят")
    assert four.run.steps.get().reason == "не ладят"
    assert offers(curator.access, four.run) == TURNED
    later = solved_run(curator.access)
    assert later.input["bans"] == [[str(four.lisina.pk), str(four.kotova.pk), "решение куратора: не ладят"]]
    assert offers(curator.access, later) == TURNED

    undo_step(curator.access, run_id=four.run.pk, number=1)

    assert ban_list(curator.access).count() == 0
    assert fresh(ban).lifted_at == AT
    assert [offers(curator.access, each) for each in (four.run, later)] == [BEST, BEST]


def test_ban_without_a_reason_is_refused(curator, four):
    words = refusal_of(step, curator, four.run, Kind.BAN, four.lisina, four.kotova, reason="  ")

    assert words == "Напишите причину запрета."
    assert (four.run.steps.count(), PairBan.objects.count()) == (0, 0)


def test_ban_of_what_is_forbidden_already_changes_nothing(curator, four):
    PairBanFactory(mentor=four.kotova, mentee=four.lisina, ground=PairBan.Ground.RELATIVES, reason="")

    effect = step(curator, four.run, Kind.BAN, four.lisina, four.kotova, reason="не ладят")

    assert (effect.step, four.run.steps.count(), PairBan.objects.count()) == (None, 0, 1)


def test_pin_against_a_ban_is_refused_and_a_ban_ends_a_pin(curator, four):
    step(curator, four.run, Kind.PIN, four.lisina, four.sedov)
    step(curator, four.run, Kind.BAN, four.lisina, four.sedov, reason="не ладят")

    words = refusal_of(step, curator, four.run, Kind.PIN, four.lisina, four.sedov)
    banned = offers(curator.access, four.run)
    undo_step(curator.access, run_id=four.run.pk, number=2)

    assert words == "Эту пару составлять нельзя: решение куратора: не ладят."
    assert (banned, offers(curator.access, four.run)) == (BEST, TURNED)


def test_ban_set_elsewhere_ends_a_pin_until_it_is_lifted(curator, four):
    step(curator, four.run, Kind.PIN, four.lisina, four.sedov)
    ban = ban_pair(curator.access, mentor_id=four.sedov.pk, mentee_id=four.lisina.pk, ground="relatives")

    banned = offers(curator.access, four.run)
    lift_ban(curator.access, ban_id=ban.pk)

    assert (banned, offers(curator.access, four.run)) == (BEST, TURNED)


# Undoing


def test_steps_are_taken_back_one_by_one_and_stay_as_a_trace(curator, four):
    step(curator, four.run, Kind.PIN, four.lisina, four.sedov)
    step(curator, four.run, Kind.UNPIN, four.lisina, four.sedov)

    early = refusal_of(undo_step, curator.access, run_id=four.run.pk, number=1)
    first = undo_step(curator.access, run_id=four.run.pk, number=2)
    again = undo_step(curator.access, run_id=four.run.pk, number=2)
    between = offers(curator.access, four.run)
    second = undo_step(curator.access, run_id=four.run.pk, number=1)
    words = refusal_of(undo_step, curator.access, run_id=four.run.pk, number=3)

    assert [first.step.kind, first.change.points, second.step.kind, second.change.points] == ["unpin", -20, "pin", 20]
    assert (between, offers(curator.access, four.run)) == (TURNED, BEST)
    assert (again.step, again.change.moves) == (None, ())
    assert early.startswith("Пока вы смотрели, доску изменили ещё раз")
    assert words == "Отменять нечего."
    assert list(four.run.steps.values_list("undone_at", flat=True)) == [AT, AT]


def test_undone_steps_keep_their_numbers(curator, four):
    step(curator, four.run, Kind.PIN, four.lisina, four.sedov)
    undo_step(curator.access, run_id=four.run.pk, number=1)

    effect = step(curator, four.run, Kind.PIN, four.lisina, four.sedov)

    assert effect.step.number == 2


def test_ban_that_was_lifted_meanwhile_is_undone_all_the_same(curator, four):
    step(curator, four.run, Kind.BAN, four.lisina, four.kotova, reason="не ладят")
    lift_ban(curator.access, ban_id=PairBan.objects.get().pk)

    effect = undo_step(curator.access, run_id=four.run.pk, number=1)

    assert effect.change == Change(0, 0, 47, 47, ())
    assert fresh(effect.step).undone_at == AT


# Who and what steps are not for


def test_mentor_of_the_district_is_not_fixed(curator, four, other_school):
    shared = offered(other_school)
    run = solved_run(curator.access, has_district=True)

    words = refusal_of(step, curator, run, Kind.PIN, four.lisina, f"d{shared.pk}")

    assert words == "Это наставник другой организации: сначала попросите её куратора."


@pytest.mark.parametrize("absent", ["mentee", "mentor", "x", ""])
def test_who_is_not_in_the_run_is_told(curator, four, absent):
    late = {"mentee": mentee_of, "mentor": mentor_of}.get(absent)
    someone = late(curator.organisation, "Поздняя") if late else absent
    people = [four.lisina, someone] if absent == "mentor" else [someone, four.kotova]

    words = refusal_of(step, curator, four.run, Kind.PIN, *people)

    assert words == "Этого человека в подборе нет: он появился позже. Начните новый подбор."


def test_mentee_who_has_a_pair_is_left_alone(curator, four):
    elsewhere(curator, four.sedov, four.lisina)

    words = refusal_of(step, curator, four.run, Kind.PIN, four.lisina, four.kotova)

    assert words == "У этого наставляемого уже есть пара: менять её можно в разделе «Пары и группы»."


def test_run_that_is_being_solved_is_not_changed(curator):
    run = MatchingRunFactory(organisation=curator.organisation)

    words = {
        refusal_of(step, curator, run, Kind.PIN, "1", "2"),
        refusal_of(undo_step, curator.access, run_id=run.pk, number=1),
    }

    assert words == {"Подбор ещё считается. Подождите немного."}


@pytest.mark.parametrize("persona", ["director", "psychologist", "hr_officer", "mentor"])
def test_only_who_makes_pairs_matches_them(request, four, persona):
    other = request.getfixturevalue(persona)

    for call in (
        partial(start, other),
        partial(step, other, four.run, Kind.PIN, four.lisina, four.sedov),
        partial(undo_step, other.access, run_id=four.run.pk, number=1),
    ):
        with pytest.raises(PermissionDenied):
            call()
    assert MatchingRun.objects.visible_to(other.access).count() == 0
    assert MatchingStep.objects.visible_to(other.access).count() == 0


def test_run_of_another_organisation_is_not_there(stranger, four):
    for call in (
        partial(step, stranger, four.run, Kind.PIN, four.lisina, four.sedov),
        partial(undo_step, stranger.access, run_id=four.run.pk, number=1),
    ):
        with pytest.raises(MatchingRun.DoesNotExist):
            call()


# At the same moment


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_who_fix_one_place_at_once_do_not_both_get_it(curator):
    four = four_matched(curator)

    results = at_once(
        *[partial(step, curator, four.run, Kind.PIN, each, four.sedov) for each in (four.lisina, four.akhmetov)]
    )

    assert [str(each) for each in results if isinstance(each, RefusedError)] == [NO_PLACES]
    assert four.run.steps.get().number == 1
