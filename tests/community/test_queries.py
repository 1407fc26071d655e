"""What pages of meetings show: the list, one meeting, the participant's own side, the first page."""

from dataclasses import replace
from datetime import timedelta

import pytest

from community.domain.next_step import NextStep
from community.models import EventGuest
from community.operations.preferences import ask_preferences
from community.queries.events import event_list, event_page, poster_of
from community.queries.guests import guest_list, guests_going_out
from community.queries.own import door_of, own_event
from community.queries.steps import community_steps
from community.seals import code_of
from people.models import Consent
from surveys.models import Invitation, Sheet, Wave
from surveys.operations.closing import close_wave
from surveys.seals import token_of
from tests.community.meetings import invited, own_guest
from tests.factories import AT, TODAY, EventFactory, EventGuestFactory, SheetFactory

DAY = timedelta(days=1)


@pytest.fixture
def event(school):
    return EventFactory(organisation=school)


def page_of(persona, event):
    return event_page(persona.access, event)


def ask(persona, event):
    ask_preferences(persona.access, event_id=event.pk, closes_on=TODAY + 3 * DAY)


# The list


def test_list_has_what_is_ahead_soonest_first_and_what_is_over_newest_first(director, school):
    later, sooner = (EventFactory(organisation=school, starts_at=AT + days * DAY) for days in (9, 2))
    held = EventFactory(organisation=school, held=True, starts_at=AT - 2 * DAY)
    cancelled = EventFactory(organisation=school, state="cancelled", starts_at=AT - DAY)
    EventGuestFactory(event=held, attended=True)
    EventGuestFactory(event=held)

    planned, over = (list(event_list(director.access, is_over=is_over)) for is_over in (False, True))

    assert (planned, over) == ([sooner, later], [cancelled, held])
    assert (over[1].invited, over[1].came) == (2, 1)


# One meeting


def test_page_counts_sides_letters_and_people_without_an_address(curator, event):
    invited(event, attended=True, person__email="a@example.org")
    silent = invited(event, side="mentee")

    page = page_of(curator, event)

    assert [(side.label, side.invited, side.came) for side in page.sides] == [
        ("наставники", 1, 1),
        ("наставляемые", 1, 0),
    ]
    assert (page.invited, page.came, page.percent, page.letters, page.unwritten) == (2, 1, 50, 1, (silent.person_id,))
    assert (page.step, page.days_left) == (NextStep.ASK, 0)
    assert [is_done for _, is_done in page.stages] == [False, True, False, False]


def test_page_follows_the_questions_until_the_answers_are_in_the_bank(curator, school):
    event = EventFactory(organisation=school, held=True)
    invited(event, attended=True)
    ask(curator, event)
    invited(event, attended=True)
    steps = [page_of(curator, event)]
    wave = Wave.objects.get()
    SheetFactory(invitation=Invitation.objects.get())
    Invitation.objects.update(is_answered=True, answered_on=TODAY)
    close_wave(curator.access, wave_id=wave.pk)
    steps.append(page_of(curator, event))
    Sheet.objects.update(fed_at=AT, fed_by=curator.user)
    steps.append(page_of(curator, event))

    assert [page.step for page in steps] == [NextStep.WAIT, NextStep.FEED, NextStep.NOTHING]
    assert [page.latecomers for page in steps] == [1, 0, 0]
    (side,) = steps[1].asked
    assert (side.label, side.invited, side.answered, side.percent, side.is_unfed) == ("наставники", 1, 1, 100, True)
    assert [is_done for _, is_done in steps[2].stages] == [True, True, True, True]


def test_guests_are_found_by_name_and_mark_and_go_out_only_with_a_consent(curator, event):
    came = invited(event, person__surname="Ёлкина", attended=True)
    absent = invited(event, side="mentee", person__surname="Зорина")
    without = EventGuestFactory(event=event, person__surname="Волкова")

    everybody = list(guest_list(curator.access, event))

    assert everybody == [without, came, absent]
    assert [guest.has_consent for guest in everybody] == [False, True, True]
    assert list(guest_list(curator.access, event, search="елк")) == [came]
    assert list(guest_list(curator.access, event, came="absent")) == [without, absent]
    assert guests_going_out(curator.access, event) == [came, absent]


