"""Several measures numbered inside one cell, told apart."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from roadmap.domain.document.entries import Entry
from roadmap.domain.document.numerals import follows, glued_number

_DOTTED = re.compile(r"(?:^|(?<=\s))(\d{1,2}(?:\.\d{1,2}){1,3})\.?\s+(?=[А-ЯЁ«])")


def several_in(entry: Entry) -> list[Entry]:
    """The measures of a row: one, or those that «1.1. … 1.2. …» in its cell number one after the other.

    Terms, those responsible and results are told apart too where each cell has as many lines; else they hold for all.
    """
    parts = _parts(entry.measure)
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


def _numbered(text: str, starts: list[int]) -> Iterator[tuple[str | None, str]]:
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield glued_number(text[start:end].strip())


def _shared_out(text: str, count: int) -> list[str]:
    lines = [line for line in text.split("\n") if line]
    return lines if len(lines) == count else [text] * count
