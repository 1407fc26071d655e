"""General orders: drafted with annexes, agreed on, signed, in force, and never mistaken for orders on pairs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from documents.domain.paper import OrderPaper, content_hash
from documents.models import Acquaintance, Document
from documents.operations.acts import discard_act, draft_act, reword_act, send_act, set_annexes, sign_act
from documents.operations.drafts import give_visa, take_back
from documents.operations.signing import confirm_acquaintance
from documents.papers import act_paper, first_closing_points
from documents.periodic import bring_acts_into_force
from documents.queries import document_list, to_acquaint
from mentoring.operations.order_drafts import draft_assignment
from mentoring.operations.orders import send_order, sign_order
from mentoring.periodic import bring_orders_into_force
from people.domain.refusal import RefusedError
from people.models import Person
from tests.conftest import Persona
from tests.documents.conftest import POINTS, ROADMAP, TEXT
from tests.factories import PASSWORD, TODAY, pair

DAY = timedelta(days=1)

MakeAct = Callable[..., Document]


def some_days_ago(persona: Persona) -> Persona:
    """The same person, three days before the clock's own today."""
    return replace(persona, access=replace(persona.access, at=timezone.now() - 3 * DAY))


def sign(director: Persona, document: Document, *, on: date | None = None, read: str | None = None) -> Document:
    day = on or director.access.today
    return sign_act(director.access, document_id=document.pk, password=PASSWORD, effective_on=day, read=read)


def sent(curator: Persona, document: Document) -> Document:
    return send_act(curator.access, document_id=document.pk)


def again(document: Document) -> Document:
    return Document.objects.get(pk=document.pk)


def test_draft_keeps_text_annexes_basis_and_kind(curator: Persona, act: MakeAct, signed: Document) -> None:
    document = again(act(basis=[signed]))

    assert (document.kind, document.page, document.state) == ("order", "act_detail", "draft")
    assert document.points == "\n".join(POINTS)
    assert act_paper(curator.access, document).annexes == (TEXT, ROADMAP)
    assert list(document.basis.all()) == [signed]


def test_drafter_and_those_chosen_stand_on_the_sheet(curator: Persona, mentor: Persona, act: MakeAct) -> None:
    document = act(named_person_ids=[mentor.person.pk])

    named = act_paper(curator.access, document).acquaintance

    assert [each.name for each in named] == [mentor.person.full_name, curator.person.full_name]


def test_nobody_of_another_school_is_put_on_the_sheet(curator: Persona, stranger: Persona, act: MakeAct) -> None:
    document = act(named_person_ids=[stranger.person.pk])

    assert [row.person_id for row in document.acquaintances.all()] == [curator.person.pk]


def test_sheet_of_a_draft_asks_nobody_and_counts_nobody(curator: Persona, mentor: Persona, act: MakeAct) -> None:
    act(named_person_ids=[mentor.person.pk])

    (row,) = document_list(curator.access)

    assert (row.named, list(to_acquaint(mentor.access))) == (0, [])


def test_draft_is_reworded_with_annexes_and_persons(curator: Persona, mentor: Persona, act: MakeAct) -> None:
    document = act(named_person_ids=[mentor.person.pk])

    reword_act(
        curator.access,
        document_id=document.pk,
        heading="Об ином",
        preamble="Затем",
        points="Сделать.",
        journal_id=document.journal_id,
        annexes=(ROADMAP,),
        named_person_ids=[],
    )

    paper = act_paper(curator.access, again(document))
    assert (paper.heading, paper.points, paper.annexes) == ("Об ином", ("1. Сделать.",), (ROADMAP,))
    assert [each.name for each in paper.acquaintance] == [curator.person.full_name]


def test_annexes_are_set_in_a_draft_only(curator: Persona, act: MakeAct) -> None:
    document = sent(curator, act())

    with pytest.raises(RefusedError, match="только в проекте"):
        set_annexes(curator.access, document_id=document.pk, annexes=())

    assert len(again(document).annexes) == 2


def test_paper_is_frozen_with_its_annexes_when_sent(curator: Persona, act: MakeAct) -> None:
    document = sent(curator, act())

    Person.objects.filter(pk=curator.person.pk).update(surname="Иная")
    paper = act_paper(curator.access, again(document))

    assert paper.annexes == (TEXT, ROADMAP)
    assert paper.acquaintance[0].name == curator.person.full_name


def test_order_taken_back_is_sent_again_with_other_annexes(curator: Persona, act: MakeAct) -> None:
    document = sent(curator, act())
    take_back(curator.access, document_id=document.pk)
    set_annexes(curator.access, document_id=document.pk, annexes=(TEXT,))

    sent(curator, document)

    assert OrderPaper.from_json(again(document).paper).annexes == (TEXT,)


def test_signed_order_is_numbered_in_force_and_read(
    curator: Persona, director: Persona, mentor: Persona, act: MakeAct
) -> None:
    document = sent(curator, act(named_person_ids=[mentor.person.pk]))

    sign(director, document, read=content_hash(act_paper(director.access, document).as_json()))
    confirm_acquaintance(mentor.access, document_id=document.pk)

    stored = again(document)
    assert (stored.number, stored.state, stored.effective_on) == ("1-од", "in_force", TODAY)
    assert OrderPaper.from_json(stored.paper).annexes == (TEXT, ROADMAP)
    assert Acquaintance.objects.filter(document=document, confirmed_at__isnull=False).count() == 1


