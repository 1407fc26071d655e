"""Signing: who may, which number it takes, what is frozen; then acquaintance and journals."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from documents.domain.paper import content_hash
from documents.domain.states import DocumentState
from documents.models import Acquaintance, Document, Journal, JournalYear
from documents.operations.signing import (
    WrongPasswordError,
    confirm_acquaintance,
    render_again,
    set_journal,
    set_state,
    sign_document,
)
from documents.queries import journal_lines, own_documents, to_acquaint
from jobs.models import Job
from people.domain.refusal import RefusedError
from people.domain.roles import Role
from people.models import Head, Organisation
from tests.conftest import Persona, make_persona
from tests.factories import AT, PASSWORD, TODAY, HeadFactory
from tests.mentoring.at_once import at_once

Make = Callable[[], Document]
DAY = timedelta(days=1)


def sign(persona: Persona, document: Document, *, password: str = PASSWORD, days_later: int = 0) -> Document:
    return sign_document(
        persona.access,
        document_id=document.pk,
        password=password,
        effective_on=persona.access.today + days_later * DAY,
        named_person_ids=[],
    )


def test_signed_document_has_number_day_signer_and_hash(director: Persona, signed: Document) -> None:
    signed.refresh_from_db()

    assert (signed.state, signed.number, signed.sequence, signed.year) == (DocumentState.SIGNED, "1-од", 1, 2026)
    assert (signed.issued_on, signed.effective_on, signed.signed_at) == (TODAY, TODAY, AT)
    assert (signed.signed_by, signed.signer_name) == (director.user, "Савельев Олег Юрьевич")
    assert signed.content_sha256 == content_hash(signed.paper)
    assert signed.paper["mark"]["key"] == signed.content_sha256[:16].upper()


def test_signed_paper_holds_number_date_mark_and_check_address(signed: Document) -> None:
    paper = signed.paper

    assert (paper["number"], paper["date"]) == ("1-од", "20\u00a0ноября 2026\u00a0г.")
    assert paper["mark"]["name"] == "Савельев Олег Юрьевич"
    assert paper["mark"]["at"] == "20.11.2026 12:00"
    assert len(paper["mark"]["key"]) == 16
    assert paper["check_url"].endswith(f"/check/{signed.check_key}/")


def test_mark_tells_the_time_where_the_school_is(director: Persona, agreed_on: Make) -> None:
    Organisation.objects.filter(pk=director.organisation.pk).update(time_zone="Asia/Vladivostok")
    director.organisation.refresh_from_db()

    assert sign(director, agreed_on()).paper["mark"]["at"] == "20.11.2026 19:00"


def test_signing_queues_the_files(director: Persona, signed: Document) -> None:
    job = Job.objects.get(kind="documents.render")

    assert job.params == {"document_id": signed.pk}
    assert (job.created_by, job.organisation) == (director.user, director.organisation)


def test_numbers_follow_each_other(director: Persona, agreed_on: Make) -> None:
    assert [sign(director, agreed_on()).number for _ in range(3)] == ["1-од", "2-од", "3-од"]


def test_numbers_start_anew_with_the_calendar_year(director: Persona, agreed_on: Make) -> None:
    sign(director, agreed_on())
    january = replace(director, access=replace(director.access, at=AT.replace(year=2027, month=1)))

    assert sign(january, agreed_on()).number == "1-од"


def test_number_of_a_signature_that_failed_is_not_lost(director: Persona, agreed_on: Make) -> None:
    document = agreed_on()

    with pytest.raises(IntegrityError), transaction.atomic():
        sign_document(
            director.access, document_id=document.pk, password=PASSWORD, effective_on=TODAY, named_person_ids=[1, 1]
        )

    assert sign(director, document).number == "1-од"


@pytest.mark.parametrize("password", ["", "ne-tot-parol", PASSWORD.upper(), f" {PASSWORD}"])
def test_wrong_password_signs_nothing(director: Persona, agreed_on: Make, password: str) -> None:
    document = agreed_on()

    with pytest.raises(WrongPasswordError):
        sign(director, document, password=password)

    assert Document.objects.get(pk=document.pk).state == DocumentState.ON_AGREEMENT
    assert not JournalYear.objects.exists()


def test_director_by_role_who_is_not_the_head_does_not_sign(school: Organisation, agreed_on: Make) -> None:
    second = make_persona(Role.DIRECTOR, school)

    with pytest.raises(RefusedError, match="только руководитель"):
        sign(second, agreed_on())


def test_head_of_yesterday_does_not_sign(director: Persona, agreed_on: Make) -> None:
    Head.objects.update(until=TODAY - DAY)

    with pytest.raises(RefusedError, match="только руководитель"):
        sign(director, agreed_on())


def test_acting_head_signs_instead_of_the_head(school: Organisation, director: Persona, agreed_on: Make) -> None:
    acting = make_persona(Role.ACTING_DIRECTOR, school, surname="Замова", given="Ирина", patronymic="Львовна")
    title = "Исполняющий обязанности директора"
    HeadFactory(organisation=school, person=acting.person, is_acting=True, title=title, since=TODAY, until=TODAY)
    first, second = agreed_on(), agreed_on()

    signed = sign(acting, first)

    assert (signed.signer_name, signed.signer_post) == ("Замова Ирина Львовна", title)
    assert (signed.paper["signer_name"], signed.paper["signer_post"]) == ("И.\u00a0Л.\u00a0Замова", title)
    with pytest.raises(RefusedError, match="только руководитель"):
        sign(director, second)


def test_curator_does_not_sign(curator: Persona, agreed_on: Make) -> None:
    with pytest.raises(PermissionDenied):
        sign(curator, agreed_on())


def test_signed_document_is_not_signed_again(director: Persona, signed: Document) -> None:
    with pytest.raises(RefusedError, match="уже сделал этот шаг"):
        sign(director, signed)

    assert JournalYear.objects.get().last == 1


def test_draft_is_not_signed(director: Persona, drafted: Make) -> None:
    with pytest.raises(RefusedError, match="уже сделал этот шаг"):
        sign(director, drafted())


def test_document_does_not_take_effect_before_it_is_signed(director: Persona, agreed_on: Make) -> None:
    with pytest.raises(RefusedError, match="раньше дня подписания"):
        sign(director, agreed_on(), days_later=-1)


def test_head_of_another_school_finds_no_document(stranger_as: Callable[[Role], Persona], agreed_on: Make) -> None:
    stranger = stranger_as(Role.DIRECTOR)
    HeadFactory(organisation=stranger.organisation, person=stranger.person)

    with pytest.raises(Document.DoesNotExist):
        sign(stranger, agreed_on())


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_documents_signed_at_once_get_numbers_without_gap_or_double(director: Persona, agreed_on: Make) -> None:
    documents = [agreed_on() for _ in range(8)]

    at_once(*(lambda document=document: sign(director, document) for document in documents))

    numbers = Document.objects.order_by("sequence").values_list("sequence", flat=True)
    assert list(numbers) == list(range(1, 9))
    assert JournalYear.objects.get().last == 8


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_document_signed_by_two_clicks_takes_one_number(director: Persona, agreed_on: Make) -> None:
    document = agreed_on()

    answers = at_once(*(lambda: sign(director, document) for _ in range(4)))

    assert [type(answer) for answer in answers].count(RefusedError) == 3
    assert JournalYear.objects.get().last == 1
    assert Job.objects.count() == 1


def test_named_people_are_asked_to_acquaint_themselves(mentor: Persona, mentee: Persona, signed: Document) -> None:
    assert list(to_acquaint(mentor.access)) == [signed]
    assert [row.document for row in own_documents(mentee.access)] == [signed]


def test_confirmed_document_waits_no_more(mentor: Persona, mentee: Persona, signed: Document) -> None:
    row = confirm_acquaintance(mentor.access, document_id=signed.pk)

    assert row.confirmed_at == AT
    assert list(to_acquaint(mentor.access)) == []
    assert list(to_acquaint(mentee.access)) == [signed]


def test_second_press_keeps_the_first_moment(mentor: Persona, signed: Document) -> None:
    confirm_acquaintance(mentor.access, document_id=signed.pk)
    later = replace(mentor.access, at=AT + DAY)

    assert confirm_acquaintance(later, document_id=signed.pk).confirmed_at == AT


def test_who_is_not_named_confirms_nothing(psychologist: Persona, signed: Document) -> None:
    with pytest.raises(Acquaintance.DoesNotExist):
        confirm_acquaintance(psychologist.access, document_id=signed.pk)


def test_signed_document_moves_on_along_its_life(signed: Document) -> None:
    for then in (DocumentState.IN_FORCE, DocumentState.AMENDED, DocumentState.ENDED):
        set_state(signed, then)

        assert Document.objects.get(pk=signed.pk).state == then


def test_signed_document_does_not_move_back(signed: Document) -> None:
    with pytest.raises(RefusedError):
        set_state(signed, DocumentState.DRAFT)


def test_files_are_made_again_only_of_a_signed_document(curator: Persona, signed: Document, drafted: Make) -> None:
    render_again(curator.access, document_id=signed.pk)

    assert Job.objects.filter(params__document_id=signed.pk).count() == 2
    with pytest.raises(RefusedError, match="только у подписанного"):
        render_again(curator.access, document_id=drafted().pk)


def journal(persona: Persona, last: int, journal_id: int | None = None) -> Journal:
    return set_journal(persona.access, journal_id=journal_id, title="Приказы", pattern="{n}-од", last=last)


def test_numbers_go_on_after_the_last_one_on_paper(curator: Persona, director: Persona, agreed_on: Make) -> None:
    journal(curator, last=208)

    assert sign(director, agreed_on()).number == "209-од"
    assert [line.last for line in journal_lines(curator.access, TODAY)] == [209]
    assert [line.last for line in journal_lines(curator.access, date(2027, 1, 1))] == [0]


def test_journal_does_not_go_back_below_a_number_given(curator: Persona, director: Persona, agreed_on: Make) -> None:
    own = journal(curator, last=208)
    sign(director, agreed_on())

    with pytest.raises(RefusedError, match="уже выдан номер 209"):
        journal(curator, last=208, journal_id=own.pk)

    journal(curator, last=300, journal_id=own.pk)
    assert sign(director, agreed_on()).number == "301-од"


def test_journal_of_another_school_is_not_there(stranger: Persona, curator: Persona) -> None:
    own = journal(curator, last=0)

    with pytest.raises(Journal.DoesNotExist):
        journal(stranger, last=7, journal_id=own.pk)


def test_participant_changes_no_journal(mentor: Persona) -> None:
    with pytest.raises(PermissionDenied):
        journal(mentor, last=0)


def test_one_count_per_journal_and_year_is_kept_by_the_database(curator: Persona) -> None:
    counted = journal(curator, last=0)

    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        JournalYear.objects.create(journal=counted, year=2026)

    assert refusal.value.__cause__.diag.constraint_name == "one_count_per_journal_and_year"


def test_every_letter_of_the_mark_key_is_of_the_papers_hash(director: Persona, agreed_on: Make) -> None:
    keys = {sign(director, agreed_on()).paper["mark"]["key"] for _ in range(2)}

    assert len(keys) == 2
    assert set(chain.from_iterable(keys)) <= set("0123456789ABCDEF")
