"""Two rows with one name in one sheet: one person written twice, two persons, or not to be told."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from mentoring.domain.bank_sheet.name_key import name_key
from mentoring.domain.bank_sheet.records import BankRow

LARGEST_GROUP = 50
"""More rows with one name than this are not compared one by one."""

_TELLING = {
    "email": "e-mail",
    "phone": "телефону",
    "birth_year": "году рождения",
    "hired_on": "дате приёма на работу",
}


def repeated_names(rows: Sequence[BankRow]) -> dict[int, tuple[str | None, str | None]]:
    """What is to be said of the rows whose name occurs again: row number → (doubt, fault), one of them None.

    Rows that differ in an e-mail, a telephone, a year of birth or a date of hiring known for both are
    different persons, with a doubt on each. A row equal to an earlier one, or one that cannot be told from
    it, is a fault; the earlier row stays as it is. ё and е, capitals and spaces make no difference in names.
    """
    groups: defaultdict[str, list[BankRow]] = defaultdict(list)
    for row in rows:
        if row.surname:
            groups[name_key(row.surname, row.given, row.patronymic)].append(row)
    remarks: dict[int, tuple[str | None, str | None]] = {}
    for group in groups.values():
        if len(group) > 1:
            remarks |= _remarks(group)
    return remarks


def _remarks(group: list[BankRow]) -> dict[int, tuple[str | None, str | None]]:
    remarks: dict[int, tuple[str | None, str | None]] = {}
    first_with: dict[BankRow, int] = {}
    persons: list[BankRow] = []
    telling: dict[str, None] = {}
    for row in group:
        bare = replace(row, number=0, findings=())
        if bare in first_with:
            remarks[row.number] = (None, f"строка повторяет строку {first_with[bare]}")
            continue
        first_with[bare] = row.number
        differences = [_difference(row, person) for person in persons[:LARGEST_GROUP]]
        if len(persons) >= LARGEST_GROUP or None in differences:
            unclear = persons[differences.index(None)] if None in differences else persons[0]
            remarks[row.number] = (None, _unclear(unclear.number))
            continue
        telling |= dict.fromkeys(difference for difference in differences if difference)
        persons.append(row)
    if len(persons) > 1:
        doubt = _namesakes([person.number for person in persons], list(telling))
        remarks |= {person.number: (doubt, None) for person in persons}
    return remarks


def _difference(one: BankRow, other: BankRow) -> str | None:
    """By what two rows are surely two persons, or None."""
    for attribute, label in _TELLING.items():
        values = {_plain(getattr(one, attribute)), _plain(getattr(other, attribute))}
        if None not in values and len(values) == 2:
            return label
    return None


def _plain(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def _unclear(earlier: int) -> str:
    return (
        f"то же имя, что в строке {earlier}: нельзя понять, один это человек или два: "
        "добавьте столбец с e-mail, телефоном, годом рождения или датой приёма на работу"
    )


def _namesakes(numbers: list[int], telling: list[str]) -> str:
    how_many = {2: "два человека", 3: "три человека", 4: "четыре человека"}.get(len(numbers), "люди")
    listed = ", ".join(str(number) for number in numbers[:-1]) + f" и {numbers[-1]}"
    return f"{how_many} с одним именем: строки {listed}, различаются по {', '.join(telling)}"
