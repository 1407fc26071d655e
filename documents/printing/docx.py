"""An order as an editable DOCX, laid out like the PDF."""

from io import BytesIO

import docx as word
from docx.document import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Mm, Pt
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from documents.domain.paper import OrderPaper, Table, TableRow

FONT = "Times New Roman"
TEXT_WIDTH = Mm(210 - 30 - 10)
NUMBER_WIDTH = Mm(10)


def order_docx(paper: OrderPaper) -> bytes:
    """The order as the bytes of a Word file."""
    docx = _blank(paper)
    _head(docx, paper)
    _text(docx, paper)
    if paper.table and not paper.table_in_annex:
        _table(docx, paper.table)
    _signature(docx, paper)
    if paper.table and paper.table_in_annex:
        _annex(docx, paper, paper.table)
    if paper.acquaintance:
        _acquaintance(docx, paper)
    stream = BytesIO()
    docx.save(stream)
    return stream.getvalue()


def _blank(paper: OrderPaper) -> Docx:
    docx = word.Document()
    section = docx.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(10)
    section.top_margin = section.bottom_margin = Mm(20)
    normal = docx.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.space_after = Pt(0)
    docx.core_properties.title = f"{paper.title} {paper.number} {paper.heading}".strip()
    docx.core_properties.author = paper.organisation_short
    docx.core_properties.language = "ru-RU"
    return docx


def _line(docx: Docx, text: str, *, bold: bool = False, centred: bool = False, after: int = 0) -> Paragraph:
    line = docx.add_paragraph()
    line.add_run(text).bold = bold
    line.paragraph_format.space_after = Pt(after)
    if centred:
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return line


def _two_sided(docx: Docx, left: str, right: str) -> Paragraph:
    line = docx.add_paragraph(f"{left}\t{right}")
    line.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    return line


def _head(docx: Docx, paper: OrderPaper) -> None:
    _line(docx, paper.organisation_full, centred=True)
    _line(docx, f"({paper.organisation_short})", bold=True, centred=True, after=14)
    _line(docx, paper.title, bold=True, centred=True, after=10)
    _two_sided(docx, paper.date or "___ ____________ 20___ г.", f"№ {paper.number or '______'}")
    _line(docx, paper.place, centred=True, after=14)
    heading = _line(docx, paper.heading, bold=True, after=12)
    heading.paragraph_format.right_indent = Cm(8)


def _body(docx: Docx, text: str) -> None:
    line = docx.add_paragraph(text)
    line.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    line.paragraph_format.first_line_indent = Cm(1.25)
    line.paragraph_format.space_after = Pt(4)


def _text(docx: Docx, paper: OrderPaper) -> None:
    _body(docx, paper.preamble)
    _line(docx, "ПРИКАЗЫВАЮ:", after=6)
    for point in paper.points:
        _body(docx, point)


def _table(docx: Docx, content: Table) -> None:
    table = docx.add_table(rows=1, cols=len(content.columns))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for cell, title in zip(table.rows[0].cells, content.columns, strict=True):
        _fill(cell, title, bold=True)
    # Word repeats a row so marked on each page and reads it out as the header.
    table.rows[0]._tr.get_or_add_trPr().append(table.rows[0]._tr.makeelement(qn("w:tblHeader"), {}))
    for row in content.rows:
        cells = table.add_row().cells
        if row.span:
            for cell, text in zip(cells, (*row.group_cells, *row.cells), strict=True):
                _fill(cell, text)
        else:
            _continue_group(table, len(table.rows) - 1, content.group_columns, row.cells)
    _set_widths(table)
    docx.add_paragraph()


def _set_widths(table: WordTable) -> None:
    """A narrow column for the numbers, equal ones for the rest; no row is torn between two pages."""
    columns = len(table.columns)
    widths = [NUMBER_WIDTH] + [Emu((TEXT_WIDTH - NUMBER_WIDTH) // (columns - 1))] * (columns - 1)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        row._tr.get_or_add_trPr().append(row._tr.makeelement(qn("w:cantSplit"), {}))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _continue_group(table, index: int, group_columns: int, texts: tuple[str, ...]) -> None:
    for column in range(group_columns):
        table.cell(index - 1, column).merge(table.cell(index, column))
    for column, text in enumerate(texts, group_columns):
        _fill(table.cell(index, column), text)


def _fill(cell, text: str, *, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(11)


def _signature(docx: Docx, paper: OrderPaper) -> None:
    line = _two_sided(docx, paper.signer_post, paper.signer_name)
    line.paragraph_format.space_before = Pt(24)
    if paper.mark:
        mark = _line(
            docx,
            f"Подписано простой электронной подписью: {paper.mark.name}, {paper.mark.post}, {paper.mark.at}, "
            f"ключ {paper.mark.key}",
        )
        mark.runs[0].font.size = Pt(10)


def _annex(docx: Docx, paper: OrderPaper, content: Table) -> None:
    docx.add_page_break()
    line = _line(docx, f"Приложение к приказу от {paper.date or '________'} № {paper.number or '____'}", after=12)
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _table(docx, content)


def _acquaintance(docx: Docx, paper: OrderPaper) -> None:
    docx.add_page_break()
    which = f" от {paper.date} № {paper.number}" if paper.number else ""
    _line(docx, f"С приказом{which} ознакомлены:", bold=True, after=8)
    blanks = Table(
        columns=("№", "Фамилия, имя, отчество", "Должность", "Подпись", "Дата"),
        group_columns=0,
        rows=tuple(
            TableRow((), 1, (str(number), each.name, each.post, "", ""))
            for number, each in enumerate(paper.acquaintance, 1)
        ),
    )
    _table(docx, blanks)
