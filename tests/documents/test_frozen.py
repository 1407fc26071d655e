"""What is signed does not change: the database itself refuses, whoever asks."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from documents.domain.states import DocumentState
from documents.models import Document, DocumentFile, Visa
from documents.operations.drafts import give_visa
from documents.operations.signing import confirm_acquaintance, set_state
from mentoring.models import AssignmentOrder
from mentoring.operations.order_drafts import draft_assignment
from mentoring.operations.orders import send_order, sign_order
from tests.conftest import Persona
from tests.factories import AT, PASSWORD, pair


def sql(statement: str, *values: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


@pytest.fixture
def order(curator: Persona, director: Persona, signed: Document) -> Document:
    """An order in force with a line, a visa, a basis, a file and an acquaintance sheet."""
    set_state(signed, DocumentState.IN_FORCE)
    draft = draft_assignment(curator.access, pairing_ids=[pair(curator.organisation, state="agreed").pk])
    draft.document.basis.add(signed)
    send_order(curator.access, document_id=draft.pk)
    give_visa(director.access, document_id=draft.pk, decision=Visa.Decision.AGREED, name="Савельев", comment="")
    sign_order(director.access, document_id=draft.pk, password=PASSWORD, effective_on=director.access.today)
    DocumentFile.objects.create(
        document_id=draft.pk, format="pdf", content=b"%PDF", sha256="0" * 64, size=4, rendered_at=AT
    )
    return Document.objects.get(pk=draft.pk)


STATEMENTS = [
    "UPDATE documents_document SET heading = 'Иное' WHERE id = %s",
    "UPDATE documents_document SET number = '7-од' WHERE id = %s",
    "UPDATE documents_document SET issued_on = '2026-01-01' WHERE id = %s",
    "UPDATE documents_document SET paper = '{}' WHERE id = %s",
    "UPDATE documents_document SET signer_name = 'Другой' WHERE id = %s",
    "UPDATE documents_document SET content_sha256 = 'f' WHERE id = %s",
    "UPDATE documents_document SET organisation_id = organisation_id + 1 WHERE id = %s",
    "UPDATE documents_document SET state = 'draft' WHERE id = %s",
    "UPDATE documents_document SET state = 'on_agreement' WHERE id = %s",
    "UPDATE documents_document SET state = 'signed' WHERE id = %s",
    "UPDATE documents_document SET state = 'amended', heading = 'Иное' WHERE id = %s",
    "DELETE FROM documents_document WHERE id = %s",
    "UPDATE documents_documentfile SET content = 'x' WHERE document_id = %s",
    "UPDATE documents_documentfile SET sha256 = 'x' WHERE document_id = %s",
    "DELETE FROM documents_documentfile WHERE document_id = %s",
    "UPDATE documents_visa SET comment = 'Против' WHERE document_id = %s",
    "DELETE FROM documents_visa WHERE document_id = %s",
    "INSERT INTO documents_visa (organisation_id, document_id, user_id, name, decision, comment, decided_at)"
    " SELECT organisation_id, id, author_id, 'Подложный', 'agreed', '', now() FROM documents_document WHERE id = %s",
    "UPDATE documents_document_basis SET to_document_id = from_document_id WHERE from_document_id = %s",
    "DELETE FROM documents_document_basis WHERE from_document_id = %s",
    "INSERT INTO documents_document_basis (from_document_id, to_document_id)"
    " SELECT id, id FROM documents_document WHERE id = %s",
    "UPDATE documents_acquaintance SET person_id = person_id + 1 WHERE document_id = %s",
    "DELETE FROM documents_acquaintance WHERE document_id = %s",
    "UPDATE mentoring_assignmentorderline SET action = 'assign', last_day = now() WHERE order_id = %s",
    "DELETE FROM mentoring_assignmentorderline WHERE order_id = %s",
    "INSERT INTO mentoring_assignmentorderline (organisation_id, order_id, pairing_id, action, ground)"
    " SELECT organisation_id, order_id, pairing_id, 'assign', '' FROM mentoring_assignmentorderline"
    " WHERE order_id = %s",
    "UPDATE mentoring_assignmentorder SET control_id = NULL, action = 'end' WHERE document_id = %s",
    "DELETE FROM mentoring_assignmentorder WHERE document_id = %s",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_signed_document_refuses(order: Document, statement: str) -> None:
    with pytest.raises(DatabaseError, match="a signed document is frozen"), transaction.atomic():
        sql(statement, order.pk)


@pytest.mark.parametrize(
    "table",
    [
        "documents_document CASCADE",
        "documents_documentfile",
        "documents_visa",
        "documents_document_basis",
        "documents_acquaintance",
        "mentoring_assignmentorderline",
        "mentoring_assignmentorder CASCADE",
        "people_organisation CASCADE",
    ],
)
def test_tables_of_signed_documents_are_not_truncated(order: Document, table: str) -> None:
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql("SET LOCAL portal.may_truncate = off")

    with pytest.raises(DatabaseError, match="its table is not truncated"), transaction.atomic():
        sql(f"TRUNCATE {table}")

    assert Document.objects.filter(pk=order.pk).exists()


def test_confirmed_acquaintance_is_not_taken_back(mentor: Persona, signed: Document) -> None:
    confirm_acquaintance(mentor.access, document_id=signed.pk)

    for change in ("NULL", "now()"):
        with pytest.raises(DatabaseError, match="only filled in"), transaction.atomic():
            sql(
                f"UPDATE documents_acquaintance SET confirmed_at = {change}"
                " WHERE document_id = %s AND confirmed_at IS NOT NULL",
                signed.pk,
            )


def test_blank_on_the_sheet_is_filled_once(signed: Document) -> None:
    statement = "UPDATE documents_acquaintance SET confirmed_at = now() WHERE document_id = %s"

    assert sql(statement, signed.pk) == 2


def test_draft_has_no_file(drafted: Callable[[], Document]) -> None:
    with pytest.raises(DatabaseError, match="only a signed document has a file"), transaction.atomic():
        DocumentFile.objects.create(document=drafted(), format="pdf", content=b"x", sha256="", size=1, rendered_at=AT)


def test_draft_changes_and_goes(drafted: Callable[[], Document]) -> None:
    document = drafted()

    assert sql("UPDATE documents_document SET heading = 'Иное' WHERE id = %s", document.pk) == 1
    assert sql("DELETE FROM documents_document WHERE id = %s", document.pk) == 1


def test_signed_document_moves_on_by_sql_too(order: Document) -> None:
    assert order.state == DocumentState.IN_FORCE

    assert sql("UPDATE documents_document SET state = 'ended' WHERE id = %s", order.pk) == 1


def test_order_of_a_draft_may_change(curator: Persona) -> None:
    draft = draft_assignment(curator.access, pairing_ids=[pair(curator.organisation, state="agreed").pk])

    AssignmentOrder.objects.filter(pk=draft.pk).update(control=None)

    assert AssignmentOrder.objects.get(pk=draft.pk).control is None


@pytest.mark.parametrize("crossed", ["reader", "sheet"])
def test_nobody_of_another_school_stands_on_the_sheet(signed: Document, stranger: Persona, crossed: str) -> None:
    owner = signed.organisation_id if crossed == "reader" else stranger.organisation.pk
    sql("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(DatabaseError, match=f"{crossed}_is_of_the_same_organisation"), transaction.atomic():
        sql(
            "INSERT INTO documents_acquaintance (organisation_id, document_id, person_id, evidence)"
            " VALUES (%s, %s, %s, '{}')",
            owner,
            signed.pk,
            stranger.person.pk,
        )
