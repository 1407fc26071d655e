"""A roadmap as an editable DOCX, laid out like the PDF."""

from io import BytesIO

import docx as word
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENTATION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt
from docx.text.paragraph import Paragraph

from documents.domain.columns import column_widths
from documents.printing.docx_table import add_table
from roadmap.papers import PlanPaper, Stamp

FONT = "Times New Roman"
TEXT_WIDTH = Mm(297 - 20 - 20)
CHARACTER = Mm(2)
STAMP_INDENT = Mm(160)


def plan_docx(paper: PlanPaper) -> bytes:
    """The printed roadmap as the bytes of a Word file."""
    docx = _blank(paper)
    for stamp in paper.stamps:
        _stamp(docx, stamp)
    _centred(docx, paper.organisation)
    _centred(docx, paper.title, bold=True)
    widths = column_widths(paper.table, TEXT_WIDTH // CHARACTER)
    add_table(docx, paper.table, [Emu(int(width * CHARACTER)) for width in widths])
    if paper.note:
        docx.add_paragraph(paper.note)
    stream = BytesIO()
    docx.save(stream)
    return stream.getvalue()


def _blank(paper: PlanPaper) -> Docx:
    docx = word.Document()
    section = docx.sections[0]
    section.page_width, section.page_height, section.orientation = Mm(297), Mm(210), WD_ORIENTATION.LANDSCAPE
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(Mm, (30, 20, 10, 20))
    normal = docx.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(12)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.space_after = Pt(0)
    docx.core_properties.title = paper.title
    docx.core_properties.author = paper.organisation
    docx.core_properties.language = "ru-RU"
    return docx


def _stamp(docx: Docx, stamp: Stamp) -> None:
    line = docx.add_paragraph()
    line.add_run(stamp.title).bold = True
    for text in stamp.lines:
        line.add_run(f"\n{text}")
    line.paragraph_format.left_indent, line.paragraph_format.space_after = STAMP_INDENT, Pt(10)


def _centred(docx: Docx, text: str, *, bold: bool = False) -> Paragraph:
    line = docx.add_paragraph()
    line.add_run(text).bold = bold
    line.alignment, line.paragraph_format.space_after = WD_ALIGN_PARAGRAPH.CENTER, Pt(10)
    return line
