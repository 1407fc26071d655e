"""The plans that the tests of terms read for, and windows in short."""

from datetime import date

from roadmap.domain.terms.horizon import Horizon
from roadmap.domain.terms.reading import read_term

ONE_YEAR = Horizon(date(2024, 9, 1), date(2025, 8, 31))
THREE_YEARS = Horizon(date(2024, 9, 1), date(2027, 8, 31))
CALENDAR_YEARS = Horizon(date(2024, 1, 1), date(2027, 12, 31))
FROM_SPRING = Horizon(date(2022, 4, 8), date(2023, 8, 31))
NOT_KNOWN = Horizon(None, None)


def windows(words: str, horizon: Horizon) -> str:
    """The windows of a term in short, one after another: «…/2024-10-01 2024-11-01/2024-11-30»."""
    return " ".join(f"{one.first or '…'}/{one.last}" for one in read_term(words, horizon).windows)
