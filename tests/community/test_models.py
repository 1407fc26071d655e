"""What the database itself refuses about events, whoever asks; and who sees what."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection

from community.models import Event, EventGuest, EventWave
from people.models import Consent
from tests.community.meetings import invited, own_guest
from tests.factories import AT, EventFactory, EventGuestFactory, EventWaveFactory, PersonFactory, WaveFactory
from tests.surveys.test_models import broken, run_whole, twice


def same_meeting(school):
    return lambda: EventFactory(organisation=school, title="Знакомство")


def same_guest(school):
    row = {"event": EventFactory(organisation=school), "person": PersonFactory(organisation=school)}
    return lambda: EventGuestFactory(**row)


def same_side(school):
    event = EventFactory(organisation=school)
    return lambda: EventWaveFactory(event=event)


def same_wave(school):
    wave = wave_in(school)
    return lambda: EventWaveFactory(event=EventFactory(organisation=school), wave=wave)


def wave_in(organisation):
    return WaveFactory(version__questionnaire__organisation=organisation)


def guest_in(organisation, **values):
    return EventGuestFactory(event=EventFactory(organisation=organisation), **values)


REFUSED: dict[str, Callable] = {
    "one_planned_event_per_title_and_start": twice(same_meeting),
    "event_length_is_plausible": lambda school: EventFactory(organisation=school, minutes=9),
    "one_guest_per_person_and_event": twice(same_guest),
    "attendance_says_who_marked_it": lambda school: guest_in(school, attended_at=AT),
    "told_guest_has_a_moment": lambda school: guest_in(school, told="invitation"),
    "one_wave_per_event_and_side": twice(same_side),
    "one_event_per_wave": twice(same_wave),
}

CROSSING: dict[str, Callable] = {
    "guest_is_of_an_event_of_its_organisation": lambda ours, theirs: EventGuestFactory(
        event=EventFactory(organisation=theirs), organisation=ours, person=PersonFactory(organisation=ours)
    ),
    "guest_is_a_person_of_its_organisation": lambda ours, theirs: guest_in(
        ours, person=PersonFactory(organisation=theirs)
    ),
    "event_wave_is_of_an_event_of_its_organisation": lambda ours, theirs: EventWaveFactory(
        event=EventFactory(organisation=theirs), organisation=ours, wave=wave_in(ours)
    ),
    "event_wave_is_a_wave_of_its_organisation": lambda ours, theirs: EventWaveFactory(
        event=EventFactory(organisation=ours), wave=wave_in(theirs)
    ),
}

# What the composite foreign keys point at; `id` alone is unique, so that no row breaks it.
POINTED_AT = {"event_belongs_to_one_organisation"}


@pytest.mark.parametrize("name", REFUSED)
def test_database_refuses_what_must_never_be(school, name):
    assert broken(lambda: REFUSED[name](school)) == name


@pytest.mark.parametrize("name", CROSSING)
def test_row_that_points_into_another_organisation_is_refused(school, other_school, name):
    assert broken(lambda: CROSSING[name](school, other_school)) == name


def test_same_rows_within_one_organisation_are_taken(school):
    run_whole(lambda: [make(school, school) for make in CROSSING.values()])

    assert (EventGuest.objects.count(), EventWave.objects.count()) == (2, 2)


def test_every_constraint_of_events_has_a_test(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid"
            " WHERE relname IN ('community_event', 'community_eventguest', 'community_eventwave')"
            " AND (contype IN ('c', 'u', 'x') OR contype = 'f' AND array_length(conkey, 1) > 1)"
            " UNION SELECT indexname FROM pg_indexes WHERE tablename LIKE 'community_%'"
            " AND indexdef LIKE '%UNIQUE%WHERE%'"
        )
        names = {name for (name,) in cursor.fetchall()}
    ours = {name for name in names if not name.startswith("community_")}

    assert ours == REFUSED.keys() | CROSSING.keys() | POINTED_AT


def test_history_of_a_mark_is_kept(school):
    guest = guest_in(school)
    guest.attended_at, guest.marked_by = AT, "qr"
    guest.save()

    assert [(each.pgh_label, each.marked_by) for each in guest.events.order_by("pgh_id")] == [
        ("insert", ""),
        ("update", "qr"),
    ]


def test_clock_is_that_of_the_organisation(school):
    school.time_zone = "Asia/Vladivostok"
    event = EventFactory.build(organisation=school, starts_at=AT.replace(hour=15), minutes=90)

    assert (f"{event.starts_here:%d.%m %H:%M}", f"{event.ends_here:%H:%M}") == ("21.11 01:00", "02:30")
    assert event.day == date(2026, 11, 21)


def test_participant_sees_the_events_they_are_invited_to(school, mentor, director):
    event, _ = (EventFactory(organisation=school) for _ in range(2))
    own_guest(event, mentor.person)

    assert list(Event.objects.visible_to(mentor.access)) == [event]
    assert Event.objects.visible_to(director.access).count() == 2


def test_guests_are_seen_by_right_and_consent(school, curator, director, mentor):
    event = EventFactory(organisation=school)
    own = own_guest(event, mentor.person)
    without = invited(event)
    Consent.objects.filter(person=without.person).delete()

    seen = [set(EventGuest.objects.visible_to(persona.access)) for persona in (curator, director, mentor)]

    assert seen == [{own, without}, {own}, {own}]
