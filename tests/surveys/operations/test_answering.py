"""Drafts and sheets behind a link: exactly one sheet, nothing lost, nobody without consent."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction

from people.domain.consent import Purpose
from people.domain.refusal import RefusedError
from people.models import Consent
from surveys.models import Draft, Invitation, SealedSheet, Sheet, Wave
from surveys.operations.answering import CLOSED, CLOSED_FOR_GOOD, EMPTY, GONE, NO_CONSENT, save_answers, send_answers
from surveys.operations.closing import close_wave
from surveys.queries.answering import DoorState, door_of
from surveys.seals import token_of
from tests.factories import AT, TODAY, InvitationFactory, WaveFactory, consents
from tests.mentoring.at_once import at_once

SAVED = {"useful": "8", "again": "yes", "words": "Да"}


def asked(school, *, has_consent=True, **wave):
    invitation = InvitationFactory(
        wave=WaveFactory(version__questionnaire__organisation=school, **wave), person__organisation=school
    )
    if has_consent:
        consents(invitation.person)
    return invitation


def save(invitation, seconds=0, **answers):
    sent = {key: value if isinstance(value, list) else [value] for key, value in answers.items()}
    return save_answers(token=token_of(invitation.nonce), at=AT, sent=sent, seconds=seconds)


def send(invitation, *, at=AT, is_whole=False, secret=None, **answers):
    sent = {key: [value] for key, value in answers.items()}
    return send_answers(token=token_of(invitation.nonce), at=at, sent=sent, is_whole=is_whole, secret=secret)


def door(invitation, at=AT):
    return door_of(token_of(invitation.nonce), at)


def withdrawn(person):
    Consent.objects.filter(person=person, purpose=Purpose.PROCESSING).update(
        state=Consent.State.WITHDRAWN, withdrawn_on=TODAY
    )


def test_draft_gathers_what_is_saved_and_what_is_cleared_goes(school):
    invitation = asked(school)

    save(invitation, useful="8")
    save(invitation, again="yes", words="Больше времени")
    save(invitation, again="")

    assert door(invitation).answers == {"useful": 8, "words": "Больше времени"}


def test_invalid_value_is_told_and_leaves_the_earlier_one(school):
    invitation = asked(school)
    save(invitation, useful="8")

    kept = save(invitation, useful="99")

    assert (kept.is_kept, list(kept.faults), door(invitation).answers) == (True, ["useful"], {"useful": 8})


def test_seconds_add_up_and_a_page_left_open_counts_no_more_than_five_minutes(school):
    invitation = asked(school)

    save(invitation, seconds=40, useful="8")
    save(invitation, seconds=90_000, again="yes")
    send(invitation)

    assert (Sheet.objects.get().seconds, Invitation.objects.get().minutes) == (340, 6)


def test_sheet_is_the_draft_and_what_comes_with_it(school):
    invitation = asked(school)
    save(invitation, useful="8", again="no")

    kept = send(invitation, again="yes")

    sheet = Sheet.objects.get()
    assert kept.is_kept
    assert (sheet.answers, sheet.person_id, sheet.wave_id) == (
        {"useful": 8, "again": "yes"},
        invitation.person_id,
        invitation.wave_id,
    )
    assert list(Invitation.objects.values_list("is_answered", "answered_on")) == [(True, TODAY)]
    assert not Draft.objects.exists()


def test_whole_form_clears_what_it_leaves_blank(school):
    invitation = asked(school)
    save(invitation, useful="8", again="no")

    send(invitation, is_whole=True, useful="9", again="", words="")

    assert Sheet.objects.get().answers == {"useful": 9}


def test_sheet_that_lacks_a_required_answer_stays_a_draft(school):
    invitation = asked(school)

    kept = send(invitation, again="yes")

    assert (list(kept.faults), Sheet.objects.count(), door(invitation).answers) == (["useful"], 0, {"again": "yes"})


def test_text_too_long_is_told_and_kept(school):
    invitation = asked(school)

    kept = send(invitation, useful="8", words="ы" * 10_000)

    assert (list(kept.faults), len(door(invitation).answers["words"]), Sheet.objects.count()) == (["words"], 10_000, 0)


@pytest.mark.parametrize("text", ["😀 отлично", "<script>alert(1)</script>", "=cmd|' /C calc'!A0", "'; DROP TABLE"])
def test_text_is_kept_as_typed(school, text):
    invitation = asked(school)

    send(invitation, useful="8", words=text)

    assert Sheet.objects.get().answers["words"] == text


def test_empty_sheet_is_not_sent(school):
    content = {
        "title": "Мнение",
        "sections": [{"title": "", "questions": [{"code": "a", "kind": "yes_no", "text": "Да?"}]}],
    }
    invitation = asked(school, version__content=content)

    assert (send(invitation).refusal, Sheet.objects.count()) == (EMPTY, 0)


def test_second_sending_leaves_the_first_sheet(school):
    invitation = asked(school)

    kept = [send(invitation, useful="8"), send(invitation, useful="1")]

    assert [each.is_kept for each in kept] == [True, True]
    assert [sheet.answers for sheet in Sheet.objects.all()] == [{"useful": 8}]


def test_saving_after_sending_changes_nothing(school):
    invitation = asked(school)
    send(invitation, useful="8")

    kept = save(invitation, useful="1")

    assert (kept.is_kept, Sheet.objects.get().answers, Draft.objects.count()) == (False, {"useful": 8}, 0)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("is_anonymous", [False, True])
def test_two_tabs_that_send_at_once_make_one_sheet(school, is_anonymous):
    invitation = asked(school, is_anonymous=is_anonymous)

    at_once(*(lambda: send(invitation, useful="8") for _ in range(4)))

    assert Sheet.objects.count() + SealedSheet.objects.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_tabs_that_save_at_once_keep_what_both_have(school):
    invitation = asked(school)

    at_once(*(lambda key=key, text=text: save(invitation, **{key: text}) for key, text in SAVED.items()))

    assert door(invitation).answers == {"useful": 8, "again": "yes", "words": "Да"}


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_wave_closed_while_people_send_counts_exactly_those_it_says_have_answered(school, curator):
    wave = WaveFactory(version__questionnaire__organisation=school, is_anonymous=True)
    invitations = InvitationFactory.create_batch(6, wave=wave)

    at_once(
        *(lambda each=each: send(each, useful="8") for each in invitations),
        lambda: close_wave(curator.access, wave_id=wave.pk),
    )

    wave.refresh_from_db()
    assert wave.state == Wave.State.CLOSED
    assert wave.figures.sheets == Invitation.objects.filter(is_answered=True).count()
    assert SealedSheet.objects.count() == 0


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, DoorState.OPEN),
        ({"opens_on": TODAY + timedelta(days=1)}, DoorState.EARLY),
        ({"closes_on": TODAY - timedelta(days=1)}, DoorState.CLOSED),
        ({"closed": True}, DoorState.CLOSED),
        ({"opens_on": TODAY, "closes_on": TODAY}, DoorState.OPEN),
    ],
)
def test_door_is_open_on_the_days_of_the_wave(school, values, state):
    assert door(asked(school, **values)).state == state


def test_last_day_lasts_until_midnight_where_the_school_is(school):
    school.time_zone = "Asia/Vladivostok"
    school.save(update_fields=["time_zone"])
    invitation = asked(school, closes_on=TODAY)
    evening = datetime(TODAY.year, TODAY.month, TODAY.day, 23, 59, tzinfo=ZoneInfo("Asia/Vladivostok"))

    assert door(invitation, evening).state == DoorState.OPEN
    assert door(invitation, evening + timedelta(minutes=2)).state == DoorState.CLOSED


def test_answer_after_the_last_day_is_kept_and_not_sent(school):
    invitation = asked(school, closes_on=TODAY - timedelta(days=1))

    kept = send(invitation, useful="8")

    assert (kept.is_kept, kept.refusal, Sheet.objects.count()) == (True, CLOSED, 0)
    assert door(invitation).answers == {"useful": 8}


def test_emptied_box_takes_nothing_more(school, curator):
    invitation = asked(school, is_anonymous=True)
    close_wave(curator.access, wave_id=invitation.wave_id)

    kept = send(invitation, useful="8")

    assert (kept.is_kept, kept.refusal) == (False, CLOSED_FOR_GOOD)
    assert (Draft.objects.count(), SealedSheet.objects.count()) == (0, 0)


def test_table_itself_refuses_a_sheet_of_a_closed_wave(school):
    invitation = asked(school, closed=True)

    with pytest.raises(IntegrityError, match="not open"), transaction.atomic():
        Sheet.objects.create(
            organisation=school,
            wave=invitation.wave,
            invitation=invitation,
            person=invitation.person,
            answers={},
            sent_at=AT,
        )


@pytest.mark.parametrize("model", [Sheet, SealedSheet])
def test_table_itself_keeps_names_and_seals_apart(school, model):
    invitation = asked(school, is_anonymous=model is Sheet)
    values = {"organisation": school, "wave": invitation.wave}
    if model is Sheet:
        values |= {"invitation": invitation, "person": invitation.person, "answers": {}, "sent_at": AT}
    else:
        values |= {"sealed": b"x"}

    model.objects.create(**values)

    with pytest.raises(IntegrityError, match="surveys_"):
        connection.check_constraints()


def test_sent_sheet_cannot_be_changed(school):
    send(asked(school), useful="8")

    with pytest.raises(IntegrityError, match="does not change"), transaction.atomic():
        Sheet.objects.update(answers={"useful": 1})


@pytest.mark.parametrize("has_consent", [True, False])
def test_named_answers_need_a_consent(school, has_consent):
    invitation = asked(school, has_consent=has_consent)

    kept = send(invitation, useful="8")

    assert (kept.refusal, Sheet.objects.count()) == (("", 1) if has_consent else (NO_CONSENT, 0))
    assert door(invitation).state == (DoorState.ANSWERED if has_consent else DoorState.NO_CONSENT)


def test_consent_withdrawn_in_mid_wave_shuts_the_door_and_hides_the_sheet(school, curator):
    answered, waiting = asked(school), asked(school)
    send(answered, useful="8")
    for invitation in (answered, waiting):
        withdrawn(invitation.person)

    assert send(waiting, useful="8").refusal == NO_CONSENT
    assert list(Sheet.objects.visible_to(curator.access)) == []


def test_anonymous_answers_need_no_consent_but_respect_a_withdrawal(school):
    never, gone = asked(school, has_consent=False, is_anonymous=True), asked(school, is_anonymous=True)
    withdrawn(gone.person)

    assert [send(each, useful="8").refusal for each in (never, gone)] == ["", NO_CONSENT]


def test_statement_needs_the_consents_of_whom_it_is_about(school):
    invitation = asked(school, has_consent=False, version__questionnaire__purpose="statement")
    invitation.about = asked(school).person
    invitation.save(update_fields=["about"])

    assert door(invitation).state == DoorState.OPEN
    withdrawn(invitation.about)
    assert door(invitation).state == DoorState.NO_CONSENT


@pytest.mark.parametrize("change", [{"revoked_at": AT}, {"person__left_on": TODAY}], ids=["revoked", "left"])
def test_link_that_ended_opens_nothing_and_says_no_more_than_a_made_up_one(school, change):
    invitation = asked(school)
    if "revoked_at" in change:
        Invitation.objects.update(**change)
    else:
        invitation.person.left_on = date(2026, 9, 1)
        invitation.person.save(update_fields=["left_on"])

    assert door(invitation) is None
    with pytest.raises(RefusedError, match=GONE):
        send(invitation, useful="8")


@pytest.mark.parametrize("token", ["", "x", "я" * 43, "A" * 43, "A" * 44, "../" * 14 + "x"])
def test_made_up_token_opens_nothing_and_asks_the_database_nothing(db, django_assert_num_queries, token):
    with django_assert_num_queries(0):
        assert door_of(token, AT) is None


def test_token_made_with_a_former_key_still_opens(school, settings):
    invitation = asked(school)
    token = token_of(invitation.nonce)

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-secret-of-the-same-portal"

    assert door_of(token, AT).invitation == invitation


def test_anonymous_draft_is_sealed_and_opens_on_another_device(school):
    invitation = asked(school, is_anonymous=True)

    save(invitation, seconds=100, useful="8", words="Больше времени")

    draft = Draft.objects.get()
    assert (draft.answers, draft.seconds) == (None, 0)
    assert "времени".encode() not in bytes(draft.sealed)
    assert door(invitation).answers == {"useful": 8, "words": "Больше времени"}


def test_anonymous_sheet_leaves_no_minutes_and_no_draft(school):
    invitation = asked(school, is_anonymous=True)
    save(invitation, seconds=100, useful="8")

    send(invitation)

    assert (Draft.objects.count(), Sheet.objects.count(), SealedSheet.objects.count()) == (0, 0, 1)
    assert list(Invitation.objects.values_list("is_answered", "minutes")) == [(True, None)]


def test_opening_costs_one_query_and_one_a_wording(school, django_assert_num_queries):
    invitation = asked(school)

    with django_assert_num_queries(2):
        door(invitation)
    with django_assert_num_queries(1):
        door(invitation)
