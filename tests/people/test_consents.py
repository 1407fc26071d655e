"""Consents: recording a paper, signing in the portal, withdrawing, and what the table of them shows."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from people.access import Access
from people.domain.consent import PURPOSE_LABELS, Purpose
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.models import Consent, ConsentText, Organisation, Person
from people.operations.consents import SignedPaper, record_consent, sign_own_consent, withdraw_consent
from people.queries.consents import consent_sheet, consent_table
from people.queries.persons import consent_lines, missing_consents, missing_consents_of
from tests.conftest import Persona
from tests.factories import TODAY, ConsentFactory, PersonFactory, consents

PROCESSING = Purpose.PROCESSING
PAPER = SignedPaper(signer_name="Петрова Анна Ивановна", signer_relation="", signed_on=TODAY, valid_until=None)
MOTHER = replace(PAPER, signer_name="Петрова Ольга", signer_relation="мать, свидетельство о рождении")


@pytest.fixture
def person(school: Organisation) -> Person:
    return PersonFactory(organisation=school, birth_year=1990)


@pytest.fixture
def pupil(school: Organisation) -> Person:
    return PersonFactory(organisation=school, kind=Person.Kind.PUPIL, birth_year=2012)


@pytest.fixture
def signer(mentee: Persona) -> Access:
    """A participant of a school that has adopted electronic documents, without consents."""
    Consent.objects.all().delete()
    Organisation.objects.filter(pk=mentee.organisation.pk).update(electronic_flow_act="приказ от 01.09.2026 № 1")
    mentee.organisation.refresh_from_db()
    return mentee.access


def current_text(purpose: Purpose = PROCESSING) -> int:
    return ConsentText.objects.current().get(purpose=purpose).pk


def record(access: Access, person: Person, paper: SignedPaper = PAPER, purpose: Purpose = PROCESSING) -> Consent:
    return record_consent(access, person_id=person.pk, purpose=purpose, paper=paper)


def test_paper_whose_term_is_over_is_refused(curator: Persona, person: Person) -> None:
    over = replace(PAPER, signed_on=TODAY - timedelta(days=9), valid_until=TODAY - timedelta(days=1))

    with pytest.raises(RefusedError, match=r"^Срок согласия истёк 19\.11\.2026: нужно новое\.$"):
        record(curator.access, person, over)
    assert record(curator.access, person, replace(over, valid_until=TODAY)).valid_until == TODAY


def test_recorded_paper_is_in_force_from_its_date(curator: Persona, person: Person) -> None:
    consent = record(curator.access, person, replace(PAPER, signed_on=date(2026, 11, 1)))

    in_force = Consent.objects.filter(person=person)
    assert in_force.in_force(TODAY).get() == consent
    assert not in_force.in_force(date(2026, 10, 31)).exists()
    assert consent.text_id == current_text()
    assert (consent.way, consent.recorded_by, consent.recorded_at) == ("paper", curator.user, curator.access.at)


def test_recorded_paper_runs_out_after_its_last_day(curator: Persona, person: Person) -> None:
    record(curator.access, person, replace(PAPER, valid_until=TODAY))

    in_force = Consent.objects.filter(person=person)
    assert in_force.in_force(TODAY).exists()
    assert not in_force.in_force(TODAY + timedelta(days=1)).exists()


def test_paper_of_tomorrow_is_refused(curator: Persona, person: Person) -> None:
    with pytest.raises(RefusedError, match="не наступила"):
        record(curator.access, person, replace(PAPER, signed_on=TODAY + timedelta(days=1)))

    assert not person.consents.exists()


def test_minors_own_signature_is_refused(curator: Persona, pupil: Person) -> None:
    with pytest.raises(RefusedError, match="законный представитель"):
        record(curator.access, pupil)


def test_minors_representative_signs(curator: Persona, pupil: Person) -> None:
    consent = record(curator.access, pupil, MOTHER)

    assert (consent.signer_name, consent.signer_relation) == (MOTHER.signer_name, MOTHER.signer_relation)
    assert missing_consents(pupil.pk, (PROCESSING,), TODAY) == []


def test_second_consent_to_the_same_purpose_is_refused(curator: Persona, person: Person) -> None:
    record(curator.access, person)

    with pytest.raises(RefusedError, match="уже действует"):
        record(curator.access, person)

    assert person.consents.count() == 1


def test_consents_to_different_purposes_stand_side_by_side(curator: Persona, person: Person) -> None:
    for purpose in Purpose:
        record(curator.access, person, purpose=purpose)

    assert missing_consents(person.pk, tuple(Purpose), TODAY) == []


def test_claim_from_a_spreadsheet_becomes_the_consent(curator: Persona, person: Person) -> None:
    ConsentFactory(person=person, state=Consent.State.CLAIMED, text=None, way="", signer_name="", signed_on=None)

    consent = record(curator.access, person)

    assert list(person.consents.all()) == [consent]
    assert consent.state == Consent.State.SIGNED


def test_claim_alone_is_not_a_consent(person: Person) -> None:
    ConsentFactory(person=person, state=Consent.State.CLAIMED, text=None, way="", signer_name="", signed_on=None)

    assert missing_consents(person.pk, (PROCESSING,), TODAY) == [PURPOSE_LABELS[PROCESSING]]


def test_consent_can_be_given_again_after_withdrawal(curator: Persona, person: Person) -> None:
    withdraw_consent(curator.access, consent_id=record(curator.access, person).pk)

    record(curator.access, person)

    assert person.consents.count() == 2
    assert missing_consents(person.pk, (PROCESSING,), TODAY) == []


def test_consent_that_ran_out_can_be_given_again(curator: Persona, person: Person) -> None:
    ConsentFactory(person=person, signed_on=date(2025, 9, 1), valid_until=date(2026, 9, 1))

    record(curator.access, person)

    assert missing_consents(person.pk, (PROCESSING,), TODAY) == []


def test_director_records_no_consents(director: Persona, person: Person) -> None:
    with pytest.raises(PermissionDenied):
        record(director.access, person)


def test_strangers_person_is_not_there_for_recording(stranger: Persona, person: Person) -> None:
    with pytest.raises(Person.DoesNotExist):
        record(stranger.access, person)


def test_withdrawn_consent_is_in_force_no_more(curator: Persona, person: Person) -> None:
    consent = withdraw_consent(curator.access, consent_id=record(curator.access, person).pk)

    assert (consent.state, consent.withdrawn_on) == (Consent.State.WITHDRAWN, TODAY)
    assert missing_consents(person.pk, (PROCESSING,), TODAY) == [PURPOSE_LABELS[PROCESSING]]


def test_withdrawing_twice_keeps_the_first_day(curator: Persona, person: Person) -> None:
    consent = withdraw_consent(curator.access, consent_id=record(curator.access, person).pk)
    later = replace(curator.access, at=curator.access.at + timedelta(days=5))

    again = withdraw_consent(later, consent_id=consent.pk)

    assert again.withdrawn_on == TODAY


def test_claim_is_not_withdrawn(curator: Persona, person: Person) -> None:
    claim = ConsentFactory(
        person=person, state=Consent.State.CLAIMED, text=None, way="", signer_name="", signed_on=None
    )

    with pytest.raises(RefusedError, match="отзывать нечего"):
        withdraw_consent(curator.access, consent_id=claim.pk)


def test_participant_withdraws_their_own_and_nobody_elses(mentor: Persona, mentee: Persona) -> None:
    own = Consent.objects.get(person=mentor.person, purpose=PROCESSING)
    foreign = Consent.objects.get(person=mentee.person, purpose=PROCESSING)

    assert withdraw_consent(mentor.access, consent_id=own.pk).state == Consent.State.WITHDRAWN
    with pytest.raises(Consent.DoesNotExist):
        withdraw_consent(mentor.access, consent_id=foreign.pk)


def test_withdrawal_hides_a_person_from_who_only_reads(psychologist: Persona, mentor: Persona) -> None:
    seen_before = Person.objects.visible_to(psychologist.access).filter(pk=mentor.person.pk).exists()
    consent = Consent.objects.get(person=mentor.person, purpose=PROCESSING)

    withdraw_consent(mentor.access, consent_id=consent.pk)

    assert seen_before
    assert not Person.objects.visible_to(psychologist.access).filter(pk=mentor.person.pk).exists()


def test_own_consent_is_signed_with_its_circumstances(signer: Access) -> None:
    consent = sign_own_consent(signer, purpose=PROCESSING, text_id=current_text(), address="10.0.0.7")

    assert consent.way == Consent.Way.PORTAL
    assert consent.evidence == {"at": signer.at.isoformat(), "address": "10.0.0.7", "by_link": False}
    assert Consent.objects.in_force(TODAY).filter(person_id=signer.person_id).get() == consent


def test_own_consent_is_refused_where_documents_are_on_paper(mentee: Persona) -> None:
    with pytest.raises(RefusedError, match="только на бумаге"):
        sign_own_consent(mentee.access, purpose=Purpose.SHARING, text_id=current_text(Purpose.SHARING), address="")


def test_minor_signs_nothing_in_the_portal(signer: Access) -> None:
    Person.objects.filter(pk=signer.person_id).update(birth_year=2010)

    with pytest.raises(RefusedError, match="законный представитель"):
        sign_own_consent(signer, purpose=PROCESSING, text_id=current_text(), address="")


def test_text_that_was_followed_by_a_newer_one_is_not_signed(signer: Access) -> None:
    read = current_text()
    ConsentText.objects.create(purpose=PROCESSING, version=2, title="Новее", body="…", issued_on=TODAY)

    with pytest.raises(RefusedError, match="обновился"):
        sign_own_consent(signer, purpose=PROCESSING, text_id=read, address="")


def test_text_of_another_purpose_is_not_signed(signer: Access) -> None:
    with pytest.raises(RefusedError, match="прочитайте"):
        sign_own_consent(signer, purpose=PROCESSING, text_id=current_text(Purpose.SHARING), address="")


def test_sheet_names_the_person_and_leaves_blanks_for_what_is_not_stored(curator: Persona, person: Person) -> None:
    sheet = consent_sheet(curator.access, person, PROCESSING)

    text = "\n".join(sheet.paragraphs)
    assert person.full_name in text
    assert curator.organisation.full_name in text
    assert "{" not in text
    assert (sheet.in_force, sheet.is_minor, sheet.may_sign_here) == (None, False, False)


def test_sheet_offers_to_sign_where_it_counts(signer: Access) -> None:
    person = Person.objects.get(pk=signer.person_id)

    before = consent_sheet(signer, person, PROCESSING).may_sign_here
    sign_own_consent(signer, purpose=PROCESSING, text_id=current_text(), address="")

    assert before
    assert not consent_sheet(signer, person, PROCESSING).may_sign_here


def test_table_puts_who_lacks_the_first_consent_first(curator: Persona, person: Person) -> None:
    consents(curator.person)

    table = list(consent_table(curator.access))

    assert [(each.pk, each.has_processing) for each in table] == [(person.pk, False), (curator.person.pk, True)]
    assert list(consent_table(curator.access, only="missing")) == [person]


def test_table_finds_by_name_and_leaves_out_who_left(curator: Persona, person: Person, school: Organisation) -> None:
    PersonFactory(organisation=school, surname=person.surname, left_on=TODAY)

    assert list(consent_table(curator.access, search=person.surname.upper())) == [person]


def test_lines_show_the_newest_consent_of_each_purpose(curator: Persona, person: Person) -> None:
    withdraw_consent(curator.access, consent_id=record(curator.access, person).pk)
    newest = record(curator.access, person)

    lines = consent_lines(curator.access, person)

    assert [line.purpose for line in lines] == list(Purpose)
    assert (lines[0].consent, lines[0].is_in_force) == (newest, True)
    assert (lines[1].consent, lines[1].is_in_force) == (None, False)


def test_missing_consents_of_several_are_kept_apart(school: Organisation, person: Person) -> None:
    other = PersonFactory(organisation=school)
    consents(other, PROCESSING)

    missing = missing_consents_of([person.pk, other.pk], (PROCESSING, Purpose.SHARING), TODAY)

    sharing = PURPOSE_LABELS[Purpose.SHARING]
    assert missing == {person.pk: [PURPOSE_LABELS[PROCESSING], sharing], other.pk: [sharing]}


def test_curator_sees_all_consents_and_a_participant_their_own(
    curator: Persona, mentor: Persona, person: Person
) -> None:
    record(curator.access, person)

    assert curator.access.may(Permission.CONSENTS_RECORD)
    assert Consent.objects.visible_to(curator.access).count() == 3
    assert {consent.person for consent in Consent.objects.visible_to(mentor.access)} == {mentor.person}
