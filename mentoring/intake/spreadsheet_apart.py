"""Packed spreadsheets read in a process of their own: a damaged file ends that process and no other."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from mentoring.domain.bank_sheet.sheet import Cell, SheetRow
from mentoring.intake.file_kind import BROKEN, LOCKED
from mentoring.intake.workbook_error import WorkbookError

MOST_MEMORY = 2 * 1024**3
MOST_SECONDS = 30

_CHILD = Path(__file__).with_name("spreadsheet_child.py")


def read_apart(content: bytes, most_rows: int) -> Iterator[tuple[str, Iterator[SheetRow]]]:
    """The visible sheets of a spreadsheet with their filled rows, no more than `most_rows` of each.

    Raises WorkbookError when the file is locked, damaged, or needs more time or memory than any real one.
    """
    arguments = [str(MOST_MEMORY), str(MOST_SECONDS), str(most_rows)]
    try:
        child = subprocess.run(  # noqa: S603 -- our own script, numbers for arguments
            [sys.executable, "-I", str(_CHILD), *arguments],
            input=content,
            capture_output=True,
            timeout=2 * MOST_SECONDS,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise WorkbookError(BROKEN) from error
    answer = json.loads(child.stdout)
    if "error" in answer:
        raise WorkbookError(LOCKED if answer["error"] == "password" else BROKEN)
    for name, rows in answer["sheets"]:
        yield name, (SheetRow(number, tuple(_cell(cell) for cell in cells)) for number, cells in rows)


def _cell(cell: Any) -> Cell:
    match cell:
        case {"datetime": moment}:
            return datetime.fromisoformat(moment)
        case {"date": day}:
            return date.fromisoformat(day)
    plain: Cell = cell
    return plain
