"""The rows of a bank: every person with typed values and with all that is doubtful or wrong about them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from mentoring.domain.bank_sheet.cells.names import NO_PATRONYMIC, parse_full_name
from mentoring.domain.bank_sheet.cells.parsed import Parsed
from mentoring.domain.bank_sheet.cells.words import mentee_category_in
from mentoring.domain.bank_sheet.duplicates import repeated_names
from mentoring.domain.bank_sheet.field_parsers import NOT_READ, attributes, parse_field
from mentoring.domain.bank_sheet.fields import Bank, Field
from mentoring.domain.bank_sheet.layout import Column, Layout
from mentoring.domain.bank_sheet.not_persons import why_not_person
from mentoring.domain.bank_sheet.records import BankRow, BankSheet, Finding, Level, Note
from mentoring.domain.bank_sheet.sheet import Cell, SheetRow, column_letter, filled, is_blank, shown
from mentoring.domain.bank_sheet.values import ClaimedConsent

_SHOWN_VALUE = 200
_NAME_FIELDS = (Field.FULL_NAME, Field.SURNAME, Field.GIVEN, Field.PATRONYMIC)
_COMBINED_FIELDS = (Field.POST_SUBJECT, Field.CONTACTS)
_NEEDED_PARTS: tuple[tuple[Field, Level, str], ...] = (
    (Field.SURNAME, "fault", "фамилия не указана"),
    (Field.GIVEN, "fault", "имя не указано"),
    (Field.PATRONYMIC, "doubt", NO_PATRONYMIC),
)


def read_rows(sheet_rows: Sequence[SheetRow], layout: Layout, bank: Bank, *, today: date) -> BankSheet:
    """All persons under the header, in the order of the sheet, and notes about every row that is none.

    Never raises for what stands in the cells: whatever cannot be read is a finding of its row.
    """
    below = [row for row in sheet_rows if row.number >= layout.first_data_row]
    reader = _Reader(layout, bank, today)
    notes: list[Note] = []
    persons: list[SheetRow] = []
    for row in below:
        reason = why_not_person(row, layout)
        if reason is None:
            persons.append(row)
        else:
            notes.append(Note(row.number, reason))
    rows = _with_repetitions([reader.row(row) for row in persons], layout)
    notes += _column_notes(persons, layout) + _stray_cells(persons, layout)
    notes += [Note(None, _claims_note(letter, number)) for letter, number in sorted(reader.claims.items())]
    if reader.categories_from_notes:
        notes.append(Note(None, "категория наставляемого взята из столбца «Примечание»"))
    return BankSheet(bank, tuple(rows), tuple(notes))


class _Reader:
    """Reads rows of one layout; equal cells of one field are parsed once."""

    def __init__(self, layout: Layout, bank: Bank, today: date) -> None:
        self._bank = bank
        self._today = today
        self._by_field = {column.field: column for column in layout.columns if column.field is not None}
        others = [column for field, column in self._by_field.items() if field not in (*_NAME_FIELDS, *NOT_READ)]
        self._others = sorted(others, key=lambda column: column.field not in _COMBINED_FIELDS)
        self._parsed: dict[tuple[Field, type[object], Cell], Parsed[Any]] = {}
        self.categories_from_notes = 0
        self.claims: Counter[str] = Counter()

    def row(self, row: SheetRow) -> BankRow:
        """One person with the findings of all cells."""
        values, findings = self._name(row)
        for column in self._others:
            parsed = self._cell(row, column)
            values |= attributes(column.field, parsed.value) if column.field else {}
            findings += _findings(row, column, parsed)
            if isinstance(parsed.value, ClaimedConsent) and parsed.value.claimed:
                self.claims[column.letter] += 1
        if self._bank is Bank.MENTEES and "mentee_category" not in values:
            category = mentee_category_in(values.get("note", ""))
            if category is not None:
                values["mentee_category"] = category
                self.categories_from_notes += 1
        return BankRow(number=row.number, **values, findings=tuple(findings))

    def _cell(self, row: SheetRow, column: Column) -> Parsed[Any]:
        cell = row.cell(column.index)
        if column.field is None or is_blank(cell):
            return Parsed()
        key = (column.field, type(cell), cell)
        if key not in self._parsed:
            self._parsed[key] = parse_field(column.field, cell, today=self._today)
        return self._parsed[key]

    def _name(self, row: SheetRow) -> tuple[dict[str, Any], list[Finding]]:
        whole = self._by_field.get(Field.FULL_NAME)
        if whole is not None and not is_blank(row.cell(whole.index)):
            parsed = self._cell(row, whole)
            return attributes(Field.FULL_NAME, parsed.value), _findings(row, whole, parsed)
        return self._name_of_parts(row)

    def _name_of_parts(self, row: SheetRow) -> tuple[dict[str, Any], list[Finding]]:
        columns = [column for field in _NAME_FIELDS if (column := self._by_field.get(field))]
        told = [column for column in columns if not is_blank(row.cell(column.index))]
        if not told or told[0].field is not Field.SURNAME:
            return {}, [_finding(row, columns[0], "fault", "в строке есть данные, но нет имени")]
        if len(told) == 1 and " " in shown(row.cell(told[0].index)).strip():
            parsed = parse_full_name(row.cell(told[0].index))
            return attributes(Field.FULL_NAME, parsed.value), _findings(row, told[0], parsed)
        values: dict[str, Any] = {}
        findings: list[Finding] = []
        for column in told:
            part = self._cell(row, column)
            values |= {column.field.value: part.value} if column.field and part.value else {}
            findings += _findings(row, column, part)
        return values, findings + self._missing_parts(row, values, findings)

    def _missing_parts(self, row: SheetRow, values: dict[str, Any], findings: list[Finding]) -> list[Finding]:
        if any(finding.level == "fault" for finding in findings):
            return []
        for field, level, message in _NEEDED_PARTS:
            if field.value not in values:
                column = self._by_field.get(field) or self._by_field[Field.SURNAME]
                return [_finding(row, column, level, message)]
        return []


def _claims_note(letter: str, number: int) -> str:
    return f"отметки о согласиях в столбце {letter}: {number}; это не согласия, бумаги нужно получить"


def _findings(row: SheetRow, column: Column, parsed: Parsed[Any]) -> list[Finding]:
    if parsed.fault:
        return [_finding(row, column, "fault", parsed.fault)]
    return [_finding(row, column, "doubt", parsed.doubt)] if parsed.doubt else []


def _finding(row: SheetRow, column: Column, level: Level, message: str) -> Finding:
    value = shown(row.cell(column.index)).strip()
    value = value if len(value) <= _SHOWN_VALUE else f"{value[: _SHOWN_VALUE - 1]}…"
    return Finding(row.number, column.letter, column.header_text, level, message, value)


def _with_repetitions(rows: list[BankRow], layout: Layout) -> Iterable[BankRow]:
    remarks = repeated_names(rows)
    column = layout.column_of(Field.FULL_NAME) or layout.column_of(Field.SURNAME)
    for row in rows:
        doubt, fault = remarks.get(row.number, (None, None))
        message = fault or doubt
        if message is None or column is None:
            yield row
            continue
        name = " ".join(part for part in (row.surname, row.given, row.patronymic) if part)
        level: Level = "fault" if fault else "doubt"
        remark = Finding(row.number, column.letter, column.header_text, level, message, name)
        yield replace(row, findings=(*row.findings, remark))


def _column_notes(persons: Sequence[SheetRow], layout: Layout) -> list[Note]:
    used = {index for row in persons for index, _ in filled(row)}
    header = layout.header_row_numbers[-1]
    notes = []
    for column in layout.columns:
        title = f"столбец {column.letter} «{column.header_text}»" if column.parts else f"столбец {column.letter}"
        if column.index in used and column.field is None:
            notes.append(Note(header, f"{title} не распознан и не прочитан"))
        if column.index in used and column.field is Field.ORGANISATION:
            notes.append(Note(header, f"{title} не прочитан: организация берётся не из файла"))
    return notes


def _stray_cells(persons: Sequence[SheetRow], layout: Layout) -> list[Note]:
    known = {column.index for column in layout.columns}
    return [
        Note(
            row.number,
            f"ячейка {column_letter(index)}{row.number} вне таблицы не прочитана: «{shown(cell)[:60]}»",
        )
        for row in persons
        for index, cell in filled(row)
        if index not in known
    ]
