"""Reading uploads and what they would do."""

from dataclasses import dataclass

from django.db.models import QuerySet

from mentoring.models import BankImport, BankImportRow
from people.access import Access


def import_list(access: Access) -> QuerySet[BankImport]:
    """Uploads of the organisation, newest first."""
    return BankImport.objects.visible_to(access).defer("content").order_by("-uploaded_at", "-pk")


@dataclass(frozen=True, slots=True)
class Preview:
    """The rows to look at, in the order of the file, and how many there are of each outcome."""

    rows: QuerySet[BankImportRow]
    tabs: list[tuple[str, str, int]]
    faults: int
    acting: int


TABS = (
    ("", "Все строки"),
    ("fault", "С ошибками"),
    ("doubts", "Сомнительные"),
    ("create", "Новые"),
    ("change", "Изменятся"),
    ("same", "Без изменений"),
)


def import_preview(upload: BankImport, outcome: str) -> Preview:
    """What an upload would do, narrowed to one outcome (or to rows with doubts)."""
    rows = upload.rows.order_by("number")
    if outcome == "doubts":
        rows = rows.exclude(findings=[]).exclude(outcome=BankImportRow.Outcome.FAULT)
    elif outcome in BankImportRow.Outcome.values:
        rows = rows.filter(outcome=outcome)
    counts = upload.counts
    everything = sum(counts.get(name, 0) for name in BankImportRow.Outcome.values)
    return Preview(
        rows=rows,
        tabs=[(code, label, counts.get(code, 0) if code else everything) for code, label in TABS],
        faults=counts.get("fault", 0),
        acting=counts.get("create", 0) + counts.get("change", 0),
    )
