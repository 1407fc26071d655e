"""What the words of a term say, before any plan gives them their dates."""

from dataclasses import dataclass, field
from datetime import date

from roadmap.domain.terms.dates import Stretch, Years
from roadmap.domain.terms.sorts import Sort


@dataclass(slots=True)
class Statement:
    """What has been understood of a term.

    `stretches` are pieces of a year in the order of the words; `marks` the parts that single words play;
    `years` the years that stand for themselves («2024-2025 уч. год»); `since` the day from which it repeats;
    `faults` are Russian sentences about days that do not exist; `assumed` codes of ASSUMPTIONS.
    `is_joined` says that two stretches follow each other without any sign between them.
    """

    stretches: list[Stretch] = field(default_factory=list)
    marks: set[Sort] = field(default_factory=set)
    years: list[Years] = field(default_factory=list)
    has_school_word: bool = False
    is_plural: bool = False
    since: date | None = None
    faults: list[str] = field(default_factory=list)
    assumed: set[str] = field(default_factory=set)
    is_joined: bool = False