def test_order_changed_while_it_was_read_is_not_signed(curator: Persona, director: Persona, act: MakeAct) -> None:
    document = sent(curator, act())
    read = content_hash(act_paper(director.access, document).as_json())
    take_back(curator.access, document_id=document.pk)
    set_annexes(curator.access, document_id=document.pk, annexes=(TEXT,))
    sent(curator, document)

    with pytest.raises(RefusedError, match="текст изменили"):
        sign(director, document, read=read)


@pytest.mark.parametrize(
    "change",
    ["annexes = '[]'", "paper = paper - 'annexes'", "paper = jsonb_set(paper, '{annexes,0,title}', '\"Иное\"')"],
)
def test_annexes_of_a_signed_order_are_frozen(curator: Persona, director: Persona, act: MakeAct, change: str) -> None:
    document = sign(director, sent(curator, act()))

    with (
        pytest.raises(DatabaseError, match="a signed document is frozen"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE documents_document SET {change} WHERE id = %s", [document.pk])


@pytest.mark.parametrize(("wait", "state"), [(-1, "in_force"), (0, "in_force"), (1, "signed")])
def test_clock_brings_general_orders_into_force_on_their_day(
    curator: Persona, director: Persona, act: MakeAct, wait: int, state: str
) -> None:
    document = sent(curator, act())
    document = sign(some_days_ago(director), document, on=timezone.localdate() + wait * DAY)
    before = document.state

    for _ in range(2):
        bring_acts_into_force()

    assert (before, again(document).state) == ("signed", state)


def test_clock_of_each_app_leaves_the_orders_of_the_other_alone(
    curator: Persona, director: Persona, act: MakeAct
) -> None:
    earlier, today = some_days_ago(director), timezone.localdate()
    order = draft_assignment(curator.access, pairing_ids=[pair(curator.organisation, state="agreed").pk]).document
    send_order(curator.access, document_id=order.pk)
    sign_order(earlier.access, document_id=order.pk, password=PASSWORD, effective_on=today)
    document = sign(earlier, sent(curator, act()), on=today)

    states = []
    for bring in (bring_acts_into_force, bring_orders_into_force):
        bring()
        states.append((again(document).state, again(order).state))

    assert states == [("in_force", "signed"), ("in_force", "in_force")]


def test_order_that_rests_on_an_order_on_pairs_changes_nothing_in_it(
    curator: Persona, director: Persona, act: MakeAct
) -> None:
    order = draft_assignment(curator.access, pairing_ids=[pair(curator.organisation, state="agreed").pk])
    send_order(curator.access, document_id=order.pk)
    sign_order(director.access, document_id=order.pk, password=PASSWORD, effective_on=TODAY)

    sign(director, sent(curator, act(basis=[order.document])))

    assert again(order.document).state == "in_force"


def test_draft_is_discarded_and_a_second_press_changes_nothing(curator: Persona, act: MakeAct) -> None:
    document = act()

    discard_act(curator.access, document_id=document.pk)
    discard_act(curator.access, document_id=document.pk)

    assert not Document.objects.exists()


def test_order_on_agreement_is_not_discarded(curator: Persona, act: MakeAct) -> None:
    document = sent(curator, act())

    with pytest.raises(RefusedError, match="только проект"):
        discard_act(curator.access, document_id=document.pk)


@pytest.mark.parametrize("press", ["send", "sign", "set_annexes"])
def test_order_on_pairs_is_no_general_order(
    curator: Persona, director: Persona, agreed_on: Callable[[], Document], press: str
) -> None:
    document = agreed_on()
    operations: dict[str, Callable[[], object]] = {
        "send": lambda: sent(curator, document),
        "sign": lambda: sign(director, document),
        "set_annexes": lambda: set_annexes(curator.access, document_id=document.pk, annexes=()),
    }

    with pytest.raises(Document.DoesNotExist):
        operations[press]()

    assert again(document).state == "on_agreement"


def test_draft_on_pairs_is_not_discarded_as_a_general_order(curator: Persona, drafted: Callable[[], Document]) -> None:
    document = drafted()

    with pytest.raises(RefusedError, match="на его странице"):
        discard_act(curator.access, document_id=document.pk)

    assert Document.objects.filter(pk=document.pk).exists()


def test_director_drafts_nothing_and_curator_signs_nothing(curator: Persona, director: Persona, act: MakeAct) -> None:
    document = sent(curator, act())

    with pytest.raises(PermissionDenied):
        draft_act(director.access, heading="О", preamble="В", points=["П"])
    with pytest.raises(PermissionDenied):
        sign(curator, document)


def test_strangers_find_no_act(stranger: Persona, act: MakeAct) -> None:
    document = act()

    with pytest.raises(Document.DoesNotExist):
        sent(stranger, document)
    with pytest.raises(Document.DoesNotExist):
        set_annexes(stranger.access, document_id=document.pk, annexes=())


def test_returned_order_is_a_draft_again(curator: Persona, director: Persona, act: MakeAct) -> None:
    document = sent(curator, act())

    give_visa(director.access, document_id=document.pk, decision="returned", name="Савельев", comment="Срок")

    assert again(document).state == "draft"


def test_new_order_closes_with_the_drafter_in_control(curator: Persona) -> None:
    last = first_closing_points(curator.access)[-1].replace("\u00a0", " ")

    assert last.startswith("Контроль за исполнением приказа возложить на заместителя директора")
    assert last.endswith("Е. В. Орлову.")
