"""What holds for the reading of any term, sensible or not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.plan import TermKind
from roadmap.domain.terms.assumptions import ASSUMPTIONS
from roadmap.domain.terms.horizon import Horizon
from roadmap.domain.terms.period import period_named
from roadmap.domain.terms.reading import read_term
from tests.roadmap.domain.terms.plans import CALENDAR_YEARS

VOCABULARY = (
    "до с по к не позднее и , - – . ( ) / май сентябрь октября декабрь 15 30 31 45 0 1 2 2024 2025 2024-2025 г. гг уч. "
    "год учебного года ежегодно далее ежемесячно раз в месяц квартал полугодие четверть неделя последняя вторая начало "
    "конец каникулы зимой период весь течение каждый пятница числа 01.09 01.09.2024 31.02.2025 9999 13.2024 план III"
)
phrases = st.lists(st.sampled_from(VOCABULARY.split()), max_size=9).map(" ".join)
days = st.none() | st.dates()
horizons = st.builds(Horizon, days, days)


@given(st.text(max_size=60) | phrases, horizons)
def test_any_term_is_answered(words: str, horizon: Horizon) -> None:
    term = read_term(words, horizon)

    assert term.text == words
    assert len(set(term.windows)) == len(term.windows)
    assert all(window.first is None or window.first <= window.last for window in term.windows)
    assert set(term.assumed) <= set(ASSUMPTIONS)
    assert term.doubt or term.kind is not TermKind.UNKNOWN
    assert read_term(words, horizon) == term


@given(phrases, st.sampled_from(["ежегодно, {}", "{} 2025", "в {}"]))
def test_windows_come_in_order(words: str, frame: str) -> None:
    term = read_term(frame.format(words), CALENDAR_YEARS)

    begins = [(window.first or window.last, window.last) for window in term.windows]
    assert begins == sorted(begins)


@given(st.text(max_size=60) | phrases)
def test_any_title_is_answered(title: str) -> None:
    first, last = period_named(title)

    assert first is None or last is None or first <= last


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 2000))
def test_throughout_the_year_fills_every_day_of_the_plan_once(first: date, length: int) -> None:
    last = date.fromordinal(first.toordinal() + length)

    term = read_term("в течение года", Horizon(first, last))

    found = [day for one in term.windows for day in range(one.first.toordinal(), one.last.toordinal() + 1)]
    assert found == list(range(first.toordinal(), last.toordinal() + 1))


@pytest.mark.parametrize("words", ["ы" * 10_000, "май " * 2_500, "1" * 10_000, "1-" * 5_000, " " * 10_000 + "!"])
def test_long_garbage_is_answered_shortly_and_gives_no_dates(words: str) -> None:
    term = read_term(words, CALENDAR_YEARS)

    assert term.windows == ()
    assert len(term.doubt) < 200
