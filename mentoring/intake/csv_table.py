"""Tables kept as text: their encoding, their separator, their rows."""

import codecs
import csv
import io
from collections import Counter

from mentoring.domain.bank_sheet.sheet import SheetRow
from mentoring.intake.workbook_error import WorkbookError

_SEPARATORS = ";\t,"
_PROBED_CHARACTERS = 100_000


def read_csv(content: bytes) -> list[SheetRow]:
    """The records of a table in UTF-8, UTF-16 with a mark, or Windows-1251, divided by «;», «,» or tabs.

    Records are numbered as a spreadsheet would number them, blank ones included.
    """
    text = _decoded(content)
    separator, text = _named_separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator or _separator(text))
    try:
        return [
            SheetRow(number, tuple(cell or None for cell in record))
            for number, record in enumerate(reader, start=2 if separator else 1)
        ]
    except csv.Error as error:
        raise WorkbookError(
            "В файле нарушены кавычки: не видно, где кончается ячейка.", f"около строки {reader.line_num}"
        ) from error


def _decoded(content: bytes) -> str:
    encoding = "utf-8-sig"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    for name in (encoding, "cp1251"):
        try:
            return content.decode(name)
        except UnicodeDecodeError:
            continue
    raise WorkbookError("Не удалось понять кодировку файла. Сохраните таблицу как .xlsx и загрузите снова.")


def _named_separator(text: str) -> tuple[str, str]:
    """The separator that a first line «sep=;» names, as Excel writes it, and the text after that line."""
    first, _, rest = text.partition("\n")
    first = first.strip().lower()
    if len(first) == 5 and first.startswith("sep=") and first[4] in _SEPARATORS:
        return first[4], rest
    return "", text


def _separator(text: str) -> str:
    """The separator that divides most records into equally many cells; of equal ones the first."""
    sample = text[:_PROBED_CHARACTERS]
    return max(_SEPARATORS, key=lambda separator: _regularity(sample, separator))


def _regularity(sample: str, separator: str) -> int:
    """How many cells the separator gives the records of one width. With a space after it, it divides words."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
    try:
        cuts = Counter(sum(not cell.startswith(" ") for cell in record[1:]) for record in reader)
    except csv.Error:
        return 0
    return max((cut * count for cut, count in cuts.items()), default=0)
