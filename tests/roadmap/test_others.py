"""Roadmaps of invented organisations in the habits of real ones, against what a careful reader finds in them."""

import json
from collections.abc import Callable
from random import Random
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from config.environment import BASE_DIR
from roadmap.domain.blocks import Block, Cell, Paragraph, Row
from roadmap.domain.document.as_json import plan_json
from roadmap.domain.document.understanding import understand
from roadmap.reading.file import blocks_of_file
from tests.roadmap.reading.built import (
    BuiltCell,
    BuiltPlan,
    add_list,
    docx_of,
    html_of,
    numbered,
    pdf_of,
    saved,
)

OTHERS = BASE_DIR / "tests" / "roadmap" / "others"
NAMES = sorted(path.name for path in OTHERS.iterdir() if path.suffix in {".txt", ".html"})
MEASURE_FIELDS = ("number", "section", "title", "details", "term", "responsible", "result", "documents")
BUILT = (
    *("04", "05", "06", "07", "08", "11", "12", "13", "15", "16"),
    *("17", "18", "19", "20", "21", "22", "23", "25", "26"),
)
"""Documents of one table, also built as files of other kinds."""
MERGED_DOWN = {"01": 0, "11": 1, "19": 2, "20": 1}
"""The column in which an empty cell goes on with the one above."""
CHANGED = ("01", "04", "05", "06", "07", "11", "12", "13", "15", "17", "19", "20", "23", "25", "26")
CHANGES: dict[str, Callable[[list[str], Random], list[str]]] = {}
WRITERS = {"docx": docx_of, "html": html_of, "pdf": pdf_of}
WORD_ROWS: tuple[str | tuple[str, ...], ...] = (
    ("№ п/п", "Мероприятия", "Сроки", "Ответственные", "Результат"),
    "Подготовительный этап",
    ("Издание приказа о наставничестве", "сентябрь 2024", "Директор", "Приказ"),
    ("Выбор наставников", "до 15 сентября 2024", "Зам. директора по УВР\nРуководители ШМО", "Список наставников"),
    "Основной этап",
    (
        "Посещение уроков:\n- у наставников;\n- у молодых специалистов",
        "октябрь 2024 – апрель 2025",
        "Наставники",
        "Анализ уроков",
    ),
    ("Методические консультации", "ежемесячно", "Наставники, методист", ""),
    (
        "Участие в районном конкурсе «Молодой учитель»",
        "январь 2025",
        "Молодые специалисты",
        "Грамоты, сертификаты",
    ),
    "Заключительный этап",
    ("Анкетирование", "апрель 2025", "Педагог-психолог", "Анкеты"),
    ("Отчёт наставников на педсовете", "май 2025", "Наставники", "Протокол педсовета"),
    ("Чествование наставников", "до 5 октября", "Администрация", "Приказ о поощрении"),
)
"""A row of four has its number from Word; one text stands across the table."""
SMALL_PAGE = "size: 297mm 120mm;"


def _name(key: str) -> str:
    return next(name for name in NAMES if name.startswith(key))


def _expected(name: str) -> dict[str, Any]:
    table: dict[str, Any] = json.loads((OTHERS / name).with_suffix(".json").read_text())
    return table


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

    plan = _read((OTHERS / name).read_bytes(), name)

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


@pytest.mark.parametrize("change", ["pages", "rows_over_pages", "broken_cells", "short_rows"])
@pytest.mark.parametrize("key", CHANGED)
@pytest.mark.parametrize("seed", range(3))
def test_other_page_breaks_and_line_ends_change_nothing(key: str, change: str, seed: int) -> None:
    name = _name(key)
    lines = (OTHERS / name).read_text().split("\n")

    plan = _read("\n".join(CHANGES[change](lines, Random(seed))).encode(), name)

    _check(plan, _expected(name))


def _rows(lines: list[str]) -> list[int]:
    """The places of the rows of the plan, its head first."""
    width = max(line.count("\t") for line in lines)
    return [at for at, line in enumerate(lines) if line.count("\t") == width]


def _with_pages(lines: list[str], random: Random) -> list[str]:
    """Page numbers and the head again between some of the rows."""
    head, *rows = _rows(lines)
    changed: list[str] = []
    for at, line in enumerate(lines):
        changed.append(line)
        if at in rows[:-1] and random.random() < 0.35:
            changed += ["", str(len(changed)), "", lines[head]]
    return changed


