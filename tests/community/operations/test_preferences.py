"""Asking those who came with whom they would like to work."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from community.models import EventWave
from community.operations.preferences import ask_latecomers, ask_preferences
from jobs.models import Job
from surveys.models import Invitation, Wave
from surveys.operations.closing import close_wave
from tests.community.meetings import invited
from tests.factories import TODAY, EventFactory
from tests.mentoring.order_steps import refusal_of

UNTIL = TODAY + timedelta(days=3)


@pytest.fixture
def event(school):
    return EventFactory(organisation=school)


def ask(persona, event, closes_on=UNTIL):
    return ask_preferences(persona.access, event_id=event.pk, closes_on=closes_on)


def asked():
    """Whom each wave asks, by the key of its questionnaire in the library."""
    rows = Invitation.objects.order_by("person_id")
    found: dict[str, list[int]] = {}
    for key, person_id in rows.values_list("wave__version__questionnaire__origin", "person_id"):
        found.setdefault(key, []).append(person_id)
    return found


def test_both_sides_of_those_who_came_are_asked_by_name_for_three_days(curator, event):
    mentor, mentee = (invited(event, side=side, attended=True) for side in ("mentor", "mentee"))
    invited(event)

    number = ask(curator, event)

    assert (number, asked()) == (
        2,
        {"mentor-preferences": [mentor.person_id], "mentee-preferences": [mentee.person_id]},
    )
    waves = Wave.objects.order_by("pk")
    assert {(each.state, each.is_anonymous, each.opens_on, each.closes_on) for each in waves} == {
        ("open", False, TODAY, UNTIL)
    }
    assert [each.title for each in waves] == [
        f"С кем хотят работать наставники: {event.title}",
        f"С кем хотят работать наставляемые: {event.title}",
    ]
    assert sorted(event.waves.values_list("side", "wave_id")) == sorted(
        zip(("mentor", "mentee"), waves.values_list("pk", flat=True), strict=True)
    )


def test_second_press_changes_nothing(curator, event):
    invited(event, attended=True)
    ask(curator, event)
    invited(event, attended=True)

    assert (ask(curator, event, TODAY), Wave.objects.count(), Invitation.objects.count()) == (0, 1, 1)


def test_letters_go_at_once_to_those_with_an_address(curator, event):
    invited(event, attended=True, person__email="a@example.org")
    invited(event, side="mentee", attended=True)

    ask(curator, event)

    assert [job.kind for job in Job.objects.all()] == ["surveys.send_letters"]


def test_nobody_came_nobody_is_asked(curator, event, school):
    invited(event)
    cancelled = EventFactory(organisation=school, state="cancelled")

    words = [refusal_of(ask, curator, each) for each in (event, cancelled)]

    assert words == [
        "Сначала отметьте, кто пришёл: спрашивают только тех, кто был на встрече.",
        "Встреча отменена: спрашивать некого.",
    ]


def test_who_has_left_is_not_asked(curator, event):
    invited(event, attended=True, person__left_on=TODAY)
    here = invited(event, attended=True)

    ask(curator, event)

    assert asked() == {"mentor-preferences": [here.person_id]}


def test_day_that_is_over_is_refused_and_leaves_nothing(curator, event):
    invited(event, attended=True)

    words = refusal_of(ask, curator, event, date(2026, 11, 19))

    assert words == "Последний день ответов — сегодня или позже."
    assert (EventWave.objects.count(), Wave.objects.count()) == (0, 0)


def test_only_a_curator_asks(director, event):
    with pytest.raises(PermissionDenied):
        ask(director, event)
    with pytest.raises(PermissionDenied):
        ask_latecomers(director.access, event_id=event.pk)


# Latecomers


def test_who_was_marked_later_is_asked_too_and_once(curator, event):
    invited(event, attended=True)
    ask(curator, event)
    late, mentee = invited(event, attended=True), invited(event, side="mentee", attended=True)

    new = [ask_latecomers(curator.access, event_id=event.pk) for _ in range(2)]

    assert new == [2, 0]
    assert asked()["mentee-preferences"] == [mentee.person_id]
    assert late.person_id in asked()["mentor-preferences"]
    assert {wave.closes_on for wave in Wave.objects.all()} == {UNTIL}


def test_nobody_is_asked_later_before_the_others_or_after_the_end(curator, event):
    invited(event, attended=True)
    before = refusal_of(ask_latecomers, curator.access, event_id=event.pk)
    ask(curator, event)
    close_wave(curator.access, wave_id=Wave.objects.get().pk)

    after = refusal_of(ask_latecomers, replace(curator.access), event_id=event.pk)

    assert before == "Опрос после этой встречи ещё не проводили."
    assert after == "Опрос завершён. Чтобы спросить ещё, сначала откройте его снова."
