"""What a roadmap says on paper: its table, with or without marks of execution, and its title page."""

from collections.abc import Sequence
from dataclasses import dataclass

from documents.domain.numbers import long_date, short_date
from documents.domain.paper import Annex, Table, TableRow
from documents.models import Document
from people.access import Access
from roadmap.domain.plan import Window
from roadmap.domain.terms.wording import window_words
from roadmap.domain.wording import ACT_LABELS, APPROVAL_LABELS
from roadmap.models import Measure, Roadmap
from roadmap.queries.plan_page import MeasureLine, OccurrenceView, PlanPage, StageBlock

COLUMNS = ("№", "Мероприятие", "Срок", "Ответственные", "Результат")
MARK = "Отметка о выполнении"
ALWAYS = ("№", "Мероприятие")
NOTHING = "—"
HANDED_DOWN = "Поручения органа управления образованием"
REGULATION = "Положение о системе наставничества педагогических работников"
PREAMBLE = (
    "В соответствии с Федеральным законом от 29.12.2012 № 273-ФЗ «Об образовании в Российской Федерации», "
    "в целях организации наставничества"
)


def roadmap_table(blocks: Sequence[StageBlock], *, with_marks: bool) -> Table:
    """The plan as a table: a stage is a row over its whole width; a column that no measure fills is left out."""
    columns = (*COLUMNS, MARK) if with_marks else COLUMNS
    filled = [[bool(cell) for cell in _cells(line, with_marks)] for block in blocks for line in block.lines]
    kept = [index for index, name in enumerate(columns) if name in ALWAYS or any(row[index] for row in filled)]
    rows: list[TableRow] = []
    for block in blocks:
        if block.stage is not None:
            rows.append(TableRow.plain(_stage_words(block)))
        elif block.is_handed_down:
            rows.append(TableRow.plain(HANDED_DOWN))
        for line in block.lines:
            cells = _cells(line, with_marks)
            rows.append(TableRow.plain(*(cells[index] or NOTHING for index in kept)))
    return Table(columns=tuple(columns[index] for index in kept), group_columns=0, rows=tuple(rows))


def roadmap_annex(roadmap: Roadmap, blocks: Sequence[StageBlock]) -> Annex:
    """The plan as an annex of the order that approves it."""
    return Annex(title=roadmap.title, table=roadmap_table(blocks, with_marks=False), is_wide=True)


def _stage_words(block: StageBlock) -> str:
    stage = block.stage
    words = f"{stage.number}. {stage.title}" if stage.number else stage.title
    parts = [words, f"Задача: {stage.task}" if stage.task else "", f"Результат: {stage.result}" if stage.result else ""]
    return "\n".join(part for part in parts if part)


def _cells(line: MeasureLine, with_marks: bool) -> tuple[str, ...]:
    measure = line.measure
    wording = "\n".join([measure.title, *measure.details])
    cells = (measure.number, wording, _term(measure), "\n".join(measure.responsible), measure.result)
    return (*cells, "\n".join(map(_mark, line.all))) if with_marks else cells


def _term(measure: Measure) -> str:
    """The words of the plan, or the dates where they were corrected by hand."""
    if not measure.is_dated_by_hand or measure.origin_id:
        return measure.term_text
    dated = [row for row in measure.occurrences.all() if row.ends_on]
    return "\n".join(window_words(Window(row.starts_on, row.ends_on)) for row in dated)


def _mark(view: OccurrenceView) -> str:
    """«выполнено 04.09.2026: приказ № 56-од» or the state on the day of printing."""
    row = view.row
    if row.done_on:
        words = "; ".join(dict.fromkeys(each.words for each in view.evidence if each.is_enough))
        return f"выполнено {short_date(row.done_on)}: {words}"
    if row.not_needed_reason:
        return f"не требуется: {row.not_needed_reason}"
    dates = window_words(Window(row.starts_on, row.ends_on)) if row.ends_on else ""
    return f"{dates}: {view.label}" if dates else view.label


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp of the title page, line by line."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanPaper:
    """A roadmap as it is printed by itself."""

    title: str
    organisation: str
    stamps: tuple[Stamp, ...]
    table: Table
    note: str


def plan_paper(access: Access, page: PlanPage, *, with_marks: bool) -> PlanPaper:
    """The printed roadmap; with marks it says on which day they stood so."""
    note = f"Отметки о выполнении на {long_date(access.today)}" if with_marks else ""
    return PlanPaper(
        title=page.roadmap.title,
        organisation=access.organisation.full_name,
        stamps=stamps_of(page.roadmap, page.order),
        table=roadmap_table(page.blocks, with_marks=with_marks),
        note=note,
    )


def stamps_of(roadmap: Roadmap, order: Document | None) -> tuple[Stamp, ...]:
    """The approval blocks as they were read or written, and the portal's own order where it approved the plan."""
    stamps = [_stamp(each) for each in roadmap.approvals]
    if order is not None:
        lines = (order.signer_post, order.signer_name, f"приказ от {short_date(order.issued_on)} {order.title_number}")
        stamps = [each for each in stamps if each.title != APPROVAL_LABELS["approved"]]
        stamps.append(Stamp(APPROVAL_LABELS["approved"], lines))
    return tuple(stamps)


def _stamp(stored: dict[str, str | None]) -> Stamp:
    act = ACT_LABELS.get(stored.get("act") or "", "")
    number = f"№\u00a0{stored['number']}" if stored.get("number") else ""
    year, month, day = (stored.get("date") or "--").split("-")
    dated = f"от {day}.{month}.{year}" if day else ""
    last = " ".join(part for part in (act, number, dated) if part)
    lines = [stored.get("body") or "", stored.get("person") or "", last]
    return Stamp(APPROVAL_LABELS.get(stored["kind"] or "", "СОГЛАСОВАНО"), tuple(line for line in lines if line))


def approval_points(roadmap: Roadmap, *, with_regulation: bool) -> tuple[str, ...]:
    """The points of the order that approves a plan, with the regulation where it comes along; who controls is left."""
    plan_annex = "приложение № 2" if with_regulation else "приложение"
    points = []
    if with_regulation:
        points.append(f"Утвердить {REGULATION} (приложение № 1).")
    period = f"с {long_date(roadmap.starts_on)} по {long_date(roadmap.ends_on)}"
    points.append(f"Утвердить дорожную карту (план мероприятий) {period} ({plan_annex}).")
    points.append("Ответственным, указанным в дорожной карте, обеспечить выполнение мероприятий в установленные сроки.")
    points.append("Куратору вести учёт выполнения мероприятий и разместить дорожную карту на официальном сайте.")
    return tuple(points)
