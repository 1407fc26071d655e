"""Reading documents."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from documents.models import FROZEN, Acquaintance, Document, DocumentFile, Journal, JournalYear
from people.access import Access


def document_list(access: Access) -> QuerySet[Document]:
    """The register: newest first, with authors, how many are named and how many have acquainted themselves."""
    return (
        Document.objects.visible_to(access)
        .select_related("author")
        .defer("paper", "preamble", "points")
        .annotate(
            named=Count("acquaintances"),
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


def to_acquaint(access: Access) -> QuerySet[Document]:
    """Signed documents that name the asker and that they have not confirmed yet."""
    waiting = Acquaintance.objects.visible_to(access).filter(person_id=access.person_id, confirmed_at__isnull=True)
    return (
        Document.objects.visible_to(access)
        .filter(state__in=FROZEN, pk__in=waiting.values("document_id"))
        .defer("paper")
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
        .defer("paper", "preamble", "points")
        .first()
    )