def _with_rows_over_pages(lines: list[str], random: Random) -> list[str]:
    """Some rows with the end of their longest cell on the next page, under the head again or not."""
    head, *rows = _rows(lines)
    changed: list[str] = []
    for at, line in enumerate(lines):
        cells = line.split("\t")
        longest = max(range(len(cells)), key=lambda column: len(cells[column]))
        words = cells[longest].split(" ")
        places = [place for place in range(2, len(words) - 1) if words[place][:1].islower()]
        if at in rows and sum(map(bool, cells)) > 2 and places and random.random() < 0.3:
            place = random.choice(places)
            rest = ["" if column != longest else " ".join(words[place:]) for column in range(len(cells))]
            cells[longest] = " ".join(words[:place])
            repeated = [lines[head]] if random.random() < 0.5 else []
            changed += ["\t".join(cells), "", str(len(changed)), "", *repeated, "\t".join(rest)]
        else:
            changed.append(line)
    return changed


def _with_broken_cells(lines: list[str], random: Random) -> list[str]:
    """Some rows with a line end inside their longest cell."""
    rows = _rows(lines)[1:]
    changed: list[str] = []
    for at, line in enumerate(lines):
        longest = max(line.split("\t"), key=len)
        words = longest.split(" ")
        places = [place for place in range(2, len(words)) if words[place][:1].islower()]
        if at in rows and places and random.random() < 0.3:
            place = random.choice(places)
            broken = f"{' '.join(words[:place])}\n{' '.join(words[place:])}"
            changed += line.replace(longest, broken, 1).split("\n")
        else:
            changed.append(line)
    return changed


def _with_short_rows(lines: list[str], random: Random) -> list[str]:
    """Empty cells at the ends of rows left out."""
    rows = _rows(lines)
    return [line.rstrip("\t") if at in rows and line.strip("\t").count("\t") else line for at, line in enumerate(lines)]


CHANGES.update(
    pages=_with_pages,
    rows_over_pages=_with_rows_over_pages,
    broken_cells=_with_broken_cells,
    short_rows=_with_short_rows,
)


def test_word_file_with_text_boxes_and_automatic_numbers() -> None:
    name = "27-nadpisi-i-avtonumeraciya.docx"

    plan = _read(_word_file(), name)

    table = _expected(name)
    _check(plan, table)
    assert plan["warnings"] == table["warnings"]


def _word_file() -> bytes:
    document = docx.Document()
    stamps = document.add_paragraph()
    _add_text_box(stamps, "СОГЛАСОВАНО", "Председатель профкома", "________ О.В. Ильина", "«29» августа 2024 г.")
    director = "Директор МБОУ «Речная СОШ»"
    _add_text_box(stamps, "УТВЕРЖДАЮ", director, "________ Т.И. Крылова", "Приказ № 98 от «30» августа 2024 г.")
    document.add_paragraph("Дорожная карта")
    document.add_paragraph("по реализации системы наставничества")
    document.add_paragraph("в МБОУ «Речная СОШ» на 2024-2025 учебный год")
    document.add_paragraph("Цель: создание условий для профессионального роста педагогов.")
    table = document.add_table(0, 5)
    figures = add_list(document, ("decimal", "%1."))
    for row in WORD_ROWS:
        cells = table.add_row().cells
        if isinstance(row, str):
            cells[0].merge(cells[4]).text = row
            continue
        for cell, text in zip(cells[5 - len(row) :], row, strict=True):
            cell.text = text
        if len(row) < 5:
            numbered(cells[0].paragraphs[0], figures)
    document.add_paragraph("Зам. директора по УВР\t\t\tС.А. Лаптева")
    return saved(document)


def _add_text_box(paragraph: Any, *lines: str) -> None:
    inner = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    box = f"<w:pict><v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict>"
    names = f'{nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"'
    paragraph._p.append(parse_xml(f"<w:r {names}>{box}</w:r>"))


def _blocks(name: str) -> list[Block]:
    return blocks_of_file((OTHERS / name).read_bytes(), name)


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
