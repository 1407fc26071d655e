"""The dates of measures: read from the words, laid out, and moved without losing evidence."""

from datetime import date

import pytest

from roadmap.domain.plan import Window
from roadmap.intake.occurrences import MOST_OCCURRENCES, lay_out, read_terms, relay, relay_all
from roadmap.models import Evidence, Occurrence
from tests.factories import AT, EvidenceFactory, MeasureFactory, RoadmapFactory
from tests.mentoring.order_steps import refusal_of

DECEMBER = Window(date(2026, 12, 1), date(2026, 12, 31))
APRIL = Window(date(2027, 4, 1), date(2027, 4, 30))
MAY = Window(date(2027, 5, 1), date(2027, 5, 31))
SEPTEMBER, JUNE, AUGUST = date(2026, 9, 1), date(2026, 6, 1), date(2027, 8, 31)
MARKED = "Новых сроков меньше, а на лишнем стоит отметка о выполнении. Сначала снимите её."


@pytest.fixture
def roadmap(school):
    return RoadmapFactory(organisation=school)


def measure_of(roadmap, *windows, **values):
    """A stored measure with an occurrence for each window."""
    measure = MeasureFactory(roadmap=roadmap, **values)
    relay(measure, roadmap, windows)
    return measure


def dates_of(measure):
    return list(measure.occurrences.order_by("position").values_list("starts_on", "ends_on"))


def days_of(occurrence):
    return (occurrence.opens_on, occurrence.counts_from, occurrence.counts_until)


# Reading


def test_terms_are_read_over_the_period_of_the_plan(roadmap):
    words = ["декабрь, апрель", "до 1 октября 2026", "постоянно", "когда-нибудь", ""]
    measures = [MeasureFactory.build(roadmap=roadmap, term_text=each) for each in words]

    windows = read_terms(measures, roadmap)

    assert windows == {
        0: (DECEMBER, APRIL),
        1: (Window(None, date(2026, 10, 1)),),
        2: (Window(SEPTEMBER, AUGUST),),
        3: (),
        4: (),
    }
    assert [each.term_kind for each in measures] == ["once", "due", "always", "unknown", "none"]
    assert [bool(each.term_doubt) for each in measures] == [False, False, False, True, False]


def test_windows_come_by_their_last_day(roadmap):
    measure = MeasureFactory.build(roadmap=roadmap, term_text="май, август, ежегодно, до 15.10.2026")

    windows = read_terms([measure], roadmap)[0]

    assert windows == tuple(sorted(windows, key=lambda window: window.last))
    assert len(windows) > 1


def test_dates_corrected_by_hand_are_not_read_again(roadmap):
    by_hand = MeasureFactory.build(
        roadmap=roadmap, term_text="декабрь", term_kind="once", term_doubt="?", is_dated_by_hand=True
    )

    windows = read_terms([by_hand, MeasureFactory.build(roadmap=roadmap, term_text="до 1 октября 2026")], roadmap)

    assert list(windows) == [1]
    assert (by_hand.term_kind, by_hand.term_doubt) == ("once", "?")


def test_reading_writes_nothing(roadmap, django_assert_num_queries):
    measures = [MeasureFactory.build(roadmap=roadmap, term_text="декабрь")]

    with django_assert_num_queries(0):
        read_terms(measures, roadmap)


@pytest.mark.parametrize(("last_year", "count"), [(2036, 120), (2037, 0)])
def test_term_that_comes_back_too_often_is_doubted(school, last_year, count):
    plan = RoadmapFactory(organisation=school, ends_on=date(last_year, 8, 31))
    measure = MeasureFactory.build(roadmap=plan, term_text="ежемесячно")

    windows = read_terms([measure], plan)[0]

    assert len(windows) == count <= MOST_OCCURRENCES
    assert measure.term_doubt == (
        "" if count else "Срок «ежемесячно» повторяется слишком часто: проверьте период плана."
    )


# Laying out


def test_occurrences_share_out_the_time_of_the_plan(roadmap):
    measure = MeasureFactory.build(roadmap=roadmap)

    first, second = lay_out(measure, roadmap, [DECEMBER, APRIL])

    assert (first.position, first.starts_on, first.ends_on) == (0, DECEMBER.first, DECEMBER.last)
    assert days_of(first) == (DECEMBER.first, JUNE, date(2027, 3, 31))
    assert (second.position, second.starts_on, second.ends_on) == (1, APRIL.first, APRIL.last)
    assert days_of(second) == (APRIL.first, APRIL.first, AUGUST)
    assert {each.organisation_id for each in (first, second)} == {roadmap.organisation_id}


def test_measure_without_dates_has_one_occurrence_over_the_whole_plan(roadmap):
    (only,) = lay_out(MeasureFactory.build(roadmap=roadmap), roadmap, [])

    assert (only.position, only.starts_on, only.ends_on) == (0, None, None)
    assert days_of(only) == (SEPTEMBER, JUNE, AUGUST)


def test_term_without_first_day_is_open_from_the_start_of_the_plan(roadmap):
    (only,) = lay_out(MeasureFactory.build(roadmap=roadmap), roadmap, [Window(None, date(2026, 10, 1))])

    assert days_of(only) == (SEPTEMBER, JUNE, AUGUST)


