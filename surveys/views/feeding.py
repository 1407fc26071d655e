"""Named answers on their way into the banks, and one named sheet to read."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from people.access import Access
from people.domain.plurals import counted
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.gate import post_only, requires
from people.pages import whole_numbers
from surveys.models import Sheet, Wave
from surveys.operations.feeding import feed_sheets
from surveys.queries.feeding import feed_page, feeds_banks, sheet_page


@requires(Permission.SURVEYS_EDIT)
def wave_feed(request: HttpRequest, access: Access, wave_id: int) -> HttpResponse:
    """What the answers of a wave would change in the banks."""
    waves = Wave.objects.visible_to(access).select_related("version__questionnaire", "organisation")
    wave = get_object_or_404(waves, pk=wave_id)
    if not feeds_banks(wave):
        raise Http404
    return render(request, "surveys/wave_feed.html", {"wave": wave, "page": feed_page(access, wave)})


@requires(Permission.SURVEYS_EDIT)
@post_only
def wave_feed_confirm(request: HttpRequest, access: Access, wave_id: int) -> HttpResponse:
    """Write what was ticked."""
    get_object_or_404(Wave.objects.visible_to(access), pk=wave_id)
    sheet_ids = whole_numbers(request.POST.getlist("sheet"))
    try:
        fed = feed_sheets(access, wave_id=wave_id, sheet_ids=sheet_ids)
    except Sheet.DoesNotExist:
        raise Http404 from None
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        _say(request, fed, is_asked=bool(sheet_ids))
    return redirect("wave_feed", access.organisation.slug, wave_id)


def _say(request: HttpRequest, fed: int, *, is_asked: bool) -> None:
    if fed:
        messages.success(request, f"Перенесены ответы: {counted(fed, 'человек', 'человека', 'человек')}.")
    elif is_asked:
        messages.success(request, "Эти ответы уже перенесены: менять больше нечего.")
    else:
        messages.error(request, "Отметьте хотя бы одного человека.")


@requires(Permission.SURVEYS_EDIT)
def sheet_detail(request: HttpRequest, access: Access, sheet_id: int) -> HttpResponse:
    """The answers of one named person; statements about others have a page of their own, which notes who reads them."""
    if get_object_or_404(Sheet.objects.visible_to(access).only("about_id"), pk=sheet_id).about_id:
        return redirect("statement_detail", access.organisation.slug, sheet_id)
    try:
        page = sheet_page(access, sheet_id)
    except Sheet.DoesNotExist:
        raise Http404 from None
    return render(request, "surveys/sheet_detail.html", {"page": page})
