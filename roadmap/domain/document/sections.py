"""The sections of a plan: which one stands under which."""

import re
from dataclasses import dataclass, field, replace

from roadmap.domain.document.content import is_term
from roadmap.domain.document.numerals import Heading, Order, follows, is_part_of, order_of
from roadmap.domain.plan import Section

_ONLY_NUMBER = re.compile(r"(?:\w{1,4}\s+(?:этап|раздел|блок)|(?:этап|раздел|блок)\s+\w{1,4})\.?", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\(([^()]+)\)\s*[.:]?$")


@dataclass(frozen=True, slots=True)
class Shared:
    """What a section says for those of its measures that say nothing themselves."""

    term: str = ""
    responsible: str = ""


def term_of_heading(title: str) -> str:
    """The term that a heading is («Сентябрь») or has in brackets («Подготовительный этап (август – сентябрь)»)."""
    found = _IN_BRACKETS.search(title)
    if found:
        return found[1].strip() if is_term(found[1]) else ""
    return title if is_term(title) and len(title.split()) <= 4 else ""


@dataclass(slots=True)
class Sections:
    """The sections met so far and those that are open, from the outermost."""

    found: list[Section] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    shared: list[Shared] = field(default_factory=list)
    has_measures: list[bool] = field(default_factory=list)
    _open: list[tuple[Order, int]] = field(default_factory=list)
    _last_number: str | None = None

    @property
    def current(self) -> int | None:
        """The innermost open section."""
        return self._open[-1][1] if self._open else None

    def begin(
        self, heading: Heading, line: int, *, task: str | None = None, result: str | None = None, shared: Shared
    ) -> int:
        """Open a section; those at its level and below end. Returns its index."""
        self._close_for(heading)
        index = len(self.found)
        self.found.append(Section(heading.number, heading.title, self.current, task, result))
        self.lines.append(line)
        self.shared.append(Shared(shared.term or term_of_heading(heading.title), shared.responsible))
        self.has_measures.append(False)
        self._open.append((heading.order, index))
        return index

    def name_last(self, title: str) -> bool:
        """Give the last section its title if it stands there with nothing but its number so far («1 этап»)."""
        if not self.found or self.has_measures[-1] or not _ONLY_NUMBER.fullmatch(self.found[-1].title):
            return False
        self.found[-1] = replace(self.found[-1], title=title)
        return True

    def _close_for(self, heading: Heading) -> None:
        """Close what a new heading ends.

        A numeral of a kind that is open ends that section and all inside it. Of a new kind: right below another
        heading it is a part of that; after measures the higher kind of numeral (I, then 1, then 1.1) decides, and a
        heading without a number stands beside the one before it.
        """
        orders = [order for order, _ in self._open]
        if heading.order in orders:
            del self._open[orders.index(heading.order) :]
        elif heading.order is Order.PLAIN and self._open and self.has_measures[self._open[-1][1]]:
            self._open.pop()
        else:
            is_below = bool(self._open) and not self.has_measures[self._open[-1][1]]
            while (
                self._open and heading.order < self._open[-1][0] and not (is_below and self._open[-1][0] is Order.PLAIN)
            ):
                self._open.pop()

    def _leave_finished(self, number: str | None) -> None:
        """Close a section «1» with measures «1.1», «1.2», or without numbers, when «2» follows: it stands beside it."""
        if self.current is None or number is None:
            return
        own = self.found[self.current].number
        if own is None or order_of(number) is not order_of(own) or number == own:
            return
        is_next = self._last_number is None and self.has_measures[self.current] and follows(number, own)
        if is_part_of(self._last_number, own) or is_next:
            self._open.pop()

    def place_of(self, number: str | None) -> int | None:
        """The section of a measure: the open one, unless «1.2» tells of an earlier section «1» beside it."""
        self._leave_finished(number)
        self._last_number = number
        if self.current is None:
            return None
        at = self.current
        section = self.found[at]
        head = (number or "").rpartition(".")[0]
        if head and section.number and order_of(section.number) is order_of(head) and section.number != head:
            for other in range(at - 1, max(-1, at - 50), -1):
                if self.found[other].number == head and self.found[other].parent == section.parent:
                    at = other
                    break
        self.has_measures[at] = True
        return at

    def shared_by(self, index: int | None) -> Shared:
        """The term and those responsible that the section says for its measures, or the sections it stands in."""
        term = responsible = ""
        while index is not None:
            term = term or self.shared[index].term
            responsible = responsible or self.shared[index].responsible
            index = self.found[index].parent
        return Shared(term, responsible)
