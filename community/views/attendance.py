"""Who came: the curator's list of ticks, the participant's own page, the door of the poster."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from community.models import Event, EventGuest
from community.operations.attendance import mark_attendance, mark_own_attendance
from community.queries.guests import guest_list
from community.queries.own import door_of, own_event
from community.views.events import event_or_404
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.gate import post_only, requires
from people.pages import whole_numbers


@requires(Permission.EVENTS_EDIT)
def event_attendance(request: HttpRequest, access: Access, event_id: int) -> HttpResponse:
    """Tick who came; a mark is taken away only from those who were shown with one."""
    event = event_or_404(access, event_id)
    if request.method != "POST":
        guests = guest_list(access, event)
        return render(request, "community/event_attendance.html", {"event": event, "guests": guests})
    came = whole_numbers(request.POST.getlist("came"))
    absent = set(whole_numbers(request.POST.getlist("was"))) - set(came)
    try:
        marked, cleared = mark_attendance(access, event_id=event_id, came_ids=came, absent_ids=absent)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("event_attendance", access.organisation.slug, event_id)
    taken = f", снято отметок: {cleared}" if cleared else ""
    messages.success(request, f"Сохранено. Отмечено пришедших: {marked}{taken}.")
    return redirect("event_detail", access.organisation.slug, event_id)


@requires(Permission.OWN_PAGES)
def my_event(request: HttpRequest, access: Access, event_id: int) -> HttpResponse:
    """A meeting as somebody invited sees it."""
    try:
        own = own_event(access, event_id)
    except EventGuest.DoesNotExist:
        raise Http404 from None
    return render(request, "community/my_event.html", {"own": own})


@requires(Permission.OWN_PAGES)
def my_event_here(request: HttpRequest, access: Access, event_id: int, seal: str) -> HttpResponse:
    """Where the poster leads: one button, or why there is none."""
    try:
        door = door_of(access, event_id, seal)
    except Event.DoesNotExist:
        raise Http404 from None
    if door.guest is not None and door.guest.attended_at and not door.refusal:
        return render(request, "community/my_event.html", {"own": own_event(access, event_id)})
    context = {"door": door, "seal": seal}
    return render(request, "community/my_event_here.html", context, status=404 if door.is_wrong else 200)


@requires(Permission.OWN_PAGES)
@post_only
def my_event_mark(request: HttpRequest, access: Access, event_id: int, seal: str) -> HttpResponse:
    """Say «I am here»."""
    try:
        mark_own_attendance(access, event_id=event_id, code=seal)
    except Event.DoesNotExist:
        raise Http404 from None
    except RefusedError:
        # The page of the code says why, in words for whoever comes there.
        return redirect("my_event_here", access.organisation.slug, event_id, seal)
    return redirect("my_event", access.organisation.slug, event_id)
