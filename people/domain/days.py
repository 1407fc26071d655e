"""Which days can occur in the life of a school; anything else is a slip of the hand, as 0206 or 9999."""

from datetime import date

EARLIEST_DAY, LATEST_DAY = date(1950, 1, 1), date(2100, 12, 31)


def is_plausible(day: date) -> bool:
    """Whether the day can occur here."""
    return EARLIEST_DAY <= day <= LATEST_DAY
