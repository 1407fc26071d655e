"""The ladder of reminders: who is written to, about what, and that nothing is sent twice."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.core import mail

from people.domain.roles import Role
from people.models import Membership
from roadmap.models import Digest, DistrictReminder
from roadmap.operations.reminders import make_digests, send_digests
from tests.conftest import make_persona
from tests.factories import AT, TODAY, MentorProfileFactory, OccurrenceFactory, planned
from tests.mentoring.at_once import at_once
from tests.roadmap.mail import REFUSED
from tests.roadmap.plan_steps import ending, means, plan_of

WORD = "ответственный"


@pytest.fixture
def plan(curator):
    plan = plan_of(curator.organisation)
    means(plan.organisation, WORD, Role.CURATOR)
    return plan


def due(plan, days, **values):
    return ending(plan, days, **{"responsible": [WORD], "number": "1", "title": "Неделя", **values})


def made(plan, day=TODAY):
    return make_digests(plan.organisation, today=day, at=AT)


def lines(digest):
    return [line.removeprefix("— ") for line in digest.text.splitlines() if line.startswith("— ")]


# What is told


@pytest.mark.parametrize(
    ("days", "line"),
    [
        (15, None),
        (14, "1 Неделя — срок 04.12.2026"),
        (13, None),
        (7, "1 Неделя — срок 27.11.2026"),
        (1, None),
        (0, "1 Неделя — срок сегодня"),
        (-1, None),
        (-7, "1 Неделя — просрочено на 7\u00a0дней"),
        (-8, None),
        (-14, "1 Неделя — просрочено на 14\u00a0дней"),
    ],
)
def test_ladder_has_its_steps(plan, days, line):
    due(plan, days)

    assert [lines(digest) for digest in made(plan)] == ([[line]] if line else [])


@pytest.mark.parametrize(
    "values",
    [{"done_on": TODAY}, {"not_needed_reason": "не нужно"}, {"opens_on": date(2026, 12, 10)}, {"ends_on": None}],
)
def test_what_is_over_or_not_begun_or_undated_is_not_told(plan, values):
    row = due(plan, 14)
    row.__class__.objects.filter(pk=row.pk).update(**{"starts_on": None} | values)

    assert made(plan) == []


def test_plan_that_waits_reminds_of_nothing(curator, plan):
    due(plan_of(plan.organisation, is_confirmed=False), 0)

    assert made(plan) == []


def test_days_on_which_the_portal_stood_still_are_made_up_for_once(plan):
    made(plan, TODAY - timedelta(days=10))
    due(plan, 5)

    assert [lines(digest) for digest in made(plan)] == [["1 Неделя — срок 25.11.2026"]]


def test_letter_has_all_of_a_person_at_once_and_counts_what_is_too_much(plan, curator):
    for number in range(22):
        due(plan, 0, number=str(number))

    (digest,) = made(plan)

    assert (digest.user, len(lines(digest))) == (curator.user, 20)
    assert "и ещё 2\u00a0мероприятия" in digest.text.splitlines()
    assert digest.text.splitlines()[-1].endswith("/o/licey/")


def test_measure_with_several_words_for_one_person_is_told_once(plan):
    means(plan.organisation, "куратор", Role.CURATOR)
    due(plan, 0, responsible=[WORD, "куратор"])

    assert [lines(digest) for digest in made(plan)] == [["1 Неделя — срок сегодня"]]


# Who is told


def test_words_reach_roles_banks_and_persons(plan, curator, mentor, psychologist, hr_officer, mentee):
    MentorProfileFactory(person=mentor.person)
    means(plan.organisation, WORD, person=psychologist.person)
    means(plan.organisation, WORD, "mentors")
    due(plan, 0)

    told = {digest.user for digest in made(plan)}

    assert told == {curator.user, mentor.user, psychologist.user}


def test_who_has_no_address_is_not_told(plan, curator):
    curator.user.email = ""
    curator.user.save()
    due(plan, 0)

    assert made(plan) == []


@pytest.mark.parametrize("responsible", [["неизвестно кто"], []])
def test_what_nobody_is_named_for_reaches_who_runs_the_plan(plan, curator, psychologist, responsible):
    due(plan, 0, responsible=responsible)

    assert [digest.user for digest in made(plan)] == [curator.user]


@pytest.mark.parametrize(("days", "told"), [(-7, ["curator"]), (-14, ["curator", "director"])])
def test_director_is_told_of_what_is_two_weeks_late(plan, director, curator, days, told):
    due(plan, days)

    users = {digest.user for digest in made(plan)}

    assert users == {{"curator": curator, "director": director}[each].user for each in told}


def test_late_measure_of_nobody_reaches_the_director_as_well(plan, curator, director):
    due(plan, -14, responsible=[])

    assert {digest.user for digest in made(plan)} == {curator.user, director.user}


def test_other_school_is_not_told(plan, stranger):
    means(stranger.organisation, WORD, Role.CURATOR)
    due(plan, 0)

    assert stranger.user not in {digest.user for digest in made(plan)}
    assert make_digests(stranger.organisation, today=TODAY, at=AT) == []


def test_authority_asks_about_a_measure_on_any_day(plan, district_curator):
    row = due(plan, 10, origin=planned(plan_of(district_curator.organisation)))
    DistrictReminder.objects.create(
        organisation=plan.organisation, measure=row.measure, day=TODAY, asked_by=district_curator.user
    )

    assert [lines(digest) for digest in made(plan)] == [["1 Неделя — об этом напоминает округ"]]


def test_what_the_authority_asked_after_the_letter_stands_in_the_next(plan, district_curator):
    row = due(plan, 10)
    made(plan)
    DistrictReminder.objects.create(
        organisation=plan.organisation, measure=row.measure, day=TODAY, asked_by=district_curator.user
    )

    tomorrow = made(plan, TODAY + timedelta(days=1))

    assert [lines(digest) for digest in tomorrow] == [["1 Неделя — об этом напоминает округ"]]


# Once


def test_second_call_on_a_day_makes_nothing(plan, district_curator):
    row = due(plan, 0)

    counts = [len(made(plan)), len(made(plan))]
    due(plan, 0)
    DistrictReminder.objects.create(
        organisation=plan.organisation, measure=row.measure, day=TODAY, asked_by=district_curator.user
    )

    assert [*counts, len(made(plan)), Digest.objects.count()] == [1, 0, 0, 1]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_clocks_at_once_make_and_send_one_letter(curator):
    plan = plan_of(curator.organisation)
    means(plan.organisation, WORD, Role.CURATOR)
    due(plan, 0)

    results = at_once(*[partial(made, plan)] * 2)
    sent = at_once(*[partial(send_digests, at=AT)] * 2)

    assert (sorted(map(len, results)), sum(sent), len(mail.outbox)) == ([0, 1], 1, 1)


def test_person_of_two_schools_gets_a_letter_from_each(plan, curator, stranger):
    Membership.objects.create(user=curator.user, organisation=stranger.organisation, role=Role.CURATOR)
    other = plan_of(stranger.organisation)
    means(other.organisation, WORD, Role.CURATOR)
    due(plan, 0)
    due(other, 0)

    made(plan)
    made(other)
    send_digests(at=AT)

    assert sorted(message.subject for message in mail.outbox if message.to == [curator.user.email]) == [
        "Дорожная карта: напоминание, Лицей № 7",
        "Дорожная карта: напоминание, Чужая школа",
    ]


# Sending


def digest_of(persona, **values):
    usual = {"organisation": persona.organisation, "user": persona.user, "day": TODAY, "text": "— 1 Неделя"}
    return Digest.objects.create(**usual | values)


def test_letter_goes_out_once(curator):
    digest = digest_of(curator)

    counts = [send_digests(at=AT), send_digests(at=AT)]

    digest.refresh_from_db()
    (letter,) = mail.outbox
    assert (counts, digest.sent_at) == ([1, 0], AT)
    assert (letter.to, letter.subject, letter.body) == (
        [curator.user.email],
        "Дорожная карта: напоминание, Лицей № 7",
        "— 1 Неделя",
    )


def test_dead_mail_server_loses_nothing(settings, curator, director):
    digests = [digest_of(curator), digest_of(director)]
    settings.EMAIL_BACKEND = "tests.roadmap.mail.DeadServer"
    with pytest.raises(ConnectionRefusedError):
        send_digests(at=AT)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    later = AT + timedelta(hours=1)
    sent = send_digests(at=later)

    assert (sent, [message.to for message in mail.outbox]) == (2, [[each.user.email] for each in digests])


def test_address_the_server_refuses_holds_up_nobody_else(settings, curator, director):
    settings.EMAIL_BACKEND = "tests.roadmap.mail.PickyServer"
    curator.user.email = REFUSED
    curator.user.save()
    refused = digest_of(curator)
    digest_of(director)

    sent = send_digests(at=AT)

    refused.refresh_from_db()
    assert (sent, [message.to for message in mail.outbox], refused.sent_at) == (1, [[director.user.email]], None)


def test_letter_three_days_old_is_sent_and_an_older_one_is_not(curator, director):
    digest_of(curator, day=TODAY - timedelta(days=3))
    digest_of(director, day=TODAY - timedelta(days=4))

    send_digests(at=AT)

    assert [message.to for message in mail.outbox] == [[curator.user.email]]


def test_letter_does_not_follow_who_has_left(curator):
    digest_of(curator)
    Membership.objects.filter(user=curator.user).delete()

    assert (send_digests(at=AT), mail.outbox) == (0, [])


def test_person_with_two_roles_gets_one_letter(plan, director):
    both = make_persona(Role.CURATOR, plan.organisation)
    Membership.objects.create(user=both.user, organisation=plan.organisation, role=Role.DIRECTOR, person=both.person)
    due(plan, -14)

    letters = [digest for digest in made(plan) if digest.user == both.user]
    send_digests(at=datetime(2026, 11, 20, 10, tzinfo=UTC))

    assert [len(lines(digest)) for digest in letters] == [1]
    assert [message.to for message in mail.outbox].count([both.user.email]) == 1


def test_measure_of_several_terms_is_told_by_term(plan):
    row = due(plan, 0)
    OccurrenceFactory(measure=row.measure, position=1, ends_on=TODAY + timedelta(days=7))

    assert [lines(digest) for digest in made(plan)] == [["1 Неделя — срок сегодня", "1 Неделя — срок 27.11.2026"]]
