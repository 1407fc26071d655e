"""What a link leads to: the row that answering looks at, and whether the consents allow an answer."""

from datetime import timedelta

import pytest
from django.db import connection

from people.domain.consent import Purpose
from people.models import Consent
from surveys.domain.questionnaire import NAMELESS_PURPOSES
from surveys.domain.questionnaire import Purpose as SurveyPurpose
from surveys.models import Invitation
from surveys.queries.answering import behind_link, consents_allow
from tests.factories import AT, TODAY, ConsentFactory, InvitationFactory, PersonFactory, WaveFactory

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
WITHDRAWN = {"state": Consent.State.WITHDRAWN, "withdrawn_on": YESTERDAY}
CLAIMED = {"state": Consent.State.CLAIMED, "text": None, "signed_on": None, "signer_name": "", "way": ""}
CONSENTS = {
    "none": [],
    "claimed": [CLAIMED],
    "signed": [{}],
    "from today": [{"signed_on": TODAY}],
    "from tomorrow": [{"signed_on": TOMORROW}],
    "until today": [{"valid_until": TODAY}],
    "run out": [{"valid_until": YESTERDAY}],
    "withdrawn": [WITHDRAWN],
    "withdrawn, signed anew": [WITHDRAWN, {}],
}
IN_FORCE = {"signed", "from today", "until today", "withdrawn, signed anew"}


def asked(wave, processing, participation=(), **values):
    """Somebody asked by the wave; the consents are theirs, or of whom they are asked about."""
    invitation = InvitationFactory(wave=wave, **values)
    whose = invitation.about or invitation.person
    for purpose, rows in ((Purpose.PROCESSING, processing), (Purpose.PARTICIPATION, participation)):
        for row in rows:
            ConsentFactory(person=whose, purpose=purpose, **row)
    return invitation


def allowed(invitations):
    """The names of those that the link and the list both allow to be answered, after checking that they agree."""
    listed = set(Invitation.objects.filter(consents_allow(TODAY)).values_list("pk", flat=True))
    by_link = {name: behind_link(each.nonce, AT).may_answer for name, each in invitations.items()}
    assert by_link == {name: each.pk in listed for name, each in invitations.items()}
    return {name for name, is_allowed in by_link.items() if is_allowed}


def wave_of(school, **values):
    return WaveFactory(version__questionnaire__organisation=school, **values)


def test_named_answers_need_a_consent_that_is_in_force(school):
    wave = wave_of(school)
    invitations = {name: asked(wave, rows) for name, rows in CONSENTS.items()}

    assert allowed(invitations) == IN_FORCE
    in_force = Consent.objects.in_force(TODAY).filter(purpose=Purpose.PROCESSING).values_list("person", flat=True)
    assert {name for name, each in invitations.items() if each.person_id in set(in_force)} == IN_FORCE


@pytest.mark.parametrize(
    "kind", [{"is_anonymous": True}, {"version__questionnaire__purpose": SurveyPurpose.SELF_ASSESSMENT}]
)
def test_answers_about_nobody_by_name_only_respect_a_withdrawal(school, kind):
    wave = wave_of(school, **kind)

    assert allowed({name: asked(wave, rows) for name, rows in CONSENTS.items()}) == set(CONSENTS) - {"withdrawn"}


def test_statement_needs_both_consents_of_whom_it_is_about(school):
    wave = wave_of(school, version__questionnaire__purpose=SurveyPurpose.STATEMENT)
    both = {name: asked(wave, rows, rows, about=PersonFactory(organisation=school)) for name, rows in CONSENTS.items()}
    processing_only = {"no participation": asked(wave, [{}], about=PersonFactory(organisation=school))}

    assert allowed(both | processing_only) == IN_FORCE


def test_purposes_without_a_name_are_those_of_the_domain(school):
    person = PersonFactory(organisation=school)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT purpose FROM unnest(%s) AS purpose WHERE surveys_may_answer(%s, NULL, false, purpose, %s)",
            [[purpose.value for purpose in SurveyPurpose], person.pk, TODAY],
        )
        assert {purpose for (purpose,) in cursor.fetchall()} == NAMELESS_PURPOSES


def test_row_behind_a_link_is_what_the_tables_have(school):
    wave = wave_of(school, closed=True, threshold=7, opens_on=TODAY, closes_on=TOMORROW)
    about = PersonFactory(organisation=school, given="Пётр", patronymic="Ильич")
    made = InvitationFactory(wave=wave, about=about, side="mentee", is_answered=True, answered_on=TODAY)

    invitation = behind_link(made.nonce, AT).invitation

    rows = [invitation, invitation.about, invitation.wave, invitation.wave.organisation, invitation.wave.version]
    for row in (*rows, invitation.wave.version.questionnaire):
        loaded = [each.attname for each in row._meta.concrete_fields if each.attname not in row.get_deferred_fields()]
        kept = type(row).objects.values(*loaded).get(pk=row.pk)
        assert {name: getattr(row, name) for name in loaded} == kept


@pytest.mark.parametrize(
    ("left", "opens"), [({}, True), ({"person": TODAY}, False), ({"about": TODAY}, False), ({"about": TOMORROW}, True)]
)
def test_link_ends_when_its_person_or_whom_it_is_about_has_left(school, left, opens):
    person, about = (PersonFactory(organisation=school, left_on=left.get(who)) for who in ("person", "about"))
    invitation = InvitationFactory(wave=wave_of(school), person=person, about=about)

    assert (behind_link(invitation.nonce, AT) is not None) == opens


def test_revoked_link_leads_nowhere(school):
    invitation = InvitationFactory(wave=wave_of(school), revoked_at=AT)

    assert behind_link(invitation.nonce, AT) is None


def test_link_opens_by_the_day_where_the_organisation_is(school):
    late = AT.replace(hour=21, minute=30)  # half past midnight of the next day in Moscow
    invitation = InvitationFactory(wave=wave_of(school))
    ConsentFactory(person=invitation.person, purpose=Purpose.PROCESSING, signed_on=TOMORROW)

    assert [behind_link(invitation.nonce, at).may_answer for at in (AT, late)] == [False, True]
