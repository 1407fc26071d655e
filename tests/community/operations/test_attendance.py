"""Who came: ticked by the curator, or marked by themselves with the code of the poster."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from community.models import Event, EventGuest
from community.operations.attendance import mark_attendance, mark_own_attendance
from community.operations.events import cancel_event
from community.seals import code_of
from people.models import Consent
from tests.community.meetings import invited, own_guest
from tests.factories import AT, EventFactory, EventGuestFactory
from tests.mentoring.at_once import at_once
from tests.mentoring.order_steps import fresh, refusal_of

DAY = timedelta(days=1)


@pytest.fixture
def event(school):
    return EventFactory(organisation=school)


def mark(persona, event, code=None, **changed):
    access = replace(persona.access, **changed)
    return mark_own_attendance(access, event_id=event.pk, code=code_of(event.pk) if code is None else code)


# The curator's list


def test_ticks_mark_and_unmark_and_leave_the_others_alone(curator, event):
    came, shown, scanned = invited(event), invited(event, attended=True), invited(event)
    EventGuest.objects.filter(pk=scanned.pk).update(attended_at=AT, marked_by="qr")  # while the list was open

    changed = mark_attendance(curator.access, event_id=event.pk, came_ids=[came.pk], absent_ids=[shown.pk])

    assert changed == (1, 1)
    assert [(fresh(each).attended_at, each.marked_by) for each in (came, shown, scanned)] == [
        (AT, "curator"),
        (None, ""),
        (AT, "qr"),
    ]


def test_tick_keeps_the_mark_of_who_scanned(curator, event):
    guest = invited(event, attended_at=AT - DAY, marked_by="qr")

    changed = mark_attendance(curator.access, event_id=event.pk, came_ids=[guest.pk], absent_ids=[guest.pk])

    assert (changed, fresh(guest).marked_by) == ((0, 0), "qr")


def test_guest_without_a_consent_or_of_another_meeting_is_not_marked(curator, event, school):
    others = [EventGuestFactory(event=event), invited(EventFactory(organisation=school))]

    changed = mark_attendance(curator.access, event_id=event.pk, came_ids=[each.pk for each in others])

    assert changed == (0, 0)


def test_nobody_is_marked_before_the_day_or_at_what_is_called_off(curator, event, school):
    early = replace(curator.access, at=AT - DAY)
    cancelled = EventFactory(organisation=school, state="cancelled")

    words = [
        refusal_of(mark_attendance, access, event_id=each.pk, came_ids=[])
        for access, each in ((early, event), (curator.access, cancelled))
    ]

    assert words == [
        "Встреча ещё впереди: отмечать пришедших можно в её день или позже.",
        "Эта встреча отменена.",
    ]


def test_held_meeting_keeps_somebody_who_came(curator, school):
    event = EventFactory(organisation=school, held=True)
    guest = invited(event, attended=True)

    words = refusal_of(mark_attendance, curator.access, event_id=event.pk, came_ids=[], absent_ids=[guest.pk])

    assert (words, fresh(guest).marked_by) == (
        "Встреча проведена: хотя бы один пришедший должен остаться.",
        "curator",
    )


def test_only_a_curator_ticks(director, event):
    with pytest.raises(PermissionDenied):
        mark_attendance(director.access, event_id=event.pk, came_ids=[])


# The code of the poster


def test_guest_marks_themselves_once(mentor, event):
    guest = own_guest(event, mentor.person)

    mark(mentor, event)
    mark(mentor, event, at=AT + timedelta(hours=1))

    assert (fresh(guest).attended_at, guest.marked_by) == (AT, "qr")


def test_mark_works_for_who_came_by_a_personal_link(mentor, event):
    own_guest(event, mentor.person)

    assert mark(mentor, event, via_link=True).attended_at == AT


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2026-11-19T20:59", "Отметиться можно только в день встречи: она ещё впереди."),
        (
            "2026-11-20T21:00",
            "Отметиться можно было только в день встречи. Если вы были на ней, скажите куратору: он отметит вас.",
        ),
    ],
    ids=["before midnight of the eve", "after midnight"],
)
def test_code_works_on_the_day_of_the_meeting_where_the_school_is(mentor, event, at, words):
    guest = own_guest(event, mentor.person)
    moment = AT.fromisoformat(f"{at}+00:00")
    minute = timedelta(minutes=1) if at.endswith("59") else -timedelta(minutes=1)

    refused = refusal_of(mark, mentor, event, at=moment)
    mark(mentor, event, at=moment + minute)

    assert (refused, fresh(guest).marked_by) == (words, "qr")


@pytest.mark.parametrize("code", ["", "wrong", "of another event"])
def test_wrong_code_marks_nobody(mentor, event, code):
    guest = own_guest(event, mentor.person)

    words = refusal_of(mark, mentor, event, code_of(event.pk + 1) if "another" in code else code)

    assert words == "Этот код не подходит. Наведите камеру на плакат ещё раз или подойдите к куратору."
    assert fresh(guest).attended_at is None


def test_who_is_not_invited_hears_so_and_nothing_is_stored(mentor, event):
    words = refusal_of(mark, mentor, event)

    assert words == "Вас нет в списке приглашённых. Подойдите к куратору: он пригласит вас и отметит."
    assert EventGuest.objects.count() == 0


def test_who_agrees_no_longer_is_not_marked(mentor, event):
    guest = own_guest(event, mentor.person)
    Consent.objects.filter(person=mentor.person).delete()

    assert refusal_of(mark, mentor, event).startswith("Нет вашего согласия")
    assert fresh(guest).attended_at is None


def test_nobody_is_marked_at_what_is_called_off(mentor, school):
    event = EventFactory(organisation=school, state="cancelled")
    own_guest(event, mentor.person)

    assert refusal_of(mark, mentor, event) == "Эта встреча отменена."


def test_event_of_another_school_is_not_there(mentor, other_school):
    with pytest.raises(Event.DoesNotExist):
        mark(mentor, EventFactory(organisation=other_school))


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_meeting_is_called_off_or_attended_and_never_both(curator, mentor, event):
    guest = own_guest(event, mentor.person)

    at_once(lambda: mark(mentor, event), lambda: cancel_event(curator.access, event_id=event.pk))

    assert (fresh(event).state, fresh(guest).marked_by) in [("cancelled", ""), ("planned", "qr")]
