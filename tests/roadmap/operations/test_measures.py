"""Editing a plan by hand: measures, their dates and order, stages."""

from datetime import date
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied

from roadmap.domain.plan import Window
from roadmap.models import Duty, Measure, Roadmap, Stage
from roadmap.operations.hand_down import hand_down
from roadmap.operations.measures import (
    add_measure,
    add_stage,
    correct_dates,
    delete_measure,
    delete_stage,
    edit_measure,
    edit_stage,
    move_measure,
    move_stage,
)
from roadmap.queries.plans import stages_in_order
from tests.factories import AT, EvidenceFactory, MeasureFactory, StageFactory, planned
from tests.mentoring.at_once import at_once
from tests.mentoring.order_steps import fresh, refusal_of
from tests.roadmap.plan_steps import dates_of, plan_of, words

OCTOBER = (None, date(2026, 10, 1))
STAGE = {"number": "1", "title": "Подготовка", "task": "Начать", "result": "Начато"}


@pytest.fixture
def plan(curator):
    return plan_of(curator.organisation)


def said_by(measure):
    """What the measure says, as its editing form gives it."""
    names = ("number", "title", "details", "term_text", "responsible", "result", "documents")
    return {name: getattr(measure, name) for name in (*names, "capabilities", "stage_id")}


# Measures


def test_added_measure_stands_last_and_has_its_dates_and_responsible(curator, plan):
    first = MeasureFactory(roadmap=plan)
    stage = StageFactory(roadmap=plan)
    said = words(
        term_text="до 1 октября 2026", responsible=["куратор"], details=["раз"], capabilities=["K16"], stage_id=stage.pk
    )

    measure = add_measure(curator.access, roadmap_id=plan.pk, words=said)

    assert (measure.stage, measure.position, measure.details) == (stage, first.position + 10, ["раз"])
    assert (measure.term_kind, dates_of(measure)) == ("due", [OCTOBER])
    assert list(Duty.objects.values_list("words", "role")) == [("куратор", "curator")]
    assert fresh(plan).changed_at == AT


def test_other_words_for_the_term_read_the_dates_anew(curator, plan):
    measure = add_measure(curator.access, roadmap_id=plan.pk, words=words(term_text="до 1 октября 2026"))
    correct_dates(curator.access, measure_id=measure.pk, windows=[Window(None, date(2026, 10, 15))])

    edit_measure(curator.access, measure_id=measure.pk, words=words(term_text="май 2027"))

    assert dates_of(measure) == [(date(2027, 5, 1), date(2027, 5, 31))]
    assert fresh(measure).is_dated_by_hand is False


def test_same_words_keep_the_corrected_dates(curator, plan):
    measure = add_measure(curator.access, roadmap_id=plan.pk, words=words(term_text="до 1 октября 2026"))
    correct_dates(curator.access, measure_id=measure.pk, windows=[Window(None, date(2026, 10, 15))])

    edit_measure(curator.access, measure_id=measure.pk, words=words(title="Иначе", term_text="до 1 октября 2026"))

    assert (fresh(measure).title, dates_of(measure)) == ("Иначе", [(None, date(2026, 10, 15))])


def test_measure_that_no_longer_names_a_capability_is_no_longer_marked_by_it(curator, plan):
    measure = planned(plan, "K05")
    row = measure.occurrences.get()
    EvidenceFactory(occurrence=row, way="portal", capability="K05", recorded_by=None)
    row.done_on = date(2026, 10, 1)
    row.save()

    edit_measure(curator.access, measure_id=measure.pk, words=words(capabilities=["K16"]))

    assert (fresh(row).done_on, row.evidence.count()) == (None, 0)


def test_dates_are_corrected_in_order_and_read_again_without_any(curator, plan):
    measure = add_measure(curator.access, roadmap_id=plan.pk, words=words(term_text="до 1 октября 2026"))
    windows = [Window(date(2027, 4, 1), date(2027, 4, 5)), Window(None, date(2026, 12, 20))]

    correct_dates(curator.access, measure_id=measure.pk, windows=windows)
    corrected = (fresh(measure).is_dated_by_hand, dates_of(measure))
    correct_dates(curator.access, measure_id=measure.pk, windows=[])

    assert corrected == (True, [(None, date(2026, 12, 20)), (date(2027, 4, 1), date(2027, 4, 5))])
    assert (fresh(measure).is_dated_by_hand, dates_of(measure)) == (False, [OCTOBER])


def test_hundred_twenty_one_dates_are_refused(curator, plan):
    windows = [Window(None, date(2026, 12, 20))] * 121

    assert refusal_of(correct_dates, curator.access, measure_id=planned(plan).pk, windows=windows) == (
        "Больше 120 сроков у одного мероприятия быть не может."
    )


