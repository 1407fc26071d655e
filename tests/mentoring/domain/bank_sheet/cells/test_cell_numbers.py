from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.domain.bank_sheet.cells.numbers import (
    parse_birth_year,
    parse_capacity,
    parse_experience,
    parse_hours,
)

TODAY = date(2026, 9, 30)


@pytest.mark.parametrize(
    ("cell", "years", "doubt"),
    [
        (18, 18, None),
        (18.0, 18, None),
        ("18", 18, None),
        ("35 лет", 35, None),
        ("28 л.", 28, None),
        ("1 год", 1, None),
        ("2 г.", 2, None),
        ("3 года", 3, None),
        (0, 0, None),
        ("18,0", 18, None),
        (18.5, 18, "взяты полные годы: 18"),
        ("25 лет 3 мес.", 25, "взяты полные годы: 25"),
        ("25 лет и 3 месяца", 25, "взяты полные годы: 25"),
        ("менее года", 0, "стаж меньше года: взято 0 лет"),
        ("до 1 года", 0, "стаж меньше года: взято 0 лет"),
        ("7 мес.", 0, "стаж меньше года: взято 0 лет"),
        ("0,5", 0, "стаж меньше года: взято 0 лет"),
        ("нет", 0, "записано, что стажа нет: взято 0 лет"),
        ("с 2015 г.", 11, "указан год начала работы: получилось 11\xa0лет"),
        (2015, 11, "указан год начала работы: получилось 11\xa0лет"),
        ("с 01.10.2015", 10, "указана дата начала работы: получилось 10\xa0лет"),
        ("с 30.09.2015", 11, "указана дата начала работы: получилось 11\xa0лет"),
        (date(2025, 9, 1), 1, "указана дата начала работы: получилось 1\xa0год"),
        ("-", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_experience_is_read(cell, years, doubt):
    parsed = parse_experience(cell, today=TODAY)

    assert (parsed.value, parsed.doubt, parsed.fault) == (years, doubt, None)


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        (120, "стаж не может быть 120\xa0лет"),
        ("71 год", "стаж не может быть 71\xa0год"),
        (-3, "не удалось понять стаж: нужно число полных лет"),
        ("25/20", "не удалось понять стаж: нужно число полных лет"),
        ("большой", "не удалось понять стаж: нужно число полных лет"),
        ("с 2030 г.", "год 2030 не может быть началом работы"),
        (date(2027, 1, 1), "вместо стажа стоит дата, которая не может быть началом работы"),
        ("#ЗНАЧ!", "в ячейке ошибка электронной таблицы «#ЗНАЧ!»"),
    ],
)
def test_impossible_experience_is_a_fault(cell, fault):
    parsed = parse_experience(cell, today=TODAY)

    assert (parsed.value, parsed.fault) == (None, fault)


@given(st.integers(0, 70), st.sampled_from(["", " лет", " л.", " г", " года", "лет"]))
def test_any_number_of_years_is_read_without_a_doubt(years, word):
    parsed = parse_experience(f"{years}{word}", today=TODAY)

    assert (parsed.value, parsed.doubt) == (years, None)


@pytest.mark.parametrize(
    ("cell", "count", "doubt"),
    [
        (2, 2, None),
        ("2 чел.", 2, None),
        ("до 3", 3, None),
        ("не более 3 человек", 3, None),
        ("до двух", 2, None),
        ("двое", 2, None),
        ("1-2", 2, "указано «от и до»: взято 2"),
        ("1 – 2 чел.", 2, "указано «от и до»: взято 2"),
        ("-", None, None),
        (None, None, None),
    ],
)
def test_capacity_is_read(cell, count, doubt):
    parsed = parse_capacity(cell)

    assert (parsed.value, parsed.doubt, parsed.fault) == (count, doubt, None)


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        (0, "наставляемых может быть от 1 до 20"),
        (-1, "наставляемых может быть от 1 до 20"),
        (99, "наставляемых может быть от 1 до 20"),
        ("1" * 500, "наставляемых может быть от 1 до 20"),
        ("много", "не удалось понять, сколько наставляемых: нужно одно число"),
        (2.5, "не удалось понять, сколько наставляемых: нужно одно число"),
        (True, "не удалось понять, сколько наставляемых: нужно одно число"),
        (date(2026, 2, 1), "число превратилось в дату: запишите его как текст"),
    ],
)
def test_impossible_capacity_is_a_fault(cell, fault):
    parsed = parse_capacity(cell)

    assert (parsed.value, parsed.fault) == (None, fault)


@pytest.mark.parametrize(
    ("cell", "hours"),
    [
        (2, Decimal(2)),
        (1.5, Decimal("1.5")),
        ("2 часа в неделю", Decimal(2)),
        ("2,5 ч/нед.", Decimal("2.5")),
        ("до 3 ч.", Decimal(3)),
        ("-", None),
    ],
)
def test_hours_are_read(cell, hours):
    parsed = parse_hours(cell)

    assert (parsed.value, parsed.doubt, parsed.fault) == (hours, None, None)


@pytest.mark.parametrize("cell", ["8 часов в месяц", "1 раз в неделю", "по вторникам", True, date(2026, 9, 1)])
def test_hours_told_otherwise_are_left_out_with_a_doubt(cell):
    parsed = parse_hours(cell)

    assert (parsed.value, parsed.fault) == (None, None)
    assert parsed.doubt == "не удалось понять, сколько часов в неделю: не взято"


@pytest.mark.parametrize("cell", [0, 41, "168 часов"])
def test_impossible_hours_are_a_fault(cell):
    assert parse_hours(cell).fault == "часов в неделю может быть не больше 40, но больше нуля"


@pytest.mark.parametrize(
    ("cell", "year"),
    [(1985, 1985), ("1985 г.р.", 1985), ("12.03.1985", 1985), (date(1985, 3, 12), 1985), (None, None)],
)
def test_birth_year_is_read(cell, year):
    parsed = parse_birth_year(cell, today=TODAY)

    assert (parsed.value, parsed.doubt, parsed.fault) == (year, None, None)


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        (1925, "год рождения 1925 не может быть верным"),
        (2021, "год рождения 2021 не может быть верным"),
        (85, "не удалось понять год рождения: нужны четыре цифры"),
        ("давно", "не удалось понять год рождения: нужны четыре цифры"),
    ],
)
def test_impossible_birth_year_is_a_fault(cell, fault):
    parsed = parse_birth_year(cell, today=TODAY)

    assert (parsed.value, parsed.fault) == (None, fault)
