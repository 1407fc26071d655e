"""Paper: the empty questionnaire to print, and the screen on which a filled one is typed in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.gate import requires
from surveys.forms.paper import NamelessSheetForm, WhoseSheetForm
from surveys.markup import PREFIX, compiled
from surveys.models import Invitation, Wave
from surveys.operations.answering import Kept
from surveys.operations.paper import type_anonymous_sheet, type_named_sheet
from surveys.printing.blank import blank_pdf
from surveys.queries.answering import asks_secret, candidates_for, questionnaire_of
from surveys.queries.paper import paper_sides
from surveys.queries.waves import wave_page
from surveys.views.waves import wave_or_404

WRONG = "Проверьте отмеченные ответы: лист ещё не внесён."


@requires(Permission.SURVEYS_EDIT)
def wave_blank(request: HttpRequest, access: Access, wave_id: int) -> HttpResponse:
    """The empty questionnaire to print and fill in by hand."""
    wave = wave_or_404(access, wave_id)
    headers = {"Content-Disposition": f'attachment; filename="survey-{wave.pk}-blank.pdf"'}
    return HttpResponse(blank_pdf(wave), content_type="application/pdf", headers=headers)


@requires(Permission.SURVEYS_EDIT)
def wave_paper(request: HttpRequest, access: Access, wave_id: int) -> HttpResponse:
    """Type in a sheet that was filled in by hand."""
    wave = wave_or_404(access, wave_id)
    if wave.is_anonymous:
        return _nameless(request, access, wave)
    return _named(request, access, wave)


def _sent(request: HttpRequest) -> dict[str, list[str]]:
    """The answers in a form, by answer key."""
    keys = (name for name in request.POST if name.startswith(PREFIX))
    return {name.removeprefix(PREFIX): request.POST.getlist(name) for name in keys}


def _named(request: HttpRequest, access: Access, wave: Wave) -> HttpResponse:
    """First whose sheet it is, then its questions; both come in one address."""
    form = WhoseSheetForm(request.POST or request.GET or None, access=access, wave=wave)
    invitation = form.cleaned_data["invitation"] if form.is_bound and form.is_valid() else None
    kept = None
    if request.method == "POST" and invitation is not None:
        try:
            kept = type_named_sheet(access, invitation_id=invitation.pk, sent=_sent(request))
        except RefusedError as refusal:
            kept = Kept(is_kept=False, refusal=str(refusal))
        if kept.is_kept:
            return _typed(request, access, wave)
    return _page(request, access, wave, form=form, invitation=invitation, kept=kept)


def _nameless(request: HttpRequest, access: Access, wave: Wave) -> HttpResponse:
    form = NamelessSheetForm(
        request.POST or None,
        access=access,
        wave=wave,
        sides=paper_sides(access, wave),
        asks_secret=asks_secret(wave),
    )
    kept = _type_nameless(request, access, wave, form) if form.is_valid() else None
    if kept is not None and kept.is_kept:
        return _typed(request, access, wave)
    return _page(request, access, wave, form=form, invitation=None, kept=kept)


def _type_nameless(request: HttpRequest, access: Access, wave: Wave, form: NamelessSheetForm) -> Kept:
    said = form.cleaned_data
    try:
        return type_anonymous_sheet(
            access,
            wave_id=wave.pk,
            side=said["side"],
            sent=_sent(request),
            secret=said.get("secret", ""),
            typed_before=said["typed"],
        )
    except RefusedError as refusal:
        return Kept(is_kept=False, refusal=str(refusal))


def _typed(request: HttpRequest, access: Access, wave: Wave) -> HttpResponse:
    messages.success(request, "Внесено. Следующий лист.")
    return redirect("wave_paper", access.organisation.slug, wave.pk)


def _page(
    request: HttpRequest,
    access: Access,
    wave: Wave,
    *,
    form: WhoseSheetForm | NamelessSheetForm,
    invitation: Invitation | None,
    kept: Kept | None,
) -> HttpResponse:
    asked = questionnaire_of(wave.version_id, wave.version.revision)
    candidates = candidates_for(invitation, asked, access.today) if invitation else ()
    markup = compiled((wave.version_id, wave.version.revision), asked)
    view = wave_page(access, wave)
    is_ready = view.paper_waits > 0 if wave.is_anonymous else invitation is not None
    refusal = kept.refusal or (WRONG if kept.faults else "") if kept else ""
    context = {
        "wave": wave,
        "view": view,
        "form": form,
        "invitation": invitation,
        "refusal": refusal,
        "questions": markup.filled(_sent(request), kept.faults if kept else None, candidates) if is_ready else "",
    }
    return render(request, "surveys/wave_paper.html", context)
