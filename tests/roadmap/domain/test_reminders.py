"""The ladder of reminders."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.reminders import is_escalated, rung_between

ENDS = date(2026, 11, 30)
days = st.dates(date(2026, 9, 1), date(2027, 5, 31))


def on(offset: int) -> date:
    """The day so many days after the end of the term."""
    return ENDS + timedelta(days=offset)


@pytest.mark.parametrize(
    ("offset", "rung"),
    [
        (-15, None),
        (-14, "two_weeks"),
        (-13, None),
        (-8, None),
        (-7, "week"),
        (-6, None),
        (-1, None),
        (0, "today"),
        (1, None),
        (6, None),
        (7, "overdue"),
        (8, None),
        (13, None),
        (14, "overdue"),
        (700, "overdue"),
    ],
)
def test_ladder_day_by_day(offset, rung):
    assert rung_between(ENDS, after=on(offset - 1), until=on(offset)) == rung


@pytest.mark.parametrize(
    ("after", "until", "rung"),
    [
        (-30, -10, "two_weeks"),
        (-30, -7, "week"),
        (-30, 0, "today"),
        (-30, 3, "today"),
        (-5, 6, "today"),
        (0, 6, None),
        (-30, 7, "overdue"),
        (0, 30, "overdue"),
        (28, 30, None),
        (27, 30, "overdue"),
        (-6, -1, None),
    ],
)
def test_portal_that_stood_still_catches_up_with_the_latest_step(after, until, rung):
    assert rung_between(ENDS, after=on(after), until=on(until)) == rung


@given(days, days, st.integers(1, 200))
def test_reminders_of_several_days_are_the_last_of_those_day_by_day(ends, after, length):
    until = after + timedelta(days=length)
    each_day = [after + timedelta(days=number) for number in range(length)]

    steps = [rung_between(ends, after=day, until=day + timedelta(days=1)) for day in each_day]

    made = [step for step in steps if step]
    assert rung_between(ends, after=after, until=until) == (made[-1] if made else None)


@given(days, days)
def test_nobody_is_reminded_twice_of_one_day(ends, day):
    assert rung_between(ends, after=day, until=day) is None


@pytest.mark.parametrize(("offset", "told"), [(-14, False), (0, False), (13, False), (14, True), (200, True)])
def test_director_is_told_two_weeks_after_the_term(offset, told):
    assert is_escalated(ENDS, on(offset)) is told
