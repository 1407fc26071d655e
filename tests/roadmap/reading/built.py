"""Documents built for tests: one source, written as .docx, .html, .pdf and extracted .txt."""

import html
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from weasyprint import HTML

from roadmap.domain.blocks import Block, Row

BULLET = "– "
STYLE = """
@page { size: A4 landscape; margin: 15mm; %(page)s }
body { font: 11pt "DejaVu Serif", serif; }
table { border-collapse: collapse; width: 100%%; }
td, th { border: 1px solid black; padding: 2pt 4pt; vertical-align: top; font-weight: normal; text-align: left; }
ul { margin: 0; padding-left: 14pt; list-style-type: "– "; }
p { margin: 0; }
%(more)s
"""


@dataclass(frozen=True)
class BuiltCell:
    """A cell of a built table: lines divided by «\\n», columns covered to the right and rows covered downwards.

    A line that begins with «– » is written as an item of a bulleted list, any other as a paragraph.
    """

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class BuiltPlan:
    """A document to build: paragraphs, one table, paragraphs.

    A row holds texts or BuiltCells, from left to right, without the places that cells above or to the left cover.
    The first `headers` rows are repeated on each page.
    """

    rows: Sequence[Sequence[str | BuiltCell]]
    before: Sequence[str] = ()
    after: Sequence[str] = ()
    headers: int = 1

    def cells(self) -> list[list[BuiltCell]]:
        """The rows with every cell a BuiltCell."""
        return [[cell if isinstance(cell, BuiltCell) else BuiltCell(cell) for cell in row] for row in self.rows]


def html_of(plan: BuiltPlan, encoding: str = "utf-8", **css: str) -> bytes:
    """The plan as a web page; `page` and `more` are added to its style."""
    style = STYLE % {"page": css.get("page", ""), "more": css.get("more", "")}
    rows = [f"<tr>{''.join(map(_html_cell, row))}</tr>" for row in plan.cells()]
    parts = [
        f'<html lang="ru"><head><meta charset="{encoding}"><style>{style}</style></head><body>',
        *(f"<p>{html.escape(text)}</p>" for text in plan.before),
        "<table><thead>",
        *rows[: plan.headers],
        "</thead><tbody>",
        *rows[plan.headers :],
        "</tbody></table>",
        *(f"<p>{html.escape(text)}</p>" for text in plan.after),
        "</body></html>",
    ]
    return "".join(parts).encode(encoding)


def pdf_of(plan: BuiltPlan, **css: str) -> bytes:
    """The plan as a PDF with a text layer, its table ruled; a small `page` («size: 200mm 60mm») makes rows break."""
    return HTML(string=html_of(plan, **css).decode()).write_pdf()


def text_of(plan: BuiltPlan) -> bytes:
    """The plan as extracted text: a line for each row, cells divided by tabs; merged cells leave empty ones."""
    lines = [*plan.before, ""]
    down: dict[int, int] = {}
    for row in plan.cells():
        places: list[str] = []
        for cell in row:
            while down.get(len(places), 0):
                down[len(places)] -= 1
                places.append("")
            down[len(places)] = cell.rows - 1
            places += [cell.text.replace("\n", " "), *[""] * (cell.columns - 1)]
        lines.append("\t".join(places))
    return "\n".join([*lines, "", *plan.after]).encode()


def docx_of(plan: BuiltPlan) -> bytes:
    """The plan as a Word document; bullets are paragraphs of a bulleted list, merged cells are merged."""
    document = docx.Document()
    for text in plan.before:
        document.add_paragraph(text)
    _put_table(document, plan)
    for text in plan.after:
        document.add_paragraph(text)
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    """The bytes of a Word document."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def row_texts(blocks: Iterable[Block]) -> list[tuple[str, ...]]:
    """The texts of the rows' cells, empty where a cell is carried from above."""
    return [
        tuple("" if cell.is_carried else cell.text for cell in block.cells)
        for block in blocks
        if isinstance(block, Row)
    ]


def paragraph_texts(blocks: Iterable[Block]) -> list[str]:
    """The texts of the paragraphs."""
    return [block.text for block in blocks if not isinstance(block, Row)]


def _html_cell(cell: BuiltCell) -> str:
    lines = [
        f"<ul><li>{html.escape(line.removeprefix(BULLET))}</li></ul>"
        if line.startswith(BULLET)
        else f"<p>{html.escape(line)}</p>"
        for line in cell.text.split("\n")
    ]
    return f'<td colspan="{cell.columns}" rowspan="{cell.rows}">{"".join(lines)}</td>'


def _put_table(document: docx.document.Document, plan: BuiltPlan) -> None:
    rows = plan.cells()
    columns = sum(cell.columns for cell in rows[0])
    table = document.add_table(len(rows), columns)
    table.style = "Table Grid"
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            last = (number + cell.rows - 1, column + cell.columns - 1)
            merged = table.cell(number, column).merge(table.cell(*last))
            taken |= {(down, right) for down in range(number, last[0] + 1) for right in range(column, last[1] + 1)}
            _fill(merged, cell.text)
    for row in table.rows[: plan.headers]:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    table.columns[0].width = Mm(15)


def _fill(cell: docx.table._Cell, text: str) -> None:
    for number, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        if line.startswith(BULLET):
            paragraph.style = "List Bullet"
        paragraph.add_run(line.removeprefix(BULLET))


def numbered(paragraph: docx.text.paragraph.Paragraph, number_id: int, level: int = 0) -> None:
    """Make a paragraph an item of the list `number_id` of numbering.xml, at `level` from 0."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = number_id


def add_list(document: docx.document.Document, *levels: tuple[str, str]) -> int:
    """Define a numbered list by the code of figures and the label of each level («decimal», «%1.»); its number."""
    root = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    name = str(900 + len(root))
    abstract.set(qn("w:abstractNumId"), name)
    for depth, (figures, label) in enumerate(levels):
        level = OxmlElement("w:lvl")
        level.set(qn("w:ilvl"), str(depth))
        for tag, value in (("w:start", "1"), ("w:numFmt", figures), ("w:lvlText", label)):
            child = OxmlElement(tag)
            child.set(qn("w:val"), value)
            level.append(child)
        abstract.append(level)
    root.insert(0, abstract)
    return root.add_num(int(name)).numId
