"""Guests of a meeting: inviting, letters, the list to take away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from community.forms import InviteForm
from community.models import Event
from community.operations.guests import invite_guests, send_invitations
from community.queries.guests import guests_going_out
from community.resources import guests_xlsx
from community.views.events import event_or_404
from people.access import Access
from people.domain.plurals import counted
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.gate import post_only, requires
from people.pages import xlsx_answer


@requires(Permission.EVENTS_EDIT)
def event_invite(request: HttpRequest, access: Access, event_id: int) -> HttpResponse:
    """Invite groups and people."""
    event = event_or_404(access, event_id)
    if event.state == Event.State.CANCELLED:
        return redirect("event_detail", access.organisation.slug, event_id)
    form = InviteForm(request.POST or None, access=access, event=event)
    if form.is_valid():
        groups, person_ids = form.chosen()
        try:
            new = invite_guests(access, event_id=event_id, groups=groups, person_ids=person_ids)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            people = counted(new, "человек", "человека", "человек")
            messages.success(request, f"Приглашены: {people}." if new else "Все они уже приглашены.")
            return redirect("event_detail", access.organisation.slug, event_id)
    return render(request, "community/event_invite.html", {"form": form, "event": event})


@requires(Permission.EVENTS_EDIT)
@post_only
def event_letters(request: HttpRequest, access: Access, event_id: int) -> HttpResponse:
    """Send the letters that are due, and show how that goes."""
    event_or_404(access, event_id)
    try:
        job = send_invitations(access, event_id=event_id)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        if job is not None:
            return redirect("job_detail", access.organisation.slug, job.pk)
        messages.success(request, "Все, у кого указана почта, уже получили письмо.")
    return redirect("event_detail", access.organisation.slug, event_id)


@requires(Permission.EVENTS_VIEW)
def event_guests_export(request: HttpRequest, access: Access, event_id: int) -> HttpResponse:
    """The list as shown, as a spreadsheet; who has no consent in force stays out."""
    event = event_or_404(access, event_id)
    search, came = request.GET.get("q", ""), request.GET.get("came", "")
    guests = guests_going_out(access, event, search=search, came=came)
    return xlsx_answer(guests_xlsx(guests), f"event-{event.day:%Y-%m-%d}-{event.pk}")


@requires(Permission.EVENTS_VIEW)
def event_guests_print(request: HttpRequest, access: Access, event_id: int) -> HttpResponse:
    """The list to sign at the door, or to file after the meeting."""
    event = event_or_404(access, event_id)
    context = {"event": event, "guests": guests_going_out(access, event)}
    return render(request, "community/event_guests_print.html", context)
