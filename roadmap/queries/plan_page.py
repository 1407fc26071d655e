"""One plan as its page shows it: stages and measures in the order of the document, each with where it stands."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.urls import reverse

from documents.models import Document
from people.access import Access
from people.domain.plurals import counted
from people.domain.school_year import SchoolYear
from roadmap.capabilities import BY_HAND, CAPABILITIES, COUNTED_IN_SCHOOLS, OF_SCHOOLS, Capability
from roadmap.domain.execution import STATE_LABELS, OccurrenceState, state_of
from roadmap.domain.plan import Window
from roadmap.domain.terms.wording import window_words
from roadmap.domain.timeline import MONTH_NAMES, Bar, bar_of, place_of
from roadmap.models import Evidence, Measure, Occurrence, Roadmap, Stage
from roadmap.queries.duties import own_words
from roadmap.queries.plans import approved_by, approving_orders, stages_in_order

TONES: dict[OccurrenceState, str] = {
    OccurrenceState.AHEAD: "",
    OccurrenceState.OPEN: "info",
    OccurrenceState.DUE_SOON: "soon",
    OccurrenceState.OVERDUE: "late",
    OccurrenceState.DONE: "ok",
    OccurrenceState.NOT_NEEDED: "",
}
SHOWN = ("", "mine", "overdue", "due_soon", "open", "done")


@dataclass(frozen=True, slots=True)
class Button:
    """Where a measure's work is done."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class OccurrenceView:
    """One occurrence with its state on the day of asking."""

    row: Occurrence
    state: OccurrenceState
    label: str
    tone: str
    dates: str
    evidence: list[Evidence]
    bar: Bar | None

    @property
    def found(self) -> list[Evidence]:
        """What to show beside the state: what is enough first; one order for two capabilities is named once."""
        by_words: dict[str, Evidence] = {}
        for each in sorted(self.evidence, key=lambda each: (not each.is_enough, each.pk)):
            by_words.setdefault(each.words, each)
        return list(by_words.values())[:3]


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure with the occurrence that matters now, all its occurrences of the year, and its button."""

    measure: Measure
    now: OccurrenceView | None
    all: list[OccurrenceView]
    button: Button | None
    is_own: bool


@dataclass(frozen=True, slots=True)
class StageBlock:
    """A stage with its measures; `depth` says how deep it is nested, from 0.

    Without a stage: the measures that have none, or those that the authority handed down.
    """

    stage: Stage | None
    depth: int
    lines: list[MeasureLine]
    is_handed_down: bool = False


@dataclass(frozen=True, slots=True)
class PlanPage:
    """Everything the page of a plan shows."""

    roadmap: Roadmap
    blocks: list[StageBlock]
    counts: dict[str, int]
    year: SchoolYear
    years: list[SchoolYear]
    months: tuple[str, ...]
    today_at: int | None
    order: Document | None
    draft_order: Document | None
    measures: int


def years_of(roadmap: Roadmap) -> list[SchoolYear]:
    """The school years a plan touches."""
    if roadmap.starts_on is None or roadmap.ends_on is None:
        return []
    first, last = SchoolYear.of(roadmap.starts_on), SchoolYear.of(roadmap.ends_on)
    return [SchoolYear(start) for start in range(first.start, last.start + 1)]


def shown_year(roadmap: Roadmap, today: date, wanted: str) -> SchoolYear:
    """The school year the page shows: the one asked for, else today's, else the nearest of the plan."""
    years = years_of(roadmap) or [SchoolYear.of(today)]
    asked = next((year for year in years if str(year.start) == wanted), None)
    return asked or min(years, key=lambda year: abs(year.start - SchoolYear.of(today).start))


def plan_page(access: Access, roadmap: Roadmap, *, year: SchoolYear, show: str = "") -> PlanPage:
    """The page of a plan in one school year, narrowed to what `show` names (one of SHOWN)."""
    words = set(own_words(access))
    lines = measure_lines(access, roadmap, year, words)
    orders = approving_orders(roadmap)
    shown = [line for line in lines if _is_shown(line, show)]
    order = approved_by(orders)
    return PlanPage(
        roadmap=roadmap,
        blocks=_blocks(stages_in_order(roadmap), shown, with_empty=not show),
        counts=_counts(lines),
        year=year,
        years=years_of(roadmap),
        months=MONTH_NAMES,
        today_at=place_of(access.today, year) if SchoolYear.of(access.today) == year else None,
        order=order,
        draft_order=next((each for each in orders if not each.is_frozen), None),
        measures=len(lines),
    )


def measure_lines(access: Access, roadmap: Roadmap, year: SchoolYear, words: set[str]) -> list[MeasureLine]:
    """The measures of a plan with their occurrences of a school year; three queries whatever their number."""
    measures = roadmap.measures.in_order()
    rows = list(
        measures.select_related("origin__organisation").prefetch_related(
            Prefetch("occurrences", Occurrence.objects.order_by("position")),  # unscoped: of scoped rows
            Prefetch("occurrences__evidence", Evidence.objects.visible_to(access).order_by("pk")),
        )
    )
    return [_line(access, roadmap, measure, year, words) for measure in rows]


def _line(access: Access, roadmap: Roadmap, measure: Measure, year: SchoolYear, words: set[str]) -> MeasureLine:
    years = days_shown(roadmap, year)
    views = [occurrence_view(row, access.today, year) for row in measure.occurrences.all() if belongs_to(row, years)]
    return MeasureLine(
        measure=measure,
        now=matters_now(views),
        all=views,
        button=next_button(access, measure, matters_now(views)),
        is_own=bool(words & set(measure.responsible)),
    )


