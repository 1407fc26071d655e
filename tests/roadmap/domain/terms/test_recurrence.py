"""Terms that come again, against tables of what they come to."""

import pytest

from roadmap.domain.plan import TermKind
from roadmap.domain.terms.reading import read_term
from tests.roadmap.domain.terms.plans import FROM_SPRING, ONE_YEAR, THREE_YEARS, windows


@pytest.mark.parametrize(
    ("words", "kind", "count", "first", "last"),
    [
        ("ежеквартально", "quarterly", 5, "2024-09-01/2024-09-30", "2025-07-01/2025-08-31"),
        ("не реже 1 раза в квартал", "quarterly", 5, "2024-09-01/2024-09-30", "2025-07-01/2025-08-31"),
        ("ежекварт.", "quarterly", 5, "2024-09-01/2024-09-30", "2025-07-01/2025-08-31"),
        ("раз в четверть", "quarterly", 4, "2024-09-01/2024-10-31", "2025-04-01/2025-05-31"),
        ("ежемесячно", "monthly", 12, "2024-09-01/2024-09-30", "2025-08-01/2025-08-31"),
        ("раз в месяц в течение года", "monthly", 12, "2024-09-01/2024-09-30", "2025-08-01/2025-08-31"),
        ("ежемесячно, октябрь-май", "monthly", 8, "2024-10-01/2024-10-31", "2025-05-01/2025-05-31"),
        ("ежемесячно до 5 числа", "monthly", 12, "…/2024-09-05", "…/2025-08-05"),
        ("до 25 числа каждого месяца", "monthly", 12, "…/2024-09-25", "…/2025-08-25"),
        ("последняя пятница месяца", "monthly", 12, "2024-09-27/2024-09-27", "2025-08-29/2025-08-29"),
        ("третья неделя каждого месяца", "monthly", 12, "2024-09-15/2024-09-21", "2025-08-15/2025-08-21"),
        ("раз в полугодие", "half_yearly", 2, "2024-09-01/2024-12-31", "2025-01-01/2025-08-31"),
        ("2 раза в год", "half_yearly", 2, "2024-09-01/2024-12-31", "2025-01-01/2025-08-31"),
        ("два раза в год (декабрь, май)", "half_yearly", 2, "2024-12-01/2024-12-31", "2025-05-01/2025-05-31"),
        ("в течение года", "throughout_year", 1, "2024-09-01/2025-08-31", "2024-09-01/2025-08-31"),
        ("в течении 2024-2025 уч. г.", "throughout_year", 1, "2024-09-01/2025-08-31", "2024-09-01/2025-08-31"),
        ("на протяжении учебного года", "throughout_year", 1, "2024-09-01/2025-08-31", "2024-09-01/2025-08-31"),
        ("течение года", "throughout_year", 1, "2024-09-01/2025-08-31", "2024-09-01/2025-08-31"),
        ("постоянно", "always", 1, "2024-09-01/2025-08-31", "2024-09-01/2025-08-31"),
        ("систематически", "always", 1, "2024-09-01/2025-08-31", "2024-09-01/2025-08-31"),
        ("в течение всего периода реализации программ", "always", 1, "2024-09-01/2025-08-31", "2024-09-01/2025-08-31"),
        ("весь период обучения", "always", 1, "2024-09-01/2025-08-31", "2024-09-01/2025-08-31"),
        ("каждую среду", "always", 1, "2024-09-01/2025-08-31", "2024-09-01/2025-08-31"),
    ],
)
def test_recurring_term_fills_the_days_of_the_plan(words: str, kind: str, count: int, first: str, last: str) -> None:
    term = read_term(words, ONE_YEAR)

    found = windows(words, ONE_YEAR).split()
    assert (term.kind, len(found), found[0], found[-1]) == (kind, count, first, last)
    assert (term.assumed, term.doubt) == ((), "")


def test_quarters_and_school_years_are_cut_to_the_plan() -> None:
    quarters = windows("ежеквартально", FROM_SPRING).split()
    years = windows("в течение учебного года", FROM_SPRING)

    assert (len(quarters), quarters[0], quarters[-1]) == (6, "2022-04-08/2022-06-30", "2023-07-01/2023-08-31")
    assert years == "2022-04-08/2022-08-31 2022-09-01/2023-08-31"


@pytest.mark.parametrize(
    ("words", "kind", "count", "last"),
    [
        ("с сентября 2024 г. по май 2025 г. ежемесячно", "monthly", 9, "2025-05-01/2025-05-31"),
        ("ежемесячно с сентября по май", "monthly", 27, "2027-05-01/2027-05-31"),
        ("2 раза в год (декабрь 2024, май 2025)", "half_yearly", 2, "2025-05-01/2025-05-31"),
        ("3 раза в год (октябрь, январь, май)", "yearly", 9, "2027-05-01/2027-05-31"),
        ("1 раз в триместр", "quarterly", 9, "2027-03-01/2027-05-31"),
        ("ежемесячно в 2025 году", "monthly", 12, "2025-12-01/2025-12-31"),
        ("в течение 2025-2026 учебного года", "throughout_year", 1, "2025-09-01/2026-08-31"),
        ("сентябрь 2025, далее постоянно", "period", 1, "2025-09-01/2027-08-31"),
    ],
)
def test_recurring_term_keeps_to_the_days_it_names(words: str, kind: str, count: int, last: str) -> None:
    term = read_term(words, THREE_YEARS)

    assert (term.kind, len(term.windows), windows(words, THREE_YEARS).split()[-1]) == (kind, count, last)


def test_first_time_shortly_before_the_plan_is_preparation() -> None:
    assert read_term("август 2024 г., далее ежегодно", ONE_YEAR).doubt == ""


def test_first_time_before_the_plan_is_kept_and_doubted() -> None:
    term = read_term("май 2024 г., далее ежегодно", ONE_YEAR)

    assert term.kind is TermKind.YEARLY
    assert windows(term.text, ONE_YEAR) == "2024-05-01/2024-05-31 2025-05-01/2025-05-31"
    assert "выходит за период плана" in term.doubt