def test_poster_leads_to_the_door_of_its_meeting(curator, event, settings):
    poster = poster_of(curator.access, event)

    assert poster.url == f"{settings.PORTAL_URL}/o/licey/my/events/{event.pk}/here/{code_of(event.pk)}/"
    assert poster.qr.startswith("data:image/svg+xml")


# The participant's own side


def test_guest_who_came_gets_their_questionnaire_while_it_runs(curator, mentor, event):
    own_guest(event, mentor.person, attended=True)
    before = own_event(mentor.access, event.pk)
    ask(curator, event)
    url = f"/a/{token_of(Invitation.objects.get().nonce)}/"

    asked = own_event(mentor.access, event.pk)
    later = own_event(replace(mentor.access, at=AT + 4 * DAY), event.pk)
    Invitation.objects.update(is_answered=True, answered_on=TODAY)
    answered = own_event(mentor.access, event.pk)

    assert [each.answer_url for each in (before, asked, later, answered)] == ["", url, "", ""]
    assert [each.has_answered for each in (before, asked, later, answered)] == [False, False, False, True]


def test_questionnaire_waits_for_the_consent(curator, mentor, event):
    own_guest(event, mentor.person, attended=True)
    ask(curator, event)
    Consent.objects.filter(person=mentor.person).delete()

    assert own_event(mentor.access, event.pk).answer_url == ""


def test_nobody_sees_the_invitations_of_others(mentor, mentee, event):
    own_guest(event, mentee.person)

    with pytest.raises(EventGuest.DoesNotExist):
        own_event(mentor.access, event.pk)
    assert door_of(mentor.access, event.pk, code_of(event.pk)).guest is None


# The first page


def told(persona, at=AT):
    return [(step.title, step.url) for step in community_steps(replace(persona.access, at=at))]


def test_guest_hears_of_a_meeting_before_it_and_on_its_day(mentor, event):
    own_guest(event, mentor.person)
    url = f"/o/licey/my/events/{event.pk}/"

    found = [told(mentor, AT + days * DAY) for days in (-3, 0, 1)]

    assert found == [
        [(f"Вас пригласили на встречу «{event.title}»", url)],
        [(f"Сегодня встреча «{event.title}»", url)],
        [],
    ]


def test_guest_who_is_marked_and_who_is_not_invited_hear_nothing(mentor, mentee, event):
    own_guest(event, mentor.person, attended=True)

    assert (told(mentor), told(mentee)) == ([], [])


def test_curator_hears_of_what_waits(curator, director, school):
    empty = EventFactory(organisation=school, starts_at=AT + 5 * DAY, title="Пустая")
    EventFactory(organisation=school, starts_at=AT + 20 * DAY)
    invited(EventFactory(organisation=school, starts_at=AT + 5 * DAY))
    today = EventFactory(organisation=school, title="Сегодняшняя")
    over = EventFactory(organisation=school, starts_at=AT - DAY, title="Прошедшая")
    unasked = EventFactory(organisation=school, starts_at=AT - 9 * DAY, held=True, title="Неспрошенная")
    long_ago = EventFactory(organisation=school, starts_at=AT - 40 * DAY, held=True)
    for event in (unasked, long_ago):
        invited(event, attended=True)

    assert told(curator) == [
        ("Встреча прошла: «Прошедшая»", f"/o/licey/events/{over.pk}/"),
        ("Сегодня встреча «Сегодняшняя»", f"/o/licey/events/{today.pk}/"),
        ("Пригласите на встречу «Пустая»", f"/o/licey/events/{empty.pk}/"),
        ("Спросите после встречи «Неспрошенная»", f"/o/licey/events/{unasked.pk}/"),
    ]
    assert told(director) == []


def test_several_of_a_kind_are_one_step(curator, school):
    for days in (1, 2):
        EventFactory(organisation=school, starts_at=AT - days * DAY)

    (step,) = community_steps(curator.access)

    assert step.detail == "Отметьте, кто пришёл, и завершите её · и ещё 1\u00a0встреча"
