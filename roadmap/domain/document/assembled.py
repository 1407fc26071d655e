"""The rows of a whole plan: those of all its tables, put together over pages, with the headings between the tables."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from roadmap.domain.blocks import Paragraph
from roadmap.domain.document.approvals import Line, is_stamp
from roadmap.domain.document.columns import Column, Columns
from roadmap.domain.document.content import is_term
from roadmap.domain.document.entries import Entry, continues, entries_of, is_note, together
from roadmap.domain.document.labels import labelled
from roadmap.domain.document.layout import PlanTable
from roadmap.domain.document.numerals import follows, heading_of
from roadmap.domain.document.swapped_cells import settled
from roadmap.domain.document.title import titles_in
from roadmap.domain.document.wording import begins_small, is_unfinished, joined, one_line, words_of
from roadmap.domain.plan import Doubt

LONGEST_HEADING = 200
LONGEST_REST = 100
MOST_LABELS = 3
MANY = 20
ALIKE_WORDS = 2
NEIGHBOURS = 4
"""With so many rows above it a stray text is compared, to see whether it is a spoilt copy of them."""


def assembled(body: Sequence[PlanTable | Paragraph], before: Sequence[Line]) -> tuple[list[Entry], list[Doubt]]:
    """The entries of a plan in their order, and doubts about cells in the wrong columns and text left out.

    `before` is the title page: a numbered heading at its very end belongs to the table below it, with its goal.
    """
    entries: list[Entry] = []
    doubts: list[Doubt] = []
    entries += _heading_above(before, body)
    for is_table, group in groupby(body, key=lambda part: isinstance(part, PlanTable)):
        parts = list(group)
        if is_table:
            _add_tables([part for part in parts if isinstance(part, PlanTable)], entries, doubts)
        else:
            _add_paragraphs([part for part in parts if isinstance(part, Paragraph)], entries, doubts)
    return _settled(entries, doubts), doubts


def _heading_above(before: Sequence[Line], body: Sequence[PlanTable | Paragraph]) -> list[Entry]:
    """The heading at the end of the title page with the lines of its goal below it; the end of a list is none."""
    at = len(before)
    while at and len(before) - at < MOST_LABELS and _is_label(before[at - 1].text):
        at -= 1
    if not at or titles_in(before[at - 1 : at]):
        return []
    if not (_is_named_heading(before[at - 1].text) or _has_fellow(before[at - 1].text, body)):
        return []
    heading = heading_of(before[at - 1].text)
    above = heading_of(before[at - 2].text) if at > 1 else None
    if above and above.number and heading.number and not heading.is_named and follows(heading.number, above.number):
        return []
    entry = _heading(before[at - 1].text, before[at - 1].line)
    for line in before[at:]:
        entry = _with_label(entry, line)
    return [entry]


def _has_fellow(text: str, body: Sequence[PlanTable | Paragraph]) -> bool:
    """Whether a line between the tables begins as this one does: «Форма наставничества «учитель – учитель»»."""
    words = words_of(text)[:ALIKE_WORDS]
    if len(words) < ALIKE_WORDS or len(text) > LONGEST_HEADING or is_stamp(text) or begins_small(text):
        return False
    return any(isinstance(part, Paragraph) and words_of(part.text)[:ALIKE_WORDS] == words for part in body)


def _is_label(text: str) -> bool:
    """Whether a line is the goal, the task or the result of the heading above it."""
    said = labelled(text)
    return said.is_labelled and not said.title


def _with_label(entry: Entry, line: Line) -> Entry:
    return replace(entry, measure=f"{entry.measure}\n{line.text}", last_line=line.line)


def _add_tables(tables: Iterable[PlanTable], entries: list[Entry], doubts: list[Doubt]) -> None:
    for table in tables:
        for entry in entries_of(table.rows, table.columns):
            if is_note(entry):
                doubts.append(Doubt(entry.line, f"Примечание к таблице пропущено: «{_start(entry.measure)}»."))
            elif entries and continues(entry, entries[-1]):
                entries[-1] = together(entries[-1], entry)
            else:
                entries.append(_with_term_above(entry, entries))


def _with_term_above(entry: Entry, entries: Sequence[Entry]) -> Entry:
    """A row without a term of its own where terms stand first in the row: that of the row above."""
    above = entries[-1] if entries else None
    if above is None or entry.is_heading or entry.term or not entry.columns.begins_with_term:
        return entry
    return replace(entry, term=above.term) if above.columns == entry.columns and not above.is_heading else entry


def _settled(entries: Sequence[Entry], doubts: list[Doubt]) -> list[Entry]:
    """Each entry with its cells where they belong, with a doubt for each that was against the heads."""
    rows, moved = [], []
    for entry in entries:
        row, was_moved = settled(entry)
        if was_moved or entry.is_shifted:
            moved.append(row)
        rows.append(row)
    # Each is named; too many of them say the same thing, and are then told in one.
    for row in moved:
        named = f" («{_start(row.measure)}»)" if row.measure and len(moved) <= MANY else ""
        doubts.append(Doubt(row.line, f"Содержимое строки стоит не в своих столбцах: разнесено по смыслу{named}."))
    return rows


def _add_paragraphs(paragraphs: Sequence[Paragraph], entries: list[Entry], doubts: list[Doubt]) -> None:
    """Headings between tables become entries; the rest of a sentence goes to its row; other text is left out."""
    lines = [Line(one_line(paragraph.text), paragraph.line) for paragraph in paragraphs]
    titled = {number for _, first, last in titles_in(lines) for number in range(first, last + 1)}
    is_open = False
    for at, line in enumerate(lines):
        if line.line in titled:
            is_open = False
            continue
        is_last = at + 1 == len(lines)
        if _is_heading(line.text, entries, is_last=is_last):
            entries.append(_heading(line.text, line.line))
        elif entries and entries[-1].is_heading and _is_label(line.text):
            entries[-1] = _with_label(entries[-1], line)
        elif entries and begins_small(line.text) and (_is_cut(entries[-1]) or _is_next_line(line, entries[-1])):
            entries[-1] = _with_rest(entries[-1], line)
            doubts.append(Doubt(line.line, f"Текст вне таблицы присоединён к строке выше: «{_start(line.text)}»."))
        elif not is_open:
            is_open = True
            doubts.append(
                Doubt(line.line, f"Текст между строками таблицы не разобран и пропущен: «{_start(line.text)}».")
            )


def _is_cut(entry: Entry) -> bool:
    """Whether a row breaks off: in the middle of a sentence, or before it says when and by whom."""
    return is_unfinished(entry.wording) or (entry.number is not None and entry.is_bare)


def _is_next_line(line: Line, entry: Entry) -> bool:
    """Whether a short line stands right under a row: its last cell was broken there."""
    return line.line - entry.last_line == 1 and len(line.text) <= LONGEST_REST and not entry.is_heading


def _with_rest(entry: Entry, line: Line) -> Entry:
    """The row with the text joined to its wording, or to the last of its cells if the wording is whole."""
    entry = replace(entry, last_line=line.line)
    if not _is_cut(entry):
        if entry.result and entry.columns.kinds[-1:] == (Column.RESULT,):
            return replace(entry, result=joined(entry.result, line.text))
        if entry.responsible and entry.columns.kinds[-1:] == (Column.RESPONSIBLE,):
            return replace(entry, responsible=joined(entry.responsible, line.text))
    return replace(entry, measure=joined(entry.measure, line.text))


def _is_heading(text: str, entries: Sequence[Entry], *, is_last: bool) -> bool:
    """Whether a paragraph between two tables is the heading of what follows."""
    is_sentence = begins_small(text) or is_unfinished(text) or text.endswith((";", ",")) or is_stamp(text)
    if is_sentence or _is_label(text) or len(text) > LONGEST_HEADING or is_term(text):
        return False
    if _is_named_heading(text):
        return True
    if _is_spoilt_copy(text, entries):
        return False
    return is_last and len(text.split()) <= 12 and not text.endswith(".")


def _is_named_heading(text: str) -> bool:
    heading = heading_of(text)
    return len(text) <= LONGEST_HEADING and (heading.number is not None or heading.is_named)


def _is_spoilt_copy(text: str, entries: Sequence[Entry]) -> bool:
    """Whether most of the long words of a text stand in the rows above it."""
    words = {word for word in words_of(text) if len(word) > 4}
    known = {word for entry in entries[-NEIGHBOURS:] for word in words_of(entry.measure)}
    return len(words) > 1 and len(words & known) * 10 >= 6 * len(words)


def _heading(text: str, line: int) -> Entry:
    return Entry(line, measure=text, columns=Columns((), ()), is_heading=True, last_line=line)


def _start(text: str) -> str:
    words = one_line(text)
    return words if len(words) <= 60 else f"{words[:60].rstrip()}…"
