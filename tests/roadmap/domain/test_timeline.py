"""Where terms lie on the picture of a school year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.domain.school_year import SchoolYear
from roadmap.domain.timeline import Bar, bar_of, place_of

YEAR = SchoolYear(2026)
days = st.dates(date(2026, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("day", "place"),
    [
        (date(2026, 8, 31), -3),
        (date(2026, 9, 1), 0),
        (date(2026, 9, 2), 3),
        (date(2027, 3, 2), 499),
        (date(2027, 8, 31), 997),
        (date(2027, 9, 1), 1000),
    ],
)
def test_day_has_its_place_in_the_year(day, place):
    assert place_of(day, YEAR) == place


def test_leap_year_is_as_long_as_any_other():
    leap = SchoolYear(2027)

    assert (place_of(leap.first_day, leap), place_of(leap.last_day + timedelta(days=1), leap)) == (0, 1000)


@pytest.mark.parametrize(
    ("first", "last", "bar"),
    [
        (date(2026, 9, 1), date(2026, 9, 30), Bar(0, 82)),
        (date(2026, 9, 1), date(2027, 8, 31), Bar(0, 1000)),
        (date(2024, 9, 1), date(2030, 8, 31), Bar(0, 1000)),
        (None, date(2026, 10, 1), Bar(44, 41)),
        (None, date(2026, 9, 5), Bar(0, 14)),
        (date(2026, 11, 20), date(2026, 11, 20), Bar(219, 6)),
        (date(2027, 8, 31), date(2027, 8, 31), Bar(994, 6)),
        (date(2027, 8, 1), date(2027, 9, 30), Bar(915, 85)),
        (date(2026, 5, 1), date(2026, 8, 31), None),
        (date(2027, 9, 1), date(2027, 9, 30), None),
        (None, date(2026, 8, 31), None),
    ],
    ids=[
        *("month", "year", "several years", "due", "due at the beginning", "one day", "last day"),
        *("over the end", "before", "after", "due before"),
    ],
)
def test_bar_lies_where_the_term_is(first, last, bar):
    assert bar_of(first, last, YEAR) == bar


@given(st.none() | days, days)
def test_bar_never_leaves_the_picture(first, last):
    begin, end = min(first or last, last), last

    bar = bar_of(first and begin, end, YEAR)

    assert bar is None or (bar.x >= 0 and bar.width >= 6 and bar.x + bar.width <= 1000)


@given(days, days)
def test_term_has_a_bar_exactly_where_it_shares_a_day_with_the_year(one, other):
    first, last = sorted((one, other))

    has_bar = bar_of(first, last, YEAR) is not None

    assert has_bar is (first <= YEAR.last_day and last >= YEAR.first_day)
