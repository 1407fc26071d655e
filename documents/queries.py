"""Reading documents."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from documents.domain.paper import OrderPaper
from documents.domain.states import DocumentState
from documents.domain.wording import Participant
from documents.models import FROZEN, Acquaintance, Document, DocumentFile, Journal, JournalYear, Visa
from people.access import Access
from people.models import Person
from people.queries.names import Part, cases_of


def document_list(access: Access) -> QuerySet[Document]:
    """The register: newest first, with authors, how many are named and how many have acquainted themselves."""
    return (
        Document.objects.visible_to(access)
        .select_related("author")
        .defer("paper", "annexes", "preamble", "points")
        .annotate(
            named=Count("acquaintances", filter=Q(state__in=FROZEN)),
            acquainted=Count("acquaintances", filter=Q(acquaintances__confirmed_at__isnull=False)),
        )
        .order_by("-created_at", "-pk")
    )


def acquaintance_rows(access: Access, document: Document) -> QuerySet[Acquaintance]:
    """Who is named in a document, in the order of names."""
    rows = Acquaintance.objects.visible_to(access).filter(document=document)
    return rows.select_related("person").order_by("person__sort_key", "pk")


def file_of(document: Document, file_format: str) -> DocumentFile | None:
    """The finished file with its content, or None while it is being made."""
    return DocumentFile.objects.filter(document=document, format=file_format).first()  # unscoped: of a scoped row


def file_formats(document: Document) -> set[str]:
    """Which files of a document are ready."""
    files = DocumentFile.objects.filter(document=document)  # unscoped: of a scoped row
    return set(files.values_list("format", flat=True))


def participants(access: Access, persons: Iterable[Person]) -> dict[int, Participant]:
    """The persons' names, initials and posts in six cases, by id."""
    return {
        person_id: Participant(forms[Part.NAME], forms[Part.INITIALS], forms[Part.POST])
        for person_id, forms in cases_of(access, persons).items()
    }


def to_acquaint(access: Access) -> QuerySet[Document]:
    """Signed documents that name the asker and that they have not confirmed yet."""
    waiting = Acquaintance.objects.visible_to(access).filter(person_id=access.person_id, confirmed_at__isnull=True)
    return (
        Document.objects.visible_to(access)
        .filter(state__in=FROZEN, pk__in=waiting.values("document_id"))
        .defer("paper", "annexes")
        .order_by("signed_at", "pk")
    )


def own_documents(access: Access) -> QuerySet[Acquaintance]:
    """The asker's own rows on acquaintance sheets of signed documents, newest first."""
    return (
        Acquaintance.objects.visible_to(access)
        .filter(person_id=access.person_id, document__state__in=FROZEN)
        .select_related("document")
        .order_by("-document__signed_at", "-pk")
    )


@dataclass(frozen=True, slots=True)
class JournalLine:
    """A journal with the last number of this calendar year."""

    journal: Journal
    last: int


def journal_lines(access: Access, on: date) -> list[JournalLine]:
    """The organisation's journals."""
    journals = list(Journal.objects.visible_to(access).order_by("pk"))
    years = JournalYear.objects.filter(journal__in=journals, year=on.year)  # unscoped: of scoped rows
    last = dict(years.values_list("journal_id", "last"))
    return [JournalLine(journal, last.get(journal.pk, 0)) for journal in journals]


def count_by_state(access: Access) -> dict[str, int]:
    """How many documents of the organisation are in each state."""
    rows = Document.objects.visible_to(access).values("state").annotate(rows=Count("pk")).order_by("state")
    return {row["state"]: row["rows"] for row in rows}


def checked_document(check_key: str) -> Document | None:
    """A signed document by the key in its QR code, for anyone who holds the paper."""
    return (
        Document.objects.filter(check_key=check_key, state__in=FROZEN)  # unscoped: the key is the permission
        .select_related("organisation")
        .defer("paper", "annexes", "preamble", "points")
        .first()
    )


@dataclass(frozen=True, slots=True)
class LifeStep:
    """One dot of the line of life: `done`, `now` or to come."""

    label: str
    detail: str
    state: str


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A document with its paper, life, visas and acquaintance."""

    document: Document
    paper: OrderPaper
    life: list[LifeStep]
    visas: list[Visa]
    acquaintances: list[Acquaintance]
    formats: set[str]
    basis: list[Document]
    followed_by: list[Document]

    @property
    def acquainted(self) -> int:
        return sum(row.confirmed_at is not None for row in self.acquaintances)


def document_page(access: Access, document: Document, paper: OrderPaper) -> DocumentPage:
    """Everything about a document that the asker may see, beside its `paper`."""
    acquaintances = list(acquaintance_rows(access, document))
    acquainted = sum(row.confirmed_at is not None for row in acquaintances)
    return DocumentPage(
        document=document,
        paper=paper,
        life=_life(document, len(acquaintances), acquainted),
        visas=list(document.visas.order_by("decided_at", "pk")),
        acquaintances=acquaintances,
        formats=file_formats(document),
        basis=list(document.basis.defer("paper", "annexes").order_by("pk")),
        followed_by=list(document.followed_by.defer("paper", "annexes").order_by("pk")),
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
    labels = ["Проект", "На согласовании", document.words.signed.capitalize(), "Действует"]
    steps = [
        LifeStep(label, detail, "done" if index < reached or reached == 3 else "now" if index == reached else "")
        for index, (label, detail) in enumerate(zip(labels, details, strict=True))
    ]
    if not named or reached < 2:  # nobody reads a draft
        return [*steps, LifeStep("Ознакомление", "", "")]
    state = "done" if acquainted == named else "now"
    return [*steps, LifeStep("Ознакомление", f"{acquainted} из {named}", state)]
