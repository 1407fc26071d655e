from datetime import date, datetime

import pytest

from mentoring.domain.bank_sheet.name_key import name_key
from mentoring.domain.bank_sheet.sheet import SheetRow, column_letter, filled, shown


@pytest.mark.parametrize(
    ("index", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
)
def test_column_letter_counts_as_spreadsheets_do(index, letter):
    assert column_letter(index) == letter


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (True, "да"),
        (False, "нет"),
        (18, "18"),
        (18.0, "18"),
        (2.5, "2,5"),
        (date(2026, 9, 4), "04.09.2026"),
        (datetime(2026, 9, 4), "04.09.2026"),  # noqa: DTZ001
        (datetime(2026, 9, 4, 10, 5), "04.09.2026 10:05"),  # noqa: DTZ001
        (" как есть ", " как есть "),
    ],
)
def test_shown_writes_a_cell_as_the_person_sees_it(cell, text):
    assert shown(cell) == text


def test_filled_leaves_out_white_space():
    assert filled(SheetRow(1, (None, " \n", "a", 0, False))) == [(2, "a"), (3, 0), (4, False)]


@pytest.mark.parametrize(
    ("parts", "key"),
    [
        (("Ковалёв", "Тимур", "Дашиевич"), "ковалев тимур дашиевич"),
        (("КОВАЛЕВ ", " тимур", None), "ковалев тимур"),
        (("Салтыков  Щедрин", None, ""), "салтыков щедрин"),
    ],
)
def test_name_key_forgets_case_spaces_and_yo(parts, key):
    assert name_key(*parts) == key
