"""What the page of an assignment order shows beside its paper and its life."""

from dataclasses import dataclass, fields

from documents.domain.paper import OrderPaper
from documents.queries import DocumentPage, document_page
from mentoring.models import AssignmentOrder
from mentoring.queries.orders import LineView, line_views, lines_of
from people.access import Access


@dataclass(frozen=True, slots=True)
class OrderPage(DocumentPage):
    """An order on pairs with its lines."""

    lines: list[LineView]


def order_page(access: Access, order: AssignmentOrder, paper: OrderPaper) -> OrderPage:
    """Everything about an order that the asker may see, beside its `paper`."""
    page = document_page(access, order.document, paper)
    confirmed = {row.person_id for row in page.acquaintances if row.confirmed_at}
    shown = {field.name: getattr(page, field.name) for field in fields(page)}
    return OrderPage(**shown, lines=line_views(lines_of(access, order), confirmed))
