"""Years and single words of a term: recurrence («раз в месяц», «каждый квартал»), the years themselves."""

from roadmap.domain.terms.cursor import Cursor
from roadmap.domain.terms.dates import Years
from roadmap.domain.terms.sorts import YEAR_SORTS, Sort, Unit
from roadmap.domain.terms.statement import Statement

TIMES_A_YEAR = {1: Sort.YEARLY, 2: Sort.HALF_YEARLY, 4: Sort.QUARTERLY, 12: Sort.MONTHLY}
MARK_OF_UNIT = {
    Unit.WEEK: Sort.ALWAYS,
    Unit.DAY: Sort.ALWAYS,
    Unit.MONTH: Sort.MONTHLY,
    Unit.QUARTER: Sort.QUARTERLY,
    Unit.SCHOOL_QUARTER: Sort.SCHOOL_QUARTERLY,
    Unit.TRIMESTER: Sort.TRIMESTERLY,
    Unit.HALF_YEAR: Sort.HALF_YEARLY,
    Unit.HALF: Sort.HALF_YEARLY,
}


def years_at(cursor: Cursor, statement: Statement) -> Years | None:
    """The year or years at the cursor with the words that belong to them."""
    if cursor.peek().sort is Sort.IN and cursor.peek(1).sort in YEAR_SORTS:
        cursor.at += 1
    if cursor.is_done() or cursor.peek().sort not in YEAR_SORTS:
        return None
    first, last = cursor.take().numbers
    has_school_word = cursor.skip(Sort.SCHOOL)
    if cursor.sees(Sort.YEAR_WORD):
        statement.is_plural |= cursor.peek().numbers[0] == 2
        cursor.at += 1
        if cursor.sees(Sort.YEAR_WORD):  # «г. г.»
            statement.is_plural = True
            cursor.at += 1
    has_school_word |= cursor.skip(Sort.SCHOOL)
    statement.has_school_word |= has_school_word
    return (first, first + 1) if has_school_word and first == last else (first, last)


def note_word(cursor: Cursor, statement: Statement, begin: int) -> None:
    """Note the part that a word plays, and what is said with it: «раз в месяц», «каждый квартал»."""
    cursor.at = begin
    token = cursor.tokens[begin]
    if token.sort in YEAR_SORTS:
        years = years_at(cursor, statement)
        if years is not None:
            statement.years.append(years)
        return
    if token.sort is Sort.NUMBER:
        count = cursor.numbers()[-1][1]
        if cursor.sees(Sort.TIMES):
            _times(cursor, statement, count)
        return
    if token.sort is Sort.TIMES:
        _times(cursor, statement, 1)
        return
    cursor.at += 1
    if token.sort is Sort.EACH:
        _each(cursor, statement)
    else:
        statement.marks.add(token.sort)


def _times(cursor: Cursor, statement: Statement, count: int) -> None:
    """«2 раза в год», «раз в два месяца»: the cursor stands on «раз»."""
    cursor.at += 1
    cursor.skip(Sort.IN)
    every = cursor.numbers()
    statement.marks.add(Sort.TIMES)
    if cursor.sees(Sort.SCHOOL) or cursor.sees(Sort.YEAR_WORD):
        cursor.skip_year_words()
        # «3 раза в год (октябрь, январь, май)» comes each year, though no window follows from it alone.
        mark: Sort | None = TIMES_A_YEAR.get(count, Sort.EACH)
    elif cursor.sees(Sort.UNIT):
        mark = MARK_OF_UNIT.get(Unit(cursor.take().numbers[0]))
    else:
        return
    if mark is not None and not every:
        statement.marks.add(mark)


def _each(cursor: Cursor, statement: Statement) -> None:
    """Note «каждый год», «каждый месяц» …: the cursor stands behind «каждый»."""
    if cursor.sees(Sort.MONTH) or cursor.skip_year_words():
        statement.marks.add(Sort.YEARLY)
    elif cursor.sees(Sort.UNIT):
        mark = MARK_OF_UNIT.get(Unit(cursor.take().numbers[0]))
        statement.marks |= {mark} if mark is not None else set()
