"""The state of a piece of work, the days whose facts count for it, and when it is done."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.execution import STATE_LABELS, OccurrenceState, Span, is_done, opening_day, spans_of, state_of
from roadmap.domain.plan import Window

OPENS, ENDS = date(2026, 10, 1), date(2026, 11, 30)
PLAN = {"plan_first": date(2026, 9, 1), "plan_last": date(2027, 8, 31)}
JUNE = date(2026, 6, 1)

days = st.dates(date(2020, 1, 1), date(2032, 12, 31))


def day(month: int, number: int, year: int = 2026) -> date:
    return date(year, month, number)


@st.composite
def windows_in_order(draw: st.DrawFn) -> list[Window]:
    """Windows as a term gives them: by their last day; some without a first one."""
    found = []
    for last in draw(st.lists(days, min_size=1, max_size=8)):
        length = draw(st.none() | st.integers(0, 400))
        found.append(Window(None if length is None else last - timedelta(days=length), last))
    return sorted(found, key=lambda window: (window.last, window.first or window.last))


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (day(9, 30), "ahead"),
        (day(10, 1), "open"),
        (day(11, 15), "open"),
        (day(11, 16), "due_soon"),
        (day(11, 30), "due_soon"),
        (day(12, 1), "overdue"),
        (day(12, 1, 2030), "overdue"),
    ],
)
def test_state_goes_from_ahead_to_overdue(today, state):
    found = state_of(opens_on=OPENS, ends_on=ENDS, is_done=False, is_not_needed=False, today=today)

    assert found == state


@pytest.mark.parametrize(("today", "state"), [(day(9, 30), "ahead"), (day(10, 1), "open"), (day(10, 1, 2040), "open")])
def test_work_without_an_end_is_never_overdue(today, state):
    found = state_of(opens_on=OPENS, ends_on=None, is_done=False, is_not_needed=False, today=today)

    assert found == state


@pytest.mark.parametrize(("opens", "ends"), [(day(11, 20), day(11, 25)), (day(11, 20), day(11, 20))])
def test_short_work_is_ahead_until_it_opens(opens, ends):
    eve = state_of(opens_on=opens, ends_on=ends, is_done=False, is_not_needed=False, today=opens - timedelta(days=1))
    first = state_of(opens_on=opens, ends_on=ends, is_done=False, is_not_needed=False, today=opens)

    assert (eve, first) == ("ahead", "due_soon")


@given(days, days, st.none() | days, st.booleans())
def test_what_is_done_or_not_needed_stays_so_on_any_day(today, opens, ends, done):
    given_up = state_of(opens_on=opens, ends_on=ends, is_done=done, is_not_needed=True, today=today)
    finished = state_of(opens_on=opens, ends_on=ends, is_done=True, is_not_needed=False, today=today)

    assert (given_up, finished) == ("not_needed", "done")


@given(days, st.none() | days, days)
def test_state_never_goes_back_as_days_pass(opens, ends, today):
    order = ["ahead", "open", "due_soon", "overdue"]

    now, next_day = (
        state_of(opens_on=opens, ends_on=ends, is_done=False, is_not_needed=False, today=each)
        for each in (today, today + timedelta(days=1))
    )

    assert order.index(now) <= order.index(next_day)


def test_every_state_has_a_label_of_its_own():
    assert list(STATE_LABELS) == list(OccurrenceState)
    assert len(set(STATE_LABELS.values())) == len(STATE_LABELS)


# Days that count


@pytest.mark.parametrize(
    ("windows", "spans"),
    [
        ([], []),
        ([Window(day(10, 1), day(10, 31))], [(JUNE, day(8, 31, 2027))]),
        ([Window(None, day(10, 1))], [(JUNE, day(8, 31, 2027))]),
        (
            [Window(day(12, 1), day(12, 31)), Window(day(4, 1, 2027), day(4, 30, 2027))],
            [(JUNE, day(3, 31, 2027)), (day(4, 1, 2027), day(8, 31, 2027))],
        ),
        (
            [Window(None, day(12, 15)), Window(None, day(4, 15, 2027))],
            [(JUNE, day(12, 15)), (day(12, 16), day(8, 31, 2027))],
        ),
        (
            [Window(day(9, 1), day(12, 31)), Window(day(9, 1), day(12, 31))],
            [(JUNE, day(8, 31)), (day(9, 1), day(8, 31, 2027))],
        ),
        (
            [Window(day(9, 1), day(5, 1, 2027)), Window(day(5, 1, 2026), day(5, 31, 2027))],
            [(day(6, 1), day(6, 1)), (day(6, 2), day(8, 31, 2027))],
        ),
        ([Window(day(8, 1, 2027), day(9, 30, 2027))], [(JUNE, day(9, 30, 2027))]),
        ([Window(day(5, 1), day(9, 30))], [(day(5, 1), day(8, 31, 2027))]),
    ],
    ids=[
        *("no window", "one", "due", "two in a year", "two due", "twins", "overlapping"),
        *("over the end of the plan", "before the summer of preparation"),
    ],
)
def test_spans_share_out_the_time_of_the_plan(windows, spans):
    found = spans_of(windows, **PLAN)

    assert found == tuple(Span(*each) for each in spans)


def test_spans_of_a_plan_that_begins_in_spring_count_from_the_summer_before():
    found = spans_of([Window(day(5, 1, 2024), day(9, 30, 2024))], plan_first=day(1, 1, 2024), plan_last=day(12, 31))

    assert found == (Span(day(6, 1, 2023), day(12, 31)),)


@given(windows_in_order(), days, st.integers(0, 2000))
def test_spans_follow_one_another_without_gap_or_overlap(windows, first, length):
    spans = spans_of(windows, plan_first=first, plan_last=first + timedelta(days=length))

    assert len(spans) == len(windows)
    assert all(span.first <= span.last for span in spans)
    assert [span.first for span in spans[1:]] == [span.last + timedelta(days=1) for span in spans[:-1]]
    assert spans[-1].last >= max(first + timedelta(days=length), windows[-1].last)


@pytest.mark.parametrize(
    ("window", "opens"),
    [
        (Window(day(10, 1), day(10, 31)), day(10, 1)),
        (Window(day(5, 1), day(9, 30)), day(5, 1)),
        (Window(None, day(10, 1)), day(9, 1)),
        (Window(None, day(8, 15)), day(8, 15)),
        (Window(None, day(5, 1)), JUNE),
        (None, day(9, 1)),
    ],
    ids=["named", "named before the plan", "due", "due before the plan", "due before it counts", "no dates"],
)
def test_work_opens_on_the_first_day_that_makes_sense(window, opens):
    assert opening_day(window, Span(JUNE, day(8, 31, 2027)), day(9, 1)) == opens


def test_second_term_without_a_first_day_opens_when_it_begins_to_count():
    span = Span(day(12, 16), day(8, 31, 2027))

    assert opening_day(Window(None, day(4, 15, 2027)), span, day(9, 1)) == day(12, 16)


def test_yearly_term_without_a_first_day_opens_in_the_summer_before_it():
    span = Span(day(9, 16), day(9, 15, 2027))

    assert opening_day(Window(None, day(9, 15, 2027)), span, day(9, 1)) == day(6, 1, 2027)


# Done


@pytest.mark.parametrize(
    ("capabilities", "evidenced", "as_a_whole", "done"),
    [
        ([], [], False, False),
        ([], ["K01"], False, False),
        ([], [], True, True),
        (["K01"], [], False, False),
        (["K01"], ["K01"], False, True),
        (["K01", "K02"], ["K02"], False, False),
        (["K01", "K02"], ["K02", "K01", "K05"], False, True),
        (["K01", "K02"], [], True, True),
    ],
)
def test_measure_is_done_as_a_whole_or_by_all_its_parts(capabilities, evidenced, as_a_whole, done):
    assert is_done(capabilities, evidenced, as_a_whole=as_a_whole) is done
