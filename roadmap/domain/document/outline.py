"""The outline of a plan: its sections, and its measures with the words for each field, before dates are read."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from roadmap.domain.document.columns import Column
from roadmap.domain.document.content import is_rest_of_term, is_term
from roadmap.domain.document.details import items_of, title_and_details
from roadmap.domain.document.entries import Entry
from roadmap.domain.document.labels import Labelled, labelled
from roadmap.domain.document.numerals import Heading, glued_number, heading_of, order_of
from roadmap.domain.document.sections import Sections, Shared
from roadmap.domain.document.several_in_cell import several_in
from roadmap.domain.document.stages import Habits, habits_of, is_stage
from roadmap.domain.document.wording import is_unfinished, one_line
from roadmap.domain.plan import Doubt, Section


@dataclass(frozen=True, slots=True)
class Draft:
    """A measure in the words of the document."""

    line: int
    number: str | None
    section: int | None
    title: str
    details: tuple[str, ...] = ()
    term: str = ""
    responsible: str = ""
    result: str = ""
    has_term_column: bool = False
    has_responsible_column: bool = False


@dataclass(slots=True)
class Outline:
    """Sections and measures in the order of the document, and what was doubtful about them."""

    sections: list[Section] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def outline_of(entries: Sequence[Entry]) -> Outline:
    """Tell the sections from the measures and put each measure into its section.

    A stage with a row of its own and no measures in it is itself a measure, in the section that it is.
    """
    builder = _Builder(habits_of(entries))
    for at, entry in enumerate(entries):
        if is_stage(entries, at, builder.habits):
            builder.add_section(entry)
        else:
            builder.add_measures(entry)
    return builder.finished()


@dataclass(slots=True)
class _Builder:
    habits: Habits
    sections: Sections = field(default_factory=Sections)
    drafts: list[Draft] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    rows: dict[int, Entry] = field(default_factory=dict)
    stage: str = ""

    def add_section(self, entry: Entry) -> None:
        """Open the section that a row is the heading of."""
        said = labelled(entry.measure)
        heading = _heading(entry, said)
        if not said.title and said.is_stage:
            told = f"«{heading.number}» " if heading.number else ""
            self.doubts.append(Doubt(entry.line, f"У раздела {told}нет названия: взят текст его цели или задачи."))
        index = self.sections.begin(
            heading, entry.line, task=said.purpose, result=said.result, shared=Shared(entry.term, entry.responsible)
        )
        if not entry.is_heading or said.is_stage:
            self.rows[index] = replace(entry, number=heading.number)

    def add_measures(self, entry: Entry) -> None:
        """Add the measure of a row, or the several that are numbered in its cell."""
        if self.habits.stages_are_measures and entry.stage:
            self._add(
                entry, entry.number, one_line(entry.stage).rstrip(" ;:"), tuple(filter(None, items_of(entry.measure)))
            )
            return
        self._follow_stage(entry)
        if self.habits.numbers_are_of_stages:
            entry = replace(entry, number=None)
        for part in several_in(entry, are_points=self.habits.points_are_measures):
            said = labelled(part.measure)
            number = _number(part, said)
            title, details = title_and_details(_before_labels(part.measure, said, number))
            details += tuple(filter(None, items_of(part.content)))
            if not title and details:
                title, *rest = details
                details = tuple(rest)
            if said.purpose:
                details += (said.purpose,)
            result = part.result or said.result or ""
            self._add(replace(part, result=result), part.number or number, title, details)

    def _follow_stage(self, entry: Entry) -> None:
        """Open the section named in the column of stages, once for all its rows."""
        stage = one_line(entry.stage)
        if not stage or stage == self.stage:
            return
        self.stage = stage
        said = labelled(entry.stage)
        heading = heading_of(said.title or stage)
        if self.habits.numbers_are_of_stages and entry.number and heading.number is None:
            heading = replace(heading, number=entry.number, order=order_of(entry.number))
        if heading.number is None and self.sections.name_last(heading.title):
            return
        self.sections.begin(heading, entry.line, task=said.purpose, result=said.result, shared=Shared())

    def _add(self, entry: Entry, number: str | None, title: str, details: tuple[str, ...]) -> None:
        if not title:
            self.doubts.append(Doubt(entry.line, "В строке нет текста мероприятия: она пропущена."))
            return
        index = self.sections.place_of(number)
        shared = self.sections.shared_by(index)
        term = term_line(entry.term) or ", ".join(map(one_line, entry.marks))
        columns = entry.columns
        self.drafts.append(
            Draft(
                entry.line,
                number,
                index,
                title,
                details,
                term or shared.term,
                entry.responsible or shared.responsible,
                entry.result,
                columns.has(Column.TERM, Column.BOTH, Column.MARK),
                columns.has(Column.RESPONSIBLE, Column.BOTH),
            )
        )

    def finished(self) -> Outline:
        """The outline, with a measure for each stage that has none."""
        sections = self.sections
        parents = {section.parent for section in sections.found}
        own: list[Draft] = []
        for index, section in enumerate(sections.found):
            if sections.has_measures[index] or index in parents:
                continue
            row = self.rows.get(index)
            if row is None:
                self.doubts.append(Doubt(sections.lines[index], f"В разделе «{section.title}» нет мероприятий."))
                continue
            own.append(
                Draft(
                    row.line,
                    section.number,
                    index,
                    section.title,
                    (),
                    term_line(row.term),
                    row.responsible,
                    section.result or "",
                )
            )
        drafts = sorted([*self.drafts, *own], key=lambda draft: draft.line) if own else self.drafts
        return Outline(sections.found, drafts, self.doubts)


def term_line(text: str) -> str:
    """A term as one line; lines that are terms each are divided by commas."""
    lines = text.split("\n")
    is_list = all(is_term(line) and not is_unfinished(line) for line in lines)
    if len(lines) > 1 and is_list and not any(is_rest_of_term(line) for line in lines[1:]):
        return ", ".join(line.rstrip(" ,;") for line in lines)
    return one_line(text)


def _heading(entry: Entry, said: Labelled) -> Heading:
    """The number and the title of a section from its row; without a title its goal or task."""
    words = said.title or said.goal or said.task or said.result or ""
    heading = heading_of(words)
    if entry.number is None:
        return heading
    title = heading.title if heading.number == entry.number else words
    return Heading(entry.number, title.rstrip(" ;:"), order_of(entry.number), heading.is_named)


def _number(entry: Entry, said: Labelled) -> str | None:
    """The number that stands before the wording, unless another one stands in the column of numbers."""
    number, _ = glued_number(said.title)
    return number if entry.number in (None, number) else None


def _before_labels(text: str, said: Labelled, number: str | None) -> str:
    """The wording of a measure with its lines, without the labels after it and the number before it."""
    wording = said.title if said.is_labelled else text
    return glued_number(wording)[1] if number is not None else wording
