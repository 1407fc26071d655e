"""Terms in words against tables of what they come to."""

import pytest

from roadmap.domain.plan import NO_TERM, TermKind
from roadmap.domain.terms.assumptions import ASSUMPTIONS
from roadmap.domain.terms.reading import read_term
from tests.roadmap.domain.terms.plans import (
    CALENDAR_YEARS,
    FROM_SPRING,
    NOT_KNOWN,
    ONE_YEAR,
    THREE_YEARS,
    windows,
)


@pytest.mark.parametrize(
    ("words", "kind", "expected"),
    [
        ("Август 2024", "once", "2024-08-01/2024-08-31"),
        ("май – сентябрь 2024", "once", "2024-05-01/2024-09-30"),
        ("до 1 октября 2024", "due", "…/2024-10-01"),
        ("до 01.05.2024 г.", "due", "…/2024-05-01"),
        ("до 01.09.24", "due", "…/2024-09-01"),
        ("сентябрь 2024 – май 2025", "once", "2024-09-01/2025-05-31"),
        ("Сентябрь 2024г.- Май 2025г.", "once", "2024-09-01/2025-05-31"),
        ("с сентября 2024 г. по май 2025 г.", "once", "2024-09-01/2025-05-31"),
        ("с 01.09.2024 по 31.05.2025", "once", "2024-09-01/2025-05-31"),
        ("01.09.2024–31.05.2025", "once", "2024-09-01/2025-05-31"),
        ("1 сентября 2024 г. — 31 мая 2025 г.", "once", "2024-09-01/2025-05-31"),
        ("с 1.09 по 15.09.2024", "once", "2024-09-01/2024-09-15"),
        ("15-20 октября 2024", "once", "2024-10-15/2024-10-20"),
        ("1 и 15 марта 2025", "once", "2025-03-01/2025-03-01 2025-03-15/2025-03-15"),
        ("1 сентября 2024 года", "once", "2024-09-01/2024-09-01"),
        ("2024-09-15", "once", "2024-09-15/2024-09-15"),
        ("09.2024", "once", "2024-09-01/2024-09-30"),
        ("сентябрь-октябрь 2024 г., май 2025 г.", "once", "2024-09-01/2024-10-31 2025-05-01/2025-05-31"),
        ("май 2024, 2025, 2026 гг.", "once", "2024-05-01/2024-05-31 2025-05-01/2025-05-31 2026-05-01/2026-05-31"),
        ("март, ноябрь 2025", "once", "2025-03-01/2025-03-31 2025-11-01/2025-11-30"),
        ("III квартал 2025", "once", "2025-07-01/2025-09-30"),
        ("IV квартал 2024 – I квартал 2025", "once", "2024-10-01/2025-03-31"),
        ("Январь 2024-2025", "once", "2025-01-01/2025-01-31"),
        ("Декабрь 2024-2025", "once", "2024-12-01/2024-12-31"),
        ("Декабрь 2024-2025 май 2024-2025", "once", "2024-12-01/2025-05-31"),
        ("Февраль-май 2024-2025", "once", "2025-02-01/2025-05-31"),
        ("сентябрь - май 2024-2025 уч.года", "once", "2024-09-01/2025-05-31"),
        ("2024/25 уч. год, сентябрь", "once", "2024-09-01/2024-09-30"),
        ("на 2024-2025 учебный год", "period", "2024-09-01/2025-08-31"),
        ("на 2024-2027 гг.", "period", "2024-01-01/2027-12-31"),
        ("2024-2027 учебные годы", "period", "2024-09-01/2027-08-31"),
        ("2025 год", "period", "2025-01-01/2025-12-31"),
        ("с сентября 2024", "period", "2024-09-01/2027-12-31"),
    ],
)
def test_term_with_years_has_its_dates_whatever_else(words: str, kind: str, expected: str) -> None:
    term = read_term(words, CALENDAR_YEARS)

    assert (term.kind, windows(words, CALENDAR_YEARS), term.assumed, term.doubt) == (kind, expected, (), "")
    assert term.text == words


