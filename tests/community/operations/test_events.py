"""Planning, changing, calling off and closing meetings."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from community.models import Event
from community.operations.events import cancel_event, change_event, close_event, plan_event
from tests.community.meetings import VALUES, invited
from tests.factories import AT, EventFactory
from tests.mentoring.order_steps import fresh, refusal_of

DAY = timedelta(days=1)
MEETING = VALUES | {"starts_at": AT + DAY}


@pytest.fixture
def event(school):
    return EventFactory(organisation=school, starts_at=AT + DAY)


def on_its_day(persona, event):
    return replace(persona.access, at=event.starts_at)


def told_guest(event):
    return invited(event, told="invitation", told_at=AT)


# Planning


def test_meeting_is_planned_once_however_often_the_button_is_pressed(curator):
    first, second = (plan_event(curator.access, values=MEETING) for _ in range(2))

    event = Event.objects.get()
    assert first == second == event
    assert (event.title, event.place, event.minutes, event.state) == ("Знакомство", "Актовый зал", 60, "planned")
    assert (event.organisation, event.created_at, event.created_by) == (curator.organisation, AT, curator.user)


def test_meeting_called_off_may_be_planned_anew(curator):
    cancel_event(curator.access, event_id=plan_event(curator.access, values=MEETING).pk)

    plan_event(curator.access, values=MEETING)

    assert Event.objects.count() == 2


@pytest.mark.parametrize("step", [plan_event, change_event, cancel_event, close_event])
def test_only_a_curator_runs_meetings(director, event, step):
    arguments = {
        plan_event: {"values": MEETING},
        change_event: {"event_id": event.pk, "values": MEETING},
    }.get(step, {"event_id": event.pk})

    with pytest.raises(PermissionDenied):
        step(director.access, **arguments)


def test_meeting_of_another_school_is_not_there(stranger, event):
    with pytest.raises(Event.DoesNotExist):
        cancel_event(stranger.access, event_id=event.pk)


# Changing


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"starts_at": AT + 2 * DAY}, "outdated"),
        ({"place": "Библиотека"}, "outdated"),
        ({"title": "Чай", "agenda": "Чай", "minutes": 30}, "invitation"),
    ],
)
def test_invitation_to_another_day_or_place_is_outdated(curator, event, change, told):
    guest = told_guest(event)
    values = {"title": event.title, "minutes": 60, "place": event.place, "agenda": "", "starts_at": event.starts_at}

    change_event(curator.access, event_id=event.pk, values=values | change)

    assert (fresh(guest).told, {name: getattr(fresh(event), name) for name in change}) == (told, change)


def test_day_of_a_meeting_stays_once_somebody_came_but_not_its_place(curator, event):
    invited(event, attended=True)
    same_day = MEETING | {"starts_at": event.starts_at, "place": "Библиотека"}

    words = refusal_of(change_event, curator.access, event_id=event.pk, values=same_day | {"starts_at": AT + 2 * DAY})
    change_event(curator.access, event_id=event.pk, values=same_day)

    assert words == "Пришедшие уже отмечены: день встречи изменить нельзя."
    assert (fresh(event).starts_at, event.place) == (AT + DAY, "Библиотека")


def test_meeting_does_not_become_the_same_as_another(curator, event):
    plan_event(curator.access, values=MEETING)

    words = refusal_of(change_event, curator.access, event_id=event.pk, values=MEETING)

    assert words == "Такая встреча на это время уже запланирована."


@pytest.mark.parametrize("state", ["held", "cancelled"])
def test_what_is_over_is_not_changed(curator, school, state):
    event = EventFactory(organisation=school, state=state)

    words = refusal_of(change_event, curator.access, event_id=event.pk, values=MEETING)

    assert words == "Изменить можно только встречу, которая ещё запланирована."


# Calling off and closing


def test_meeting_is_called_off_and_a_second_press_changes_nothing(curator, event):
    for _ in range(2):
        cancel_event(curator.access, event_id=event.pk)

    assert fresh(event).state == "cancelled"
    words = refusal_of(close_event, on_its_day(curator, event), event_id=event.pk)
    assert words == "Встреча отменена: завершать нечего."


def test_meeting_to_which_somebody_came_is_not_called_off(curator, event):
    invited(event, attended=True)

    words = refusal_of(cancel_event, curator.access, event_id=event.pk)

    assert words == "На встрече уже отмечены пришедшие. Если отметки поставлены зря, сначала снимите их."


def test_meeting_is_closed_on_its_day_once_somebody_came(curator, event):
    access = on_its_day(curator, event)
    early = refusal_of(close_event, curator.access, event_id=event.pk)
    empty = refusal_of(close_event, access, event_id=event.pk)
    invited(event, attended=True)

    for _ in range(2):
        close_event(access, event_id=event.pk)

    assert early == "Встреча ещё впереди: завершить её можно в её день или позже."
    assert empty == "Сначала отметьте, кто пришёл."
    assert fresh(event).state == "held"
    assert refusal_of(cancel_event, access, event_id=event.pk) == "Встреча уже проведена: отменить её нельзя."
