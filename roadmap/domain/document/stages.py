"""Which rows of a plan are stages and which are measures."""

from collections.abc import Sequence
from dataclasses import dataclass

from roadmap.domain.document.columns import Column
from roadmap.domain.document.details import items_of
from roadmap.domain.document.entries import Entry
from roadmap.domain.document.labels import labelled
from roadmap.domain.document.numerals import Order, heading_of, is_part_of, order_of
from roadmap.domain.document.several_in_cell import has_points_with_terms
from roadmap.domain.document.wording import one_line

LONGEST_STAGE = 220
_SAID = (Column.TERM, Column.RESPONSIBLE, Column.BOTH, Column.RESULT, Column.MARK)


@dataclass(frozen=True, slots=True)
class Habits:
    """How the author of a plan writes: told from all its rows."""

    bare_are_few: bool
    has_arabic: bool
    has_numbers: bool
    stages_are_measures: bool
    numbers_are_of_stages: bool
    has_bare_goals: bool
    points_are_measures: bool


def habits_of(entries: Sequence[Entry]) -> Habits:
    """The habits of a plan's author, from all the rows."""
    rows = [entry for entry in entries if not entry.is_heading]
    bare = sum(entry.is_bare for entry in rows)
    has_points = any(has_points_with_terms(row) for row in rows)
    return Habits(
        bare_are_few=bare * 2 < len(rows),
        has_arabic=any(order_of(row.number) >= Order.ARABIC for row in rows if row.number),
        has_numbers=sum(row.number is not None for row in rows) * 2 > len(rows),
        stages_are_measures=_stages_are_measures(rows) and not has_points,
        numbers_are_of_stages=_numbers_are_of_stages(rows) or (has_points and any(row.stage for row in rows)),
        has_bare_goals=sum(row.is_bare and labelled(row.measure).is_stage for row in rows) > 1,
        points_are_measures=has_points,
    )


def _numbers_are_of_stages(rows: Sequence[Entry]) -> bool:
    """Whether a number stands just where a stage begins, and the further rows of the stage have none."""
    staged = [row for row in rows if Column.STAGE in row.columns.kinds and row.columns.main is not Column.STAGE]
    further = [row for row in staged if not row.stage or row.is_stage_carried]
    return bool(further) and not any(row.number for row in further)


def _stages_are_measures(rows: Sequence[Entry]) -> bool:
    """A plan by stages only: one row for each stage, with nothing beside or with lists of what the stage contains."""
    staged = [row for row in rows if Column.STAGE in row.columns.kinds and row.columns.main is not Column.STAGE]
    if not staged or any(not row.stage or row.is_stage_carried for row in staged):
        return False
    if len({one_line(row.stage) for row in staged}) < len(staged):
        return False
    if not any(row.columns.has(Column.TERM, Column.RESPONSIBLE, Column.BOTH, Column.MARK) for row in staged):
        return True
    return sum(len(items_of(row.measure)) > 2 for row in staged) * 2 >= len(staged)


def is_stage(entries: Sequence[Entry], at: int, habits: Habits) -> bool:
    """Whether a row opens a section: a heading across the table, or one with a task, or with parts and nothing else."""
    entry = entries[at]
    if entry.is_heading:
        return True
    if entry.stage or not entry.measure:
        return False
    has_parts = at + 1 < len(entries) and is_part_of(entries[at + 1].number, entry.number)
    if entry.measure.endswith(":") and not entry.term and _has_dashed_rows(entries, at):
        return True
    if labelled(entry.measure).is_stage:
        return has_parts or entry.is_bare or (habits.has_bare_goals and _has_rows_without_goals(entries, at))
    if not entry.is_bare:
        return has_parts and not (entry.term and entry.responsible) and len(entry.measure) <= LONGEST_STAGE
    return has_parts or (_looks_like_stage(entry, habits) and not _is_last_of_kind(entries, at))


def _has_rows_without_goals(entries: Sequence[Entry], at: int) -> bool:
    """Whether the row below is a measure of this stage and no stage itself."""
    if entries[at].number is not None or at + 1 >= len(entries):
        return False
    return not entries[at + 1].is_heading and not labelled(entries[at + 1].measure).is_stage


def _has_dashed_rows(entries: Sequence[Entry], at: int) -> bool:
    """Whether the row below is an item of a list with cells of its own."""
    below = entries[at + 1] if at + 1 < len(entries) else None
    return (
        below is not None and below.number is None and below.measure.startswith(("–", "-", "•")) and not below.is_bare
    )


def _looks_like_stage(entry: Entry, habits: Habits) -> bool:
    """A row of nothing but its wording, where others say more: with another kind of number, a name, or none."""
    if not entry.columns.has(*_SAID) or len(entry.measure) > LONGEST_STAGE:
        return False
    heading = heading_of(one_line(entry.measure))
    if order_of(entry.number or heading.number) is Order.ROMAN:
        return habits.has_arabic or habits.bare_are_few
    is_unnumbered = entry.number is None and (habits.has_numbers or not entry.columns.has(Column.NUMBER))
    return habits.bare_are_few and (heading.is_named or is_unnumbered)


def _is_last_of_kind(entries: Sequence[Entry], at: int) -> bool:
    """Whether nothing follows that could belong to the row as to a section."""
    return at + 1 == len(entries) or (
        entries[at + 1].is_heading and heading_of(entries[at + 1].measure).number is not None
    )
