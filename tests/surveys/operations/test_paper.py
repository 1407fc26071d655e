"""Paper: whose sheet came in, what is typed from it, and that nobody counts twice."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from people.models import Consent
from surveys.catalogue import template
from surveys.domain.questionnaire import QuestionKind
from surveys.models import Draft, Invitation, SealedSheet, Sheet, Wave
from surveys.operations.closing import close_wave
from surveys.operations.paper import mark_on_paper, type_anonymous_sheet, type_named_sheet
from tests.factories import AT, TODAY, InvitationFactory, MentorProfileFactory, PersonFactory, WaveFactory, consents
from tests.mentoring.order_steps import fresh, refusal_of
from tests.surveys.wave_steps import asked, wave_of

SENT = {"useful": ["8"], "again": ["yes"], "words": ["Всё хорошо"]}


def consenting(wave):
    invitation = asked(wave)
    consents(invitation.person)
    return invitation


def type_nameless(curator, wave, **values):
    return type_anonymous_sheet(curator.access, **{"wave_id": wave.pk, "side": "", "sent": SENT} | values)


def test_typed_sheet_is_its_persons_and_says_who_typed_it(curator):
    invitation = consenting(wave_of(curator))
    Draft.objects.create(invitation=invitation, organisation=invitation.organisation, answers={"answers": {}})

    kept = type_named_sheet(curator.access, invitation_id=invitation.pk, sent=SENT)

    sheet = Sheet.objects.get()
    assert (kept.is_kept, sheet.answers) == (True, {"useful": 8, "again": "yes", "words": "Всё хорошо"})
    assert (sheet.person, sheet.source, sheet.typed_by, sheet.sent_at) == (
        invitation.person,
        "paper",
        curator.user,
        AT,
    )
    row = fresh(invitation)
    assert (row.is_answered, row.is_on_paper, row.answered_on, Draft.objects.count()) == (True, True, TODAY, 0)


def test_sheet_typed_with_faults_is_not_written(curator):
    invitation = consenting(wave_of(curator))

    wrong = type_named_sheet(curator.access, invitation_id=invitation.pk, sent=SENT | {"useful": ["99"]})

    assert (wrong.is_kept, list(wrong.faults), Sheet.objects.count()) == (False, ["useful"], 0)


def test_second_sheet_of_a_person_is_refused(curator):
    invitation = consenting(wave_of(curator))
    type_named_sheet(curator.access, invitation_id=invitation.pk, sent=SENT)

    refusal = refusal_of(type_named_sheet, curator.access, invitation_id=invitation.pk, sent=SENT)

    assert (refusal, Sheet.objects.count()) == ("Этот человек уже ответил.", 1)


def test_named_sheet_needs_a_consent_a_usable_link_and_a_running_wave(curator):
    wave, over = wave_of(curator), wave_of(curator)
    without, revoked, late = asked(wave), asked(wave, revoked_at=AT), consenting(over)
    close_wave(curator.access, wave_id=over.pk)

    refusals = [
        refusal_of(type_named_sheet, curator.access, invitation_id=each.pk, sent=SENT)
        for each in (without, revoked, late)
    ]

    assert refusals == [
        "Нет согласия на обработку персональных данных: внести ответы нельзя.",
        "Этот человек выбыл, или его приглашение отозвано.",
        "Внести ответы можно, только пока анкетирование идёт. Продлите его, если оно завершено.",
    ]


def test_sheet_without_a_name_goes_into_the_box_once_for_each_who_handed_one_in(curator):
    wave = wave_of(curator, is_anonymous=True)
    invitation = asked(wave)

    early = refusal_of(type_nameless, curator, wave)
    for _ in range(2):
        mark_on_paper(curator.access, invitation_id=invitation.pk)
    kept = type_nameless(curator, wave)
    late = refusal_of(type_nameless, curator, wave)

    row = fresh(invitation)
    assert (row.is_answered, row.is_on_paper, row.answered_on) == (True, True, TODAY)
    assert (kept.is_kept, early == late, SealedSheet.objects.count(), fresh(wave).paper_typed) == (True, True, 1, 1)


def test_second_press_types_no_second_sheet(curator):
    wave = wave_of(curator, is_anonymous=True)
    for _ in range(2):
        mark_on_paper(curator.access, invitation_id=asked(wave).pk)
    type_nameless(curator, wave, typed_before=0)

    refusal_of(type_nameless, curator, wave, typed_before=0)

    assert SealedSheet.objects.count() == 1


def test_named_and_nameless_sheets_go_their_own_ways(curator):
    named = wave_of(curator)

    marked = refusal_of(mark_on_paper, curator.access, invitation_id=asked(named).pk)
    typed = refusal_of(type_nameless, curator, named)

    assert marked == "Здесь отвечают с именами: внесите сам бумажный лист."
    assert typed == "Здесь отвечают с именами: выберите, чей это лист."


def test_director_types_nothing_and_a_stranger_finds_nothing(curator, director, stranger):
    wave = wave_of(curator, is_anonymous=True)
    invitation = asked(wave)

    with pytest.raises(PermissionDenied):
        mark_on_paper(director.access, invitation_id=invitation.pk)
    with pytest.raises(Invitation.DoesNotExist):
        mark_on_paper(stranger.access, invitation_id=invitation.pk)
    with pytest.raises(Wave.DoesNotExist):
        type_nameless(stranger, wave)


def test_paper_sheet_may_not_choose_whose_consent_ran_out_since_the_wave_began(curator, school):
    content = template("mentee-preferences").questionnaire.as_json()
    wave = WaveFactory(
        version__questionnaire__organisation=school,
        version__questionnaire__purpose="preferences",
        version__questionnaire__side="mentee",
        version__content=content,
    )
    chooser = InvitationFactory(wave=wave, side="mentee")
    gone = MentorProfileFactory(person=PersonFactory(organisation=school)).person
    for person in (chooser.person, gone):
        consents(person)
    Consent.objects.filter(person=gone).update(valid_until=TODAY - timedelta(days=1))
    code = next(each.code for each in wave.version.asked().questions if each.kind == QuestionKind.PERSONS)

    kept = type_named_sheet(curator.access, invitation_id=chooser.pk, sent={code: [str(gone.pk)]})

    assert (kept.is_kept, list(kept.faults)) == (False, [code])
