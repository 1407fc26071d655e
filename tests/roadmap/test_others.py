"""Roadmaps of invented organisations in the habits of real ones, against what a careful reader finds in them."""

import json
from pathlib import Path
from typing import Any

import pytest

from config.environment import BASE_DIR
from roadmap.domain.blocks import Block, Cell, Paragraph, Row
from roadmap.domain.document.as_json import plan_json
from roadmap.domain.document.understanding import understand
from roadmap.reading.file import blocks_of_file
from tests.roadmap.reading.built import BuiltCell, BuiltPlan, docx_of, html_of, pdf_of

OTHERS = BASE_DIR / "tests" / "roadmap" / "others"
NAMES = sorted(path.stem for path in OTHERS.glob("*.txt"))
MEASURE_FIELDS = ("number", "section", "title", "details", "term", "responsible", "result", "documents")
BUILT = ("04", "05", "06", "07", "08", "11", "12", "13", "15", "16", "17", "18", "19", "20")
"""Documents of one table, also built as files of other kinds."""
MERGED_DOWN = {"01": 0, "11": 1, "19": 2, "20": 1}
"""The column in which an empty cell goes on with the one above."""
WRITERS = {"docx": docx_of, "html": html_of, "pdf": pdf_of}
SMALL_PAGE = "size: 297mm 120mm;"


def _name(key: str) -> str:
    return next(name for name in NAMES if name.startswith(key))


def _expected(name: str) -> dict[str, Any]:
    table: dict[str, Any] = json.loads((OTHERS / f"{name}.json").read_text())
    return table


def _text(name: str) -> Path:
    return OTHERS / f"{name}.txt"


def _read(content: bytes, filename: str) -> dict[str, Any]:
    return plan_json(understand(blocks_of_file(content, filename)))


def _check(plan: dict[str, Any], table: dict[str, Any]) -> None:
    for name in ("title", "organisation", "period", "approvals", "sections"):
        assert plan[name] == table[name], name
    assert [measure["title"] for measure in plan["measures"]] == [measure["title"] for measure in table["measures"]]
    for measure, row in zip(plan["measures"], table["measures"], strict=True):
        assert {name: measure[name] for name in MEASURE_FIELDS} == {name: row[name] for name in MEASURE_FIELDS}


@pytest.mark.parametrize("name", NAMES)
def test_document_reads_as_a_careful_reader_reads_it(name: str) -> None:
    table = _expected(name)

    plan = _read(_text(name).read_bytes(), f"{name}.txt")

    _check(plan, table)
    assert [warning["message"] for warning in plan["warnings"]] == table["warnings"]


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("key", BUILT)
def test_document_built_as_another_file_reads_the_same(key: str, kind: str) -> None:
    name = _name(key)
    content = WRITERS[kind](_built(key, has_tabs=kind == "docx"))

    plan = _read(content, f"{name}.{kind}")

    table = _expected(name)
    if kind != "docx" and _has_stamps_side_by_side(name):
        plan["approvals"] = table["approvals"] = []
    _check(plan, table)


@pytest.mark.parametrize("key", BUILT)
def test_pages_of_a_pdf_divide_no_measure(key: str) -> None:
    name = _name(key)

    plan = _read(pdf_of(_built(key, has_tabs=False), page=SMALL_PAGE), f"{name}.pdf")

    table = _expected(name)
    if _has_stamps_side_by_side(name):
        plan["approvals"] = table["approvals"] = []
    _check(plan, table)


def _blocks(name: str) -> list[Block]:
    return blocks_of_file(_text(name).read_bytes(), f"{name}.txt")


def _has_stamps_side_by_side(name: str) -> bool:
    first = next(block for block in _blocks(name) if isinstance(block, Row))
    return first.cells[0].text.strip(" «»").lower().startswith(("принят", "рассмотрен", "утверждаю", "согласован"))


def _built(key: str, *, has_tabs: bool) -> BuiltPlan:
    """The document to build: its widest table with the lines inside it as rows across it, and the lines around it."""
    blocks = _blocks(_name(key))
    width = max(len(block.cells) for block in blocks if isinstance(block, Row))
    of_table = [at for at, block in enumerate(blocks) if isinstance(block, Row) and len(block.cells) == width]
    first, last = of_table[0], of_table[-1]
    rows: list[list[str | BuiltCell]] = []
    head: Row | None = None
    for block in blocks[first : last + 1]:
        if isinstance(block, Paragraph):
            if any(letter.isalpha() for letter in block.text):
                rows.append([BuiltCell(block.text, columns=width)])
        elif head is None or [cell.text for cell in block.cells] != [cell.text for cell in head.cells]:
            head = head or block
            rows.append(_cells(block.cells, width))
    if key in MERGED_DOWN:
        _merge_down(rows, MERGED_DOWN[key])
    return BuiltPlan(rows, before=_around(blocks[:first], has_tabs), after=_around(blocks[last + 1 :], has_tabs))


def _cells(cells: tuple[Cell, ...], width: int) -> list[str | BuiltCell]:
    filled = [cell.text for cell in cells if cell.text]
    if len(filled) == 1 and cells[0].text:
        return [BuiltCell(filled[0], columns=width)]
    return [cell.text for cell in cells]


def _merge_down(rows: list[list[str | BuiltCell]], column: int) -> None:
    top = 0
    for at in range(1, len(rows)):
        if rows[at][column]:
            top = at
            continue
        above = rows[top][column]
        text, span = (above.text, above.rows) if isinstance(above, BuiltCell) else (above, 1)
        rows[top][column] = BuiltCell(text, rows=span + 1)
    rows[:] = [[cell for at, cell in enumerate(row) if at != column or cell] for row in rows]


def _around(blocks: list[Block], has_tabs: bool) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
        else:
            texts = [cell.text for cell in block.cells]
            lines += ["\t".join(texts)] if has_tabs else [text for text in texts if text]
    return lines
