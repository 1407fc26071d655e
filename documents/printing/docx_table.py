"""A table of a paper in a DOCX: groups and sections merged, its head repeated on each page."""

from collections.abc import Sequence

from docx.document import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Length, Pt
from docx.table import Table as WordTable
from docx.table import _Cell as Cell
from docx.table import _Row as Row
from docx.text.paragraph import Paragraph

from documents.domain.paper import Table, TableRow


def add_table(docx: Docx, content: Table, widths: Sequence[Length]) -> None:
    """Put the table at the end of the document, its columns as wide as `widths` say; no row is torn between pages."""
    table = docx.add_table(rows=1, cols=len(content.columns))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    _fill_row(table.rows[0], content.columns, widths, bold=True)
    # Word repeats a row so marked on each page and reads it out as the header.
    _mark(table.rows[0], "w:tblHeader")
    for content_row in content.rows:
        _add_row(table, content, content_row, widths)
    docx.add_paragraph()


def _add_row(table: WordTable, content: Table, content_row: TableRow, widths: Sequence[Length]) -> None:
    row = table.add_row()
    if content_row.is_section:
        cells = row.cells
        heading = cells[0].merge(cells[-1])
        _fill(heading, content_row.cells[0], bold=True).alignment = WD_ALIGN_PARAGRAPH.CENTER
        heading.paragraphs[0].paragraph_format.keep_with_next = True
        _mark(row, "w:cantSplit")
    elif content_row.span or not content.group_columns:
        _fill_row(row, (*content_row.group_cells, *content_row.cells), widths)
    else:
        _fill_row(row, ("",) * content.group_columns + content_row.cells, widths)
        _continue_group(table, len(table.rows) - 1, content.group_columns)


def _fill_row(row: Row, texts: Sequence[str], widths: Sequence[Length], *, bold: bool = False) -> None:
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = width
        _fill(cell, text, bold=bold)
    _mark(row, "w:cantSplit")


def _continue_group(table: WordTable, index: int, group_columns: int) -> None:
    for column in range(group_columns):
        above, below = table.cell(index - 1, column), table.cell(index, column)
        above.merge(below)


def _fill(cell: Cell, text: str, *, bold: bool = False) -> Paragraph:
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(11)
    return paragraph


def _mark(row: Row, what: str) -> None:
    row._tr.get_or_add_trPr().append(row._tr.makeelement(qn(what), {}))
