"""Questionnaires: the list with the library, the builder's page, preview, files, copying, the archive."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.gate import post_only, requires
from people.pages import page_of, xlsx_answer
from surveys import catalogue
from surveys.domain.questionnaire import PURPOSE_LABELS, Purpose
from surveys.forms.questionnaires import PURPOSES, DescriptionForm, ImportForm, NewQuestionnaireForm
from surveys.markup import compiled
from surveys.models import Questionnaire, Version
from surveys.operations.questionnaires import (
    archive_questionnaire,
    copy_questionnaire,
    import_questionnaire,
    make_questionnaire,
    restore_questionnaire,
    take_template,
)
from surveys.operations.questions import Edited, describe_questionnaire
from surveys.queries.questionnaires import (
    builder_page,
    newest_versions,
    questionnaire_lines,
    questionnaire_list,
    template_lines,
)
from surveys.resources import questionnaire_json, questionnaire_xlsx, read_questionnaire

EXAMPLE = "satisfaction"
"""Which questionnaire of the library shows how a file is filled in: a short one."""


def version_or_404(access: Access, questionnaire_id: int) -> Version:
    """The newest version of a questionnaire the asker may see, with the questionnaire."""
    return get_object_or_404(newest_versions(access), questionnaire_id=questionnaire_id)


def tell_of_version(request: HttpRequest, edited: Edited) -> None:
    """Say that an edit has begun a version, because people answer by the one before."""
    if edited.is_begun:
        number = edited.version.number
        messages.info(request, f"Ответы собраны по версии {number - 1}; изменения пойдут в версию {number}.")


@requires(Permission.SURVEYS_EDIT)
def questionnaire_index(request: HttpRequest, access: Access) -> HttpResponse:
    """Own questionnaires, and below them those of the library that are not among them yet."""
    purpose = request.GET.get("purpose", "")
    purpose = purpose if purpose in set(Purpose) else ""
    is_archived = request.GET.get("archive") == "1"
    page = page_of(request, questionnaire_list(access, purpose=purpose, is_archived=is_archived))
    library = [] if is_archived else [line for line in template_lines(access, purpose=purpose) if not line.taken_id]
    context = {
        "page": page,
        "lines": questionnaire_lines(page.object_list),
        "library": library,
        "purposes": PURPOSES,
        "purpose": purpose,
        "is_archived": is_archived,
    }
    return render(request, "surveys/questionnaire_list.html", context)


@requires(Permission.SURVEYS_EDIT)
def questionnaire_new(request: HttpRequest, access: Access) -> HttpResponse:
    """Begin a questionnaire from nothing."""
    form = NewQuestionnaireForm(request.POST or None, access=access)
    if form.is_valid():
        made = make_questionnaire(access, title=form.cleaned_data["title"], **form.purpose_and_side)
        return redirect("questionnaire_detail", access.organisation.slug, made.pk)
    return render(request, "surveys/questionnaire_new.html", {"form": form})


@requires(Permission.SURVEYS_EDIT)
def questionnaire_import(request: HttpRequest, access: Access) -> HttpResponse:
    """Bring a questionnaire in as a file."""
    form = ImportForm(request.POST or None, request.FILES or None, access=access)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            asked = read_questionnaire(file.read(), file.name)
        except RefusedError as refusal:
            form.add_error("file", str(refusal).splitlines())
        else:
            made = import_questionnaire(access, asked=asked, **form.purpose_and_side)
            messages.success(request, "Анкета прочитана. Проверьте её.")
            return redirect("questionnaire_detail", access.organisation.slug, made.pk)
    return render(request, "surveys/questionnaire_import.html", {"form": form})


@requires(Permission.SURVEYS_EDIT)
def questionnaire_example(request: HttpRequest, access: Access) -> HttpResponse:
    """A file to see how one is filled in."""
    return xlsx_answer(questionnaire_xlsx(catalogue.template(EXAMPLE).questionnaire), "example")


@requires(Permission.SURVEYS_EDIT)
def questionnaire_detail(request: HttpRequest, access: Access, questionnaire_id: int) -> HttpResponse:
    """The builder: sections with their questions in order, what is wrong, buttons to change everything."""
    page = builder_page(access, version_or_404(access, questionnaire_id))
    return render(request, "surveys/questionnaire_detail.html", {"page": page})


@requires(Permission.SURVEYS_EDIT)
def questionnaire_edit(request: HttpRequest, access: Access, questionnaire_id: int) -> HttpResponse:
    """Change title, introduction and purpose."""
    version = version_or_404(access, questionnaire_id)
    row = version.questionnaire
    initial = {"revision": version.revision, "purpose": row.purpose, "side": row.side}
    form = DescriptionForm(request.POST or None, access=access, asked=version.asked(), initial=initial)
    if form.is_valid():
        revision, said = form.cleaned_data["revision"], form.said()
        try:
            edited = describe_questionnaire(access, questionnaire_id=row.pk, revision=revision, said=said)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            tell_of_version(request, edited)
            return redirect("questionnaire_detail", access.organisation.slug, row.pk)
    return render(request, "surveys/questionnaire_edit.html", {"form": form, "questionnaire": row})


@requires(Permission.SURVEYS_EDIT)
def questionnaire_preview(request: HttpRequest, access: Access, questionnaire_id: int) -> HttpResponse:
    """The questions as a phone shows them."""
    version = version_or_404(access, questionnaire_id)
    asked = version.asked()
    questions = compiled((version.pk, version.revision), asked).filled({}, {}, ())
    context = {"asked": asked, "questions": questions, "questionnaire": version.questionnaire}
    return render(request, "surveys/questionnaire_preview.html", context)


@requires(Permission.SURVEYS_EDIT)
def questionnaire_export(
    request: HttpRequest, access: Access, questionnaire_id: int, export_format: str
) -> HttpResponse:
    """The newest version as a file."""
    version = version_or_404(access, questionnaire_id)
    name = f"questionnaire-{questionnaire_id}-{version.number}"
    if export_format == "xlsx":
        return xlsx_answer(questionnaire_xlsx(version.asked()), name)
    headers = {"Content-Disposition": f'attachment; filename="{name}.json"'}
    return HttpResponse(questionnaire_json(version.asked()), content_type="application/json", headers=headers)


@requires(Permission.SURVEYS_EDIT)
@post_only
def questionnaire_copy(request: HttpRequest, access: Access, questionnaire_id: int) -> HttpResponse:
    """Copy a questionnaire into another of the organisation."""
    version_or_404(access, questionnaire_id)
    made = copy_questionnaire(access, questionnaire_id=questionnaire_id)
    messages.success(request, "Это копия. Изменения в ней не тронут прежнюю анкету.")
    return redirect("questionnaire_detail", access.organisation.slug, made.pk)


@requires(Permission.SURVEYS_EDIT)
@post_only
def questionnaire_archive(request: HttpRequest, access: Access, questionnaire_id: int) -> HttpResponse:
    """Put a questionnaire into the archive."""
    return _put(request, access, questionnaire_id, archive_questionnaire, "Анкета убрана в архив.")


@requires(Permission.SURVEYS_EDIT)
@post_only
def questionnaire_restore(request: HttpRequest, access: Access, questionnaire_id: int) -> HttpResponse:
    """Bring a questionnaire back from the archive."""
    return _put(request, access, questionnaire_id, restore_questionnaire, "Анкета снова среди ваших.")


def _put(
    request: HttpRequest, access: Access, questionnaire_id: int, put: Callable[..., Questionnaire], told: str
) -> HttpResponse:
    version_or_404(access, questionnaire_id)
    try:
        put(access, questionnaire_id=questionnaire_id)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told)
    return redirect("questionnaire_detail", access.organisation.slug, questionnaire_id)


@requires(Permission.SURVEYS_EDIT)
def template_preview(request: HttpRequest, access: Access, key: str) -> HttpResponse:
    """A questionnaire of the library as a phone shows it."""
    found = next(((place, each) for place, each in enumerate(catalogue.templates(), 1) if each.key == key), None)
    if found is None:
        raise Http404
    place, template = found
    # Versions of organisations have positive numbers, so those of the library stand apart.
    questions = compiled((-place, template.version), template.questionnaire).filled({}, {}, ())
    context = {"template": template, "questions": questions, "purpose": PURPOSE_LABELS[template.purpose]}
    return render(request, "surveys/template_preview.html", context)


@requires(Permission.SURVEYS_EDIT)
@post_only
def template_take(request: HttpRequest, access: Access, key: str) -> HttpResponse:
    """Take a questionnaire of the library."""
    try:
        taken = take_template(access, key=key)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("questionnaire_list", access.organisation.slug)
    return redirect("questionnaire_detail", access.organisation.slug, taken.pk)
