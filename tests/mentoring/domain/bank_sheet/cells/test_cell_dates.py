from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.domain.bank_sheet.cells.dates import NO_DAY, SERIAL, SHORT_YEAR, parse_date

TODAY = date(2026, 9, 30)


@pytest.mark.parametrize(
    ("cell", "day", "doubt"),
    [
        (date(2026, 9, 14), date(2026, 9, 14), None),
        (datetime(2026, 9, 14, 10, 5), date(2026, 9, 14), None),  # noqa: DTZ001
        ("14.09.2026", date(2026, 9, 14), None),
        (" 14.09.2026 г.", date(2026, 9, 14), None),
        ("14/9/2026", date(2026, 9, 14), None),
        ("2026-09-14", date(2026, 9, 14), None),
        ("2026-09-14 00:00:00", date(2026, 9, 14), None),
        ("с 01.09.2026", date(2026, 9, 1), None),
        ("16 сентября 2026", date(2026, 9, 16), None),
        ("«16» сентября 2026 года", date(2026, 9, 16), None),
        ("1 мая 2020", date(2020, 5, 1), None),
        ("1 марта 2020", date(2020, 3, 1), None),
        ("8 сент. 2026 г.", date(2026, 9, 8), None),
        ("04.09.26 г.", date(2026, 9, 4), SHORT_YEAR),
        ("04.09.87", date(1987, 9, 4), SHORT_YEAR),
        ("сентябрь 2026", date(2026, 9, 1), NO_DAY),
        ("09.2026", date(2026, 9, 1), NO_DAY),
        (46279, date(2026, 9, 14), SERIAL),
        ("46279", date(2026, 9, 14), SERIAL),
        (46279.0, date(2026, 9, 14), SERIAL),
        ("-", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_date_is_read(cell, day, doubt):
    parsed = parse_date(cell, today=TODAY)

    assert (parsed.value, parsed.doubt, parsed.fault) == (day, doubt, None)


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("31.02.2026", "такой даты нет в календаре"),
        ("14.13.2026", "такой даты нет в календаре"),
        ("01.09.1939", "год 1939 не может быть верным"),
        ("01.09.2029", "год 2029 не может быть верным"),
        (date(1900, 1, 1), "год 1900 не может быть верным"),
        (2026, "указан только год: нужны день и месяц"),
        ("2026 г.", "указан только год: нужны день и месяц"),
        (12, "не дата"),
        (True, "не дата"),
        ("16 брюмера 2026", "нет такого месяца: «брюмера»"),
        ("осенью", "не удалось понять дату: нужна запись вида 04.09.2026"),
        ("#Н/Д", "в ячейке ошибка электронной таблицы «#Н/Д»"),
    ],
)
def test_what_is_no_date_is_a_fault(cell, fault):
    parsed = parse_date(cell, today=TODAY)

    assert (parsed.value, parsed.fault) == (None, fault)


@given(st.dates(date(1940, 1, 1), date(2028, 12, 31)))
def test_every_date_is_read_back_from_its_russian_form(day):
    assert parse_date(day.strftime("%d.%m.%Y"), today=TODAY).value == day


@given(st.dates(date(1940, 1, 3), date(2028, 12, 31)))
def test_serial_numbers_count_days_from_the_end_of_1899(day):
    assert parse_date((day - date(1899, 12, 30)).days, today=TODAY).value == day
