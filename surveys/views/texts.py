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
from surveys.forms.waves import ReaderForm
from surveys.models import OpenAnswer
from surveys.operations.swot import add_swot_answer, add_swot_point, remove_swot_point
from surveys.operations.texts import group_text, release_text, withhold_text
from surveys.operations.waves import hand_over_reading
from surveys.queries.texts import swot_boxes, wave_words
from surveys.views.results import wave_or_404

LONG_GROUP = "Название группы длиннее 100 знаков: сократите его."


@requires(Permission.SURVEYS_VIEW)
def texts_page(request: HttpRequest, access: Access, wave_id: int) -> HttpResponse:
    """The words of a wave: released for all, those that wait for its reader; `?read=1` shows withheld ones too."""
    wave = wave_or_404(access, wave_id)
    words = wave_words(access, wave)
    context = {"words": words, "wave": wave, "shows_read": words.is_reader and "read" in request.GET}
    return render(request, "surveys/wave_texts.html", context)


@requires(Permission.SURVEYS_EDIT)
def wave_reader(request: HttpRequest, access: Access, wave_id: int) -> HttpResponse:
    """Hand the reading of the words over to another curator."""
    wave = wave_or_404(access, wave_id)
    form = ReaderForm(request.POST or None, access=access, wave=wave)
    if form.is_valid():
        reader = form.cleaned_data["reader"]
        try:
            hand_over_reading(access, wave_id=wave.pk, user_id=reader.pk)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Теперь свободные ответы читает {reader.get_full_name() or reader.username}.")
            return redirect("wave_detail", access.organisation.slug, wave.pk)
    return render(request, "surveys/wave_reader.html", {"form": form, "wave": wave})


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


def _refused(request: HttpRequest, access: Access, wave_id: int, page: str, words: str) -> HttpResponse:
    """Say what is wrong with what came, and show the page again; what is not there is 404."""
    wave_or_404(access, wave_id)
    messages.error(request, words)
    return redirect(page, access.organisation.slug, wave_id)


def _group(request: HttpRequest) -> str | None:
    form = GroupForm(request.POST)
    return form.cleaned_data["group"] if form.is_valid() else None


@requires(Permission.SURVEYS_EDIT)
@post_only
def text_release(request: HttpRequest, access: Access, wave_id: int, text_id: UUID) -> HttpResponse:
    """Show words to all who see the results."""
    group = _group(request)
    if group is None:
        return _refused(request, access, wave_id, "wave_texts", LONG_GROUP)
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
        return _refused(request, access, wave_id, "wave_texts", LONG_GROUP)
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
        return _refused(request, access, wave_id, "wave_swot", next(iter(form.errors.values()))[0])
    return _press(request, access, wave_id, "wave_swot", add_swot_point, **form.cleaned_data)


@requires(Permission.SURVEYS_EDIT)
@post_only
def swot_take(request: HttpRequest, access: Access, wave_id: int) -> HttpResponse:
    """Put a released answer into a box."""
    form = QuadrantForm(request.POST)
    if not form.is_valid():
        return _refused(request, access, wave_id, "wave_swot", "Выберите, куда поставить ответ.")
    chosen = {"quadrant": form.cleaned_data["quadrant"], "text_id": form.cleaned_data["answer"]}
    return _press(request, access, wave_id, "wave_swot", add_swot_answer, **chosen)


@requires(Permission.SURVEYS_EDIT)
@post_only
def swot_remove(request: HttpRequest, access: Access, wave_id: int, point_id: int) -> HttpResponse:
    """Take a line out."""
    return _press(request, access, wave_id, "wave_swot", remove_swot_point, point_id=point_id)