def days_shown(roadmap: Roadmap, year: SchoolYear) -> tuple[date, date]:
    """The days whose terms are shown with a school year; a plan's first and last year take what lies outside."""
    years = years_of(roadmap)
    first = date.min if years and year <= years[0] else year.first_day
    last = date.max if years and year >= years[-1] else year.last_day
    return first, last


def belongs_to(row: Occurrence, days: tuple[date, date]) -> bool:
    """Whether an occurrence belongs to those days: its term touches them; work without a term belongs to all."""
    if row.ends_on is None:
        return True
    return (row.starts_on or row.ends_on) <= days[1] and row.ends_on >= days[0]


def occurrence_view(row: Occurrence, today: date, year: SchoolYear) -> OccurrenceView:
    """An occurrence with its state today and its place in the picture of a school year."""
    state = state_of(
        opens_on=row.opens_on,
        ends_on=row.ends_on,
        is_done=row.done_on is not None,
        is_not_needed=bool(row.not_needed_reason),
        today=today,
    )
    label = STATE_LABELS[state]
    if state == OccurrenceState.OVERDUE:
        label += f" на {counted((today - row.ends_on).days, 'день', 'дня', 'дней')}"
    return OccurrenceView(
        row=row,
        state=state,
        label=label,
        tone=TONES[state],
        dates=window_words(Window(row.starts_on, row.ends_on)) if row.ends_on else "",
        evidence=list(row.evidence.all()),
        bar=bar_of(row.starts_on, row.ends_on, year) if row.ends_on else None,
    )


_URGENCY = (
    OccurrenceState.OVERDUE,
    OccurrenceState.DUE_SOON,
    OccurrenceState.OPEN,
    OccurrenceState.AHEAD,
)


def matters_now(views: Sequence[OccurrenceView]) -> OccurrenceView | None:
    """The most urgent unfinished occurrence, else the last one."""
    for state in _URGENCY:
        found = next((view for view in views if view.state == state), None)
        if found is not None:
            return found
    return views[-1] if views else None


def next_button(access: Access, measure: Measure, now: OccurrenceView | None) -> Button | None:
    """The one place to go for a measure: where the first capability without enough evidence is worked on."""
    if now is None or now.state in (OccurrenceState.DONE, OccurrenceState.NOT_NEEDED):
        return None
    enough = {each.capability for each in now.evidence if each.is_enough}
    for key in measure.capabilities:
        button = capability_button(access, CAPABILITIES[key], measure) if key not in enough else None
        if button is not None:
            return button
    return None


def capability_button(access: Access, capability: Capability, measure: Measure) -> Button | None:
    """The button of a capability for who may press it; None where its app does not exist yet."""
    page = capability.page
    if page is not None and not access.may(page.permission) and capability.key in COUNTED_IN_SCHOOLS:
        page = OF_SCHOOLS
    if page is None or not access.may(page.permission):
        return None
    rows = {"measure": [measure.pk], "roadmap": [measure.roadmap_id]}
    arguments = [access.organisation.slug, *rows.get(page.takes, [])]
    return Button(page.button, reverse(page.url_name, args=arguments))


def _is_shown(line: MeasureLine, show: str) -> bool:
    if not show:
        return True
    if show == "mine":
        return line.is_own
    return line.now is not None and line.now.state == show


def _counts(lines: Iterable[MeasureLine]) -> dict[str, int]:
    lines = list(lines)
    states = Counter(line.now.state.value for line in lines if line.now)
    return {state.value: states[state.value] for state in OccurrenceState} | {
        "all": len(lines),
        "mine": sum(line.is_own for line in lines),
    }


def _blocks(stages: Sequence[Stage], lines: Sequence[MeasureLine], *, with_empty: bool) -> list[StageBlock]:
    by_stage: dict[int | None, list[MeasureLine]] = defaultdict(list)
    handed_down = [line for line in lines if line.measure.origin_id]
    for line in lines:
        if not line.measure.origin_id:
            by_stage[line.measure.stage_id].append(line)
    blocks = [StageBlock(None, 0, by_stage[None])] if by_stage[None] else []
    parents = {stage.pk: stage.parent_id for stage in stages}
    for stage in stages:
        if by_stage[stage.pk] or with_empty:
            blocks.append(StageBlock(stage, _depth(parents, stage.pk), by_stage[stage.pk]))
    return [*blocks, StageBlock(None, 0, handed_down, is_handed_down=True)] if handed_down else blocks


def _depth(parents: dict[int, int | None], stage: int) -> int:
    depth = 0
    while (stage := parents.get(stage)) is not None:
        depth += 1
    return depth


@dataclass(frozen=True, slots=True)
class CapabilityLine:
    """What a capability of a measure still needs: its evidence, its button, or a mark by hand."""

    key: str
    label: str
    evidence: list[Evidence]
    is_done: bool
    button: Button | None
    note: str


def capability_lines(access: Access, measure: Measure, now: OccurrenceView | None) -> list[CapabilityLine]:
    """The capabilities of a measure, one by one."""
    lines = []
    for key in measure.capabilities:
        capability = CAPABILITIES[key]
        evidence = [each for each in now.evidence if each.capability == key] if now else []
        lines.append(
            CapabilityLine(
                key=key,
                label=capability.label,
                evidence=evidence,
                is_done=any(each.is_enough for each in evidence),
                button=capability_button(access, capability, measure),
                note="" if capability.rule else BY_HAND,
            )
        )
    return lines
