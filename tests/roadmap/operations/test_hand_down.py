"""An authority's measures in the plans of its schools: handed down, done there, taken back, asked about."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from people.domain.roles import Role
from roadmap.domain.plan import Window
from roadmap.locks import wait_for_writers
from roadmap.models import DistrictReminder, Measure, Roadmap
from roadmap.operations.evidence import bring_up_to_date
from roadmap.operations.hand_down import hand_down, remind_schools, take_back_from
from roadmap.operations.marks import Proof, mark_done, set_not_needed, unmark
from roadmap.operations.measures import correct_dates
from tests.browser.portal import wait_until
from tests.conftest import make_persona
from tests.factories import TODAY, OrganisationFactory, StageFactory, planned
from tests.mentoring.at_once import at_once
from tests.mentoring.order_steps import fresh, refusal_of
from tests.roadmap.plan_steps import dates_of, plan_of

WRONG_SCHOOLS = "Выберите организации своего округа."
PROVED = Proof("Проведено", TODAY)


@pytest.fixture
def origin(district_curator):
    plan = plan_of(district_curator.organisation)
    texts = {"number": "1.1", "title": "Провести неделю", "term_text": "до 30 ноября 2026", "details": ["раз"]}
    return planned(plan, "K16", "K28", stage=StageFactory(roadmap=plan), responsible=["директор"], **texts)


def handed(persona, measure, *schools):
    return hand_down(persona.access, measure_id=measure.pk, school_ids=[school.pk for school in schools])


def done_in(persona, copy):
    return mark_done(persona.access, occurrence_ids=[copy.occurrences.get().pk], proof=PROVED)


def own_row(district_curator, origin):
    """The authority's own occurrence, looked at anew."""
    bring_up_to_date(district_curator.access)
    return origin.occurrences.get()


# Handing down


def test_copy_stands_last_in_the_schools_plan_with_words_and_dates(district_curator, school, origin):
    plan = plan_of(school)
    last = planned(plan)

    (copy,) = handed(district_curator, origin, school)

    assert (copy.organisation, copy.roadmap, copy.origin, copy.stage) == (school, plan, origin, None)
    assert (copy.number, copy.title, copy.details, copy.responsible) == (
        "1.1",
        "Провести неделю",
        ["раз"],
        ["директор"],
    )
    assert (copy.position, copy.capabilities) == (last.position + 10, ["K16"])
    assert dates_of(copy) == dates_of(origin) == [(date(2026, 9, 1), date(2026, 11, 30))]


def test_school_without_a_plan_gets_one_of_district_tasks_for_all_measures(district_curator, school, origin):
    other = planned(origin.roadmap)

    copies = [*handed(district_curator, origin, school), *handed(district_curator, other, school)]

    plan = Roadmap.objects.get(organisation=school)
    assert [copy.roadmap for copy in copies] == [plan, plan]
    assert (plan.title, plan.source, plan.is_confirmed) == (
        "Поручения округа на 2026/27 учебный год",
        Roadmap.Source.DISTRICT,
        True,
    )


def test_own_plan_in_work_is_taken_before_others(district_curator, school, origin):
    plan_of(school, source=Roadmap.Source.DISTRICT)
    plan_of(school, is_confirmed=False)
    plan_of(school, starts_on=date(2025, 9, 1), ends_on=date(2026, 8, 31))
    own = plan_of(school)

    (copy,) = handed(district_curator, origin, school)

    assert copy.roadmap == own


def test_second_press_hands_nothing_down_again(district_curator, school, other_school, origin):
    handed(district_curator, origin, school)

    again = handed(district_curator, origin, school, other_school)

    assert [copy.organisation for copy in again] == [other_school]
    assert origin.copies.count() == 2


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_handed_down_twice_at_once_is_one_copy_a_school(district_curator, school, other_school):
    origin = planned(plan_of(district_curator.organisation), "K16")

    results = at_once(*[partial(handed, district_curator, origin, school, other_school)] * 2)

    assert sorted(map(len, results)) == [0, 2]
    assert Measure.objects.filter(origin=origin).count() == 2


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_authority_and_school_write_at_once_and_neither_waits_for_ever(district_curator, curator):
    origin = planned(plan_of(district_curator.organisation), "K16")
    (copy,) = handed(district_curator, origin, curator.organisation)
    own = planned(copy.roadmap)
    later = [Window(None, date(2026, 12, 20))]

    for _ in range(5):
        at_once(
            partial(correct_dates, district_curator.access, measure_id=origin.pk, windows=later),
            partial(done_in, curator, copy),
            partial(done_in, curator, own),
        )

    assert dates_of(copy) == [(None, date(2026, 12, 20))]
    assert [measure.occurrences.get().done_on for measure in (copy, own)] == [TODAY, TODAY]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_authority_waits_for_the_school_before_it_locks_its_plan(district_curator, school):
    """Else both would wait for each other for ever: the school locks its plan last."""
    plan = plan_of(school)
    origin = planned(plan_of(district_curator.organisation))

    with ThreadPoolExecutor(1) as authority:
        with transaction.atomic():
            wait_for_writers(school.pk)
            copies = authority.submit(at_once, partial(handed, district_curator, origin, school))
            wait_until(somebody_waits, "the authority comes to the school's lock")
            locked = Roadmap.objects.select_for_update(nowait=True).get(pk=plan.pk)
        ((copy,),) = copies.result()

    assert (copy.roadmap, locked) == (plan, plan)


