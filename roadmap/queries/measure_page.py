"""One measure as its page shows it, and one's own measures."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch

from documents.models import Document
from people.access import Access
from people.domain.roles import Permission
from people.domain.school_year import SchoolYear
from people.models import Person
from roadmap.domain.execution import OccurrenceState
from roadmap.domain.terms.assumptions import ASSUMPTIONS
from roadmap.models import Duty, Evidence, Measure, Occurrence, PlannedDocument
from roadmap.queries.duties import is_own, own_occurrences
from roadmap.queries.plan_page import (
    CapabilityLine,
    OccurrenceView,
    capability_lines,
    matters_now,
    occurrence_view,
)


@dataclass(frozen=True, slots=True)
class ResponsibleLine:
    """Words of the plan and whom they mean; `is_hidden` where they mean people whom the asker may not see."""

    words: str
    duties: list[Duty]
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class MeasurePage:
    """Everything the page of a measure shows."""

    measure: Measure
    now: OccurrenceView | None
    occurrences: list[OccurrenceView]
    capabilities: list[CapabilityLine]
    responsible: list[ResponsibleLine]
    assumed: list[str]
    planned: list[Document]
    copies: int
    may_mark: bool
    files: set[int]

    @property
    def whole(self) -> list[Evidence]:
        """Marks of the measure as a whole."""
        return [each for each in self.now.evidence if not each.capability] if self.now else []


def measure_page(access: Access, measure: Measure) -> MeasurePage:
    """The page of a measure; `measure` is one the asker may see."""
    year = SchoolYear.of(access.today)
    evidence = Evidence.objects.visible_to(access).select_related("document", "recorded_by", "file").order_by("pk")
    evidence = evidence.defer("file__content", "document__paper")
    rows = Occurrence.objects.visible_to(access).filter(measure=measure).order_by("position")
    rows = rows.prefetch_related(Prefetch("evidence", evidence))
    views = [occurrence_view(row, access.today, year) for row in rows]
    now = matters_now(views)
    may_view = access.may(Permission.ROADMAP_VIEW)
    return MeasurePage(
        measure=measure,
        now=now,
        occurrences=views,
        capabilities=capability_lines(access, measure, now),
        responsible=_responsible(access, measure) if may_view else [],
        assumed=[ASSUMPTIONS[each] for each in measure.term_assumed if each in ASSUMPTIONS],
        planned=_planned(access, measure) if access.may(Permission.DOCUMENTS_VIEW) else [],
        copies=Measure.objects.handed_down_by(access).filter(origin=measure).count(),
        may_mark=_may_mark(access, measure),
        files=_open_files(access, views),
    )


def _open_files(access: Access, views: list[OccurrenceView]) -> set[int]:
    """The files of the shown evidence that the asker may open; the rule is that of EvidenceFile.visible_to."""
    files = [each.file for view in views for each in view.evidence if each.file]
    may_all = access.may(Permission.ROADMAP_EDIT) or access.may(Permission.DOCUMENTS_VIEW)
    return {file.pk for file in files if may_all or file.uploaded_by_id == access.user_id}


def _may_mark(access: Access, measure: Measure) -> bool:
    if not measure.roadmap.is_confirmed or not access.may(Permission.ROADMAP_MARK):
        return False
    return access.may(Permission.ROADMAP_EDIT) or is_own(access, measure)


def _responsible(access: Access, measure: Measure) -> list[ResponsibleLine]:
    meant: dict[str, list[Duty]] = defaultdict(list)
    hidden: set[str] = set()
    seen = Exists(Person.objects.visible_to(access).filter(pk=OuterRef("person_id")))
    duties = Duty.objects.visible_to(access).filter(words__in=measure.responsible).annotate(is_seen=seen)
    for duty in duties.select_related("person").order_by("role", "pk"):
        if duty.role or duty.is_seen:
            meant[duty.words].append(duty)
        else:
            hidden.add(duty.words)
    return [ResponsibleLine(words, meant[words], words in hidden) for words in measure.responsible]


def _planned(access: Access, measure: Measure) -> list[Document]:
    rows = PlannedDocument.objects.visible_to(access).filter(measure=measure).select_related("document")
    return [row.document for row in rows.defer("document__paper").order_by("pk")]


OWN_GROUPS = (
    ("Просрочено", (OccurrenceState.OVERDUE,)),
    ("Скоро срок", (OccurrenceState.DUE_SOON,)),
    ("Идёт", (OccurrenceState.OPEN,)),
    ("Впереди", (OccurrenceState.AHEAD,)),
    ("Выполнено", (OccurrenceState.DONE,)),
)
MOST_IN_A_GROUP = 30


@dataclass(frozen=True, slots=True)
class OwnGroup:
    """One's own occurrences in one state; `rest` are not shown."""

    title: str
    views: list[OccurrenceView]
    rest: int


def own_groups(access: Access) -> list[OwnGroup]:
    """What the asker is responsible for in this school year, by state; what runs late first."""
    year = SchoolYear.of(access.today)
    evidence = Evidence.objects.visible_to(access).order_by("pk")
    rows = own_occurrences(access).prefetch_related(Prefetch("evidence", evidence))
    views = [occurrence_view(row, access.today, year) for row in rows if _is_near(row, year)]
    groups = []
    for title, states in OWN_GROUPS:
        found = [view for view in views if view.state in states]
        if found:
            groups.append(OwnGroup(title, found[:MOST_IN_A_GROUP], max(0, len(found) - MOST_IN_A_GROUP)))
    return groups


def _is_near(row: Occurrence, year: SchoolYear) -> bool:
    """Of this school year, or unfinished from before it."""
    if row.ends_on is None:
        return True
    begins = row.starts_on or row.ends_on
    return begins <= year.last_day and (row.ends_on >= year.first_day or row.done_on is None)
