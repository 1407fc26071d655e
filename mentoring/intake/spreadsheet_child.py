"""A process of its own that reads one packed spreadsheet from stdin and writes its rows to stdout as JSON.

The reader is native code. On damaged files it was seen to abort the whole process (.xls) and to run for ever
(.ods), so it never runs inside a web process. This file is run as a script and imports nothing of the portal.
"""

import io
import json
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)


def main(memory: int, seconds: int, most_rows: int) -> None:
    """Read stdin within limits of memory (bytes) and processor time, at most `most_rows` rows a sheet."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer: dict[str, Any] = {"sheets": sheets(sys.stdin.buffer.read(), most_rows)}
    except PasswordError:
        answer = {"error": "password"}
    except CalamineError:
        answer = {"error": "broken"}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode())


def sheets(content: bytes, most_rows: int) -> list[tuple[str, list[tuple[int, list[Any]]]]]:
    """The visible sheets with their filled rows, numbered from 1."""
    book = load_workbook(io.BytesIO(content))
    return [
        (data.name, list(filled_rows(book.get_sheet_by_name(data.name), most_rows)))
        for data in book.sheets_metadata
        if data.typ is SheetTypeEnum.WorkSheet and data.visible is SheetVisibleEnum.Visible
    ]


def filled_rows(sheet: CalamineSheet, most_rows: int) -> Iterator[tuple[int, list[Any]]]:
    """Rows with anything in them; columns left out before the first filled one are put back."""
    skipped = [None] * (sheet.start[1] if sheet.start else 0)
    for number, values in enumerate(sheet.iter_rows(), start=1):
        if any(value != "" for value in values):
            yield number, skipped + [plain(value) for value in values]
            most_rows -= 1
        if not most_rows:
            return


def plain(value: Any) -> Any:
    """A value that JSON can carry: dates with their kind, clock times as texts, whole numbers as such."""
    match value:
        case "":
            return None
        case datetime():
            return {"datetime": value.isoformat()}
        case date():
            return {"date": value.isoformat()}
        case time():
            return value.strftime("%H:%M")
        case timedelta():
            return str(value)
        case float() if value.is_integer():
            return int(value)
    return value


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:4]))
