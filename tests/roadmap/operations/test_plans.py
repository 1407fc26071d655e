"""The life of a plan: started, checked, taken into work, changed, copied, thrown away."""

from datetime import date
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied

from people.domain.school_year import SchoolYear
from roadmap.models import Measure, Occurrence, Roadmap, Touch
from roadmap.operations.plans import (
    change_roadmap,
    confirm_roadmap,
    copy_roadmap,
    discard_roadmap,
    renumber,
    set_approvals,
    start_from_pattern,
    start_roadmap,
)
from roadmap.patterns import patterns
from tests.factories import AT, EvidenceFactory, MeasureFactory, StageFactory, planned
from tests.mentoring.at_once import at_once
from tests.mentoring.order_steps import fresh, refusal_of
from tests.roadmap.plan_steps import SEPTEMBER, YEAR_END, dates_of, plan_of

PERIOD = {"starts_on": SEPTEMBER, "ends_on": YEAR_END}
UNCONFIRMED = {"is_confirmed": False}


def started(persona, **values):
    return start_roadmap(persona.access, **{"title": "План", **PERIOD, **values})


def first_pattern(key="B"):
    return next(pattern for pattern in patterns() if pattern.key == key)


# Starting


def test_plan_by_hand_is_empty_and_waits_to_be_confirmed(curator):
    plan = started(curator)

    assert (plan.organisation, plan.created_by, plan.created_at) == (curator.organisation, curator.user, AT)
    assert (plan.source, plan.is_confirmed, plan.measures.count()) == (Roadmap.Source.HAND, False, 0)


@pytest.mark.parametrize(
    ("first", "last", "refusal"),
    [
        (None, YEAR_END, "Укажите, с какого и по какое число действует дорожная карта."),
        (SEPTEMBER, None, "Укажите, с какого и по какое число действует дорожная карта."),
        (YEAR_END, SEPTEMBER, "Дорожная карта заканчивается раньше, чем начинается."),
        (SEPTEMBER, date(2037, 9, 1), "Дорожная карта не может действовать дольше 10 лет."),
    ],
)
def test_plan_without_a_sensible_period_is_refused(curator, first, last, refusal):
    assert refusal_of(started, curator, starts_on=first, ends_on=last) == refusal
    assert Roadmap.objects.count() == 0


@pytest.mark.parametrize("key", [pattern.key for pattern in patterns()])
def test_plan_from_a_pattern_has_its_measures_with_their_capabilities(curator, key):
    pattern = first_pattern(key)

    plan = start_from_pattern(curator.access, pattern=pattern, year=SchoolYear(2026))

    measures = list(plan.measures.in_order())
    written = pattern.written_for(curator.organisation.short_name, SchoolYear(2026))
    assert [measure.title for measure in measures] == [measure.title for measure in written.measures]
    assert [tuple(measure.capabilities) for measure in measures] == list(pattern.capabilities)
    assert [stage.title for stage in plan.stages.order_by("position")] == [
        section.title for section in pattern.plan.sections
    ]
    assert (plan.starts_on, plan.source, plan.is_confirmed) == (SEPTEMBER, Roadmap.Source.PATTERN, False)
    assert Occurrence.objects.filter(measure__roadmap=plan, ends_on__lt=date(2026, 6, 1)).count() == 0


# Taking into work


def test_confirmed_plan_works_and_its_doubts_are_over(curator):
    plan = plan_of(curator.organisation, **UNCONFIRMED, doubts=[{"line": 3, "message": "Срок не понят"}])
    planned(plan)

    confirm_roadmap(curator.access, roadmap_id=plan.pk)

    assert (fresh(plan).is_confirmed, plan.doubts) == (True, [])


def test_confirming_looks_for_the_evidence_and_tells_the_authority(curator, director):
    plan = plan_of(curator.organisation, **UNCONFIRMED)
    measure = planned(plan, "K31")
    Touch.objects.all().delete()

    confirm_roadmap(curator.access, roadmap_id=plan.pk)

    assert measure.occurrences.get().done_on is None
    assert list(Touch.objects.values_list("organisation", "source")) == [(curator.organisation.parent_id, "plan")]


def test_confirming_twice_changes_nothing(curator):
    plan = plan_of(curator.organisation, **UNCONFIRMED)
    planned(plan)

    for _ in range(2):
        confirm_roadmap(curator.access, roadmap_id=plan.pk)

    assert Touch.objects.filter(source="plan").count() == 1


