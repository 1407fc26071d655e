"""The builder's buttons and forms: questions and sections of a questionnaire."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.gate import post_only, requires
from people.pages import whole_numbers
from surveys.domain.questionnaire import KIND_LABELS, Question, QuestionKind
from surveys.forms.questionnaires import RevisedForm, SectionForm
from surveys.forms.questions import EXAMPLES, QuestionForm
from surveys.models import Version
from surveys.operations.questions import (
    Edited,
    add_question,
    add_section,
    copy_question,
    delete_question,
    delete_section,
    edit_question,
    edit_section,
    move_question,
    move_section,
)
from surveys.views.questionnaires import tell_of_version, version_or_404


def _builder(access: Access, questionnaire_id: int, anchor: str) -> str:
    address = reverse("questionnaire_detail", args=[access.organisation.slug, questionnaire_id])
    return f"{address}#{anchor}" if anchor else address


def _question_anchor(code: str) -> str:
    return f"q-{code}"


def _section_anchor(index: int) -> str:
    return f"s-{index}"


def _saved(
    request: HttpRequest, access: Access, form: RevisedForm, edit: Callable[..., Edited], **values: object
) -> Edited | None:
    """What an operation made of a valid form; None where it refused, and the form says why."""
    try:
        edited = edit(access, revision=form.cleaned_data["revision"], **values)
    except RefusedError as refusal:
        form.add_error(None, str(refusal))
        return None
    tell_of_version(request, edited)
    return edited


def _pressed(
    request: HttpRequest, access: Access, questionnaire_id: int, edit: Callable[..., Edited], anchor: str, **values
) -> HttpResponse:
    """Do what a button of the builder says, and come back to where it stands."""
    version_or_404(access, questionnaire_id)
    (revision,) = whole_numbers([request.POST.get("revision", "")]) or [0]
    try:
        edited = edit(access, questionnaire_id=questionnaire_id, revision=revision, **values)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        tell_of_version(request, edited)
        anchor = _question_anchor(edited.code) if edited.code else anchor
    return redirect(_builder(access, questionnaire_id, anchor))


def _question_or_404(version: Version, code: str) -> Question:
    question = version.asked().question(code)
    if question is None:
        raise Http404
    return question


def _section_or_404(version: Version, index: int) -> None:
    if index >= len(version.asked().sections):
        raise Http404


def _question_form(
    request: HttpRequest, access: Access, version: Version, kind: QuestionKind, *, index: int = 0, code: str = ""
) -> QuestionForm:
    return QuestionForm(
        request.POST or None,
        access=access,
        kind=kind,
        asked=version.asked(),
        index=index,
        code=code,
        initial={"revision": version.revision},
    )


@requires(Permission.SURVEYS_EDIT)
def question_add(request: HttpRequest, access: Access, questionnaire_id: int, index: int) -> HttpResponse:
    """Choose the kind of a new question, then write it."""
    version = version_or_404(access, questionnaire_id)
    _section_or_404(version, index)
    kind = request.GET.get("kind", "")
    context = {"version": version, "back": _builder(access, questionnaire_id, _section_anchor(index))}
    if kind not in set(QuestionKind):
        return render(request, "surveys/question_add.html", {"examples": EXAMPLES, **context})
    form = _question_form(request, access, version, QuestionKind(kind), index=index)
    if form.is_valid():
        values = {"questionnaire_id": questionnaire_id, "section_index": index, "question": form.asked_question()}
        edited = _saved(request, access, form, add_question, **values)
        if edited:
            return redirect(_builder(access, questionnaire_id, _question_anchor(edited.code)))
    context |= {"form": form, "kind": KIND_LABELS[form.kind], "is_new": True}
    return render(request, "surveys/question_form.html", context)


@requires(Permission.SURVEYS_EDIT)
def question_edit(request: HttpRequest, access: Access, questionnaire_id: int, code: str) -> HttpResponse:
    """Change a question."""
    version = version_or_404(access, questionnaire_id)
    question = _question_or_404(version, code)
    back = _builder(access, questionnaire_id, _question_anchor(code))
    form = _question_form(request, access, version, question.kind, code=code)
    if form.is_valid():
        values = {"questionnaire_id": questionnaire_id, "code": code, "question": form.asked_question()}
        if _saved(request, access, form, edit_question, **values):
            return redirect(back)
    context = {"form": form, "version": version, "kind": KIND_LABELS[question.kind], "is_new": False, "back": back}
    return render(request, "surveys/question_form.html", context)


@requires(Permission.SURVEYS_EDIT)
@post_only
def question_up(request: HttpRequest, access: Access, questionnaire_id: int, code: str) -> HttpResponse:
    """Move a question up."""
    return _pressed(request, access, questionnaire_id, move_question, _question_anchor(code), code=code, is_up=True)


@requires(Permission.SURVEYS_EDIT)
@post_only
def question_down(request: HttpRequest, access: Access, questionnaire_id: int, code: str) -> HttpResponse:
    """Move a question down."""
    return _pressed(request, access, questionnaire_id, move_question, _question_anchor(code), code=code, is_up=False)


@requires(Permission.SURVEYS_EDIT)
@post_only
def question_copy(request: HttpRequest, access: Access, questionnaire_id: int, code: str) -> HttpResponse:
    """Copy a question; the page returns to the copy."""
    return _pressed(request, access, questionnaire_id, copy_question, _question_anchor(code), code=code)


@requires(Permission.SURVEYS_EDIT)
@post_only
def question_delete(request: HttpRequest, access: Access, questionnaire_id: int, code: str) -> HttpResponse:
    """Take a question out; the page returns to its section, or to the question where that was refused."""
    sections = enumerate(version_or_404(access, questionnaire_id).asked().sections)
    index = next((index for index, each in sections if any(one.code == code for one in each.questions)), 0)
    return _pressed(request, access, questionnaire_id, delete_question, _section_anchor(index), code=code)


@requires(Permission.SURVEYS_EDIT)
def section_add(request: HttpRequest, access: Access, questionnaire_id: int) -> HttpResponse:
    """Add a section."""
    version = version_or_404(access, questionnaire_id)
    form = SectionForm(request.POST or None, access=access, section=None, initial={"revision": version.revision})
    if form.is_valid():
        values = {"questionnaire_id": questionnaire_id, **form.words()}
        if _saved(request, access, form, add_section, **values):
            return redirect(_builder(access, questionnaire_id, _section_anchor(len(version.asked().sections))))
    back = _builder(access, questionnaire_id, "")
    return render(request, "surveys/section_form.html", {"form": form, "is_new": True, "back": back})


@requires(Permission.SURVEYS_EDIT)
def section_edit(request: HttpRequest, access: Access, questionnaire_id: int, index: int) -> HttpResponse:
    """Change title and note of a section."""
    version = version_or_404(access, questionnaire_id)
    _section_or_404(version, index)
    initial = {"revision": version.revision}
    section = version.asked().sections[index]
    form = SectionForm(request.POST or None, access=access, section=section, initial=initial)
    back = _builder(access, questionnaire_id, _section_anchor(index))
    if form.is_valid():
        values = {"questionnaire_id": questionnaire_id, "index": index, **form.words()}
        if _saved(request, access, form, edit_section, **values):
            return redirect(back)
    return render(request, "surveys/section_form.html", {"form": form, "is_new": False, "back": back})


@requires(Permission.SURVEYS_EDIT)
@post_only
def section_up(request: HttpRequest, access: Access, questionnaire_id: int, index: int) -> HttpResponse:
    """Move a section up with its questions."""
    anchor = _section_anchor(max(index - 1, 0))
    return _pressed(request, access, questionnaire_id, move_section, anchor, index=index, is_up=True)


@requires(Permission.SURVEYS_EDIT)
@post_only
def section_down(request: HttpRequest, access: Access, questionnaire_id: int, index: int) -> HttpResponse:
    """Move a section down with its questions."""
    anchor = _section_anchor(index + 1)
    return _pressed(request, access, questionnaire_id, move_section, anchor, index=index, is_up=False)


@requires(Permission.SURVEYS_EDIT)
@post_only
def section_delete(request: HttpRequest, access: Access, questionnaire_id: int, index: int) -> HttpResponse:
    """Take a section out with its questions."""
    return _pressed(request, access, questionnaire_id, delete_section, _section_anchor(max(index - 1, 0)), index=index)