@pytest.mark.parametrize(
    ("words", "kind", "expected"),
    [
        ("ноябрь", "once", "2024-11-01/2024-11-30"),
        ("в сентябре", "once", "2024-09-01/2024-09-30"),
        ("декабрь, апрель", "once", "2024-12-01/2024-12-31 2025-04-01/2025-04-30"),
        ("с сентября по май", "once", "2024-09-01/2025-05-31"),
        ("декабрь – февраль", "once", "2024-12-01/2025-02-28"),
        ("август-сентябрь", "once", "2024-08-01/2024-09-30"),
        ("июль-август", "once", "2025-07-01/2025-08-31"),
        ("15 сентября", "once", "2024-09-15/2024-09-15"),
        ("с 15 по 20 октября", "once", "2024-10-15/2024-10-20"),
        ("до 20 декабря", "due", "…/2024-12-20"),
        ("не позднее 01.09", "due", "…/2024-09-01"),
        ("к 15 мая", "due", "…/2025-05-15"),
        ("до 1 сентября", "due", "…/2024-09-01"),
        ("до 20 мая и 20 декабря", "due", "…/2024-12-20 …/2025-05-20"),
        ("до мая", "due", "…/2025-05-01"),
        ("не позднее мая", "due", "…/2025-05-31"),
        ("август (до 25 числа)", "due", "…/2025-08-25"),
        ("последняя неделя апреля", "once", "2025-04-24/2025-04-30"),
        ("первая неделя сентября", "once", "2024-09-01/2024-09-07"),
        ("1-2 неделя октября", "once", "2024-10-01/2024-10-14"),
        ("III неделя октября", "once", "2024-10-15/2024-10-21"),
        ("вторая декада марта", "once", "2025-03-11/2025-03-20"),
        ("последняя декада февраля", "once", "2025-02-21/2025-02-28"),
        ("2-я половина сентября", "once", "2024-09-16/2024-09-30"),
        ("первый понедельник сентября", "once", "2024-09-02/2024-09-02"),
        ("летний период", "once", "2025-06-01/2025-08-31"),
        ("зимой", "once", "2024-12-01/2025-02-28"),
        ("I квартал", "once", "2025-01-01/2025-03-31"),
        ("29 февраля", "once", "2025-02-28/2025-02-28"),
        ("с 1 марта", "period", "2025-03-01/2025-08-31"),
    ],
)
def test_term_without_a_year_lies_in_the_one_school_year_of_the_plan(words: str, kind: str, expected: str) -> None:
    term = read_term(words, ONE_YEAR)

    assert (term.kind, windows(words, ONE_YEAR), term.assumed, term.doubt) == (kind, expected, ("year",), "")


@pytest.mark.parametrize(
    ("words", "code", "expected"),
    [
        ("2 четверть", "quarter_dates", "2024-11-01/2024-12-31"),
        ("в 1 четверти", "quarter_dates", "2024-09-01/2024-10-31"),
        ("I, III четверти", "quarter_dates", "2024-09-01/2024-10-31 2025-01-01/2025-03-31"),
        ("3 триместр", "quarter_dates", "2025-03-01/2025-05-31"),
        ("осенние каникулы", "holiday_dates", "2024-10-26/2024-11-04"),
        ("в период летних каникул", "holiday_dates", "2025-06-01/2025-08-31"),
        ("1 полугодие", "half_year", "2024-09-01/2024-12-31"),
        ("во II полугодии", "half_year", "2025-01-01/2025-08-31"),
        ("начало учебного года", "approximate", "2024-09-01/2024-09-30"),
        ("конец учебного года", "approximate", "2025-05-01/2025-05-31"),
        ("в начале и в конце учебного года", "approximate", "2024-09-01/2024-09-30 2025-05-01/2025-05-31"),
        ("к концу учебного года", "approximate", "…/2025-05-31"),
        ("до начала учебного года", "approximate", "…/2024-09-01"),
        ("начало сентября", "approximate", "2024-09-01/2024-09-10"),
        ("середина октября", "approximate", "2024-10-11/2024-10-20"),
        ("начало - середина октября", "approximate", "2024-10-01/2024-10-20"),
        ("до конца мая", "approximate", "…/2025-05-31"),
        ("конец 2 четверти", "quarter_dates", "2024-12-21/2024-12-31"),
        ("в последних числах мая", "approximate", "2025-05-27/2025-05-31"),
    ],
)
def test_term_with_dates_of_the_school_says_what_was_assumed(words: str, code: str, expected: str) -> None:
    term = read_term(words, ONE_YEAR)

    assert windows(words, ONE_YEAR) == expected
    assert {code, "year"} <= set(term.assumed) <= set(ASSUMPTIONS)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Ежегодно в мае", "2025-05-01/2025-05-31 2026-05-01/2026-05-31 2027-05-01/2027-05-31"),
        ("апрель, ежегодно", "2025-04-01/2025-04-30 2026-04-01/2026-04-30 2027-04-01/2027-04-30"),
        ("май каждого года", "2025-05-01/2025-05-31 2026-05-01/2026-05-31 2027-05-01/2027-05-31"),
        ("1 раз в год (май)", "2025-05-01/2025-05-31 2026-05-01/2026-05-31 2027-05-01/2027-05-31"),
        ("май 2025-2027", "2025-05-01/2025-05-31 2026-05-01/2026-05-31 2027-05-01/2027-05-31"),
        ("ежегодно, октябрь - ноябрь", "2024-10-01/2024-11-30 2025-10-01/2025-11-30 2026-10-01/2026-11-30"),
        ("июль-август, ежегодно", "2025-07-01/2025-08-31 2026-07-01/2026-08-31 2027-07-01/2027-08-31"),
        ("декабрь – февраль ежегодно", "2024-12-01/2025-02-28 2025-12-01/2026-02-28 2026-12-01/2027-02-28"),
        ("ежегодно май-сентябрь", "2025-05-01/2025-09-30 2026-05-01/2026-09-30 2027-05-01/2027-09-30"),
        ("ежегодно до 1октября", "…/2024-10-01 …/2025-10-01 …/2026-10-01"),
        ("май ежегодно (в рамках ШМО)", "2025-05-01/2025-05-31 2026-05-01/2026-05-31 2027-05-01/2027-05-31"),
        ("с 2026 года ежегодно в мае", "2026-05-01/2026-05-31 2027-05-01/2027-05-31"),
        ("август 2025 г., далее - ежегодно", "2025-08-01/2025-08-31 2026-08-01/2026-08-31 2027-08-01/2027-08-31"),
        ("ежегодно", "2024-09-01/2025-08-31 2025-09-01/2026-08-31 2026-09-01/2027-08-31"),
    ],
)
def test_yearly_term_comes_once_in_each_school_year(words: str, expected: str) -> None:
    term = read_term(words, THREE_YEARS)

    assert (term.kind, windows(words, THREE_YEARS), term.assumed) == (TermKind.YEARLY, expected, ())


