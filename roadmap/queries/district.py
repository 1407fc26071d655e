"""How the measures an authority handed down stand in its schools: states and counts, nobody's papers."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch

from people.access import Access
from people.domain.school_year import SchoolYear
from people.models import Organisation
from roadmap.domain.execution import OccurrenceState
from roadmap.models import Evidence, Measure, Occurrence, Roadmap
from roadmap.queries.plan_page import (
    OccurrenceView,
    belongs_to,
    days_shown,
    matters_now,
    occurrence_view,
    years_of,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """How one school stands with one measure; `words` is what was counted, without names or papers."""

    school: Organisation
    view: OccurrenceView | None
    words: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A handed-down measure over the schools."""

    measure: Measure
    cells: list[Cell]
    done: int
    total: int

    @property
    def behind(self) -> int:
        """How many schools can be reminded: their work is open and not done."""
        return sum(cell.view is not None and cell.view.state in BEHIND for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Schools by measures in one school year; `years` are those of the plan."""

    schools: list[Organisation]
    rows: list[MatrixRow]
    year: SchoolYear
    years: list[SchoolYear]


OVER = (OccurrenceState.DONE, OccurrenceState.NOT_NEEDED)
BEHIND = (OccurrenceState.OPEN, OccurrenceState.DUE_SOON, OccurrenceState.OVERDUE)


def schools_below(access: Access) -> list[Organisation]:
    """The organisations of a district, by name."""
    below = Organisation.objects.visible_to(access).filter(parent_id=access.organisation_id)
    return list(below.order_by("short_name", "pk"))


def matrix(access: Access, roadmap: Roadmap, year: SchoolYear) -> Matrix:
    """All handed-down measures of an authority's plan over its schools; the same queries whatever their number."""
    schools = schools_below(access)
    copies = Measure.objects.handed_down_by(access).filter(origin__roadmap=roadmap)
    copies = copies.prefetch_related(
        Prefetch("occurrences", Occurrence.objects.order_by("position")),  # unscoped: of rows handed down
        Prefetch("occurrences__evidence", Evidence.objects.order_by("pk")),  # unscoped: the same
    ).order_by("pk")
    by_origin: dict[int, dict[int, Measure]] = defaultdict(dict)
    for copy in copies:
        by_origin[copy.origin_id][copy.organisation_id] = copy
    measures = Measure.objects.visible_to(access).filter(pk__in=by_origin).in_order()
    days = days_shown(roadmap, year)
    views = {
        copy: [occurrence_view(row, access.today, year) for row in copy.occurrences.all() if belongs_to(row, days)]
        for copies in by_origin.values()
        for copy in copies.values()
    }
    rows = [_row(measure, schools, by_origin[measure.pk], views) for measure in measures]
    return Matrix(schools, rows, year, years_of(roadmap))


Views = dict[Measure, list[OccurrenceView]]


def _row(measure: Measure, schools: list[Organisation], copies: dict[int, Measure], views: Views) -> MatrixRow:
    cells = [_cell(school, views.get(copies.get(school.pk), [])) for school in schools]
    there = [cell for cell in cells if cell.view]
    return MatrixRow(measure, cells, sum(cell.view.state in OVER for cell in there), len(there))


def _cell(school: Organisation, views: list[OccurrenceView]) -> Cell:
    view = matters_now(views)
    if view is None:
        return Cell(school, None, "")
    # A mark by hand may name people in its words: the authority is told only what the portal itself has counted.
    counted = [each.words for each in view.evidence if each.way == Evidence.Way.PORTAL and each.document_id is None]
    return Cell(school, view, "; ".join(counted))


def handed_to(access: Access, measure: Measure) -> list[int]:
    """The schools that have a measure already."""
    copies = Measure.objects.handed_down_by(access).filter(origin=measure)
    return list(copies.values_list("organisation_id", flat=True).order_by("organisation_id"))
