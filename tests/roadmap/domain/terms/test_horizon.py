"""The days that a plan covers."""

from datetime import date

import pytest

from people.domain.school_year import SchoolYear
from roadmap.domain.terms.horizon import Horizon, horizon_of, school_years_in, span_of

APRIL = date(2022, 4, 8)
START, END = date(2024, 9, 1), date(2025, 8, 31)


@pytest.mark.parametrize(
    ("period", "first_date", "until", "expected"),
    [
        ((START, END), APRIL, date(2030, 1, 1), Horizon(START, END)),
        ((None, None), APRIL, None, Horizon(APRIL, date(2023, 8, 31))),
        ((None, None), APRIL, date(2024, 8, 31), Horizon(APRIL, date(2024, 8, 31))),
        ((START, None), None, None, Horizon(START, date(2026, 8, 31))),
        ((None, END), APRIL, None, Horizon(APRIL, END)),
        ((None, None), None, None, Horizon(None, None)),
        ((None, None), None, END, Horizon(None, END)),
        ((None, None), date(2024, 8, 31), None, Horizon(date(2024, 8, 31), date(2025, 8, 31))),
        ((None, None), date(2024, 9, 1), None, Horizon(date(2024, 9, 1), date(2026, 8, 31))),
        ((None, None), date(9999, 1, 1), None, Horizon(None, None)),
    ],
)
def test_horizon_fills_the_open_ends(
    period: tuple[date | None, date | None], first_date: date | None, until: date | None, expected: Horizon
) -> None:
    assert horizon_of(period, first_date=first_date, until=until) == expected


@pytest.mark.parametrize(
    ("horizon", "expected"),
    [
        (Horizon(None, None), None),
        (Horizon(END, START), None),
        (Horizon(None, END), (START, END)),
        (Horizon(START, None), (START, date(2026, 8, 31))),
        (Horizon(date.min, date.max), (date(1950, 1, 1), date(2100, 12, 31))),
    ],
)
def test_span_has_both_ends_or_is_not_known(horizon: Horizon, expected: tuple[date, date] | None) -> None:
    assert span_of(horizon) == expected


def test_school_years_are_those_that_share_a_day() -> None:
    found = school_years_in((date(2024, 8, 31), date(2025, 9, 1)))

    assert found == [SchoolYear(2023), SchoolYear(2024), SchoolYear(2025)]
