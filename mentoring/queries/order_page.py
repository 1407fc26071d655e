"""What the page of an order shows: the paper beside its life."""

from dataclasses import dataclass

from documents.domain.paper import OrderPaper
from documents.domain.states import DocumentState
from documents.models import Acquaintance, Document, Visa
from documents.queries import acquaintance_rows, file_formats
from mentoring.models import AssignmentOrder
from mentoring.queries.orders import LineView, line_views, lines_of
from people.access import Access


@dataclass(frozen=True, slots=True)
class LifeStep:
    """One dot of the line of life: `done`, `now` or to come."""

    label: str
    detail: str
    state: str


@dataclass(frozen=True, slots=True)
class OrderPage:
    """An order with its paper, life, lines, visas and acquaintance."""

    order: AssignmentOrder
    document: Document
    paper: OrderPaper
    life: list[LifeStep]
    lines: list[LineView]
    visas: list[Visa]
    acquaintances: list[Acquaintance]
    formats: set[str]
    basis: list[Document]
    followed_by: list[Document]

    @property
    def acquainted(self) -> int:
        return sum(row.confirmed_at is not None for row in self.acquaintances)


def order_page(access: Access, order: AssignmentOrder, paper: OrderPaper) -> OrderPage:
    """Everything about an order that the asker may see, beside its `paper`."""
    document = order.document
    acquaintances = list(acquaintance_rows(access, document))
    confirmed = {row.person_id for row in acquaintances if row.confirmed_at}
    return OrderPage(
        order=order,
        document=document,
        paper=paper,
        life=_life(document, len(acquaintances), len(confirmed)),
        lines=line_views(lines_of(access, order), confirmed),
        visas=list(document.visas.order_by("decided_at", "pk")),
        acquaintances=acquaintances,
        formats=file_formats(document),
        basis=list(document.basis.defer("paper").order_by("pk")),
        followed_by=list(document.followed_by.defer("paper").order_by("pk")),
    )


def _life(document: Document, named: int, acquainted: int) -> list[LifeStep]:
    reached = {
        DocumentState.DRAFT: 0,
        DocumentState.ON_AGREEMENT: 1,
        DocumentState.SIGNED: 2,
    }.get(DocumentState(document.state), 3)
    details = [
        f"{document.created_at:%d.%m}",
        f"{document.sent_at:%d.%m}" if document.sent_at else "",
        f"{document.issued_on:%d.%m.%Y}" if document.issued_on else "",
        f"с {document.effective_on:%d.%m.%Y}" if document.effective_on else "",
    ]
    labels = ["Проект", "На согласовании", "Подписан", "Действует"]
    steps = [
        LifeStep(label, detail, "done" if index < reached or reached == 3 else "now" if index == reached else "")
        for index, (label, detail) in enumerate(zip(labels, details, strict=True))
    ]
    state = "" if not named else "done" if acquainted == named else "now"
    return [*steps, LifeStep("Ознакомление", f"{acquainted} из {named}" if named else "", state)]
