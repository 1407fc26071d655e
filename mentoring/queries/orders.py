"""Reading assignment orders and what their texts are made of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from documents.domain.numbers import short_date
from documents.domain.wording import Participant
from documents.models import Document
from mentoring.domain.order_texts import PairText
from mentoring.domain.pairing_states import PairingState
from mentoring.models import AssignmentOrder, AssignmentOrderLine, Pairing, PairingMentee
from people.access import Access
from people.models import Person

MENTEES_BY_NAME = Prefetch(
    "mentees",
    queryset=PairingMentee.objects.select_related("mentee").order_by(
        "mentee__sort_key", "pk"
    ),  # unscoped: of scoped rows
    to_attr="places",
)


def order_of(access: Access, document_id: int) -> AssignmentOrder:
    """An order with its document; raises AssignmentOrder.DoesNotExist."""
    orders = AssignmentOrder.objects.visible_to(access).select_related("document__journal", "control")
    return orders.get(pk=document_id)


def lines_of(access: Access, order: AssignmentOrder) -> list[AssignmentOrderLine]:
    """The order's lines with their pairings, mentors and mentees, in the order they were added."""
    lines = AssignmentOrderLine.objects.visible_to(access).filter(order=order)
    return list(
        lines.select_related("pairing__mentor", "pairing__basis")
        .prefetch_related(Prefetch("pairing__mentees", MENTEES_BY_NAME.queryset, to_attr="places"))
        .order_by("pk")
    )


def persons_in(pairings: Iterable[Pairing]) -> list[Person]:
    """Everyone in pairings read with `MENTEES_BY_NAME`, each once, mentors first, then by name."""
    pairings = list(pairings)
    mentors = {pairing.mentor_id: pairing.mentor for pairing in pairings}
    mentees = {place.mentee_id: place.mentee for pairing in pairings for place in pairing.places}
    by_name = sorted((mentors | mentees).values(), key=lambda person: (person.pk not in mentors, person.sort_key))
    return by_name


def pair_text(pairing: Pairing, people: dict[int, Participant]) -> PairText:
    """A pairing as the text of an order needs it."""
    return PairText(
        mentor=people[pairing.mentor_id],
        mentees=tuple(people[place.mentee_id] for place in pairing.places),
        first_day=pairing.starts_on,
        last_day=pairing.ends_on,
    )


def basis_words(document: Document) -> str:
    """«от 04.09.2026 № 32», as one order names another."""
    return f"от {short_date(document.issued_on)} №\u00a0{document.number}"


def agreed_pairings(access: Access) -> QuerySet[Pairing]:
    """Agreed pairings that no order names yet."""
    return (
        Pairing.objects.visible_to(access)
        .filter(state=PairingState.AGREED, order_lines__isnull=True)
        .select_related("mentor")
        .prefetch_related(MENTEES_BY_NAME)
        .order_by("mentor__sort_key", "pk")
    )


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of an order on its page: the pairing and how many of its people have read the order."""

    line: AssignmentOrderLine
    named: int
    acquainted: int


def line_views(lines: Sequence[AssignmentOrderLine], confirmed: set[int]) -> list[LineView]:
    """Lines with their acquaintance; `confirmed` holds the ids of persons who have confirmed."""
    views = []
    for line in lines:
        people = {line.pairing.mentor_id, *(place.mentee_id for place in line.pairing.places)}
        views.append(LineView(line, len(people), len(people & confirmed)))
    return views