@pytest.mark.parametrize("words", ["Ежегодно в мае, августе", "сентябрь, май (ежегодно)", "ежегодно, декабрь, апрель"])
def test_yearly_term_of_two_months_has_two_windows_a_year(words: str) -> None:
    found = read_term(words, THREE_YEARS)

    assert len(found.windows) == 6
    assert list(found.windows) == sorted(found.windows)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("май-сентябрь 2022г., далее ежегодно", "2022-05-01/2022-09-30 2023-05-01/2023-09-30"),
        ("до 15.09.2022г., далее ежегодно", "…/2022-09-15"),
        ("апрель, ежегодно", "2022-04-01/2022-04-30 2023-04-01/2023-04-30"),
        ("ежегодно в марте", "2023-03-01/2023-03-31"),
    ],
)
def test_yearly_term_leaves_out_what_lies_outside_the_plan(words: str, expected: str) -> None:
    term = read_term(words, FROM_SPRING)

    assert (term.kind, windows(words, FROM_SPRING), term.doubt) == (TermKind.YEARLY, expected, "")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ноябрь", "2024-11-01/2024-11-30 2025-11-01/2025-11-30 2026-11-01/2026-11-30"),
        ("до 20 декабря", "…/2024-12-20 …/2025-12-20 …/2026-12-20"),
        ("29 февраля", "2025-02-28/2025-02-28 2026-02-28/2026-02-28 2027-02-28/2027-02-28"),
    ],
)
def test_term_without_a_year_in_a_plan_of_several_years_is_yearly(words: str, expected: str) -> None:
    term = read_term(words, THREE_YEARS)

    assert (term.kind, windows(words, THREE_YEARS), term.assumed) == (TermKind.YEARLY, expected, ("year",))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ноябрь, март 2025", "2024-11-01/2024-11-30 2025-03-01/2025-03-31"),
        ("октябрь – январь 2025", "2024-10-01/2025-01-31"),
        ("сентябрь 2024, май", "2024-09-01/2024-09-30 2025-05-01/2025-05-31"),
    ],
)
def test_year_of_a_neighbour_is_used_and_said(words: str, expected: str) -> None:
    term = read_term(words, ONE_YEAR)

    assert (term.kind, windows(words, ONE_YEAR), term.assumed) == (TermKind.ONCE, expected, ("year",))


@pytest.mark.parametrize(
    "words",
    [
        "в соответствии со сроками реализации программ наставничества",
        "в соответствии со сроками, устанавливаемыми Минпросвещения России",
        "по плану",
        "по отдельному плану",
        "по плану работы на 2024-2025 учебный год",
        "ежегодно, по плану СКИРО ПК и ПРО",
        "по графику",
        "согласно графику",
        "по согласованию",
        "в день проведения",
        "по мере необходимости",
        "по запросу",
        "в установленные сроки",
        "в течение 10 дней после издания приказа",
    ],
)
def test_term_of_another_plan_has_no_windows(words: str) -> None:
    term = read_term(words, ONE_YEAR)

    assert (term.kind, term.windows, term.assumed, term.doubt) == (TermKind.BY_REFERENCE, (), (), "")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Ежегодно в течение учебного года, по отдельному плану", "throughout_year"),
        ("постоянно (по мере необходимости)", "always"),
        ("ежемесячно, по графику", "monthly"),
    ],
)
def test_clearer_words_win_over_a_reference(words: str, kind: str) -> None:
    term = read_term(words, ONE_YEAR)

    assert (term.kind, term.assumed) == (kind, ("reference",))


