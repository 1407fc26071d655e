"""The register, files, acquaintance, the check page."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from documents.domain.paper import OrderPaper
from documents.models import Document
from documents.operations.signing import confirm_acquaintance, render_again
from documents.queries import checked_document, document_list, file_formats, file_of
from documents.resources import register_xlsx
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.gate import post_only, requires
from people.pages import page_of, xlsx_answer

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@requires(Permission.DOCUMENTS_VIEW)
def document_register(request: HttpRequest, access: Access) -> HttpResponse:
    """The register of documents."""
    state = request.GET.get("state", "")
    documents = document_list(access)
    if state in Document.State.__members__.values():
        documents = documents.filter(state=state)
    context = {"page": page_of(request, documents), "state": state, "states": Document._meta.get_field("state").choices}
    return render(request, "documents/document_list.html", context)


@requires(Permission.DOCUMENTS_VIEW)
def document_export(request: HttpRequest, access: Access) -> HttpResponse:
    """The register as a spreadsheet."""
    return xlsx_answer(register_xlsx(list(document_list(access))), f"documents-{access.today:%Y-%m-%d}")


@requires(Permission.OWN_PAGES)
def document_file(request: HttpRequest, access: Access, document_id: int, file_format: str) -> HttpResponse:
    """The finished file as an attachment; the one that can be edited only for those who see all documents."""
    if file_format == "docx" and not access.may(Permission.DOCUMENTS_VIEW):
        raise Http404
    document = get_object_or_404(Document.objects.visible_to(access), pk=document_id)
    found = file_of(document, file_format)
    if found is None:
        raise Http404
    name = f"order-{document.issued_on:%Y-%m-%d}-{document.sequence}.{file_format}"
    return HttpResponse(
        bytes(found.content),
        content_type=CONTENT_TYPES[file_format],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@requires(Permission.OWN_PAGES)
def document_files(request: HttpRequest, access: Access, document_id: int) -> HttpResponse:
    """The buttons of the files, asked for until they are there."""
    document = get_object_or_404(Document.objects.visible_to(access), pk=document_id)
    context = {"document": document, "formats": file_formats(document), "quiet": "quiet" in request.GET}
    return render(request, "documents/_files.html", context)


@requires(Permission.DOCUMENTS_VIEW)
@post_only
def document_render(request: HttpRequest, access: Access, document_id: int) -> HttpResponse:
    """Have the files made once more."""
    document = get_object_or_404(Document.objects.visible_to(access), pk=document_id)
    try:
        render_again(access, document_id=document_id)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect(document.page, access.organisation.slug, document_id)


@requires(Permission.OWN_PAGES)
def my_document(request: HttpRequest, access: Access, document_id: int) -> HttpResponse:
    """A signed document as somebody named in it reads it."""
    document = get_object_or_404(Document.objects.visible_to(access), pk=document_id)
    own = get_object_or_404(document.acquaintances, person_id=access.person_id)
    context = {
        "document": document,
        "own": own,
        "paper": OrderPaper.from_json(document.paper),
        "formats": file_formats(document),
    }
    return render(request, "documents/my_document.html", context)


@requires(Permission.OWN_PAGES)
@post_only
def document_acquaint(request: HttpRequest, access: Access, document_id: int) -> HttpResponse:
    """Confirm having read a document."""
    document = get_object_or_404(Document.objects.visible_to(access), pk=document_id)
    get_object_or_404(document.acquaintances, person_id=access.person_id)
    confirm_acquaintance(access, document_id=document_id, address=get_adapter().get_client_ip(request))
    messages.success(request, "Отметили: вы ознакомлены с приказом.")
    return redirect("my_document", access.organisation.slug, document_id)


@login_not_required
@never_cache
def document_check(request: HttpRequest, check_key: str) -> HttpResponse:
    """Where the QR code on a paper leads: whether such a document exists, without names of participants."""
    document = checked_document(check_key)
    return render(request, "documents/document_check.html", {"document": document}, status=200 if document else 404)
