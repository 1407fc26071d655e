"""Execution: one's own measures, marks and their proofs."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.gate import post_only, requires
from roadmap.forms.marks import ProofForm, ReasonForm, SeveralForm
from roadmap.models import Evidence, EvidenceFile, Occurrence
from roadmap.operations.evidence import bring_up_to_date
from roadmap.operations.marks import mark_done, set_needed, set_not_needed, unmark
from roadmap.queries.measure_page import own_groups
from roadmap.views.plans import roadmap_or_404


def _occurrence_or_404(access: Access, occurrence_id: int) -> Occurrence:
    rows = Occurrence.objects.visible_to(access).select_related("measure__roadmap")
    return get_object_or_404(rows, pk=occurrence_id)


@requires(Permission.OWN_PAGES)
def my_measures(request: HttpRequest, access: Access) -> HttpResponse:
    """What the asker is responsible for."""
    bring_up_to_date(access)
    return render(request, "roadmap/my_measures.html", {"groups": own_groups(access)})


@requires(Permission.ROADMAP_MARK)
def occurrence_mark(request: HttpRequest, access: Access, occurrence_id: int) -> HttpResponse:
    """Mark a measure as done, with what shows it."""
    row = _occurrence_or_404(access, occurrence_id)
    form = ProofForm(request.POST or None, request.FILES or None, access=access)
    part = request.GET.get("part", "")
    if part and part not in row.measure.capabilities:
        raise Http404  # an old address: marking the whole measure instead would say too much
    if form.is_valid():
        try:
            mark_done(access, occurrence_ids=[row.pk], proof=form.proof(), capability=part)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Отмечено.")
            return redirect("measure_detail", access.organisation.slug, row.measure_id)
    return render(request, "roadmap/occurrence_mark.html", {"form": form, "row": row, "part": part})


@requires(Permission.ROADMAP_EDIT)
def roadmap_mark(request: HttpRequest, access: Access, roadmap_id: int) -> HttpResponse:
    """Mark several measures as done by one document or file."""
    roadmap = roadmap_or_404(access, roadmap_id)
    form = SeveralForm(request.POST or None, request.FILES or None, access=access, roadmap_id=roadmap_id)
    if form.is_valid():
        ids = [row.pk for row in form.cleaned_data["occurrences"]]
        try:
            mark_done(access, occurrence_ids=ids, proof=form.proof())
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Отмечено.")
            return redirect("roadmap_detail", access.organisation.slug, roadmap_id)
    return render(request, "roadmap/roadmap_mark.html", {"form": form, "roadmap": roadmap})


@requires(Permission.ROADMAP_MARK)
@post_only
def evidence_unmark(request: HttpRequest, access: Access, evidence_id: int) -> HttpResponse:
    """Take back a mark made by hand."""
    rows = Evidence.objects.visible_to(access).select_related("occurrence")
    evidence = get_object_or_404(rows, pk=evidence_id)
    try:
        unmark(access, evidence_id=evidence_id)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Отметка снята.")
    return redirect("measure_detail", access.organisation.slug, evidence.occurrence.measure_id)


@requires(Permission.ROADMAP_MARK)
def evidence_file(request: HttpRequest, access: Access, file_id: int) -> HttpResponse:
    """A file that was brought as evidence, as an attachment."""
    file = get_object_or_404(EvidenceFile.objects.visible_to(access), pk=file_id)
    ending = file.filename.rsplit(".", 1)[-1].lower() if "." in file.filename else "bin"
    ending = ending if ending.isascii() and ending.isalnum() else "bin"
    return HttpResponse(
        bytes(file.content),
        content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="evidence-{file.pk}.{ending}"'},
    )


@requires(Permission.ROADMAP_EDIT)
def occurrence_not_needed(request: HttpRequest, access: Access, occurrence_id: int) -> HttpResponse:
    """Give a measure up, with the reason."""
    row = _occurrence_or_404(access, occurrence_id)
    form = ReasonForm(request.POST or None, access=access)
    if form.is_valid():
        try:
            set_not_needed(access, occurrence_id=row.pk, reason=form.cleaned_data["reason"])
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Отмечено: не требуется.")
            return redirect("measure_detail", access.organisation.slug, row.measure_id)
    return render(request, "roadmap/occurrence_not_needed.html", {"form": form, "row": row})


@requires(Permission.ROADMAP_EDIT)
@post_only
def occurrence_needed(request: HttpRequest, access: Access, occurrence_id: int) -> HttpResponse:
    """Take a measure that was given up back into the plan."""
    row = _occurrence_or_404(access, occurrence_id)
    try:
        set_needed(access, occurrence_id=row.pk)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect("measure_detail", access.organisation.slug, row.measure_id)