def test_plan_without_measures_or_period_is_not_confirmed(curator):
    empty = plan_of(curator.organisation, **UNCONFIRMED)
    undated = plan_of(curator.organisation, **UNCONFIRMED, starts_on=None)
    MeasureFactory(roadmap=undated)
    confirm = partial(refusal_of, confirm_roadmap, curator.access)

    assert confirm(roadmap_id=empty.pk) == "В дорожной карте нет ни одного мероприятия."
    assert confirm(roadmap_id=undated.pk) == "Укажите, с какого и по какое число действует дорожная карта."


# Changing


def test_other_period_reads_all_terms_anew_and_keeps_corrected_dates(curator):
    plan = plan_of(curator.organisation)
    yearly = MeasureFactory(roadmap=plan, term_text="ежегодно, май")
    corrected = MeasureFactory(roadmap=plan, term_text="май 2027", is_dated_by_hand=True)
    for measure in (yearly, corrected):
        Occurrence.objects.create(
            organisation=plan.organisation,
            measure=measure,
            position=0,
            starts_on=date(2027, 5, 5),
            ends_on=date(2027, 5, 6),
            opens_on=date(2027, 5, 5),
            counts_from=date(2026, 6, 1),
            counts_until=YEAR_END,
        )

    change_roadmap(
        curator.access, roadmap_id=plan.pk, title="На два года", starts_on=SEPTEMBER, ends_on=date(2028, 8, 31)
    )

    assert (fresh(plan).title, plan.changed_at) == ("На два года", AT)
    assert dates_of(yearly) == [
        (date(2027, 5, 1), date(2027, 5, 31)),
        (date(2028, 5, 1), date(2028, 5, 31)),
    ]
    assert dates_of(corrected) == [(date(2027, 5, 5), date(2027, 5, 6))]


def test_period_that_would_drop_a_mark_is_refused(curator):
    plan = plan_of(curator.organisation, ends_on=date(2028, 8, 31))
    measure = MeasureFactory(roadmap=plan, term_text="ежегодно, май")
    change = partial(change_roadmap, curator.access, roadmap_id=plan.pk, title="План", starts_on=SEPTEMBER)
    change(ends_on=date(2029, 8, 31))
    EvidenceFactory(occurrence=measure.occurrences.order_by("-position")[0])

    words = refusal_of(change, ends_on=YEAR_END)

    assert words == "Новых сроков меньше, а на лишнем стоит отметка о выполнении. Сначала снимите её."
    assert measure.occurrences.count() == 3


def test_new_numbers_go_by_stage_and_order(curator):
    plan = plan_of(curator.organisation)
    stage = StageFactory(roadmap=plan, number="2")
    last, first = (MeasureFactory(roadmap=plan, stage=stage, position=position) for position in (30, 20))
    outside = MeasureFactory(roadmap=plan, number="99")

    renumber(curator.access, roadmap_id=plan.pk)

    assert [fresh(each).number for each in (first, last, outside)] == ["2.1", "2.2", "1"]


def test_approval_blocks_are_stored_as_they_were_corrected(curator):
    plan = plan_of(curator.organisation, approvals=[{"kind": "agreed"}])
    stamp = {"kind": "approved", "body": "Директор", "act": None, "number": None, "date": None, "person": "О. Ю. С."}

    set_approvals(curator.access, roadmap_id=plan.pk, approvals=[stamp])

    assert fresh(plan).approvals == [stamp]


# Copying


def test_copy_moves_words_and_dates_by_a_year_and_leaves_execution_behind(curator):
    plan = plan_of(curator.organisation, title="План на 2026-2027 учебный год")
    stage = StageFactory(roadmap=plan, title="Начало")
    part = StageFactory(roadmap=plan, parent=stage, title="Часть")
    measure = planned(plan, "K05", stage=part, term_text="до 1 октября 2026", responsible=["куратор"])
    EvidenceFactory(occurrence=measure.occurrences.get())
    planned(plan, title="Поручено", origin=MeasureFactory(roadmap=plan_of(curator.organisation.parent)))

    copy = copy_roadmap(curator.access, roadmap_id=plan.pk)

    moved = copy.measures.get()
    assert (copy.title, copy.source, copy.previous) == ("План на 2027-2028 учебный год", Roadmap.Source.COPY, plan)
    assert (copy.starts_on, copy.ends_on, copy.is_confirmed) == (date(2027, 9, 1), date(2028, 8, 31), False)
    assert (moved.title, moved.term_text, moved.capabilities) == (measure.title, "до 1 октября 2027", ["K05"])
    assert (moved.stage.title, moved.stage.parent.title) == ("Часть", "Начало")
    assert dates_of(moved) == [(None, date(2027, 10, 1))]
    assert (moved.occurrences.get().done_on, moved.occurrences.get().evidence.count()) == (None, 0)


