"""The district's bank: mentors to ask other organisations for, own requests, requests to answer."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mentoring.forms.sharing import MOST_TOPICS, SharingAnswerForm, SharingAskForm
from mentoring.models import MentorProfile, SharingRequest
from mentoring.operations.sharing import answer_request, ask_for_mentor, withdraw_request
from mentoring.queries.sharing import (
    incoming,
    incoming_requests,
    lending,
    lent,
    outgoing,
    outgoing_for_export,
    shared_mentor,
    shared_mentors,
)
from mentoring.resources import sharing_xlsx
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.gate import post_only, requires
from people.pages import page_of, xlsx_answer

MOST_SHOWN = 20
"""So many of the own requests stand on the page; the spreadsheet has them all."""


@requires(Permission.PAIRINGS_EDIT)
def sharing_list(request: HttpRequest, access: Access) -> HttpResponse:
    """What waits for an answer, the own requests, and mentors of the district."""
    search, own = request.GET.get("q", ""), outgoing(access)
    context = {
        "page": page_of(request, shared_mentors(access, search=search)),
        "q": search,
        "incoming": incoming(access),
        "lent": lent(access),
        "own": own[:MOST_SHOWN],
        "hidden": len(own[MOST_SHOWN:]),
    }
    return render(request, "mentoring/sharing_list.html", context)


@requires(Permission.PAIRINGS_EDIT)
def sharing_export(request: HttpRequest, access: Access) -> HttpResponse:
    """The own requests as a spreadsheet."""
    return xlsx_answer(sharing_xlsx(outgoing_for_export(access)), f"sharing-{access.today:%Y-%m-%d}")


@requires(Permission.PAIRINGS_EDIT)
def sharing_print(request: HttpRequest, access: Access) -> HttpResponse:
    """The own requests as one page to print."""
    return render(request, "mentoring/sharing_print.html", {"lines": outgoing_for_export(access)})


@requires(Permission.PAIRINGS_EDIT)
def sharing_ask(request: HttpRequest, access: Access, mentor: int) -> HttpResponse:
    """Ask the school of a mentor for them."""
    try:
        shared = shared_mentor(access, mentor)
    except MentorProfile.DoesNotExist as error:
        raise Http404 from error
    topics = ", ".join(request.GET.getlist("topics"))[:MOST_TOPICS]
    form = SharingAskForm(request.POST or None, access=access, initial={"topics": topics})
    if form.is_valid():
        try:
            ask_for_mentor(access, person_id=mentor, topics=form.cleaned_data["topics"])
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Просьба отправлена: её увидит куратор организации {shared.organisation}.")
            return redirect("sharing_list", access.organisation.slug)
    return render(request, "mentoring/sharing_ask.html", {"form": form, "mentor": shared})


@requires(Permission.PAIRINGS_EDIT)
@post_only
def sharing_withdraw(request: HttpRequest, access: Access, request_id: int) -> HttpResponse:
    """Take an own request back."""
    own = SharingRequest.objects.visible_to(access).filter(organisation_id=access.organisation_id)
    get_object_or_404(own, pk=request_id)
    try:
        withdraw_request(access, request_id=request_id)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Просьба отозвана.")
    return redirect("sharing_list", access.organisation.slug)


@requires(Permission.PAIRINGS_EDIT)
def sharing_answer(request: HttpRequest, access: Access, request_id: int) -> HttpResponse:
    """What another school asks for, and the two answers."""
    asked = get_object_or_404(incoming_requests(access), pk=request_id)
    has_places = not lending(access, asked).obstacle
    return _answering(request, access, asked, SharingAnswerForm(access=access, has_places=has_places))


def _answering(request: HttpRequest, access: Access, asked: SharingRequest, form: SharingAnswerForm) -> HttpResponse:
    is_open = asked.state == SharingRequest.State.ASKED
    context = {"asked": asked, "form": form, "is_open": is_open, "lending": lending(access, asked) if is_open else None}
    return render(request, "mentoring/sharing_answer.html", context)


@requires(Permission.PAIRINGS_EDIT)
@post_only
def sharing_agree(request: HttpRequest, access: Access, request_id: int) -> HttpResponse:
    """Lend the mentor."""
    return _answered(request, access, request_id, is_agreed=True)


@requires(Permission.PAIRINGS_EDIT)
@post_only
def sharing_refuse(request: HttpRequest, access: Access, request_id: int) -> HttpResponse:
    """Do not lend the mentor."""
    return _answered(request, access, request_id, is_agreed=False)


def _answered(request: HttpRequest, access: Access, request_id: int, *, is_agreed: bool) -> HttpResponse:
    asked = get_object_or_404(incoming_requests(access), pk=request_id)
    form = SharingAnswerForm(request.POST, access=access, has_places=is_agreed)
    if form.is_valid():
        try:
            answer_request(access, request_id=request_id, is_agreed=is_agreed, **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            done = "Согласовано: наставник появится в банке" if is_agreed else "Отказано: это увидит куратор"
            messages.success(request, f"{done} организации {asked.organisation.short_name}.")
            return redirect("sharing_list", access.organisation.slug)
    return _answering(request, access, asked, form)
