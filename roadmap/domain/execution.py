"""The state of a piece of work on a day, and the days whose facts count for it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from people.domain.school_year import SchoolYear
from roadmap.domain.plan import Window

SOON = timedelta(days=14)
PREPARATION_MONTH = 6
"""Schools prepare a plan in the summer before it: from 1 June."""


class OccurrenceState(StrEnum):
    """Where one occurrence of a measure stands."""

    AHEAD = "ahead"
    OPEN = "open"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    DONE = "done"
    NOT_NEEDED = "not_needed"


STATE_LABELS: dict[OccurrenceState, str] = {
    OccurrenceState.AHEAD: "впереди",
    OccurrenceState.OPEN: "идёт",
    OccurrenceState.DUE_SOON: "скоро срок",
    OccurrenceState.OVERDUE: "просрочено",
    OccurrenceState.DONE: "выполнено",
    OccurrenceState.NOT_NEEDED: "не требуется",
}


def state_of(
    *,
    opens_on: date,
    ends_on: date | None,
    is_done: bool,
    is_not_needed: bool,
    today: date,
) -> OccurrenceState:
    """The state on the day `today` of work that opens on `opens_on` and is to be done by `ends_on`, included.

    Work without an end (`None`: the plan gives no term) is open from its first day and never overdue.
    """
    if is_not_needed:
        return OccurrenceState.NOT_NEEDED
    if is_done:
        return OccurrenceState.DONE
    if ends_on is not None and today > ends_on:
        return OccurrenceState.OVERDUE
    if today < opens_on:
        return OccurrenceState.AHEAD
    if ends_on is not None and ends_on - today <= SOON:
        return OccurrenceState.DUE_SOON
    return OccurrenceState.OPEN


@dataclass(frozen=True, slots=True)
class Span:
    """The days, both included, on which what happens counts for one occurrence."""

    first: date
    last: date


def spans_of(windows: Sequence[Window], *, plan_first: date, plan_last: date) -> tuple[Span, ...]:
    """For each window the days whose facts count for it: the windows of one measure share out the plan's time.

    The first one counts from 1 June before the plan's school year, since orders of August carry out measures of
    September, and no later than from its own first day; the last one up to the end of the plan and at least its own
    end. In between, an occurrence counts from its first day (for «до …» from the day after the one before) until the
    day before the next one begins, so that late work is still its own.
    """
    if not windows:
        return ()
    before = date(SchoolYear.of(plan_first).start, PREPARATION_MONTH, 1)
    starts = [min(before, windows[0].first or before)]
    for earlier, window in pairwise(windows):
        begins = window.first or earlier.last + timedelta(days=1)
        starts.append(max(begins, starts[-1] + timedelta(days=1)))
    ends = [start - timedelta(days=1) for start in starts[1:]]
    ends.append(max(plan_last, windows[-1].last, starts[-1]))
    return tuple(Span(first, last) for first, last in zip(starts, ends, strict=True))


def opening_day(window: Window | None, span: Span, plan_first: date) -> date:
    """From when the work is to be done: the window's first day.

    For «до …» the first day that counts for it, but not before the plan begins, nor before the summer of its own school
    year: «до 15.09, далее ежегодно» is not open the whole year round.
    """
    if window is None:
        return max(span.first, plan_first)
    if window.first is not None:
        return window.first
    summer = date(SchoolYear.of(window.last).start, PREPARATION_MONTH, 1)
    return max(span.first, summer, min(plan_first, window.last))


def is_done(capabilities: Collection[str], evidenced: Collection[str], *, as_a_whole: bool) -> bool:
    """Whether a measure is done: marked as a whole, or each of its capabilities has enough evidence."""
    return as_a_whole or (bool(capabilities) and set(capabilities) <= set(evidenced))
