"""What operations queue: turning a signed document into files."""

import hashlib

from django.utils import timezone

from documents.domain.paper import OrderPaper
from documents.models import Document, DocumentFile
from documents.printing.docx import order_docx
from documents.printing.pdf import html_to_pdf, order_html
from jobs.kinds import Progress, job_kind


@job_kind("documents.render")
def render_document(progress: Progress, *, document_id: int) -> None:
    """Make the PDF and the DOCX of a signed document; a file that is already there stays as it is."""
    document = Document.objects.get(pk=document_id)  # unscoped: worker
    paper = OrderPaper.from_json(document.paper)
    progress(0, 2, "Готовим PDF")
    _keep(document, DocumentFile.Format.PDF, html_to_pdf(order_html(paper)))
    progress(1, 2, "Готовим Word")
    _keep(document, DocumentFile.Format.DOCX, order_docx(paper))


def _keep(document: Document, file_format: str, content: bytes) -> None:
    row = DocumentFile(
        document=document,
        format=file_format,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        rendered_at=timezone.now(),
    )
    DocumentFile.objects.bulk_create([row], ignore_conflicts=True)
