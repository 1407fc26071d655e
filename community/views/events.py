"""Meetings: the list, planning, one meeting with its next step, calling off, closing, the poster."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from community.forms import AskForm, EventForm
from community.models import Event
from community.operations.events import cancel_event, change_event, close_event, plan_event
from community.queries.events import event_list as events_in
from community.queries.events import event_page, poster_of
from community.queries.guests import GUEST_CHOICES, guest_list
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.gate import post_only, requires
from people.pages import page_of

GUESTS_ON_PAGE = 15
"""The page has much else to show."""


def event_or_404(access: Access, event_id: int) -> Event:
    return get_object_or_404(Event.objects.visible_to(access).select_related("organisation"), pk=event_id)


@requires(Permission.EVENTS_VIEW)
def event_list(request: HttpRequest, access: Access) -> HttpResponse:
    """What is planned and what is over."""
    page = page_of(request, events_in(access, is_over=True))
    context = {"planned": events_in(access, is_over=False), "page": page}
    return render(request, "community/event_list.html", context)


@requires(Permission.EVENTS_EDIT)
def event_new(request: HttpRequest, access: Access) -> HttpResponse:
    """Plan a meeting."""
    form = EventForm(request.POST or None, access=access)
    if form.is_valid():
        event = plan_event(access, values=form.values())
        messages.success(request, "Встреча запланирована. Теперь пригласите людей.")
        return redirect("event_detail", access.organisation.slug, event.pk)
    return render(request, "community/event_new.html", {"form": form})


@requires(Permission.EVENTS_EDIT)
def event_edit(request: HttpRequest, access: Access, event_id: int) -> HttpResponse:
    """Change a planned meeting."""
    event = event_or_404(access, event_id)
    if event.state != Event.State.PLANNED:
        return redirect("event_detail", access.organisation.slug, event.pk)
    form = EventForm(request.POST or None, access=access, instance=event)
    if form.is_valid():
        try:
            change_event(access, event_id=event_id, values=form.values())
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Сохранено.")
            return redirect("event_detail", access.organisation.slug, event_id)
    return render(request, "community/event_edit.html", {"form": form, "event": event_or_404(access, event_id)})


@requires(Permission.EVENTS_VIEW)
def event_detail(request: HttpRequest, access: Access, event_id: int) -> HttpResponse:
    """A meeting: who is invited, who came, what people prefer, and the next step."""
    event = event_or_404(access, event_id)
    search, came = request.GET.get("q", ""), request.GET.get("came", "")
    guests = guest_list(access, event, search=search, came=came)
    context = {
        "event": event,
        "view": event_page(access, event),
        "page": page_of(request, guests, rows_on_page=GUESTS_ON_PAGE),
        "q": search,
        "came": came,
        "choices": GUEST_CHOICES,
        "ask_form": AskForm(access=access),
    }
    return render(request, "community/event_detail.html", context)


def press(request: HttpRequest, access: Access, event_id: int, step: Callable[[], str]) -> HttpResponse:
    """Take one step of a meeting and say what `step` gives; then back to its page."""
    event_or_404(access, event_id)
    try:
        messages.success(request, step())
    except RefusedError as refusal:
        for line in str(refusal).splitlines():
            messages.error(request, line)
    return redirect("event_detail", access.organisation.slug, event_id)


@requires(Permission.EVENTS_EDIT)
@post_only
def event_cancel(request: HttpRequest, access: Access, event_id: int) -> HttpResponse:
    """Call a meeting off."""

    def step() -> str:
        cancel_event(access, event_id=event_id)
        return "Встреча отменена."

    return press(request, access, event_id, step)


@requires(Permission.EVENTS_EDIT)
@post_only
def event_close(request: HttpRequest, access: Access, event_id: int) -> HttpResponse:
    """Say that a meeting has been held."""

    def step() -> str:
        close_event(access, event_id=event_id)
        return "Встреча проведена."

    return press(request, access, event_id, step)


@requires(Permission.EVENTS_EDIT)
def event_poster(request: HttpRequest, access: Access, event_id: int) -> HttpResponse:
    """The sheet for the door, to print."""
    event = event_or_404(access, event_id)
    return render(request, "community/event_poster.html", {"poster": poster_of(access, event), "event": event})
