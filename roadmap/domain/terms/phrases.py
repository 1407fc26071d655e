"""What the words of a term say: its tokens taken apart into pieces of a year and marks of recurrence."""

from dataclasses import replace

from roadmap.domain.terms.cursor import Cursor
from roadmap.domain.terms.dates import Edge, NoSuchDayError, Stretch
from roadmap.domain.terms.marks import note_word, years_at
from roadmap.domain.terms.naming import named_pieces
from roadmap.domain.terms.sorts import EVERY_MONTH, YEAR_SORTS, Sort
from roadmap.domain.terms.statement import Statement
from roadmap.domain.terms.words import Token
from roadmap.domain.terms.years import span_of_years


def statement_of(tokens: list[Token]) -> Statement:
    """Take the tokens of a term apart. Nothing is dated here; whatever is not understood is passed over."""
    reader = _Reader(tokens)
    while not reader.cursor.is_done():
        reader.step()
    return reader.statement


class _Reader:
    """Reads the tokens one statement at a time into `statement`."""

    def __init__(self, tokens: list[Token]) -> None:
        self.cursor = Cursor(tokens)
        self.statement = Statement()
        self._end_of_last = -1
        self._last_opening: Sort | None = None
        if any(token.is_guessed for token in tokens):
            self.statement.assumed.add("spelling")
        if any(token.sort is Sort.EACH and _is_before_year(tokens, at) for at, token in enumerate(tokens)):
            self.statement.marks.add(Sort.EACH)

    def step(self) -> None:
        """Read what stands at the cursor: a piece of a year with its preposition, or else one word."""
        begin = self.cursor.at
        opening = self.cursor.take().sort if self.cursor.peek().sort in {Sort.FROM, Sort.UNTIL, Sort.UP_TO} else None
        if opening is not None and self._bare_years(opening):
            return
        found = self._stretches()
        if not found:
            # A preposition without a piece of a year behind it («по плану») is only a word.
            self.cursor.at = max(self.cursor.at, begin + 1) if opening is None else begin + 1
            if opening is None:
                note_word(self.cursor, self.statement, begin)
            return
        if opening is None and self._continues_deadlines(found, begin):
            opening = self._last_opening
        self._last_opening = opening
        self._keep(self._closed(found, opening, begin), begin)

    # Pieces with their prepositions.

    def _continues_deadlines(self, found: list[Stretch], begin: int) -> bool:
        """Whether single days go on with the «до» of the days before them: «до 20 мая и 20 декабря»."""
        is_next = begin == self._end_of_last + 1 and self.cursor.tokens[begin - 1].sort is Sort.COMMA
        return (
            is_next
            and self._last_opening in {Sort.UNTIL, Sort.UP_TO}
            and all(one.first == one.last and one.due_by is None for one in found)
        )

    def _closed(self, found: list[Stretch], opening: Sort | None, begin: int) -> list[Stretch]:
        """The stretches with the end of a range, or made deadlines, as the words before and after them say."""
        # «с 15 по 20 октября» has been closed within the piece itself.
        is_closed = any(token.sort in {Sort.UP_TO, Sort.UNTIL} for token in self.cursor.tokens[begin : self.cursor.at])
        if opening in {Sort.UNTIL, Sort.UP_TO}:
            is_inclusive = opening is Sort.UP_TO
            return [Stretch(None, one.last) if is_inclusive else one.deadline() for one in found]
        end = self._range_end(opening)
        if end is not None:
            return [*found[:-1], _range(found[-1].first, end)]
        if opening is Sort.FROM and not is_closed:
            return [Stretch(found[0].first, None)]
        return found

    def _range_end(self, opening: Sort | None) -> Edge | None:
        """The last edge of a range, if a dash or «по» and another piece stand here."""
        begin = self.cursor.at
        sign = self.cursor.peek().sort
        closing = {Sort.DASH, Sort.UP_TO, Sort.UNTIL} if opening is Sort.FROM else {Sort.DASH, Sort.UP_TO}
        if not self.cursor.is_done() and sign in closing:
            self.cursor.at += 1
            if sign is Sort.DASH:
                self.cursor.skip(Sort.UP_TO, Sort.UNTIL)
            ends = self._stretches()
            if ends:
                return ends[-1].deadline().last if sign is Sort.UNTIL else ends[-1].last
        self.cursor.at = begin
        return None

    def _keep(self, found: list[Stretch], begin: int) -> None:
        try:
            for edge in (edge for one in found for edge in one.edges()):
                if edge.month != EVERY_MONTH:
                    edge.check()
        except NoSuchDayError as fault:
            self.statement.faults.append(str(fault))
            return
        self.statement.is_joined = bool(self.statement.stretches) and begin == self._end_of_last
        self.statement.stretches += found
        self._end_of_last = self.cursor.at

    # Years.

    def _bare_years(self, opening: Sort) -> bool:
        """«с 2024 года», «с 2024 по 2027 год», «до 2025 года»; whether a year stood behind the preposition."""
        years = years_at(self.cursor, self.statement)
        if years is None:
            return False
        if opening is not Sort.FROM:
            month = 9 if years[0] != years[1] else 1
            edge = Edge(month, 1) if opening is Sort.UNTIL else Edge((month + 10) % 12 + 1, -1)
            self._keep([Stretch(None, replace(edge, years=years))], -1)
            return True
        if (
            self.cursor.skip(Sort.DASH, Sort.UP_TO, Sort.UNTIL)
            and (last := years_at(self.cursor, self.statement)) is not None
        ):
            self.statement.years.append((years[0], last[1]))
            self.statement.is_plural = True
        else:
            self.statement.since = span[0] if (span := span_of_years(years)) is not None else None
        return True

    def _dated(self, found: list[Stretch]) -> list[Stretch]:
        """The stretches with the year that stands behind them, one copy for each of several years."""
        begin = self.cursor.at
        self.cursor.skip(Sort.COMMA)
        years = years_at(self.cursor, self.statement)
        if years is None or self.cursor.sees(Sort.MONTH):
            # A year behind a comma may belong to the next month: «май, 2025 сентябрь».
            is_apart = years is None or self.cursor.tokens[begin].sort is Sort.COMMA
            self.cursor.at = begin if is_apart else self.cursor.at
            if is_apart or years is None:
                return found
        first, last = years
        if last - first > 1:
            self.statement.years.append(years)
            self.statement.marks.add(Sort.YEARLY)
            return found
        dated = [one.dated(years) for one in found]
        while self.cursor.sees(Sort.COMMA) and self.cursor.peek(1).sort in YEAR_SORTS:
            begin = self.cursor.at
            self.cursor.at += 1
            more = years_at(self.cursor, self.statement)
            if more is None or more[1] - more[0] > 1 or self.cursor.sees(Sort.MONTH):
                self.cursor.at = begin
                break
            dated += [one.dated(more) for one in found]
        return dated

    # Pieces of a year.

    def _stretches(self) -> list[Stretch]:
        """The pieces of a year at the cursor with their years, moving past them; none if there are none."""
        if self.cursor.is_done():
            return []
        begin = self.cursor.at
        self.cursor.skip(Sort.IN)
        found = named_pieces(self.cursor, self.statement.assumed)
        if not found:
            self.cursor.at = begin
            return []
        return self._dated(found)


def _is_before_year(tokens: list[Token], at: int) -> bool:
    """Whether «(учебного) года» stands behind the token: «в конце каждого учебного года»."""
    return at + 1 < len(tokens) and tokens[at + 1].sort in {Sort.SCHOOL, Sort.YEAR_WORD}


def _range(first: Edge | None, last: Edge) -> Stretch:
    """From an edge to an edge; a school year named at the end only holds for the beginning too."""
    if first is not None and first.years is None and last.years is not None and last.years[0] != last.years[1]:
        first = replace(first, years=last.years)
    return Stretch(first, last)
