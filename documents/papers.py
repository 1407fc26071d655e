"""What an order says: the paper common to all kinds, and the one of a general order."""

from collections.abc import Iterable, Sequence

from documents.domain.kinds import KINDS
from documents.domain.paper import Annex, Named, OrderPaper, Table, annexes_from_json
from documents.domain.wording import closing_points, numbered
from documents.models import Document
from documents.queries import acquaintance_rows, participants
from people.access import Access
from people.models import Person
from people.queries.persons import head_on, own_person


def frozen_paper(document: Document) -> OrderPaper | None:
    """The paper as it was frozen when the document left the drafts; None of a draft."""
    if document.state == document.State.DRAFT or not document.paper:
        return None
    return OrderPaper.from_json(document.paper)


def draft_paper(
    access: Access,
    document: Document,
    *,
    named: Iterable[Person],
    table: Table | None = None,
    table_in_annex: bool = False,
    annexes: Sequence[Annex] = (),
) -> OrderPaper:
    """A draft as it would be printed now; `named` are those on the acquaintance sheet, in that order."""
    organisation = access.organisation
    head = head_on(access, access.today)
    return OrderPaper(
        organisation_full=organisation.full_name,
        organisation_short=organisation.short_name,
        title=KINDS[document.kind].title,
        date="",
        number="",
        place=organisation.place,
        heading=document.heading,
        preamble=document.preamble,
        points=numbered(document.points),
        table=table,
        table_in_annex=table_in_annex,
        signer_post=head.title if head else "Руководитель",
        signer_name=head.person.signature_name if head else "",
        acquaintance=tuple(Named(person.full_name, person.post) for person in named),
        annexes=tuple(annexes),
    )


def act_paper(access: Access, document: Document) -> OrderPaper:
    """A general order as it stands: the frozen paper where there is one, else made from the draft."""
    found = frozen_paper(document)
    if found is not None:
        return found
    named = [row.person for row in acquaintance_rows(access, document)]
    return draft_paper(access, document, named=named, annexes=annexes_from_json(document.annexes))


def first_closing_points(access: Access) -> list[str]:
    """The points a new general order closes with: the asker controls it, where they are one of the people here."""
    control = own_person(access)
    if control is None:
        return closing_points(None)
    return closing_points(participants(access, [control])[control.pk])
