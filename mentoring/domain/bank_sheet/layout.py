"""Where the header of a bank stands in a sheet, and which column tells what."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from mentoring.domain.bank_sheet.columns import Match, best_match, labels, normal_header
from mentoring.domain.bank_sheet.fields import NAME_FIELDS, Bank, Field
from mentoring.domain.bank_sheet.sheet import Cell, Sheet, SheetRow, column_letter, filled, shown

DEEPEST_HEADER = 40
"""So many filled rows from the top are searched for the header."""
_SHOWN_HEADERS = 8
_NAME_PARTS = frozenset({Field.FULL_NAME, Field.SURNAME, Field.GIVEN, Field.PATRONYMIC})


class LayoutError(Exception):
    """The sheet has no readable header, or the columns chosen by a person contradict each other."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table; `parts` are its header cells from the top down."""

    index: int
    letter: str
    parts: tuple[str, ...]
    field: Field | None

    @property
    def header_text(self) -> str:
        """The whole header in one line: «Контактные данные / телефон»."""
        return " / ".join(self.parts)


@dataclass(frozen=True, slots=True)
class Layout:
    """The header rows of a sheet, its columns, and the number of the first row under the header."""

    header_row_numbers: tuple[int, ...]
    columns: tuple[Column, ...]
    first_data_row: int

    def column_of(self, field: Field) -> Column | None:
        """The column that tells a field, or None."""
        return next((column for column in self.columns if column.field is field), None)

    def with_mapping(self, mapping: Mapping[int, Field | None]) -> "Layout":
        """The layout with the fields of some columns (by index from 0) chosen by a person.

        Columns that `mapping` does not name keep their field. Raises LayoutError when a column does not
        exist, when two columns are given one field, and when no column tells the name.
        """
        unknown = sorted(mapping.keys() - {column.index for column in self.columns})
        if unknown:
            raise LayoutError(f"В таблице нет столбца {column_letter(max(unknown[0], 0))}.")
        chosen = tuple(replace(column, field=mapping.get(column.index, column.field)) for column in self.columns)
        _check_no_field_twice(chosen)
        if not NAME_FIELDS & {column.field for column in chosen}:
            raise LayoutError("Не выбран столбец с именем: укажите «ФИО» или «Фамилия».")
        return replace(self, columns=chosen)


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """The sheet that holds the bank, its layout, and the names of other sheets that could hold it too."""

    sheet: Sheet
    layout: Layout
    others: tuple[str, ...]


def _check_no_field_twice(columns: Sequence[Column]) -> None:
    letters: dict[Field, str] = {}
    for column in columns:
        if column.field is None:
            continue
        if column.field in letters:
            label = _label(column.field)
            raise LayoutError(
                f"Столбцы {letters[column.field]} и {column.letter} оба указаны как «{label}»: оставьте один."
            )
        letters[column.field] = column.letter


def _label(field: Field) -> str:
    return {**labels(Bank.MENTORS), **labels(Bank.MENTEES)}[field]


def choose_sheet(sheets: Sequence[Sheet], bank: Bank) -> SheetChoice:
    """The sheet with the most recognised columns, of equal ones the one with more rows, then the first.

    Raises LayoutError when no sheet has a header with a name.
    """
    readable: list[tuple[int, int, Sheet, Layout]] = []
    seen: list[str] = []
    for sheet in sheets:
        try:
            layout = find_layout(sheet.rows, bank)
        except LayoutError:
            seen += _texts_seen(sheet.rows)
        else:
            below = sum(row.number >= layout.first_data_row for row in sheet.rows)
            readable.append((_width(layout), below, sheet, layout))
    if not readable:
        raise LayoutError(_no_header(bank, seen))
    best = max(readable, key=lambda found: (found[1] > 0, found[0], found[1]))
    others = tuple(sheet.name for _, below, sheet, _ in readable if below and sheet is not best[2])
    return SheetChoice(best[2], best[3], others)


def _width(layout: Layout) -> int:
    return sum(column.field is not None for column in layout.columns)


def find_layout(rows: Sequence[SheetRow], bank: Bank) -> Layout:
    """The header of a bank: the row or pair of rows with the most recognised columns, a name among them.

    Raises LayoutError with what was sought and what was seen when there is none.
    """
    finder = _Finder(bank)
    best: Layout | None = None
    for at, row in enumerate(rows[:DEEPEST_HEADER]):
        under = rows[at + 1] if at + 1 < len(rows) else None
        found = finder.layout_at(row, under if under and under.number == row.number + 1 else None)
        if found is not None and (best is None or _width(found) > _width(best)):
            best = found
    if best is None:
        raise LayoutError(_no_header(bank, _texts_seen(rows)))
    return replace(best, columns=_with_nameless(best, rows))


