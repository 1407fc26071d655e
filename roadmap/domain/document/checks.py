"""What a person should look at in a plan that was read."""

from collections.abc import Iterable, Sequence
from datetime import date

from roadmap.domain.document.numerals import follows
from roadmap.domain.document.outline import Draft, Outline
from roadmap.domain.plan import Doubt, Measure, TermKind

AUGUST = 8
MANY = 20
"""More doubts in the same words than this are one doubt with the lines in it."""


def doubts_about(outline: Outline, measures: Sequence[Measure]) -> list[Doubt]:
    """Terms not understood, missing terms and responsible where others have them, numbers twice or left out."""
    drafts = outline.drafts
    found = [
        Doubt(draft.line, measure.term.doubt)
        for draft, measure in zip(drafts, measures, strict=True)
        if measure.term.doubt
    ]
    found += _missing([(draft, bool(draft.term)) for draft in drafts if draft.has_term_column], "Срок не указан.")
    found += _missing(
        [
            (draft, bool(measure.responsible))
            for draft, measure in zip(drafts, measures, strict=True)
            if draft.has_responsible_column
        ],
        "Ответственные не указаны.",
    )
    return found + _augusts(drafts, measures) + _numbers(drafts)


def _augusts(drafts: Sequence[Draft], measures: Sequence[Measure]) -> list[Doubt]:
    """«Август» without a year at the beginning of a plan whose further rows go on with the autumn before it."""
    found: list[Doubt] = []
    for at, (draft, measure) in enumerate(zip(drafts, measures, strict=True)):
        first = _first_day(measure)
        if first is None:
            continue
        is_august = first.month == measure.term.windows[0].last.month == AUGUST
        if not is_august or measure.term.kind is not TermKind.ONCE or "year" not in measure.term.assumed:
            break
        days = [day for other in measures[at + 1 : at + 1 + MANY] if (day := _first_day(other))]
        if not days or min(days) >= first:
            break
        found.append(Doubt(draft.line, f"Август без года понят как август {first.year} года: проверьте."))
    return found


def _first_day(measure: Measure) -> date | None:
    windows = measure.term.windows
    return (windows[0].first or windows[0].last) if windows else None


def _missing(rows: Sequence[tuple[Draft, bool]], message: str) -> list[Doubt]:
    """A doubt for each row without what most of the others have; where most have none, it is no fault of the row."""
    if sum(has for _, has in rows) * 2 < len(rows):
        return []
    return [Doubt(draft.line, message) for draft, has in rows if not has]


def _numbers(drafts: Sequence[Draft]) -> list[Doubt]:
    """Numbers that occur twice in one section, and numbers that are left out."""
    found: list[Doubt] = []
    seen: dict[tuple[int | None, str], int] = {}
    before: dict[int | None, str] = {}
    for draft in drafts:
        if draft.number is None:
            before.pop(draft.section, None)  # it may well be the one that is left out
            continue
        place = (draft.section, draft.number)
        last = before.get(draft.section)
        if place in seen:
            found.append(Doubt(draft.line, f"Номер {draft.number} в разделе повторяется (строка {seen[place]})."))
        elif last is not None and not follows(draft.number, last):
            found.append(Doubt(draft.line, f"После номера {last} стоит {draft.number}: проверьте, нет ли пропуска."))
        seen.setdefault(place, draft.line)
        before[draft.section] = draft.number
    return found


def in_short(doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """The doubts in the order of their lines, none twice, and many in the same words as one."""
    lines: dict[str, list[int | None]] = {}
    for doubt in dict.fromkeys(doubts):
        lines.setdefault(doubt.message, []).append(doubt.line)
    short: list[Doubt] = []
    for message, places in lines.items():
        if len(places) > MANY:
            told = ", ".join(str(line) for line in places[:MANY] if line is not None)
            short.append(Doubt(places[0], f"{message} Таких мест {len(places)}, первые в строках: {told}."))
        else:
            short += [Doubt(line, message) for line in places]
    return tuple(sorted(short, key=lambda doubt: doubt.line or 0))