def test_date_with_a_mark_is_not_dropped(curator, plan):
    measure = planned(plan, term_text="до 1 октября 2026")
    correct = partial(correct_dates, curator.access, measure_id=measure.pk)
    correct(windows=[Window(None, date(2026, 12, 20)), Window(None, date(2027, 4, 20))])
    EvidenceFactory(occurrence=measure.occurrences.order_by("-position")[0])

    refusal = refusal_of(correct, windows=[Window(None, date(2026, 12, 20))])

    assert refusal == "Новых сроков меньше, а на лишнем стоит отметка о выполнении. Сначала снимите её."


def test_measure_moves_among_those_of_its_stage(curator, plan):
    stage = StageFactory(roadmap=plan)
    one, two = (MeasureFactory(roadmap=plan, stage=stage) for _ in range(2))
    outside = MeasureFactory(roadmap=plan, position=one.position + 1)

    move_measure(curator.access, measure_id=two.pk, is_up=True)
    moved = list(stage.measures.in_order())
    for _ in range(2):
        move_measure(curator.access, measure_id=two.pk, is_up=True)
    still = list(stage.measures.in_order())
    move_measure(curator.access, measure_id=two.pk, is_up=False)

    assert (moved, still, list(stage.measures.in_order())) == ([two, one], [two, one], [one, two])
    assert fresh(outside).position == one.position + 1


def test_stage_moves_with_its_parts_among_those_of_its_level(curator, plan):
    one, two = (StageFactory(roadmap=plan) for _ in range(2))
    part = StageFactory(roadmap=plan, parent=one)

    move_stage(curator.access, stage_id=two.pk, is_up=True)
    moved = stages_in_order(plan)
    for _ in range(2):
        move_stage(curator.access, stage_id=two.pk, is_up=False)
    move_stage(curator.access, stage_id=part.pk, is_up=True)

    assert (moved, stages_in_order(plan)) == ([two, one, part], [one, part, two])


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_measures_moved_at_once_keep_each_a_place(curator):
    plan = plan_of(curator.organisation)
    measures = [MeasureFactory(roadmap=plan) for _ in range(3)]
    positions = [measure.position for measure in measures]

    at_once(*[partial(move_measure, curator.access, measure_id=each.pk, is_up=True) for each in measures[1:]])

    assert sorted(plan.measures.values_list("position", flat=True)) == positions


def test_deleted_measure_is_gone_with_its_dates(curator, plan):
    measure = planned(plan, "K05")

    delete_measure(curator.access, measure_id=measure.pk)

    assert (Measure.objects.count(), fresh(plan).changed_at) == (0, AT)


def test_marked_measure_is_not_deleted(curator, plan):
    measure = planned(plan)
    EvidenceFactory(occurrence=measure.occurrences.get())

    refusal = refusal_of(delete_measure, curator.access, measure_id=measure.pk)

    assert refusal == "На мероприятии стоит отметка о выполнении. Сначала снимите её."


# Handed down


def test_school_rewords_nothing_of_the_authority_but_names_its_own_responsible(curator, plan):
    origin = planned(plan_of(plan.organisation.parent))
    copy = planned(plan, origin=origin, title="Совещание", term_text="до 1 октября 2026")
    edit = partial(edit_measure, curator.access, measure_id=copy.pk)
    said = said_by(copy)

    edit(words=words(**said | {"responsible": ["методист"]}))
    for change in ({"title": "Иное"}, {"term_text": "май"}):
        refusal = refusal_of(edit, words=words(**said | change))
        assert refusal == "Это мероприятие поручил округ: его формулировку и срок меняет округ."

    assert fresh(copy).responsible == ["методист"]
    assert refusal_of(correct_dates, curator.access, measure_id=copy.pk, windows=[]) == (
        "Срок этого мероприятия задаёт округ."
    )
    assert refusal_of(delete_measure, curator.access, measure_id=copy.pk) == (
        "Это мероприятие поручил округ. Если оно не нужно, отметьте «не требуется» с причиной."
    )


@pytest.mark.parametrize("name", ["details", "result"])
def test_school_rewords_no_other_part_of_what_the_authority_wrote(curator, plan, name):
    copy = planned(plan, origin=planned(plan_of(plan.organisation.parent)))
    said = said_by(copy) | {name: ["иное"] if name == "details" else "иное"}

    refusal = refusal_of(edit_measure, curator.access, measure_id=copy.pk, words=words(**said))

    assert refusal == "Это мероприятие поручил округ: его формулировку и срок меняет округ."


