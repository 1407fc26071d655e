"""Terms and those responsible told apart where they stand in each other's cells."""

from dataclasses import replace

from roadmap.domain.document.columns import Column
from roadmap.domain.document.content import is_measure, is_responsible, is_term, term_and_others, term_within
from roadmap.domain.document.entries import Entry
from roadmap.domain.document.wording import one_line

LONGEST_TERM = 60


def settled(entry: Entry) -> tuple[Entry, bool]:
    """The entry with its term and those responsible where they belong, and whether that was against the heads.

    What a cell holds counts for more than the head over it; a column «Сроки и ответственные» is divided.
    """
    if Column.BOTH in entry.columns.kinds:
        return _divided(entry), False
    if entry.columns.is_guessed and not entry.columns.has(Column.TERM, Column.RESPONSIBLE):
        return entry, False
    moved = _moved(entry)
    return moved, moved != entry


def _divided(entry: Entry) -> Entry:
    """A cell of both: line by line, or the term cut out of its line."""
    lines = entry.term.split("\n")
    terms = [line for line in lines if is_term(line) and not term_and_others(line)]
    others = [line for line in lines if line and line not in terms]
    if not terms and (both := term_and_others(entry.term)):
        terms, others = [both[0]], both[1]
    return replace(entry, term=" ".join(terms), responsible="\n".join([*others, *filter(None, [entry.responsible])]))


def _moved(entry: Entry) -> Entry:
    wording = _with_wording(entry)
    if wording is not entry:
        return wording
    term, responsible = entry.term, entry.responsible
    if both := term_and_others(term):
        return replace(entry, term=both[0], responsible="\n".join([*both[1], *filter(None, [responsible])]))
    if term and is_term(responsible) and not is_term(term) and not term_and_others(responsible):
        return replace(entry, term=responsible, responsible=term)
    if term and is_term(entry.result) and not is_term(term) and len(entry.result) < LONGEST_TERM:
        return replace(entry, term=entry.result, result=term)
    return _from_the_other(entry)


def _with_wording(entry: Entry) -> Entry:
    """The wording of a measure out of the cell of the term or of those responsible, where it stands in theirs."""
    if is_measure(entry.measure):
        return entry
    if entry.term and is_term(entry.measure) and not is_term(entry.term):
        return replace(entry, term=entry.measure, measure=entry.term)
    if is_measure(entry.responsible) and is_responsible(entry.measure):
        return replace(entry, responsible=entry.measure, measure=entry.responsible)
    return entry


def _from_the_other(entry: Entry) -> Entry:
    """One of the two cells is empty: what the other holds is told by its words."""
    term, responsible = entry.term, entry.responsible
    if not term and (both := term_and_others(responsible)):
        return replace(entry, term=both[0], responsible="\n".join(both[1]))
    if not term and is_term(responsible) and not is_responsible(responsible):
        return replace(entry, term=one_line(responsible), responsible="")
    if not responsible and is_responsible(term) and not term_within(one_line(term)):
        return replace(entry, term="", responsible=term)
    return entry
