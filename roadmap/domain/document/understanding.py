"""A document understood: from its blocks to the plan it holds."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial

from roadmap.domain.blocks import Block
from roadmap.domain.document.approvals import Line, approvals_in
from roadmap.domain.document.assembled import assembled
from roadmap.domain.document.broken_words import with_whole_cells, with_whole_words
from roadmap.domain.document.checks import doubts_about, in_short
from roadmap.domain.document.documents_named import documents_in
from roadmap.domain.document.layout import Layout, NotARoadmapError, PlanTable, layout_of
from roadmap.domain.document.outline import Draft, outline_of
from roadmap.domain.document.pages_twice import without_copies
from roadmap.domain.document.responsible import responsible_in
from roadmap.domain.document.title import best_title, organisation_in, titles_in
from roadmap.domain.document.wording import is_unfinished, joined, one_line
from roadmap.domain.plan import NO_TERM, Approval, Doubt, Measure, Plan, Term
from roadmap.domain.terms.horizon import Horizon, horizon_of
from roadmap.domain.terms.period import period_named
from roadmap.domain.terms.reading import read_term

LONGEST_LINE = 160
_BULLET = re.compile(r"^(?:[–—•✓*-]|\d{1,2}\))\s+")


def understand(blocks: Sequence[Block], *, until: date | None = None) -> Plan:
    """The plan that the blocks of a document hold; `until` is the day up to which an open period is dated.

    What is uncertain stands in the plan's doubts, in the order of the lines. Raises NotARoadmapError (a Russian
    sentence with the place) if there is no plan in the document, or more than one. Source: issue 3.
    """
    layout = layout_of(with_whole_words(blocks))
    entries, doubts = assembled(layout.body, layout.before)
    entries, copies = without_copies([with_whole_cells(entry) for entry in entries])
    outline = outline_of(entries)
    if not outline.drafts:
        raise NotARoadmapError(f"В таблице (строка {_first_line(layout)}) нет ни одного мероприятия.")
    title, organisation, period, approvals, stamp_doubts = _title_page(layout)
    terms = _terms(outline.drafts, period, approvals, until)
    measures = tuple(_measure(draft, terms[draft.term]) for draft in outline.drafts)
    found = [*layout.doubts, *doubts, *copies, *outline.doubts, *stamp_doubts, *doubts_about(outline, measures)]
    if title is None:
        found.append(Doubt(None, "Название плана не найдено."))
    return Plan(title, organisation, period, approvals, tuple(outline.sections), measures, in_short(found))


def _first_line(layout: Layout) -> int:
    return next((part.columns.line for part in layout.body if isinstance(part, PlanTable)), 1)


def _title_page(
    layout: Layout,
) -> tuple[str | None, str | None, tuple[date | None, date | None], tuple[Approval, ...], tuple[Doubt, ...]]:
    """Title, organisation, period and stamps."""
    titles = [words for words, _ in layout.titles]
    title = best_title(titles)
    approvals: list[Approval] = []
    doubts: list[Doubt] = []
    rest = list(_without_titles(layout.before))
    for lines in rest:
        stamps, unclear = approvals_in(lines)
        approvals += stamps
        doubts += unclear
    texts = [one_line(line.text) for line in layout.before if len(line.text) <= LONGEST_LINE]
    bodies = [stamp.body for stamp in approvals if stamp.body]
    period = next(
        (found for words in (title or "", *titles, *texts) if any(found := period_named(words))), (None, None)
    )
    return title, organisation_in(titles, bodies, texts), period, tuple(approvals), tuple(doubts)


def _without_titles(lines: Sequence[Line]) -> Iterable[list[Line]]:
    """The lines of a title page before, between and after its titles."""
    spans = [(first, last) for _, first, last in titles_in(lines)]
    part: list[Line] = []
    for line in lines:
        if any(first <= line.line <= last for first, last in spans) and not _is_beside(line):
            yield part
            part = []
        else:
            part.append(line)
    yield part


def _is_beside(line: Line) -> bool:
    """Whether a line stands in a column of its own, beside others."""
    return line.column > 0


def _terms(
    drafts: Sequence[Draft], period: tuple[date | None, date | None], approvals: Sequence[Approval], until: date | None
) -> dict[str, Term]:
    """Every different term in words, read once in the days that the plan covers."""
    words = {draft.term for draft in drafts} - {""}
    signed = [stamp.issued_on for stamp in approvals if stamp.issued_on]
    first = min(signed, default=None) or _earliest(read_term(text, Horizon(None, None)) for text in sorted(words))
    read = partial(read_term, horizon=horizon_of(period, first_date=first, until=until))
    return {text: read(text) for text in words} | {"": NO_TERM}


def _earliest(terms: Iterable[Term]) -> date | None:
    return min((window.first or window.last for term in terms for window in term.windows), default=None)


def _measure(draft: Draft, term: Term) -> Measure:
    result = _result(draft.result)
    wording = " ".join((draft.title, *draft.details))
    documents = (*documents_in(draft.result, is_result=True), *documents_in(wording))
    return Measure(
        draft.number,
        draft.section,
        draft.title,
        draft.details,
        term,
        responsible_in(draft.responsible),
        result,
        tuple(dict.fromkeys(documents)),
    )


def _result(text: str) -> str | None:
    """The text of a result as one line, its lines divided by semicolons; a dash in place of one is none."""
    line = ""
    for part in (_BULLET.sub("", part) for part in text.split("\n")):
        is_new = part[:1].isupper() and line and not is_unfinished(line) and line[-1] not in ".;:!?"
        line = f"{line}; {part}" if is_new else joined(line, part)
    return one_line(line) if any(letter.isalnum() for letter in line) else None