def test_copy_that_waits_is_given_again(curator):
    plan = plan_of(curator.organisation)
    planned(plan)

    copies = {copy_roadmap(curator.access, roadmap_id=plan.pk).pk for _ in range(2)}

    assert len(copies) == 1
    assert Roadmap.objects.count() == 2


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_copies_at_once_make_one(curator):
    plan = plan_of(curator.organisation)
    planned(plan)

    copies = at_once(*[partial(copy_roadmap, curator.access, roadmap_id=plan.pk)] * 2)

    assert len({copy.pk for copy in copies}) == 1
    assert Measure.objects.count() == 2


def test_plan_that_waits_is_not_copied(curator):
    plan = plan_of(curator.organisation, **UNCONFIRMED)

    words = refusal_of(copy_roadmap, curator.access, roadmap_id=plan.pk)

    assert words == "Сначала примите дорожную карту в работу."


# Throwing away, and who may


def test_unconfirmed_plan_is_thrown_away_with_all_its_rows(curator):
    plan = plan_of(curator.organisation, **UNCONFIRMED)
    planned(plan, stage=StageFactory(roadmap=plan))

    for _ in range(2):
        discard_roadmap(curator.access, roadmap_id=plan.pk)

    assert (Roadmap.objects.count(), Measure.objects.count(), Occurrence.objects.count()) == (0, 0, 0)


def test_plan_in_work_is_not_thrown_away(curator):
    plan = plan_of(curator.organisation)

    words = refusal_of(discard_roadmap, curator.access, roadmap_id=plan.pk)

    assert words == "Эта дорожная карта уже в работе. Её можно править, но не выбросить."


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_confirmed_and_discarded_at_once_is_one_of_both(curator):
    plan = plan_of(curator.organisation, **UNCONFIRMED)
    planned(plan)

    results = at_once(
        partial(confirmed_if_there, curator.access, plan.pk),
        partial(discard_roadmap, curator.access, roadmap_id=plan.pk),
    )

    in_work = Roadmap.objects.filter(pk=plan.pk, is_confirmed=True).count()
    outcome = [type(result).__name__ for result in results]
    assert outcome == (["bool", "RefusedError"] if in_work else ["NoneType", "NoneType"])


def confirmed_if_there(access, roadmap_id):
    try:
        return confirm_roadmap(access, roadmap_id=roadmap_id).is_confirmed
    except Roadmap.DoesNotExist:
        return None


CALLS = [confirm_roadmap, discard_roadmap, copy_roadmap, renumber, partial(set_approvals, approvals=[])]


@pytest.mark.parametrize("persona", ["director", "psychologist", "hr_officer", "mentor"])
def test_only_who_edits_plans_changes_them(request, curator, persona):
    plan = plan_of(curator.organisation)
    access = request.getfixturevalue(persona).access

    with pytest.raises(PermissionDenied):
        start_roadmap(access, title="План", **PERIOD)
    with pytest.raises(PermissionDenied):
        start_from_pattern(access, pattern=first_pattern(), year=SchoolYear(2026))
    with pytest.raises(PermissionDenied):
        change_roadmap(access, roadmap_id=plan.pk, title="План", **PERIOD)
    for call in CALLS:
        with pytest.raises(PermissionDenied):
            call(access, roadmap_id=plan.pk)


def test_stranger_reaches_no_plan(curator, stranger, district_curator):
    plan = plan_of(curator.organisation, **UNCONFIRMED)

    for persona in (stranger, district_curator):
        for call in (confirm_roadmap, copy_roadmap, renumber):
            with pytest.raises(Roadmap.DoesNotExist):
                call(persona.access, roadmap_id=plan.pk)
        discard_roadmap(persona.access, roadmap_id=plan.pk)
    assert Roadmap.objects.count() == 1
