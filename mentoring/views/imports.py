"""Bringing a bank in: upload, waiting, preview with mapping, confirmation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mentoring.domain.bank_sheet.fields import Bank
from mentoring.forms.banks import MappingForm, UploadForm
from mentoring.models import BankImport
from mentoring.operations.imports import confirm_import, discard_import, map_columns, upload_bank
from mentoring.queries.imports import import_list, import_preview
from mentoring.views.banks import LIST_NAMES
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.gate import post_only, requires
from people.pages import page_of


@requires(Permission.BANKS_EDIT)
def import_start(request: HttpRequest, access: Access, bank: Bank) -> HttpResponse:
    """Choose a spreadsheet."""
    form = UploadForm(request.POST or None, request.FILES or None, access=access)
    if form.is_valid():
        file = form.cleaned_data["file"]
        upload = upload_bank(access, bank=bank, filename=file.name, content=file.read())
        return redirect("job_detail", access.organisation.slug, upload.job_id)
    context = {"form": form, "bank": bank, "is_mentors": bank == Bank.MENTORS, "earlier": import_list(access)[:10]}
    return render(request, "mentoring/import_start.html", context)


@requires(Permission.BANKS_EDIT)
def import_detail(request: HttpRequest, access: Access, import_id: int) -> HttpResponse:
    """What the file would do: counts, all findings, rows, columns."""
    uploads = BankImport.objects.visible_to(access).select_related("job").defer("content")
    upload = get_object_or_404(uploads, pk=import_id)
    outcome = request.GET.get("outcome", "")
    preview = import_preview(upload, outcome)
    context = {
        "upload": upload,
        "preview": preview,
        "page": page_of(request, preview.rows),
        "outcome": outcome,
        "form": MappingForm(access=access, upload=upload),
        "list_name": LIST_NAMES[Bank(upload.bank)],
    }
    return render(request, "mentoring/import_detail.html", context)


@requires(Permission.BANKS_EDIT)
@post_only
def import_map(request: HttpRequest, access: Access, import_id: int) -> HttpResponse:
    """Read the file again with the columns as chosen."""
    upload = get_object_or_404(BankImport.objects.visible_to(access).defer("content"), pk=import_id)
    form = MappingForm(request.POST, access=access, upload=upload)
    if not form.is_valid():
        messages.error(request, "Выберите столбцы из списка.")
        return redirect("import_detail", access.organisation.slug, import_id)
    try:
        upload = map_columns(access, import_id=import_id, mapping=form.mapping())
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("import_detail", access.organisation.slug, import_id)
    return redirect("job_detail", access.organisation.slug, upload.job_id)


@requires(Permission.BANKS_EDIT)
@post_only
def import_confirm(request: HttpRequest, access: Access, import_id: int) -> HttpResponse:
    """Have the shown rows written."""
    get_object_or_404(BankImport.objects.visible_to(access).defer("content"), pk=import_id)
    try:
        upload = confirm_import(access, import_id=import_id)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("import_detail", access.organisation.slug, import_id)
    return redirect("job_detail", access.organisation.slug, upload.job_id)


@requires(Permission.BANKS_EDIT)
@post_only
def import_discard(request: HttpRequest, access: Access, import_id: int) -> HttpResponse:
    """Throw an upload away."""
    upload = get_object_or_404(BankImport.objects.visible_to(access).defer("content"), pk=import_id)
    try:
        discard_import(access, import_id=import_id)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Файл удалён, в банк ничего не записано.")
    return redirect("import_start", access.organisation.slug, upload.bank)
