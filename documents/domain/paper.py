"""What an order says, as plain frozen values that go into the database, the PDF and the DOCX alike."""

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Self

from documents.domain.kinds import ORDER_WORDS, WORDS_BY_TITLE, Words

PART_MARK = "## "
"""A paragraph of an annex that begins so is the heading of a part."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """The cells of one row; a group's own cells stand in its first row and span `span` rows.

    The rows that continue a group have no group cells and a span of 0. A line break in a cell is printed as one.
    """

    group_cells: tuple[str, ...]
    span: int
    cells: tuple[str, ...]

    @classmethod
    def plain(cls, *cells: str) -> Self:
        """A row that belongs to no group; a single cell makes the heading of a section."""
        return cls((), 1, cells)

    @property
    def is_section(self) -> bool:
        """Whether its one text stands over the whole width of the table, as the heading of a section."""
        return self.span == 1 and not self.group_cells and len(self.cells) == 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first `group_columns` columns are shared by the rows of a group."""

    columns: tuple[str, ...]
    group_columns: int
    rows: tuple[TableRow, ...]

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """The table as `dataclasses.asdict` made it, lists for tuples."""
        return cls(
            columns=tuple(stored["columns"]),
            group_columns=stored["group_columns"],
            rows=tuple(TableRow(tuple(row["group_cells"]), row["span"], tuple(row["cells"])) for row in stored["rows"]),
        )


@dataclass(frozen=True, slots=True)
class AnnexLine:
    """One paragraph of an annex, or the heading of one of its parts."""

    text: str
    is_heading: bool


@dataclass(frozen=True, slots=True)
class Annex:
    """What an order approves or lists on sheets of its own: text, a table, or both.

    A paragraph that begins with «## » is the heading of a part. A wide annex is printed on landscape sheets. `chart` is
    a drawing of the table as SVG; it is printed in the PDF, while the Word file has the figures of the table alone.
    """

    title: str
    paragraphs: tuple[str, ...] = ()
    table: Table | None = None
    is_wide: bool = False
    chart: str = ""

    def as_json(self) -> dict[str, Any]:
        """The annex as it is stored and hashed; one without a chart reads as annexes did before there were any."""
        stored = asdict(self)
        if not self.chart:
            del stored["chart"]
        return stored

    @property
    def chart_source(self) -> str:
        """The chart as the address of a picture; blank where there is none."""
        if not self.chart:
            return ""
        return f"data:image/svg+xml;base64,{b64encode(self.chart.encode()).decode()}"

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """The annex as it was stored by `as_json`."""
        return cls(
            title=stored["title"],
            paragraphs=tuple(stored["paragraphs"]),
            table=stored["table"] and Table.from_json(stored["table"]),
            is_wide=stored["is_wide"],
            chart=stored.get("chart", ""),
        )

    @property
    def lines(self) -> tuple[AnnexLine, ...]:
        """The paragraphs with their marks taken off."""
        return tuple(AnnexLine(text.removeprefix(PART_MARK), text.startswith(PART_MARK)) for text in self.paragraphs)


def annexes_as_json(annexes: Iterable[Annex]) -> list[dict[str, Any]]:
    """Annexes as they are stored."""
    return [annex.as_json() for annex in annexes]


def annexes_from_json(stored: Iterable[dict[str, Any]]) -> tuple[Annex, ...]:
    """Annexes as they were stored by `annexes_as_json`."""
    return tuple(Annex.from_json(each) for each in stored)


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
    annexes: tuple[Annex, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The paper as it is stored and hashed; one without annexes reads as papers did before there were any."""
        stored = asdict(self)
        if self.annexes:
            stored["annexes"] = tuple(annex.as_json() for annex in self.annexes)
        else:
            del stored["annexes"]
        return stored

    @property
    def words(self) -> Words:
        """How a paper of this kind is spoken of."""
        return WORDS_BY_TITLE.get(self.title, ORDER_WORDS)

    @property
    def attached(self) -> tuple[Annex, ...]:
        """Everything on sheets of its own, in the order it is numbered: the order's table first, if it stands there."""
        if self.table and self.table_in_annex:
            return (Annex("", table=self.table), *self.annexes)
        return self.annexes

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """The paper as it was stored by `as_json`."""
        values = dict(stored)
        values["points"] = tuple(values["points"])
        values["acquaintance"] = tuple(Named(**each) for each in values["acquaintance"])
        values["mark"] = SimpleMark(**values["mark"]) if values["mark"] else None
        values["table"] = values["table"] and Table.from_json(values["table"])
        values["annexes"] = annexes_from_json(values.get("annexes", ()))
        return cls(**values)


def content_hash(paper: dict[str, Any]) -> str:
    """SHA-256 of what a stored paper says, as 64 hexadecimal digits.

    The mark of the signature stays out: it carries the first digits of this very hash as its key.
    """
    canonical = json.dumps(paper | {"mark": None}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
