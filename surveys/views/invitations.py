"""Links and letters of a wave: QR cards, the log of letters, revoking and renewing a link."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from people.access import Access
from people.domain.plurals import counted
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.gate import post_only, requires
from people.pages import page_of, whole_numbers
from surveys.domain.questionnaire import Purpose
from surveys.models import Invitation, Wave
from surveys.operations.letters import send_again, start_sending
from surveys.operations.paper import mark_on_paper
from surveys.operations.waves import renew_invitation, revoke_invitation
from surveys.queries.letters import letter_counts, letter_log
from surveys.queries.links import hides_begun, links_to_give, survey_card
from surveys.views.waves import wave_or_404

CARDS = 200
"""On one page: about twenty sheets of paper, and a second of drawing."""


@never_cache
@requires(Permission.SURVEYS_EDIT)
def wave_links(request: HttpRequest, access: Access, wave_id: int) -> HttpResponse:
    """QR cards to print and cut: of the chosen people, or of all who have not answered."""
    # Statements have links too, though no page of a wave.
    waves = Wave.objects.visible_to(access).select_related("version__questionnaire").defer("version__content")
    wave = get_object_or_404(waves.exclude(state=Wave.State.DRAFT), pk=wave_id)
    chosen = whole_numbers(request.GET.getlist("invitation"))
    page = Paginator(links_to_give(access, wave, chosen), CARDS).get_page(request.GET.get("page"))
    is_statement = wave.version.questionnaire.purpose == Purpose.STATEMENT
    context = {
        "wave": wave,
        "back": reverse("statement_list", args=[access.organisation.slug])
        if is_statement
        else reverse("wave_detail", args=[access.organisation.slug, wave.pk]),
        "page": page,
        "cards": [survey_card(invitation) for invitation in page],
        "is_chosen": bool(chosen),
        "hides_begun": hides_begun(wave),
    }
    return render(request, "surveys/wave_links.html", context)


@requires(Permission.SURVEYS_EDIT)
def wave_letters(request: HttpRequest, access: Access, wave_id: int) -> HttpResponse:
    """Which letters have gone to whom, which wait, which could not be sent and why."""
    wave = wave_or_404(access, wave_id)
    context = {"wave": wave, "page": page_of(request, letter_log(access, wave)), "counts": letter_counts(access, wave)}
    return render(request, "surveys/wave_letters.html", context)


@requires(Permission.SURVEYS_EDIT)
@post_only
def wave_send_letters(request: HttpRequest, access: Access, wave_id: int) -> HttpResponse:
    """Try the letters once more that could not be sent."""
    wave_or_404(access, wave_id)
    again = send_again(access, wave_id=wave_id)
    messages.success(request, f"Отправляем ещё раз: {counted(again, 'письмо', 'письма', 'писем')}.")
    job = start_sending(access, wave_id=wave_id)
    if job is not None:
        return redirect("job_detail", access.organisation.slug, job.pk)
    return redirect("wave_letters", access.organisation.slug, wave_id)


def _invitation(access: Access, invitation_id: int) -> Invitation:
    return get_object_or_404(Invitation.objects.visible_to(access).select_related("person"), pk=invitation_id)


def _back(access: Access, invitation: Invitation) -> HttpResponse:
    if invitation.about_id:
        return redirect("statement_list", access.organisation.slug)
    return redirect("wave_detail", access.organisation.slug, invitation.wave_id)


@requires(Permission.SURVEYS_EDIT)
@post_only
def invitation_revoke(request: HttpRequest, access: Access, invitation_id: int) -> HttpResponse:
    """End somebody's link."""
    invitation = _invitation(access, invitation_id)
    revoke_invitation(access, invitation_id=invitation.pk)
    messages.success(request, f"{invitation.person.full_name}: ссылка больше не действует.")
    return _back(access, invitation)


@requires(Permission.SURVEYS_EDIT)
@post_only
def invitation_renew(request: HttpRequest, access: Access, invitation_id: int) -> HttpResponse:
    """Give somebody another link, and show it."""
    invitation = _invitation(access, invitation_id)
    try:
        renew_invitation(access, invitation_id=invitation.pk)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return _back(access, invitation)
    messages.success(request, "Прежняя ссылка больше не действует. Передайте новую.")
    links = reverse("wave_links", args=[access.organisation.slug, invitation.wave_id])
    return redirect(f"{links}?invitation={invitation.pk}")


@requires(Permission.SURVEYS_EDIT)
@post_only
def invitation_on_paper(request: HttpRequest, access: Access, invitation_id: int) -> HttpResponse:
    """Note that somebody handed in a sheet without a name."""
    invitation = _invitation(access, invitation_id)
    try:
        mark_on_paper(access, invitation_id=invitation.pk)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, f"{invitation.person.full_name}: лист сдан. Внесите ответы, когда соберёте все листы."
        )
    return _back(access, invitation)
