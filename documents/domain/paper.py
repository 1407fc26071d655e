"""What an order says, as plain frozen values that go into the database, the PDF and the DOCX alike."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class TableRow:
    """The cells of one row; a group's own cells stand in its first row and span `span` rows.

    The rows that continue a group have no group cells and a span of 0.
    """

    group_cells: tuple[str, ...]
    span: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first `group_columns` columns are shared by the rows of a group."""

    columns: tuple[str, ...]
    group_columns: int
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A person on the acquaintance sheet."""

    name: str
    post: str


@dataclass(frozen=True, slots=True)
class SimpleMark:
    """The mark of a simple electronic signature (63-ФЗ art. 9): never certificate fields (domain reference 1.7)."""

    name: str
    post: str
    at: str
    key: str


@dataclass(frozen=True, slots=True)
class OrderPaper:
    """A head's order from top to bottom (domain reference 1.7, 6.4). Dates are already in words."""

    organisation_full: str
    organisation_short: str
    title: str
    date: str
    number: str
    place: str
    heading: str
    preamble: str
    points: tuple[str, ...]
    table: Table | None
    table_in_annex: bool
    signer_post: str
    signer_name: str
    acquaintance: tuple[Named, ...] = ()
    mark: SimpleMark | None = None
    check_url: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """The paper as it was stored by `as_json`."""
        values = dict(stored)
        table = values["table"]
        values["points"] = tuple(values["points"])
        values["acquaintance"] = tuple(Named(**each) for each in values["acquaintance"])
        values["mark"] = SimpleMark(**values["mark"]) if values["mark"] else None
        values["table"] = table and Table(
            columns=tuple(table["columns"]),
            group_columns=table["group_columns"],
            rows=tuple(TableRow(tuple(row["group_cells"]), row["span"], tuple(row["cells"])) for row in table["rows"]),
        )
        return cls(**values)


def content_hash(paper: dict[str, Any]) -> str:
    """SHA-256 of what a stored paper says, as 64 hexadecimal digits.

    The mark of the signature stays out: it carries the first digits of this very hash as its key.
    """
    canonical = json.dumps(paper | {"mark": None}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