def _with_nameless(layout: Layout, rows: Sequence[SheetRow]) -> tuple[Column, ...]:
    """The columns of a layout and those that have no header but something in more than one row under it."""
    known = {column.index for column in layout.columns}
    counts = Counter(index for row in rows if row.number >= layout.first_data_row for index, _ in filled(row))
    nameless = (index for index, count in counts.items() if count > 1 and index not in known)
    columns = (*layout.columns, *(Column(index, column_letter(index), (), None) for index in nameless))
    return tuple(sorted(columns, key=lambda column: column.index))


class _Finder:
    """Tries rows as headers, and remembers what each text was recognised as."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._seen: dict[str, Match | None] = {}

    def layout_at(self, row: SheetRow, under: SheetRow | None) -> Layout | None:
        """The best header that begins in the row: the row alone, or with the row right under it."""
        upper, lower = _texts(row), _texts(under)
        if not upper:
            return None
        single = self._layout((row.number,), {index: (text,) for index, text in upper.items()})
        if under is None or not lower or not self._is_under_header(upper, lower):
            return single
        double = self._layout((row.number, under.number), _joined(upper, lower))
        if single is not None:
            return double if double is not None and _width(double) >= _width(single) else single
        lower_alone = self._layout((under.number,), {index: (text,) for index, text in lower.items()})
        is_title_over_header = lower_alone and double and _width(lower_alone) >= _width(double)
        return None if is_title_over_header else double

    def _text_match(self, text: str) -> Match | None:
        if text not in self._seen:
            self._seen[text] = best_match(text, self._bank)
        return self._seen[text]

    def _match(self, parts: tuple[str, ...]) -> Match | None:
        """What a header of one or two cells names: the lower cell alone, or else both together."""
        return self._text_match(parts[-1]) or self._text_match(" ".join(parts))

    def _divides(self, parts: tuple[str, ...]) -> Match | None:
        """What the lower cell names by itself, or by adding something to what the upper one names."""
        alone = self._text_match(parts[-1])
        if alone is not None or len(parts) == 1:
            return alone
        upper, both = self._text_match(parts[0]), self._text_match(" ".join(parts))
        return both if both and (upper is None or both.score > upper.score) else None

    def _is_under_header(self, upper: dict[int, str], lower: dict[int, str]) -> bool:
        """Whether `lower` divides the columns of `upper` and is not the first person under it."""
        joined = _joined(upper, lower)
        known = {index: self._divides(joined[index]) for index in lower}
        for index in upper.keys() & lower.keys():
            match, below = self._text_match(upper[index]), known[index]
            is_name = match is not None and match.field in _NAME_PARTS
            if is_name and (below is None or below.field not in _NAME_PARTS):
                return False
        return 2 * sum(match is not None for match in known.values()) >= len(lower)

    def _layout(self, numbers: tuple[int, ...], headers: dict[int, tuple[str, ...]]) -> Layout | None:
        matches = {index: match for index, parts in headers.items() if (match := self._match(parts))}
        winners: dict[Field, int] = {}
        for index, match in sorted(matches.items()):
            rival = winners.get(match.field)
            if rival is None or match.score > matches[rival].score:
                winners[match.field] = index
        if not NAME_FIELDS & winners.keys():
            return None
        fields = {index: field for field, index in winners.items()}
        columns = tuple(
            Column(index, column_letter(index), parts, fields.get(index)) for index, parts in sorted(headers.items())
        )
        return Layout(numbers, columns, numbers[-1] + 1)


def _texts(row: SheetRow | None) -> dict[int, str]:
    """The texts of a row by column; none when the row holds anything but texts and cannot be a header."""
    cells = filled(row) if row is not None else []
    if not all(isinstance(cell, str) for _, cell in cells):
        return {}
    return {index: _one_line(cell) for index, cell in cells}


def _one_line(cell: Cell) -> str:
    return " ".join(shown(cell).split())


def _joined(upper: dict[int, str], lower: dict[int, str]) -> dict[int, tuple[str, ...]]:
    """Headers of two rows: an upper cell reaches right over blank ones with something under them."""
    headers: dict[int, tuple[str, ...]] = {}
    parent = ""
    for index in range(max(upper.keys() | lower.keys()) + 1):
        if index in upper:
            parent = upper[index]
        elif index not in lower:
            parent = ""
            continue
        parts = (parent, lower.get(index, ""))
        headers[index] = tuple(part for part in parts if part)
    return headers


def _texts_seen(rows: Sequence[SheetRow]) -> list[str]:
    return [
        _one_line(cell)
        for row in rows[:DEEPEST_HEADER]
        for _, cell in filled(row)
        if isinstance(cell, str) and normal_header(cell)
    ]


def _no_header(bank: Bank, seen: Sequence[str]) -> str:
    people = "наставника" if bank is Bank.MENTORS else "наставляемого"
    sought = f"Не нашли строку заголовков. Нужен столбец с именем {people}: «ФИО» либо «Фамилия», «Имя», «Отчество»."
    if not seen:
        return f"{sought} В таблице нет ни одного текста."
    texts = ", ".join(f"«{text[:40]}»" for text in dict.fromkeys(seen[:_SHOWN_HEADERS]))
    return f"{sought} В таблице увидели: {texts}."