@pytest.mark.parametrize("words", ["Сентебрь", "сентярь", "септябрь", "сентябрь\u00ad", "сентябрр"])
def test_misspelt_month_is_read(words: str) -> None:
    assert windows(words, ONE_YEAR) == "2024-09-01/2024-09-30"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("октбярь", "2024-10-01/2024-10-31"),
        ("ферваль", "2025-02-01/2025-02-28"),
        ("Сентебрь", "2024-09-01/2024-09-30"),
    ],
)
def test_corrected_spelling_is_said(words: str, expected: str) -> None:
    term = read_term(words, ONE_YEAR)

    assert (windows(words, ONE_YEAR), term.assumed) == (expected, ("spelling", "year"))


@pytest.mark.parametrize(
    "words",
    [
        "сен-\nтябрь 2024",
        "сен\nтябрь 2024",
        "ceнтябpь  2024 г.",
        "СЕНТЯБРЬ\u00a02О24",
        "сент. 2024",
        "сен 2024г",
        "1. Сентябрь 2024",
        "сентябрь, 2024",
        "сентябрь 24 г.",
        "всентябре 2024",
    ],
)
def test_flaws_of_typing_and_extraction_do_not_matter(words: str) -> None:
    term = read_term(words, ONE_YEAR)

    assert (windows(words, ONE_YEAR), term.kind, term.assumed) == ("2024-09-01/2024-09-30", TermKind.ONCE, ())


@pytest.mark.parametrize(
    ("words", "doubt"),
    [
        ("30 февраля 2025", "В феврале 2025 года нет 30-го числа."),
        ("29.02.2025", "В феврале 2025 года нет 29-го числа."),
        ("31 ноября", "В ноябре нет 31-го числа."),
        ("31.09", "В сентябре нет 31-го числа."),
        ("2 13.2024", "Месяца с номером 13 нет."),
        ("до 45 мая", "В мае нет 45-го числа."),
        ("май 9999", "Год 9999 не подходит для плана."),
        ("01.05.2025 – 01.09.2024", "Конец срока (01.09.2024) раньше начала (01.05.2025)."),
        ("абракадабра", "Срок «абракадабра» не понят: укажите даты."),
        ("дорожная карта", "Срок «дорожная карта» не понят: укажите даты."),
        ("3 раза в год", "Срок «3 раза в год» не понят: укажите даты."),
    ],
)
def test_term_that_cannot_be_is_doubted(words: str, doubt: str) -> None:
    term = read_term(words, ONE_YEAR)

    assert (term.kind, term.windows, term.doubt) == (TermKind.UNKNOWN, (), doubt)


def test_what_is_left_beside_an_impossible_day_is_read() -> None:
    term = read_term("30 февраля, май 2025", ONE_YEAR)

    assert (term.kind, windows(term.text, ONE_YEAR)) == (TermKind.ONCE, "2025-05-01/2025-05-31")
    assert term.doubt == "В феврале нет 30-го числа."


@pytest.mark.parametrize("words", ["Май 2024", "до 01.05.2022 г.", "сентябрь 2030"])
def test_window_outside_the_plan_is_kept_and_doubted(words: str) -> None:
    term = read_term(words, ONE_YEAR)

    assert len(term.windows) == 1
    assert term.doubt == f"Срок «{words}» выходит за период плана (01.09.2024 – 31.08.2025)."


@pytest.mark.parametrize(
    ("words", "kind"), [("ноябрь", "once"), ("ежегодно в мае", "yearly"), ("до 1 мая", "due"), ("постоянно", "always")]
)
def test_without_the_days_of_the_plan_there_are_no_windows(words: str, kind: str) -> None:
    term = read_term(words, NOT_KNOWN)

    assert (term.kind, term.windows) == (kind, ())
    assert term.doubt == f"В сроке «{words}» не указан год, а период плана неизвестен."


def test_without_the_days_of_the_plan_the_year_of_the_words_counts() -> None:
    assert windows("май-сентябрь 2022г., далее ежегодно", NOT_KNOWN) == "2022-05-01/2022-09-30"
    assert windows("с сентября 2024", NOT_KNOWN) == "2024-09-01/2026-08-31"


def test_empty_term_is_none() -> None:
    assert read_term("", ONE_YEAR) == NO_TERM


@pytest.mark.parametrize("words", [" ", "\n", "-", "—", "…"])
def test_term_without_a_letter_is_none(words: str) -> None:
    term = read_term(words, ONE_YEAR)

    assert (term.kind, term.windows, term.doubt) == (TermKind.NONE, (), "")
