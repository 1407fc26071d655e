"""Numbers and dates as papers write them."""

from datetime import date

import pytest

from documents.domain.numbers import MONTHS_GENITIVE, long_date, registration_number, short_date

NB = "\u00a0"


@pytest.mark.parametrize(
    ("pattern", "sequence", "number"),
    [("{n}-од", 209, "209-од"), ("{n}", 1, "1"), ("ЛС/{n}", 10, "ЛС/10"), ("{n}-{x}", 7, "7-{x}")],
)
def test_number_stands_in_the_journals_spelling(pattern: str, sequence: int, number: str) -> None:
    assert registration_number(pattern, sequence) == number


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2024, 9, 4), f"4{NB}сентября 2024{NB}г."),
        (date(2026, 1, 31), f"31{NB}января 2026{NB}г."),
        (date(2026, 5, 1), f"1{NB}мая 2026{NB}г."),
    ],
)
def test_long_date_is_in_words_that_do_not_break(day: date, words: str) -> None:
    assert long_date(day) == words


def test_months_are_twelve_and_in_the_genitive() -> None:
    assert len(MONTHS_GENITIVE) == len(set(MONTHS_GENITIVE)) == 12
    assert all(month[-1] in "ая" for month in MONTHS_GENITIVE)


def test_short_date_has_two_digits_for_day_and_month() -> None:
    assert short_date(date(2024, 9, 4)) == "04.09.2024"
