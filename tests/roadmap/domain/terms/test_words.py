"""One spelling for the words of terms."""

import pytest

from roadmap.domain.terms.lexicon import guess_of, halves_of, meaning_of
from roadmap.domain.terms.sorts import Sort
from roadmap.domain.terms.words import normalised, tokens_of


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Сентябрь —  Май", "сентябрь - май"),
        ("в тёплое\u00a0время", "в теплое время"),
        ("cентябрь", "сентябрь"),
        ("III квартал, ІІ полугодие", "iii квартал, ii полугодие"),
        ("сентябрь … май", "сентябрь - май"),
        ("2О24", "2024"),
        ("1. Сентябрь\n2. Май", "сентябрь май"),
        ("1. сентября", "1. сентября"),
    ],
)
def test_words_come_to_one_spelling(words: str, expected: str) -> None:
    assert normalised(words) == expected


@pytest.mark.parametrize("case", ["сентябрь", "сентября", "сентябрю", "сентябрем", "сентябре", "сен", "сент"])
def test_month_is_known_in_every_case(case: str) -> None:
    assert meaning_of(case) == (Sort.MONTH, 9)


@pytest.mark.parametrize(
    ("word", "month"),
    [("октбярь", 10), ("ферваль", 2), ("сентебрь", 9), ("ноябь", 11), ("дкабря", 12), ("авгст", 8), ("апрелъ", 4)],
)
def test_misspelt_month_is_guessed(word: str, month: int) -> None:
    assert guess_of(word) == (Sort.MONTH, month)


@pytest.mark.parametrize("word", ["карта", "июмь", "юль", "мероприятие", "наставник", "встреча", "класс", "ая"])
def test_other_words_are_not_guessed(word: str) -> None:
    assert guess_of(word) is None


@pytest.mark.parametrize(
    ("word", "halves"),
    [("течениегода", ("течение", "года")), ("вмае", ("в", "мае")), ("наставник", None), ("смарт", None)],
)
def test_lost_blank_is_found(word: str, halves: tuple[str, str] | None) -> None:
    assert halves_of(word) == halves


@pytest.mark.parametrize(
    ("words", "sorts"),
    [
        ("15.09.2024", [Sort.DATE]),
        ("2024-09-15", [Sort.DATE]),
        ("2023/24 уч. г.", [Sort.YEARS, Sort.SCHOOL, Sort.YEAR_WORD]),
        ("1 сентября 2024-25 мая 2025", [*[Sort.NUMBER, Sort.MONTH, Sort.YEAR, Sort.DASH] * 2][:-1]),
        ("1-я неделя", [Sort.NUMBER, Sort.UNIT]),
        ("сен-\nтябрь", [Sort.MONTH]),
        ("май-\nиюнь", [Sort.MONTH, Sort.DASH, Sort.MONTH]),
        ("ежемесяч-\nно", [Sort.MONTHLY]),
    ],
)
def test_words_are_cut_into_tokens(words: str, sorts: list[Sort]) -> None:
    assert [token.sort for token in tokens_of(words)] == sorts
