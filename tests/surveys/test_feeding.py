"""Named answers into the banks: what a curator sees, confirms, and what is written."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mentoring.domain.bank_sheet.fields import Bank
from mentoring.models import MenteeProfile, MentorProfile, Preference
from mentoring.operations.profiles import change_profile
from people.domain.roles import Role
from people.models import Consent
from surveys.domain.questionnaire import Feed, Option, Purpose, Question, QuestionKind, Questionnaire, Section
from surveys.models import Sheet, Wave
from surveys.operations.feeding import feed_sheets
from surveys.queries.feeding import feed_page
from tests.conftest import make_persona
from tests.factories import (
    AT,
    TODAY,
    InvitationFactory,
    MenteeProfileFactory,
    MenteeRequestFactory,
    MentorProfileFactory,
    MentorTopicFactory,
    PersonFactory,
    QuestionnaireFactory,
    SheetFactory,
    VersionFactory,
    WaveFactory,
    consents,
)
from tests.mentoring.at_once import at_once
from tests.mentoring.order_steps import refusal_of

TOPICS = (Option("methods", "методика"), Option("order", "дисциплина"))
PEOPLE = QuestionKind.PERSONS
ASKED = Questionnaire(
    title="Анкета",
    sections=(
        Section(
            "О вас",
            (
                Question("ready", QuestionKind.YES_NO, "Готовы?", feed=Feed.READY),
                Question("topics", QuestionKind.SEVERAL, "Темы?", options=TOPICS, feed=Feed.TOPICS),
                Question("main", QuestionKind.ONE, "Главная тема?", options=TOPICS, feed=Feed.MAIN_TOPIC),
                Question("capacity", QuestionKind.NUMBER, "Сколько наставляемых?", feed=Feed.CAPACITY),
                Question("hours", QuestionKind.NUMBER, "Сколько часов?", feed=Feed.HOURS),
                Question("expectations", QuestionKind.LONG, "Чего ждёте?", feed=Feed.EXPECTATIONS),
                Question("wished", PEOPLE, "С кем?", has_avoid=True, feed=Feed.PREFERENCES),
            ),
        ),
    ),
)


def wave_of(organisation, *, side="mentee", purpose=Purpose.REQUESTS, asked=ASKED, **values):
    questionnaire = QuestionnaireFactory(organisation=organisation, purpose=purpose, side=side)
    version = VersionFactory(questionnaire=questionnaire, content=asked.as_json(), frozen_at=AT)
    return WaveFactory(version=version, **values)


def sheet_of(wave, person=None, *, side="", **answers):
    """A sheet of somebody with a consent; a double underscore in the name of an answer is a dot."""
    if person is None:
        person = PersonFactory(organisation=wave.organisation)
        consents(person)
    invitation = InvitationFactory(wave=wave, person=person, side=side, is_answered=True, answered_on=TODAY)
    kept = {key.replace("__", "."): value for key, value in answers.items()}
    return SheetFactory(invitation=invitation, answers=kept)


def mentee_sheet(wave, **answers):
    """A sheet of somebody in the bank of mentees, where they ask for «методика»."""
    sheet = sheet_of(wave, **answers)
    MenteeRequestFactory(profile=MenteeProfileFactory(person=sheet.person), topic="методика")
    return sheet


def feed(persona, wave, *sheets):
    return feed_sheets(persona.access, wave_id=wave.pk, sheet_ids=[sheet.pk for sheet in sheets])


def requests_of(person):
    profile = MenteeProfile.objects.get(person=person)
    return list(profile.requests.order_by("topic").values_list("topic", "weight", "source"))


def lines(row):
    return [f"{change.label}: {change.before} → {change.after}" for change in row.changes]


# Writing


def test_fed_mentee_keeps_earlier_requests_and_gets_the_new_ones(curator):
    wave = wave_of(curator.organisation)
    sheet = mentee_sheet(wave, topics=["order"], main="order", expectations="Спокойные уроки")

    fed = feed(curator, wave, sheet)

    assert fed == 1
    assert requests_of(sheet.person) == [("дисциплина", 5, "анкета 20.11.2026"), ("методика", 3, "банк")]
    assert MenteeProfile.objects.get().expectations == "Спокойные уроки"
    sheet.refresh_from_db()
    assert (sheet.fed_at, sheet.fed_by) == (AT, curator.user)


def test_ready_candidate_enters_the_bank_today(curator):
    wave = wave_of(curator.organisation, side="mentor", purpose=Purpose.CANDIDATE)
    sheet = sheet_of(wave, ready="yes", topics=["methods"], capacity=3, hours=2.5)

    feed(curator, wave, sheet)

    profile = MentorProfile.objects.get()
    assert (profile.person, profile.entered_on, profile.capacity) == (sheet.person, TODAY, 3)
    assert profile.hours == Decimal("2.5")
    assert list(profile.topics.values_list("topic", flat=True)) == ["методика"]
    assert profile.standing == MentorProfile.Standing.CANDIDATE


def test_fed_mentor_keeps_earlier_competences(curator):
    wave = wave_of(curator.organisation, side="mentor")
    sheet = sheet_of(wave, topics=["order"], capacity=4)
    MentorTopicFactory(profile=MentorProfileFactory(person=sheet.person, capacity=2), topic="методика")

    feed(curator, wave, sheet)

    profile = MentorProfile.objects.get()
    assert (profile.capacity, profile.standing) == (4, MentorProfile.Standing.APPROVED)
    assert list(profile.topics.order_by("topic").values_list("topic", flat=True)) == ["дисциплина", "методика"]


def test_who_is_no_longer_ready_stays_in_the_bank_and_the_sheet_waits(curator):
    wave = wave_of(curator.organisation)
    sheet = mentee_sheet(wave, ready="no")

    fed = feed(curator, wave, sheet)

    assert fed == 0
    assert MenteeProfile.objects.get().left_on is None
    sheet.refresh_from_db()
    assert sheet.fed_at is None


def test_choices_are_kept_for_the_year_of_the_sheet_and_the_side_that_chose(curator):
    wave = wave_of(curator.organisation, purpose=Purpose.PREFERENCES)
    one, two = (PersonFactory(organisation=curator.organisation) for _ in range(2))
    consents(one)
    consents(two)
    sheet = sheet_of(wave, side="mentor", wished=[two.pk], wished__avoid=[one.pk])

    feed(curator, wave, sheet)

    kept = Preference.objects.order_by("rank").values_list("year", "chooser_id", "chosen_id", "is_mentor", "rank")
    assert list(kept) == [
        (2026, sheet.person_id, two.pk, True, 1),
        (2026, sheet.person_id, one.pk, True, None),
    ]


def test_mentor_who_asks_for_help_becomes_no_expert_in_it(curator):
    wave = wave_of(curator.organisation, side="mentee")
    sheet = sheet_of(wave, side="mentor", topics=["order"])
    MentorProfileFactory(person=sheet.person)

    fed = feed(curator, wave, sheet)

    assert fed == 0
    assert list(MentorProfile.objects.get().topics.values_list("topic", flat=True)) == []


def test_second_press_does_nothing(curator):
    wave = wave_of(curator.organisation)
    sheet = mentee_sheet(wave, main="order")
    feed(curator, wave, sheet)
    profile = MenteeProfile.objects.get()
    change_profile(curator.access, bank=Bank.MENTEES, profile_id=profile.pk, values={}, topics=["методика"])
    later = replace(curator, access=replace(curator.access, at=AT + timedelta(hours=1)))

    fed = feed(later, wave, sheet)

    assert fed == 0
    assert requests_of(sheet.person) == [("методика", 3, "банк")]
    sheet.refresh_from_db()
    assert sheet.fed_at == AT


def test_bank_is_looked_at_anew_when_the_button_is_pressed(curator):
    wave = wave_of(curator.organisation)
    sheet = sheet_of(wave, ready="yes", topics=["methods", "order"])
    shown = feed_page(curator.access, wave).waiting[0]
    MenteeRequestFactory(profile=MenteeProfileFactory(person=sheet.person), topic="методика", weight=5)

    fed = feed(curator, wave, sheet)

    assert shown.changes[0].after == "внести в банк"
    assert fed == 1
    assert requests_of(sheet.person) == [("дисциплина", 3, "анкета 20.11.2026"), ("методика", 5, "банк")]


def test_only_chosen_sheets_are_fed(curator):
    wave = wave_of(curator.organisation)
    one, two = mentee_sheet(wave, main="order"), mentee_sheet(wave, main="order")

    assert feed(curator, wave, one) == 1
    assert requests_of(two.person) == [("методика", 3, "банк")]


def test_withdrawn_consent_and_leaving_keep_a_sheet_out(curator):
    wave = wave_of(curator.organisation)
    withdrawn, gone = mentee_sheet(wave, main="order"), mentee_sheet(wave, main="order")
    Consent.objects.filter(person=withdrawn.person).update(state=Consent.State.WITHDRAWN, withdrawn_on=TODAY)
    gone.person.left_on = TODAY
    gone.person.save()

    assert feed(curator, wave, withdrawn, gone) == 0
    page = feed_page(curator.access, wave)
    assert (page.waiting, page.idle, page.fed, page.left_out) == ([], [], [], 2)


def test_sheets_of_others_are_not_found(curator, stranger):
    wave, other = wave_of(curator.organisation), wave_of(curator.organisation)
    theirs = mentee_sheet(wave_of(stranger.organisation), main="order")

    with pytest.raises(Sheet.DoesNotExist):
        feed(curator, wave, theirs)
    with pytest.raises(Sheet.DoesNotExist):
        feed(curator, wave, mentee_sheet(other, main="order"))
    with pytest.raises(Wave.DoesNotExist):
        feed(curator, theirs.wave, theirs)
    assert Sheet.objects.filter(fed_at__isnull=False).count() == 0


def test_anonymous_waves_statements_and_waves_without_feeds_never_feed(curator):
    school = curator.organisation
    nothing = Questionnaire("Анкета", (Section("", (Question("q", QuestionKind.LONG, "?"),)),))
    waves = [
        wave_of(school, is_anonymous=True),
        wave_of(school, purpose=Purpose.STATEMENT),
        wave_of(school, asked=nothing),
    ]

    refusals = {refusal_of(feed, curator, wave) for wave in waves}

    assert refusals == {"Ответы этого анкетирования в банк не переносят."}


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.PSYCHOLOGIST])
def test_only_who_edits_banks_may_feed(school, role):
    with pytest.raises(PermissionDenied):
        feed_sheets(make_persona(role, school).access, wave_id=1, sheet_ids=[])


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_person_confirmed_in_two_waves_at_once_enters_once(curator):
    waves = [wave_of(curator.organisation) for _ in range(2)]
    person = PersonFactory(organisation=curator.organisation)
    consents(person)
    sheets = [sheet_of(wave, person, ready="yes", main="order") for wave in waves]

    fed = at_once(*[partial(feed, curator, waves[0], sheets[0])] * 2, partial(feed, curator, waves[1], sheets[1]))

    assert sorted(fed) == [0, 0, 1]
    assert requests_of(person) == [("дисциплина", 5, "анкета 20.11.2026")]


# Reading


def test_page_parts_sheets_by_what_they_would_change(curator):
    wave = wave_of(curator.organisation)
    waiting = mentee_sheet(wave, main="methods", topics=["order"])
    same = mentee_sheet(wave, topics=["methods"])
    outside = sheet_of(wave, topics=["order"])
    fed = mentee_sheet(wave, main="order")
    feed(curator, wave, fed)

    page = feed_page(curator.access, wave)

    assert [(row.sheet, lines(row)) for row in page.waiting] == [
        (
            waiting,
            ["новый запрос:  → дисциплина, важность 3", "запрос «методика»: важность 3 → важность 5"],
        )
    ]
    assert {row.sheet: lines(row) for row in page.idle} == {
        same: [],
        outside: ["банк наставляемых: нет в банке → сначала внесите человека в банк"],
    }
    assert (page.fed, page.left_out) == ([fed], 0)


def test_who_has_left_is_no_choice_and_the_year_is_the_sheets_own(curator):
    wave = wave_of(curator.organisation, purpose=Purpose.PREFERENCES)
    here, gone = (PersonFactory(organisation=curator.organisation, left_on=day) for day in (None, date(2026, 11, 1)))
    consents(here)
    consents(gone)
    sheet = sheet_of(wave, wished=[gone.pk, here.pk])
    Preference.objects.create(
        organisation=wave.organisation, year=2025, chooser=sheet.person, chosen=here, rank=1, is_mentor=False
    )

    (row,) = feed_page(curator.access, wave).waiting

    assert lines(row) == [f"с кем хотелось бы работать:  → 1) {here.short_name}"]


@pytest.mark.parametrize("number", [1, 3])
def test_page_costs_the_same_queries_for_one_and_three_sheets(curator, number):
    wave = wave_of(curator.organisation, side="")
    chosen = PersonFactory(organisation=curator.organisation)
    consents(chosen)
    for _ in range(number):
        mentee_sheet(wave, main="order", side="mentee", wished=[chosen.pk])
        MentorProfileFactory(person=sheet_of(wave, side="mentor", capacity=5).person)

    with CaptureQueriesContext(connection) as queries:
        page = feed_page(curator.access, Wave.objects.select_related("version__questionnaire", "organisation").get())

    assert len(page.waiting) == 2 * number
    assert len(queries) == 9


# Pages


def test_curator_confirms_on_the_page(curator):
    wave = wave_of(curator.organisation)
    sheet = mentee_sheet(wave, main="order")
    mentee_sheet(wave, ready="no")
    address = reverse("wave_feed", args=[wave.organisation.slug, wave.pk])

    before = curator.client.get(address).content.decode()
    confirm = reverse("wave_feed_confirm", args=[wave.organisation.slug, wave.pk])
    after = curator.client.post(confirm, {"sheet": [sheet.pk]}, follow=True).content.decode()
    again = curator.client.post(confirm, {"sheet": [sheet.pk]}, follow=True).content.decode()
    nobody = curator.client.post(confirm, follow=True).content.decode()

    assert before.count("checked") == 1
    assert before.count("Перенести в банк (1)") == 1
    assert before.count("новый запрос: дисциплина, важность 5") == 1
    assert before.count("готовность: человек не готов (сейчас: в банке)") == 1
    assert after.count("Перенесены ответы: 1\u00a0человек.") == 1
    assert after.count("Перенести в банк (") == 0
    assert again.count("Эти ответы уже перенесены: менять больше нечего.") == 1
    assert nobody.count("Отметьте хотя бы одного человека.") == 1


def test_feed_page_is_only_of_waves_that_feed_and_of_ones_own_school(curator, stranger, director):
    wave, anonymous = wave_of(curator.organisation), wave_of(curator.organisation, is_anonymous=True)
    sheet = mentee_sheet(wave, main="order")
    slug = wave.organisation.slug

    answers = {
        "anonymous": curator.client.get(reverse("wave_feed", args=[slug, anonymous.pk])),
        "stranger": stranger.client.get(reverse("wave_feed", args=[stranger.organisation.slug, wave.pk])),
        "stranger's sheet": stranger.client.get(reverse("sheet_detail", args=[stranger.organisation.slug, sheet.pk])),
        "their sheet here": curator.client.post(
            reverse("wave_feed_confirm", args=[slug, wave.pk]), {"sheet": [sheet.pk + 1000]}
        ),
        "director": director.client.get(reverse("wave_feed", args=[slug, wave.pk])),
        "director's sheet": director.client.get(reverse("sheet_detail", args=[slug, sheet.pk])),
    }

    assert {name: answer.status_code for name, answer in answers.items()} == {
        "anonymous": 404,
        "stranger": 404,
        "stranger's sheet": 404,
        "their sheet here": 404,
        "director": 403,
        "director's sheet": 403,
    }


def test_sheet_is_shown_question_by_question_and_markup_is_text(curator):
    wave = wave_of(curator.organisation)
    sheet = sheet_of(wave, ready="yes", topics=["order"], expectations="<b>=cmd</b>\nи ещё")

    page = curator.client.get(reverse("sheet_detail", args=[wave.organisation.slug, sheet.pk])).content.decode()

    assert page.count("<div>дисциплина</div>") == 1
    assert page.count("&lt;b&gt;=cmd&lt;/b&gt;<br>и ещё") == 1
    assert page.count("— нет ответа") == 4
    assert page.count("Ответы с именем видит только куратор.") == 1


def test_statement_is_read_only_on_its_own_page(curator):
    wave = wave_of(curator.organisation, purpose=Purpose.STATEMENT)
    about = PersonFactory(organisation=curator.organisation)
    consents(about)
    invitation = InvitationFactory(wave=wave, about=about, is_answered=True, answered_on=TODAY)
    sheet = SheetFactory(invitation=invitation)

    answer = curator.client.get(reverse("sheet_detail", args=[wave.organisation.slug, sheet.pk]))

    assert (answer.status_code, answer.url) == (
        302,
        reverse("statement_detail", args=[wave.organisation.slug, sheet.pk]),
    )