@pytest.mark.parametrize(
    ("windows", "days"),
    [
        ([APRIL], (APRIL.first, JUNE, APRIL.last)),
        ([Window(None, APRIL.last)], (APRIL.last, JUNE, APRIL.last)),
        ([], (AT.date(), JUNE, AT.date())),
    ],
    ids=["dated", "due", "without dates"],
)
def test_plan_without_a_period_takes_the_days_it_has(school, windows, days):
    plan = RoadmapFactory(organisation=school, starts_on=None, ends_on=None, is_confirmed=False)

    (only,) = lay_out(MeasureFactory.build(roadmap=plan), plan, windows)

    assert days_of(only) == days


# Giving other dates


def test_occurrence_keeps_its_evidence_when_the_dates_move(roadmap):
    measure = measure_of(roadmap, DECEMBER, APRIL)
    evidence = EvidenceFactory(occurrence=measure.occurrences.get(position=1))

    relay(measure, roadmap, [DECEMBER, MAY])

    assert dates_of(measure) == [(DECEMBER.first, DECEMBER.last), (MAY.first, MAY.last)]
    evidence.refresh_from_db()
    assert days_of(evidence.occurrence) == (MAY.first, MAY.first, AUGUST)
    assert days_of(measure.occurrences.get(position=0)) == (DECEMBER.first, JUNE, date(2027, 4, 30))


def test_more_dates_add_occurrences(roadmap):
    measure = measure_of(roadmap, DECEMBER)
    kept = measure.occurrences.get()

    relay(measure, roadmap, [DECEMBER, APRIL, MAY])

    assert measure.occurrences.get(position=0) == kept
    assert dates_of(measure) == [(each.first, each.last) for each in (DECEMBER, APRIL, MAY)]


def test_fewer_dates_drop_occurrences_with_what_the_portal_found(roadmap):
    measure = measure_of(roadmap, DECEMBER, APRIL)
    EvidenceFactory(occurrence=measure.occurrences.get(position=1), way="portal", capability="K05", recorded_by=None)

    relay(measure, roadmap, [DECEMBER])

    assert dates_of(measure) == [(DECEMBER.first, DECEMBER.last)]
    assert Evidence.objects.count() == 0


def test_dates_taken_away_leave_one_occurrence_without_dates(roadmap):
    measure = measure_of(roadmap, DECEMBER, APRIL)

    relay(measure, roadmap, [])

    assert dates_of(measure) == [(None, None)]


@pytest.mark.parametrize("mark", ["by hand", "not needed"])
def test_occurrence_that_somebody_marked_is_not_dropped(roadmap, mark):
    measure = measure_of(roadmap, DECEMBER, APRIL)
    second = measure.occurrences.filter(position=1)
    if mark == "by hand":
        EvidenceFactory(occurrence=second.get())
    else:
        second.update(not_needed_reason="Перенесено")

    words = refusal_of(relay, measure, roadmap, [DECEMBER])

    assert words == MARKED
    assert dates_of(measure) == [(DECEMBER.first, DECEMBER.last), (APRIL.first, APRIL.last)]


def test_same_dates_write_nothing(roadmap, django_assert_num_queries):
    measure = measure_of(roadmap, DECEMBER, APRIL)

    with django_assert_num_queries(1):
        relay(measure, roadmap, [DECEMBER, APRIL])


# Another period of the plan


def test_other_period_reads_all_terms_anew(roadmap):
    yearly = measure_of(roadmap, DECEMBER, term_text="декабрь, ежегодно")
    always = measure_of(roadmap, Window(SEPTEMBER, AUGUST), term_text="постоянно")
    roadmap.ends_on = date(2028, 8, 31)

    relay_all(roadmap)

    assert dates_of(yearly) == [
        (DECEMBER.first, DECEMBER.last),
        (date(2027, 12, 1), date(2027, 12, 31)),
    ]
    assert dates_of(always) == [(SEPTEMBER, date(2028, 8, 31))]
    yearly.refresh_from_db()
    assert yearly.term_kind == "yearly"


def test_other_period_leaves_dates_that_were_corrected_by_hand(roadmap):
    by_hand = measure_of(roadmap, APRIL, MAY, term_text="декабрь", is_dated_by_hand=True)
    without = measure_of(roadmap, is_dated_by_hand=True)
    roadmap.ends_on = date(2028, 8, 31)

    relay_all(roadmap)

    assert dates_of(by_hand) == [(APRIL.first, APRIL.last), (MAY.first, MAY.last)]
    assert dates_of(without) == [(None, None)]
    ends = Occurrence.objects.filter(position=1).values_list("counts_until", flat=True)
    assert list(ends) == [date(2028, 8, 31)]


def test_other_period_leaves_other_plans_alone(roadmap):
    other = measure_of(RoadmapFactory(organisation=roadmap.organisation), APRIL, term_text="декабрь")

    relay_all(roadmap)

    assert dates_of(other) == [(APRIL.first, APRIL.last)]
