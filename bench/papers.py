"""One order into a PDF in a warm worker, against bare WeasyPrint and against LibreOffice."""

import shutil
import subprocess
import tempfile
import time
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

    pdf, whole, theirs = in_turn(ROUNDS, lambda: _until_pdf(order), lambda: _render(order), bare)
    return [
        Figure("(b) order to PDF, database included", "bare WeasyPrint, warm fonts", pdf, theirs, goal=1.3),
        Figure("(b) order to PDF and DOCX", "bare WeasyPrint, one PDF", whole, theirs, goal=2, note="for information"),
        *_against_office(order, order_docx(paper)),
    ]


def _render(order: int) -> None:
    """Both files as the worker makes them; progress, which goes to a connection of its own, is told to nobody."""
    render_document(lambda done, total, message="": None, document_id=order)


def _until_pdf(order: int) -> float:
    """Seconds from the start of the task until the PDF is in the database."""
    start, told = time.perf_counter(), {}

    def note(done: int, total: int, message: str = "") -> None:
        told[done] = time.perf_counter() - start

    render_document(note, document_id=order)
    return told[1]


def _against_office(order: int, docx: bytes) -> list[Figure]:
    office = shutil.which("soffice")
    if office is None:
        print("(b) against LibreOffice: not measured, soffice is missing (bin/setup bench installs it)")
        return []
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "order.docx"
        source.write_bytes(docx)
        command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]

        def convert() -> None:
            subprocess.run([*command, "--outdir", folder, source], check=True, capture_output=True)
            # Without its Writer LibreOffice ends well and writes nothing.
            assert source.with_suffix(".pdf").exists(), "soffice cannot read DOCX, run bin/setup bench"

        ours, theirs = in_turn(OFFICE_ROUNDS, lambda: _render(order), convert)
    return [Figure("(b) order to PDF and DOCX", "LibreOffice, the same DOCX to PDF", ours, theirs, goal=1)]