def test_authoritys_new_words_and_dates_reach_the_schools(district_curator, school):
    origin = planned(plan_of(district_curator.organisation), term_text="до 1 октября 2026")
    (copy,) = hand_down(district_curator.access, measure_id=origin.pk, school_ids=[school.pk])
    said = said_by(origin) | {"title": "Иначе", "term_text": "до 15 декабря 2026"}

    edit_measure(district_curator.access, measure_id=origin.pk, words=words(**said))
    reworded = (fresh(copy).title, dates_of(copy))
    correct_dates(district_curator.access, measure_id=origin.pk, windows=[Window(None, date(2026, 12, 24))])

    assert reworded == ("Иначе", [(None, date(2026, 12, 15))])
    assert dates_of(copy) == [(None, date(2026, 12, 24))]


def test_handed_down_measure_is_not_deleted(district_curator, school):
    origin = planned(plan_of(district_curator.organisation))
    hand_down(district_curator.access, measure_id=origin.pk, school_ids=[school.pk])

    refusal = refusal_of(delete_measure, district_curator.access, measure_id=origin.pk)

    assert refusal == "Мероприятие поручено школам: сначала отзовите его."


# Stages


def test_stage_is_added_last_changed_and_taken_out(curator, plan):
    top = add_stage(curator.access, roadmap_id=plan.pk, parent_id=None, **STAGE)
    part = add_stage(curator.access, roadmap_id=plan.pk, parent_id=top.pk, **STAGE)
    edit_stage(curator.access, stage_id=part.pk, parent_id=None, **STAGE | {"title": "Итоги"})

    delete_stage(curator.access, stage_id=top.pk)

    assert [(stage.title, stage.position) for stage in plan.stages.order_by("position")] == [("Итоги", 20)]


def test_stage_goes_into_no_part_of_itself(curator, plan):
    top = StageFactory(roadmap=plan)
    part = StageFactory(roadmap=plan, parent=StageFactory(roadmap=plan, parent=top))

    for parent in (top, part):
        refusal = refusal_of(edit_stage, curator.access, stage_id=top.pk, parent_id=parent.pk, **STAGE)
        assert refusal == "Раздел не может входить сам в себя."


def test_stage_with_measures_or_parts_stays(curator, plan):
    full, parted = StageFactory(roadmap=plan), StageFactory(roadmap=plan)
    MeasureFactory(roadmap=plan, stage=full)
    StageFactory(roadmap=plan, parent=parted)

    for stage in (full, parted):
        assert refusal_of(delete_stage, curator.access, stage_id=stage.pk) == (
            "В разделе есть мероприятия или подразделы: сначала перенесите или удалите их."
        )


def test_stage_of_another_plan_is_not_to_be_had(curator, plan):
    foreign = StageFactory(roadmap=plan_of(curator.organisation))

    with pytest.raises(Stage.DoesNotExist):
        add_measure(curator.access, roadmap_id=plan.pk, words=words(stage_id=foreign.pk))
    with pytest.raises(Stage.DoesNotExist):
        add_stage(curator.access, roadmap_id=plan.pk, parent_id=foreign.pk, **STAGE)


# Who may


@pytest.mark.parametrize("persona", ["director", "psychologist", "mentor"])
def test_only_who_edits_plans_edits_measures(request, plan, persona):
    access = request.getfixturevalue(persona).access

    for call in (
        partial(add_measure, roadmap_id=plan.pk, words=words()),
        partial(edit_measure, measure_id=1, words=words()),
        partial(correct_dates, measure_id=1, windows=[]),
        partial(delete_measure, measure_id=1),
        partial(move_measure, measure_id=1, is_up=True),
        partial(move_stage, stage_id=1, is_up=True),
        partial(add_stage, roadmap_id=plan.pk, parent_id=None, **STAGE),
        partial(edit_stage, stage_id=1, parent_id=None, **STAGE),
        partial(delete_stage, stage_id=1),
    ):
        with pytest.raises(PermissionDenied):
            call(access)


def test_stranger_reaches_no_measure_and_no_stage(plan, stranger, district_curator):
    stage = StageFactory(roadmap=plan)
    measure = planned(plan, stage=stage)

    for access in (stranger.access, district_curator.access):
        with pytest.raises(Roadmap.DoesNotExist):
            add_measure(access, roadmap_id=plan.pk, words=words())
        for call in (partial(edit_measure, words=words()), partial(correct_dates, windows=[]), delete_measure):
            with pytest.raises(Measure.DoesNotExist):
                call(access, measure_id=measure.pk)
        with pytest.raises(Stage.DoesNotExist):
            delete_stage(access, stage_id=stage.pk)
