"""What of the questionnaires waits for whom, on the first page."""

from datetime import timedelta

import pytest

from people.domain.consent import Purpose
from people.models import Consent, Person
from surveys.domain.audience import Audience
from surveys.domain.questionnaire import Feed, Question, QuestionKind, Questionnaire, Section
from surveys.domain.questionnaire import Purpose as SurveyPurpose
from surveys.models import OpenAnswer, Sheet, Wave, WaveFigures
from surveys.queries.steps import survey_steps
from surveys.seals import token_of
from tests.factories import AT, TODAY, InvitationFactory, PersonFactory, SheetFactory, WaveFactory, consents

READY = Questionnaire("Готовность", (Section("", (Question("ready", QuestionKind.YES_NO, "?", feed=Feed.READY),)),))


def wave_of(school, **values):
    return WaveFactory(version__questionnaire__organisation=school, **values)


def asked(wave, persona, **values):
    return InvitationFactory(wave=wave, person=persona.person, **values)


def titles(persona):
    return [step.title for step in survey_steps(persona.access)]


def fed_wave(school, **values):
    """A finished wave whose answers belong into a bank, with one sheet that waits."""
    wave = wave_of(
        school,
        closed=True,
        version__questionnaire__purpose=SurveyPurpose.CANDIDATE,
        version__content=READY.as_json(),
        title="Кто готов",
        **values,
    )
    return wave, sheet_in(wave)


def sheet_in(wave, **values):
    """A sheet of somebody who agrees, as it came while the wave was running."""
    state, closed_at = wave.state, wave.closed_at
    Wave.objects.filter(pk=wave.pk).update(state=Wave.State.OPEN, closed_at=None)
    sheet = SheetFactory(invitation__wave=wave, answers={"ready": "yes"}, **values)
    consents(sheet.person)
    Wave.objects.filter(pk=wave.pk).update(state=state, closed_at=closed_at)
    return sheet


def words_in(wave, sheets=5, **values):
    """Words that nobody has read in a finished wave of so many sheets."""
    WaveFigures.objects.create(wave=wave, organisation=wave.organisation, sheets=sheets, counted_at=AT, tallies={})
    return OpenAnswer.objects.create(
        wave=wave, organisation=wave.organisation, key="words", text="Мало времени", **values
    )


# Own questionnaires


def test_questionnaire_waits_for_who_is_asked_with_its_own_link(mentor, mentee, school):
    invitation = asked(wave_of(school, closes_on=TODAY + timedelta(days=14)), mentor)

    (step,) = survey_steps(mentor.access)

    assert step.title == "Ответьте на анкету «Довольны ли вы наставничеством»"
    assert step.detail == "около 1\xa0минуты · до 04.12"
    assert (step.url, step.tone) == (f"/a/{token_of(invitation.nonce)}/", "blue")
    assert titles(mentee) == []


def test_statement_names_the_mentee_and_each_has_its_link(mentor, school):
    wave = wave_of(school, version__questionnaire__purpose=SurveyPurpose.STATEMENT, closes_on=TODAY)
    pupils = [PersonFactory(organisation=school, surname=surname) for surname in ("Белкин", "Волков", "Гусев")]
    for pupil in pupils:
        consents(pupil)
        asked(wave, mentor, about=pupil)
    Person.objects.filter(pk=pupils[1].pk).update(left_on=TODAY)
    Consent.objects.filter(person=pupils[2], purpose=Purpose.PARTICIPATION).delete()

    (step,) = survey_steps(mentor.access)

    assert (step.title, step.tone) == ("Расскажите о наставляемом: Белкин\xa0А.\xa0И.", "amber")


def test_three_questionnaires_wait_at_most_the_soonest_first(mentor, school):
    for days in (9, 5, 7, 8):
        asked(wave_of(school, closes_on=TODAY + timedelta(days=days)), mentor)

    details = [step.detail[-5:] for step in survey_steps(mentor.access)]

    assert details == ["25.11", "27.11", "28.11"]


@pytest.mark.parametrize(
    ("wave", "invitation"),
    [
        ({}, {"is_answered": True, "answered_on": TODAY}),
        ({}, {"revoked_at": AT}),
        ({"draft": True}, {}),
        ({"closed": True}, {}),
        ({"opens_on": TODAY + timedelta(days=1)}, {}),
        ({"closes_on": TODAY - timedelta(days=1)}, {}),
    ],
)
def test_nothing_waits_behind_a_link_that_takes_no_answers(mentor, school, wave, invitation):
    asked(wave_of(school, **wave), mentor, **invitation)

    assert titles(mentor) == []


