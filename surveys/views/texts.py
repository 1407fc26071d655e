"""Words of a wave: reading, releasing, grouping; the SWOT table made from them."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.gate import post_only, requires
from surveys.forms.results import GroupForm, PointForm, QuadrantForm
from surveys.models import OpenAnswer
from surveys.operations.swot import add_swot_answer, add_swot_point, remove_swot_point
from surveys.operations.texts import group_text, release_text, withhold_text
from surveys.queries.texts import swot_boxes, wave_words
from surveys.views.results import wave_or_404


@requires(Permission.SURVEYS_VIEW)
def texts_page(request: HttpRequest, access: Access, wave_id: int) -> HttpResponse:
    """The words of a wave: released for all, those that wait for its reader; `?read=1` shows withheld ones too."""
    wave = wave_or_404(access, wave_id)
    words = wave_words(access, wave)
    context = {"words": words, "wave": wave, "shows_read": words.is_reader and "read" in request.GET}
    return render(request, "surveys/wave_texts.html", context)


def _press(
    request: HttpRequest, access: Access, wave_id: int, page: str, operation: Callable[..., object], **words: object
) -> HttpResponse:
    """Do what a button says and show the page again; what is not there is 404."""
    wave_or_404(access, wave_id)
    try:
        operation(access, wave_id=wave_id, **words)
    except OpenAnswer.DoesNotExist:
        raise Http404 from None
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect(page, access.organisation.slug, wave_id)


def _group(request: HttpRequest) -> str | None:
    form = GroupForm(request.POST)
    if form.is_valid():
        return form.cleaned_data["group"]
    messages.error(request, "Название группы длиннее 100 знаков: сократите его.")
    return None


@requires(Permission.SURVEYS_EDIT)
@post_only
def text_release(request: HttpRequest, access: Access, wave_id: int, text_id: UUID) -> HttpResponse:
    """Show words to all who see the results."""
    group = _group(request)
    if group is None:
        return redirect("wave_texts", access.organisation.slug, wave_id)
    return _press(request, access, wave_id, "wave_texts", release_text, text_id=text_id, group=group)


@requires(Permission.SURVEYS_EDIT)
@post_only
def text_withhold(request: HttpRequest, access: Access, wave_id: int, text_id: UUID) -> HttpResponse:
    """Keep words from everybody but the reader."""
    return _press(request, access, wave_id, "wave_texts", withhold_text, text_id=text_id)


@requires(Permission.SURVEYS_EDIT)
@post_only
def text_group(request: HttpRequest, access: Access, wave_id: int, text_id: UUID) -> HttpResponse:
    """Put released words into another group."""
    group = _group(request)
    if group is None:
        return redirect("wave_texts", access.organisation.slug, wave_id)
    return _press(request, access, wave_id, "wave_texts", group_text, text_id=text_id, group=group)


@requires(Permission.SURVEYS_VIEW)
def swot_page(request: HttpRequest, access: Access, wave_id: int) -> HttpResponse:
    """The SWOT table beside the released words."""
    wave = wave_or_404(access, wave_id)
    context = {"wave": wave, "boxes": swot_boxes(access, wave), "words": wave_words(access, wave)}
    return render(request, "surveys/wave_swot.html", context)


@requires(Permission.SURVEYS_EDIT)
@post_only
def swot_add(request: HttpRequest, access: Access, wave_id: int) -> HttpResponse:
    """Put a line written by hand into a box."""
    form = PointForm(request.POST)
    if not form.is_valid():
        messages.error(request, next(iter(form.errors.values()))[0])
        return redirect("wave_swot", access.organisation.slug, wave_id)
    return _press(request, access, wave_id, "wave_swot", add_swot_point, **form.cleaned_data)


@requires(Permission.SURVEYS_EDIT)
@post_only
def swot_take(request: HttpRequest, access: Access, wave_id: int) -> HttpResponse:
    """Put a released answer into a box."""
    form = QuadrantForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Выберите, куда поставить ответ.")
        return redirect("wave_swot", access.organisation.slug, wave_id)
    chosen = {"quadrant": form.cleaned_data["quadrant"], "text_id": form.cleaned_data["answer"]}
    return _press(request, access, wave_id, "wave_swot", add_swot_answer, **chosen)


@requires(Permission.SURVEYS_EDIT)
@post_only
def swot_remove(request: HttpRequest, access: Access, wave_id: int, point_id: int) -> HttpResponse:
    """Take a line out."""
    return _press(request, access, wave_id, "wave_swot", remove_swot_point, point_id=point_id)
