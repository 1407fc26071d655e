"""Drafts: making, rewording, agreement, visas."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from documents.domain.kinds import SUMMARY
from documents.domain.states import DocumentState
from documents.forms import DraftForm, JournalForm
from documents.models import Document, Journal, Visa
from documents.operations.drafts import draft_document, give_visa, reword_draft, send_to_agreement, take_back
from people.domain.refusal import RefusedError
from tests.conftest import Persona
from tests.documents.conftest import PAPER
from tests.factories import AT, DocumentFactory, JournalFactory

Make = Callable[[], Document]
AGREED, RETURNED = Visa.Decision.AGREED, Visa.Decision.RETURNED


def visa(persona: Persona, document: Document, decision: Visa.Decision, comment: str = "") -> Visa:
    return give_visa(
        persona.access, document_id=document.pk, decision=decision, name=persona.person.full_name, comment=comment
    )


def reword(persona: Persona, document: Document, **values: object) -> Document:
    usual = {"heading": "О новом", "preamble": "Затем", "points": "Сделать.", "journal_id": document.journal_id}
    return reword_draft(persona.access, document_id=document.pk, **(usual | values))


def state_of(document: Document) -> str:
    return Document.objects.get(pk=document.pk).state


def test_draft_has_text_author_and_no_number(curator: Persona, drafted: Make) -> None:
    document = drafted()

    assert document.points == "\n".join(PAPER.points)
    assert (document.state, document.number, document.sequence) == (DocumentState.DRAFT, "", None)
    assert (document.author, document.created_at) == (curator.user, AT)


def test_first_draft_makes_the_journal_and_the_second_uses_it(drafted: Make) -> None:
    journals = {drafted().journal_id, drafted().journal_id}

    assert journals == {Journal.objects.get().pk}


def test_summary_has_a_journal_of_its_own_and_orders_stay_out_of_it(curator: Persona, drafted: Make) -> None:
    summary = draft_document(curator.access, kind=SUMMARY, heading="О", preamble="П", points=())

    assert (summary.journal.title, drafted().journal.title) == ("Сводки и справки", "Приказы по основной деятельности")


def test_journal_of_another_school_is_not_taken(stranger: Persona, drafted: Make) -> None:
    JournalFactory(organisation=stranger.organisation)

    assert drafted().journal.organisation != stranger.organisation


def test_draft_is_reworded(curator: Persona, drafted: Make) -> None:
    document = reword(curator, drafted())

    document.refresh_from_db()
    assert (document.heading, document.preamble, document.points) == ("О новом", "Затем", "Сделать.")


def test_document_on_agreement_is_not_reworded(curator: Persona, agreed_on: Make) -> None:
    document = agreed_on()

    with pytest.raises(RefusedError, match="только в проекте"):
        reword(curator, document)

    assert Document.objects.get(pk=document.pk).heading == PAPER.heading


def test_draft_does_not_go_into_a_foreign_journal(curator: Persona, stranger: Persona, drafted: Make) -> None:
    foreign = JournalFactory(organisation=stranger.organisation)

    with pytest.raises(Journal.DoesNotExist):
        reword(curator, drafted(), journal_id=foreign.pk)


def test_director_does_not_reword(director: Persona, drafted: Make) -> None:
    with pytest.raises(PermissionDenied):
        reword(director, drafted())


def test_strangers_find_no_draft(stranger: Persona, drafted: Make) -> None:
    with pytest.raises(Document.DoesNotExist):
        reword(stranger, drafted())


def test_wording_is_frozen_when_sent(agreed_on: Make) -> None:
    document = agreed_on()

    assert state_of(document) == DocumentState.ON_AGREEMENT
    assert document.paper == PAPER.as_json()
    assert document.sent_at == AT


def test_sent_twice_is_refused(curator: Persona, agreed_on: Make) -> None:
    with pytest.raises(RefusedError, match="кто-то уже сделал этот шаг"):
        send_to_agreement(curator.access, document_id=agreed_on().pk, paper=PAPER.as_json())


def test_document_is_taken_back_and_sent_again_without_old_visas(
    curator: Persona, director: Persona, agreed_on: Make
) -> None:
    document = agreed_on()
    visa(director, document, AGREED)

    take_back(curator.access, document_id=document.pk)
    assert state_of(document) == DocumentState.DRAFT
    send_to_agreement(curator.access, document_id=document.pk, paper=PAPER.as_json())

    assert not document.visas.exists()


def test_visa_is_one_per_person_and_the_last_counts(director: Persona, hr_officer: Persona, agreed_on: Make) -> None:
    document = agreed_on()

    visa(director, document, AGREED)
    visa(director, document, AGREED, "со второго взгляда")
    visa(hr_officer, document, AGREED)

    found = document.visas.order_by("pk").values_list("user_id", "comment")
    assert list(found) == [(director.user.pk, "со второго взгляда"), (hr_officer.user.pk, "")]


def test_returned_document_is_a_draft_with_the_reason(director: Persona, agreed_on: Make) -> None:
    document = agreed_on()

    visa(director, document, RETURNED, "  Исправьте период. ")

    assert state_of(document) == DocumentState.DRAFT
    assert document.visas.get().comment == "Исправьте период."


def test_document_is_not_returned_without_a_reason(director: Persona, agreed_on: Make) -> None:
    document = agreed_on()

    with pytest.raises(RefusedError, match="что исправить"):
        visa(director, document, RETURNED, "  ")

    assert state_of(document) == DocumentState.ON_AGREEMENT


def test_draft_gets_no_visa(director: Persona, drafted: Make) -> None:
    with pytest.raises(RefusedError, match="не на согласовании"):
        visa(director, drafted(), AGREED)


def test_curator_gives_no_visa(curator: Persona, agreed_on: Make) -> None:
    with pytest.raises(PermissionDenied):
        visa(curator, agreed_on(), AGREED)


def test_forms_offer_only_own_journals(curator: Persona, stranger: Persona, drafted: Make) -> None:
    JournalFactory(organisation=stranger.organisation)
    own = drafted().journal

    assert list(DraftForm(access=curator.access).fields["journal"].queryset) == [own]


@pytest.mark.parametrize(("pattern", "is_valid"), [("{n}-од", True), (" {n} ", True), ("од", False), ("{n}{n}", False)])
def test_journal_form_wants_the_number_once(curator: Persona, pattern: str, is_valid: bool) -> None:
    form = JournalForm({"title": "Приказы", "pattern": pattern, "last": 0}, access=curator.access)

    assert form.is_valid() == is_valid


def journal_without_a_number() -> None:
    JournalFactory(pattern="од")


def two_journals_of_one_title() -> None:
    JournalFactory(organisation=JournalFactory().organisation)


def signed_without_anything() -> None:
    DocumentFactory(state="signed")


def in_force_before_it_is_issued() -> None:
    DocumentFactory(issued_on=AT.date(), effective_on=AT.date().replace(day=1))


def returned_without_a_word() -> None:
    document = DocumentFactory()
    Visa.objects.create(
        organisation=document.organisation,
        document=document,
        user=document.author,
        name="Кто-то",
        decision=RETURNED,
        decided_at=AT,
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("journal_pattern_has_a_number", journal_without_a_number),
        ("one_journal_per_title", two_journals_of_one_title),
        ("signed_document_has_number_date_and_signer", signed_without_anything),
        ("document_takes_effect_after_it_is_issued", in_force_before_it_is_issued),
        ("returned_document_says_why", returned_without_a_word),
    ],
)
def test_constraint_refuses(name: str, broken: Callable[[], None]) -> None:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        broken()

    assert refusal.value.__cause__.diag.constraint_name == name
