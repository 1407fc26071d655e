"""Whom an invitation reaches, and the letters it brings about."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from community.domain.vocabulary import GuestGroup
from community.models import EventGuest
from community.operations.events import cancel_event, change_event
from community.operations.guests import invite_guests, send_invitations
from community.tasks import send_event_letters
from jobs.models import Job
from people.domain.refusal import RefusedError
from people.models import PersonalLink
from people.queries.links import url_of
from tests.community.meetings import VALUES, invited, real_event
from tests.factories import (
    EventFactory,
    EventGuestFactory,
    MenteeProfileFactory,
    MentorProfileFactory,
    PersonFactory,
    banked,
    pair,
)
from tests.mentoring.order_steps import fresh, refusal_of
from tests.roadmap.mail import REFUSED

BOTH = list(GuestGroup)


@pytest.fixture
def event(school):
    return EventFactory(organisation=school)


def guests_of(event):
    return sorted(event.guests.values_list("person_id", "side"))


def progress(done, total, message=""):
    """Nothing."""


# Whom


def test_groups_are_all_mentors_and_the_mentees_who_wait(curator, event, school):
    paired = pair(school)
    mentor, mentee = banked(school)
    MentorProfileFactory(person__organisation=school)  # no consent

    new = invite_guests(curator.access, event_id=event.pk, groups=BOTH)

    assert new == 3
    assert guests_of(event) == sorted([(paired.mentor_id, "mentor"), (mentor.pk, "mentor"), (mentee.pk, "mentee")])


def test_second_invitation_reaches_newcomers_alone(curator, event, school):
    banked(school)
    invite_guests(curator.access, event_id=event.pk, groups=BOTH)
    newcomer, _ = banked(school)

    new = [invite_guests(curator.access, event_id=event.pk, groups=[GuestGroup.MENTORS]) for _ in range(2)]

    assert new == [1, 0]
    assert event.guests.filter(person=newcomer).count() == 1


def test_by_hand_come_people_of_the_banks_who_agree(curator, event, school):
    mentee = pair(school).mentees.get().mentee
    both, _ = banked(school)
    MenteeProfileFactory(person=both)
    others = [PersonFactory(organisation=school), MenteeProfileFactory(person__organisation=school).person]

    new = invite_guests(curator.access, event_id=event.pk, person_ids=[person.pk for person in (mentee, both, *others)])

    assert (new, guests_of(event)) == (2, sorted([(mentee.pk, "mentee"), (both.pk, "mentor")]))


def test_people_of_another_school_are_passed_over(curator, event, other_school):
    person, _ = banked(other_school)

    assert invite_guests(curator.access, event_id=event.pk, person_ids=[person.pk]) == 0


def test_nobody_is_invited_to_what_is_called_off_or_by_who_only_looks(curator, director, school):
    event = EventFactory(organisation=school, state="cancelled")

    words = refusal_of(invite_guests, curator.access, event_id=event.pk, groups=BOTH)

    assert words == "Встреча отменена: приглашать на неё нельзя."
    with pytest.raises(PermissionDenied):
        invite_guests(director.access, event_id=event.pk, groups=BOTH)


# Letters


def written(persona, event):
    """The letters are sent; gives those of this time."""
    before = len(mail.outbox)
    if send_invitations(persona.access, event_id=event.pk) is not None:
        send_event_letters(progress, event_id=event.pk)
    return mail.outbox[before:]


def test_invitation_says_when_and_where_and_brings_the_personal_link(curator, school):
    event = real_event(school, days=3, agenda="Познакомимся")
    guest = invited(event, person__email="petrova@example.org")

    (message,) = written(curator, event)

    link = PersonalLink.objects.get(person=guest.person)
    assert (message.to, message.subject) == (["petrova@example.org"], "Приглашение на встречу, Лицей № 7")
    wanted = [f"«{event.title}»", "15:00–16:30", "Где: Кабинет 12", "Познакомимся", url_of(link)]
    assert [words for words in wanted if words not in message.body] == []
    assert [name for name in (guest.person.surname, guest.person.given) if name in message.body] == []
    assert (fresh(guest).told, guest.letter_problem) == ("invitation", "")
    assert Job.objects.get().return_path == f"/o/licey/events/{event.pk}/"


def test_letter_goes_once_and_only_to_who_agrees_and_has_an_address(curator, school):
    event = real_event(school, days=3)
    invited(event, person__email="a@example.org")
    invited(event)
    invited(event, person__email="left@example.org", person__left_on=event.day - timedelta(days=9))
    EventGuestFactory(event=event, person__email="no-consent@example.org")

    assert [[message.to for message in written(curator, event)] for _ in range(2)] == [[["a@example.org"]], []]


def test_job_that_runs_twice_writes_once(curator, school):
    event = real_event(school, days=3)
    invited(event, person__email="a@example.org")
    send_invitations(curator.access, event_id=event.pk)

    for _ in range(2):
        send_event_letters(progress, event_id=event.pk)

    assert len(mail.outbox) == 1


def test_change_and_cancellation_are_written_to_who_was_invited(curator, school):
    event = real_event(school, days=3)
    invited(event, person__email="a@example.org")
    written(curator, event)
    change_event(curator.access, event_id=event.pk, values=VALUES | {"starts_at": event.starts_at})
    invited(event, person__email="new@example.org")

    changed = written(curator, event)
    EventGuestFactory(event=event, person__email="never-told@example.org")
    cancel_event(curator.access, event_id=event.pk)
    cancelled = written(curator, event)

    assert [(each.to[0], each.subject.partition(",")[0]) for each in changed] == [
        ("a@example.org", "Встреча изменилась"),
        ("new@example.org", "Приглашение на встречу"),
    ]
    assert [(each.to[0], each.subject.partition(",")[0]) for each in cancelled] == [
        ("a@example.org", "Встреча отменена"),
        ("new@example.org", "Встреча отменена"),
    ]
    assert "/l/" not in cancelled[0].body
    assert written(curator, event) == []


def test_refused_address_says_so_holds_nobody_up_and_is_tried_again(curator, school, settings):
    settings.EMAIL_BACKEND = "tests.roadmap.mail.PickyServer"
    event = real_event(school, days=3)
    guest = invited(event, person__email=REFUSED)
    invited(event, person__email="a@example.org")

    (message,) = written(curator, event)
    problem = fresh(guest).letter_problem
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert message.to == ["a@example.org"]
    assert problem == "почтовый сервер не принял письмо: проверьте адрес в карточке человека"
    assert [each.to for each in written(curator, event)] == [[REFUSED]]


def test_letters_wait_for_a_server_that_is_down(curator, school, settings):
    event = real_event(school, days=3)
    invited(event, person__email="a@example.org")
    settings.EMAIL_BACKEND = "tests.roadmap.mail.DeadServer"

    with pytest.raises(RefusedError, match="Почтовый сервер не отвечает"):
        written(curator, event)

    assert EventGuest.objects.get().told == ""


def test_nobody_is_written_to_about_what_is_over(curator, event):
    invited(event, person__email="a@example.org")
    later = replace(curator.access, at=event.starts_at + timedelta(days=1))

    words = refusal_of(send_invitations, later, event_id=event.pk)

    assert (words, mail.outbox) == ("Встреча уже прошла: писать о ней поздно.", [])


def test_letters_of_a_meeting_that_is_gone_are_no_error(db):
    send_event_letters(progress, event_id=0)

    assert mail.outbox == []
