"""One order into a PDF in a warm worker, against bare WeasyPrint and against LibreOffice."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from bench.school import new_school, signed_orders
from bench.timing import Figure, in_turn
from documents.domain.paper import OrderPaper
from documents.models import Document
from documents.printing.docx import order_docx
from documents.printing.pdf import FONTS, STYLES, order_html
from documents.tasks import render_document

ROUNDS = 30
OFFICE_ROUNDS = 3


def measure() -> list[Figure]:
    order = signed_orders(*new_school("papers"), 1)[0]
    paper = OrderPaper.from_json(Document.objects.get(pk=order).paper)
    html = order_html(paper)
    fonts = FontConfiguration()
    sheet = CSS(string=STYLES.read_text(), base_url=f"file://{FONTS}/", font_config=fonts)

    def bare() -> None:
        HTML(string=html).write_pdf(stylesheets=[sheet], font_config=fonts)

    whole, docx, theirs = in_turn(ROUNDS, lambda: _render(order), lambda: order_docx(paper), bare)
    # The task makes both files; what is left without the DOCX is the PDF with its database work.
    pdf = [both - word for both, word in zip(whole, docx, strict=True)]
    return [
        Figure("(b) order to PDF, database included", "bare WeasyPrint, warm fonts", pdf, theirs, goal=1.3),
        Figure("(b) order to PDF and DOCX", "the same", whole, theirs, goal=2, note="both files, no goal set"),
        *_against_office(order, order_docx(paper)),
    ]


def _render(order: int) -> None:
    render_document(_tell_nobody, document_id=order)


def _tell_nobody(done: int, total: int, message: str = "") -> None:
    """Progress goes to its own connection in the portal; here only the work counts."""


def _against_office(order: int, docx: bytes) -> list[Figure]:
    office = shutil.which("soffice")
    if office is None:
        print("(b) against LibreOffice: soffice is missing, run bin/setup bench")
        return []
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "order.docx"
        source.write_bytes(docx)
        command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]

        def convert() -> None:
            subprocess.run([*command, "--outdir", folder, source], check=True, capture_output=True)
            assert source.with_suffix(".pdf").stat().st_size

        ours, theirs = in_turn(OFFICE_ROUNDS, lambda: _render(order), convert)
    return [Figure("(b) order to PDF and DOCX", "LibreOffice, the same DOCX to PDF", ours, theirs, goal=1)]
