"""Pages that occur twice in a document: their second copies recognised and dropped."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from roadmap.domain.document.entries import Entry
from roadmap.domain.document.numerals import heading_of
from roadmap.domain.document.wording import likeness, words_of
from roadmap.domain.plan import Doubt

_FIGURES = re.compile(r"\d+")
ALIKE = 0.8
CANDIDATES = 12
"""So many rows of the same number are compared, which keeps a plan of 5,000 rows a matter of seconds."""
TELLING_WORDS = 6
FIRST_LETTERS = 120
FIRST_WORDS = 4


@dataclass(slots=True)
class _Copies:
    """For each row the earlier row that it may be a copy of, and the heading under which it stands."""

    originals: list[int | None]
    headings: list[int]


def without_copies(entries: Sequence[Entry]) -> tuple[list[Entry], list[Doubt]]:
    """The entries without second copies of a page, the fuller wording of each kept, and a doubt for each such page.

    A row is a copy of an earlier one with the same number and nearly the same wording if it stands under the same
    heading, or in a run of copies, or its wording is long enough to be no coincidence.
    """
    copies = _copies(entries)
    kept: dict[int, Entry] = dict(enumerate(entries))
    runs = [run for run in _runs(entries, copies) if not _begins_anew(entries, run[0])]
    for at in (at for run in runs for at in run):
        original = copies.originals[at]
        if original is not None and original in kept:
            kept[original] = _fuller(kept[original], kept.pop(at))
    return list(kept.values()), [_doubt(entries, copies, run) for run in runs]


def _runs(entries: Sequence[Entry], copies: _Copies) -> list[list[int]]:
    """The copies, those that follow each other together."""
    runs: list[list[int]] = []
    for at, original in enumerate(copies.originals):
        if original is None or not _is_copy(entries, copies, at, original):
            continue
        if runs and runs[-1][-1] == at - 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def _begins_anew(entries: Sequence[Entry], at: int) -> bool:
    """Whether rows alike stand right under a heading of their own: the same work for other people, no copy."""
    before = entries[at - 1]
    return not entries[at].is_heading and (before.is_heading or before.is_bare)


def _copies(entries: Sequence[Entry]) -> _Copies:
    seen: dict[str, list[int]] = {}
    originals: list[int | None] = []
    headings: list[int] = []
    for at, entry in enumerate(entries):
        earlier = seen.setdefault(_key(entry), [])
        before = originals[-1] if originals else None
        originals.append(_original(entries, at, earlier, before))
        headings.append(at if entry.is_heading else (headings[-1] if headings else -1))
        if originals[-1] is None:
            earlier.append(at)
    return _Copies(originals, headings)


def _key(entry: Entry) -> str:
    """Rows are compared with those of the same number; without one with those that begin with the same words."""
    number = heading_of(entry.measure).number if entry.is_heading else entry.number
    return f"№{number}" if number else " ".join(words_of(entry.wording[:FIRST_LETTERS])[:FIRST_WORDS])


def _original(entries: Sequence[Entry], at: int, earlier: Sequence[int], before: int | None) -> int | None:
    """The earlier row most likely copied: the one after the row that the row before copies, else the last alike."""
    entry = entries[at]
    alike = [
        other
        for other in earlier[-CANDIDATES:]
        if entries[other].is_heading == entry.is_heading and _is_alike(_all(entries[other]), _all(entry))
    ]
    if before is not None and before + 1 in alike:
        return before + 1
    return alike[-1] if alike else None


def _is_alike(first: str, second: str) -> bool:
    """Whether two wordings are one; «встреча 1» and «встреча 2» are not."""
    like = likeness(first, second)
    return like == 1 or (like >= ALIKE and _FIGURES.findall(first) == _FIGURES.findall(second))


def _all(entry: Entry) -> str:
    return f"{entry.stage} {entry.measure}"


def _is_copy(entries: Sequence[Entry], copies: _Copies, at: int, original: int) -> bool:
    entry = entries[at]
    if not _has_same_term(entry, entries[original]):
        return False
    if _is_in_run(copies, at, original):
        return True
    if entry.is_heading or not entry.number:
        return False
    is_under_same = copies.headings[at] == copies.headings[original]
    return is_under_same or len(words_of(entry.wording)) >= TELLING_WORDS


def _has_same_term(entry: Entry, original: Entry) -> bool:
    return not entry.term or not original.term or words_of(entry.term) == words_of(original.term)


def _is_in_run(copies: _Copies, at: int, original: int) -> bool:
    originals = copies.originals
    return (at > 0 and originals[at - 1] == original - 1 and original > 0) or (
        at + 1 < len(originals) and originals[at + 1] == original + 1 and original + 1 < at
    )


def _fuller(first: Entry, second: Entry) -> Entry:
    """The longer wording, and of the other columns what is there."""
    is_longer = len(second.measure) > len(first.measure)
    return replace(
        first,
        measure=second.measure if is_longer else first.measure,
        stage=first.stage or second.stage,
        content=max(first.content, second.content, key=len),
        term=first.term or second.term,
        responsible=first.responsible or second.responsible,
        result=max(first.result, second.result, key=len),
    )


def _doubt(entries: Sequence[Entry], copies: _Copies, run: Sequence[int]) -> Doubt:
    first, last = entries[run[0]], entries[run[-1]]
    differing = [
        entries[at].number or "без номера"
        for at in run
        if (original := copies.originals[at]) is not None
        and words_of(_all(entries[original])) != words_of(_all(entries[at]))
    ]
    rows = f"Строки {first.line}–{last.line} повторяют" if len(run) > 1 else f"Строка {first.line} повторяет"
    earlier = entries[copies.originals[run[0]] or 0].line
    told = f" Слова различаются в пунктах: {', '.join(differing)}; взят более полный текст." if differing else ""
    return Doubt(first.line, f"{rows} уже прочитанное (со строки {earlier}) и учтены один раз.{told}")