def test_named_questionnaire_waits_for_the_consent_and_an_anonymous_one_does_not(curator, school):
    for is_anonymous in (False, True):
        asked(wave_of(school, is_anonymous=is_anonymous), curator)

    assert len(titles(curator)) == 1


# Who runs waves


def test_few_answers_before_the_end_are_the_curators_step_only(curator, director, stranger, school):
    wave = wave_of(school, title="Обратная связь", closes_on=TODAY + timedelta(days=3))
    for number in range(3):
        InvitationFactory(wave=wave, is_answered=number == 0, answered_on=TODAY if number == 0 else None)

    (step,) = survey_steps(curator.access)

    assert (step.title, step.url) == ("Мало ответов: «Обратная связь», 1 из 3", f"/o/licey/surveys/{wave.pk}/")
    assert step.detail == "Последний день — 23.11. Напомните или продлите"
    assert (titles(director), titles(stranger)) == ([], [])
    wave.invitations.filter(is_answered=False).order_by("pk").first().delete()
    assert titles(curator) == []


def test_waves_with_time_left_and_statements_do_not_hurry(curator, school):
    InvitationFactory(wave=wave_of(school, closes_on=TODAY + timedelta(days=4)))
    purpose = {"version__questionnaire__purpose": SurveyPurpose.STATEMENT}
    InvitationFactory(wave=wave_of(school, closes_on=TODAY, **purpose))
    assert titles(curator) == []

    for days in (1, 2):
        InvitationFactory(wave=wave_of(school, closes_on=TODAY + timedelta(days=days), audience=Audience().as_json()))

    (step,) = survey_steps(curator.access)
    assert step.detail == "Последний день — 21.11. Напомните или продлите · и ещё 1\xa0анкетирование"


def test_unread_words_wait_for_their_reader_alone(curator, director, school):
    wave = wave_of(school, closed=True, is_anonymous=True, reader=curator.user, title="Без имён")
    words = words_in(wave)
    words_in(wave_of(school, closed=True, is_anonymous=True))

    (step,) = survey_steps(curator.access)

    assert (step.title, step.url) == ("Прочитайте свободные ответы: «Без имён»", f"/o/licey/surveys/{wave.pk}/texts/")
    assert titles(director) == []
    words.state = OpenAnswer.State.WITHHELD
    words.save()
    assert titles(curator) == []


def test_words_that_nobody_may_read_wait_for_nobody(curator, school):
    words_in(wave_of(school, closed=True, is_anonymous=True, reader=curator.user), sheets=4)
    named = wave_of(school, closed=True, reader=curator.user)
    sheet = sheet_in(named)
    words_in(named, sheet=sheet)
    assert titles(curator) == [f"Прочитайте свободные ответы: «{named.title}»"]

    Consent.objects.filter(person=sheet.person).delete()

    assert titles(curator) == []


def test_answers_for_the_bank_wait_until_some_are_taken_over(curator, school):
    wave, sheet = fed_wave(school)
    sheet_in(wave)

    (step,) = survey_steps(curator.access)

    assert (step.title, step.url) == ("Перенесите ответы в банк: «Кто готов»", f"/o/licey/surveys/{wave.pk}/feed/")
    Sheet.objects.filter(pk=sheet.pk).update(fed_at=AT, fed_by=curator.user)
    assert titles(curator) == []


def test_answers_that_feed_nothing_or_nobody_wait_for_nobody(curator, school):
    _, gone = fed_wave(school)
    Person.objects.filter(pk=gone.person_id).update(left_on=TODAY)
    old, _ = fed_wave(school)
    Wave.objects.filter(pk=old.pk).update(closed_at=AT - timedelta(days=31))
    sheet_in(wave_of(school, closed=True, version__questionnaire__purpose=SurveyPurpose.CANDIDATE))
    sheet_in(wave_of(school, closed=True, version__content=READY.as_json()))

    assert titles(curator) == []


def test_steps_cost_two_queries_at_most(curator, mentor, school, django_assert_num_queries):
    for persona in (curator, mentor):
        consents(persona.person, Purpose.PUBLICATION)
        for _ in range(2):
            asked(wave_of(school, closes_on=TODAY, is_anonymous=True), persona)
    fed_wave(school)
    words_in(wave_of(school, closed=True, is_anonymous=True, reader=curator.user))

    with django_assert_num_queries(2):
        assert len(survey_steps(curator.access)) == 5
    with django_assert_num_queries(1):
        assert len(survey_steps(mentor.access)) == 2