def somebody_waits():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_locks JOIN pg_database ON pg_database.oid = database "
            "WHERE datname = current_database() AND locktype = 'advisory' AND NOT granted"
        )
        return cursor.fetchone()


def test_schools_of_others_are_refused_with_all_chosen(district_curator, school, origin):
    foreign = OrganisationFactory()

    assert refusal_of(handed, district_curator, origin, school, foreign) == WRONG_SCHOOLS
    assert refusal_of(handed, district_curator, origin, district_curator.organisation) == WRONG_SCHOOLS
    assert refusal_of(handed, district_curator, origin) == WRONG_SCHOOLS
    assert origin.copies.count() == 0


def test_plan_that_waits_and_a_task_from_above_are_not_handed_down(district_curator, school, origin):
    waiting = planned(plan_of(district_curator.organisation, is_confirmed=False))
    above = planned(plan_of(OrganisationFactory()))
    given = planned(origin.roadmap, origin=above)

    assert refusal_of(handed, district_curator, waiting, school) == "Сначала примите дорожную карту в работу."
    assert refusal_of(handed, district_curator, given, school) == "Это мероприятие само поручено вам."


# Coming back done


def test_measure_done_in_all_schools_is_done_for_the_authority(district_curator, curator, stranger, origin):
    first, second = handed(district_curator, origin, curator.organisation, stranger.organisation)

    done_in(curator, first)
    half = own_row(district_curator, origin)
    half_words = half.evidence.get().words
    done_in(stranger, second)
    whole = own_row(district_curator, origin)

    assert (half.done_on, half_words) == (None, "выполнили 1 из 2\u00a0организаций")
    assert (whole.done_on, whole.evidence.get().words) == (TODAY, "выполнили 2 из 2\u00a0организаций")


def test_mark_taken_back_in_the_school_is_taken_back_above(district_curator, curator, origin):
    (copy,) = handed(district_curator, origin, curator.organisation)
    (mark,) = done_in(curator, copy)
    done = own_row(district_curator, origin).done_on

    unmark(curator.access, evidence_id=mark.pk)

    assert (done, own_row(district_curator, origin).done_on) == (TODAY, None)


def test_measure_a_school_gave_up_counts_as_over(district_curator, curator, origin):
    (copy,) = handed(district_curator, origin, curator.organisation)

    set_not_needed(curator.access, occurrence_id=copy.occurrences.get().pk, reason="Нет наставляемых")

    assert own_row(district_curator, origin).evidence.get().words == "выполнили 1 из 1\u00a0организации"


# Taking back


def test_measure_taken_back_is_gone_from_the_school(district_curator, school, other_school, origin):
    copies = handed(district_curator, origin, school, other_school)

    for _ in range(2):
        take_back_from(district_curator.access, measure_id=origin.pk, school_id=school.pk)

    assert list(origin.copies.all()) == [copy for copy in copies if copy.organisation == other_school]


def test_measure_the_school_marked_stays(district_curator, curator, origin):
    (copy,) = handed(district_curator, origin, curator.organisation)
    done_in(curator, copy)

    refusal = refusal_of(
        take_back_from, district_curator.access, measure_id=origin.pk, school_id=curator.organisation.pk
    )

    assert refusal == "Школа уже отметила выполнение: отозвать мероприятие нельзя."
    assert fresh(copy).origin == origin


# Reminding


def test_schools_behind_are_reminded_once_a_day(district_curator, curator, stranger, origin):
    done, behind = handed(district_curator, origin, curator.organisation, stranger.organisation)
    done_in(curator, done)
    remind = partial(remind_schools, district_curator.access, measure_id=origin.pk)

    counts = [remind(), remind()]

    assert counts[0] == 1
    reminder = DistrictReminder.objects.get()
    assert (reminder.organisation, reminder.measure, reminder.day) == (stranger.organisation, behind, TODAY)
    assert reminder.asked_by == district_curator.user


def test_measure_that_has_not_begun_is_not_reminded_of(district_curator, school, origin):
    (copy,) = handed(district_curator, origin, school)
    copy.occurrences.update(opens_on=date(2027, 1, 1))

    assert remind_schools(district_curator.access, measure_id=origin.pk) == 0


# Who may


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.DIRECTOR, Role.CURATOR])
def test_only_the_coordinator_hands_down(district, school, origin, role):
    access = make_persona(role, district).access

    for call in (
        partial(hand_down, school_ids=[school.pk]),
        partial(take_back_from, school_id=school.pk),
        remind_schools,
    ):
        with pytest.raises(PermissionDenied):
            call(access, measure_id=origin.pk)


def test_another_district_reaches_nothing(origin, school, district_curator):
    foreign = make_persona(Role.DISTRICT_CURATOR, OrganisationFactory(kind="authority"))
    handed(district_curator, origin, school)

    for call in (
        partial(hand_down, school_ids=[school.pk]),
        partial(take_back_from, school_id=school.pk),
        remind_schools,
    ):
        with pytest.raises(Measure.DoesNotExist):
            call(foreign.access, measure_id=origin.pk)
    assert origin.copies.count() == 1
