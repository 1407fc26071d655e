"""An order as an editable DOCX, laid out like the PDF."""

from collections.abc import Sequence
from io import BytesIO

import docx as word
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENTATION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Length, Mm, Pt
from docx.text.paragraph import Paragraph

from documents.domain.columns import column_widths
from documents.domain.paper import Annex, OrderPaper, Table, TableRow
from documents.printing.docx_table import add_table

FONT = "Times New Roman"
SHEET = Mm(210), Mm(297)
TEXT_WIDTH = Mm(210 - 30 - 10)
WIDE_TEXT_WIDTH = Mm(297 - 20 - 20)
NUMBER_WIDTH = Mm(10)
CHARACTER = Mm(2)
"""About what a letter of 11 pt takes."""


def order_docx(paper: OrderPaper) -> bytes:
    """The order as the bytes of a Word file."""
    docx = _blank(paper)
    _head(docx, paper)
    _text(docx, paper)
    if paper.table and not paper.table_in_annex:
        add_table(docx, paper.table, _equal_widths(paper.table))
    _signature(docx, paper)
    for number, annex in enumerate(paper.attached, 1):
        _annex(docx, paper, annex, number)
    if paper.acquaintance:
        _acquaintance(docx, paper)
    stream = BytesIO()
    docx.save(stream)
    return stream.getvalue()


def _blank(paper: OrderPaper) -> Docx:
    docx = word.Document()
    _turn(docx, is_wide=False)
    _number_pages(docx)
    normal = docx.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.space_after = Pt(0)
    docx.core_properties.title = f"{paper.title} {paper.number} {paper.heading}".strip()
    docx.core_properties.author = paper.organisation_short
    docx.core_properties.language = "ru-RU"
    return docx


def _turn(docx: Docx, *, is_wide: bool) -> None:
    """Sheets of the last section upright with 30 mm to bind on the left, or on their side with those 30 mm above."""
    section = docx.sections[-1]
    short, long = SHEET
    section.page_width, section.page_height = (long, short) if is_wide else (short, long)
    section.orientation = WD_ORIENTATION.LANDSCAPE if is_wide else WD_ORIENTATION.PORTRAIT
    margins = (30, 20, 10, 20) if is_wide else (20, 10, 20, 30)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(Mm, margins)


def _new_sheet(docx: Docx, *, is_wide: bool = False) -> None:
    docx.add_section()
    docx.sections[-1].different_first_page_header_footer = False
    _turn(docx, is_wide=is_wide)


def _number_pages(docx: Docx) -> None:
    """Numbers above the text from the second page on."""
    section = docx.sections[0]
    section.different_first_page_header_footer = True
    line = section.header.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = line._p.makeelement(qn("w:fldSimple"), {qn("w:instr"): "PAGE"})
    line._p.append(field)


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
    _line(docx, paper.words.lead_in, after=6)
    for point in paper.points:
        _body(docx, point)


def _equal_widths(table: Table) -> Sequence[Length]:
    """A narrow column for the numbers, equal ones for the rest."""
    others = len(table.columns) - 1
    return [NUMBER_WIDTH, *[Emu((TEXT_WIDTH - NUMBER_WIDTH) // others)] * others]


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


def _annex(docx: Docx, paper: OrderPaper, annex: Annex, number: int) -> None:
    _new_sheet(docx, is_wide=annex.is_wide)
    which = f"Приложение №\u00a0{number}" if len(paper.attached) > 1 else "Приложение"
    order = f"{paper.words.annex_to} от {paper.date or '____________'} №\u00a0{paper.number or '____'}"
    _line(docx, f"{which}\n{order}", after=14).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if annex.title:
        _line(docx, annex.title, bold=True, centred=True, after=12)
    for line in annex.lines:
        if line.is_heading:
            part = _line(docx, line.text, bold=True, centred=True, after=6)
            part.paragraph_format.space_before, part.paragraph_format.keep_with_next = Pt(12), True
        else:
            _body(docx, line.text)
    if annex.table:
        add_table(docx, annex.table, _fitting_widths(annex))


def _fitting_widths(annex: Annex) -> Sequence[Length]:
    """Widths by what the columns hold."""
    room = WIDE_TEXT_WIDTH if annex.is_wide else TEXT_WIDTH
    widths = column_widths(annex.table, room // CHARACTER)
    return [Emu(int(width * CHARACTER)) for width in widths]


def _acquaintance(docx: Docx, paper: OrderPaper) -> None:
    _new_sheet(docx)
    which = f" от {paper.date} № {paper.number}" if paper.number else ""
    _line(docx, f"{paper.words.acquainted_with}{which} ознакомлены:", bold=True, after=8)
    rows = [
        TableRow.plain(str(number), each.name, each.post, "", "") for number, each in enumerate(paper.acquaintance, 1)
    ]
    blanks = Table(("№", "Фамилия, имя, отчество", "Должность", "Подпись", "Дата"), group_columns=0, rows=tuple(rows))
    add_table(docx, blanks, _equal_widths(blanks))
