"""Several measures numbered inside one cell, told apart."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from roadmap.domain.document.columns import Column
from roadmap.domain.document.content import is_term
from roadmap.domain.document.entries import Entry
from roadmap.domain.document.numerals import follows, glued_number

_POINTED = re.compile(r"(?:^|(?<=\s))(\d{1,2})[.)]\s*(?=[А-ЯЁ«])")
_DOTTED = re.compile(r"(?:^|(?<=\s))(\d{1,2}(?:\.\d{1,2}){1,3})\.?\s+(?=[А-ЯЁ«])")


def has_points_with_terms(entry: Entry) -> bool:
    """Whether a cell holds the points «1. … 2. …» and nothing before them, and that of the term as many terms."""
    points = _points(entry.measure)
    terms = [line for line in entry.term.split("\n") if line]
    return 1 < len(points) == len(terms) and all(map(is_term, terms))


def several_in(entry: Entry, *, are_points: bool = False) -> list[Entry]:
    """The measures of a row: one, or those that «1.1. … 1.2. …» in its cell number one after the other.

    Points «1. … 2. …» in a row without a number or a stage are measures without numbers.
    With `are_points` those numbered «1. … 2. …» too: the author gives them terms one by one. Terms, those
    responsible and results are told apart where each cell has as many lines; else they hold for all.
    """
    parts = _parts(entry.measure) or (_points(entry.measure) if are_points else [])
    if not parts and entry.number is None and not entry.columns.has(Column.STAGE):
        parts = [(None, text) for _, text in _points(entry.measure)]
    if len(parts) < 2:
        return [entry]
    terms, people, results = (_shared_out(text, len(parts)) for text in (entry.term, entry.responsible, entry.result))
    return [
        replace(entry, number=number, measure=text, term=terms[at], responsible=people[at], result=results[at])
        for at, (number, text) in enumerate(parts)
    ]


def _parts(text: str) -> list[tuple[str | None, str]]:
    marks = list(_DOTTED.finditer(text))
    numbers = [mark[1] for mark in marks]
    is_series = all(follows(number, before) for before, number in pairwise(numbers))
    if len(marks) < 2 or text[: marks[0].start()].strip() or not is_series or len(set(numbers)) < len(numbers):
        return []
    return list(_numbered(text, [mark.start() for mark in marks]))


def _points(text: str) -> list[tuple[str | None, str]]:
    """The points «1. …», «2. …» of a cell in their order; none where anything stands before the first."""
    starts: list[int] = []
    for mark in _POINTED.finditer(text):
        if mark[1] == str(len(starts) + 1):
            starts.append(mark.start())
    if len(starts) < 2 or text[: starts[0]].strip():
        return []
    return list(_numbered(text, starts))


def _numbered(text: str, starts: list[int]) -> Iterator[tuple[str | None, str]]:
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield glued_number(text[start:end].strip())


def _shared_out(text: str, count: int) -> list[str]:
    lines = [line for line in text.split("\n") if line]
    return lines if len(lines) == count else [text] * count
