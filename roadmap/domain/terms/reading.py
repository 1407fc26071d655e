"""Terms in words: their kind and their windows of dates in the days of a plan."""

from datetime import date

from roadmap.domain.plan import Term, TermKind, Window
from roadmap.domain.terms.dates import NoSuchDayError, Stretch, Years
from roadmap.domain.terms.horizon import Horizon, end_of_next_school_year, span_of
from roadmap.domain.terms.phrases import statement_of
from roadmap.domain.terms.recurrence import (
    Span,
    clipped,
    days_after_quarters,
    days_of_months,
    in_each_school_year,
    in_the_school_year,
    is_of_plan,
    overlaps,
    pieces_of,
)
from roadmap.domain.terms.sorts import Sort
from roadmap.domain.terms.words import tokens_of
from roadmap.domain.terms.years import span_of_years, with_all_years

LONGEST_TERM = 400
LONGEST_QUOTE = 60
DAYS_IN_YEAR = 366
INNER_QUOTES = str.maketrans("«»", "„“")

# The more exact a word, the earlier: «ежемесячно в течение года» is monthly.
RECURRENCE = (
    (Sort.MONTHLY, TermKind.MONTHLY),
    (Sort.QUARTERLY, TermKind.QUARTERLY),
    (Sort.SCHOOL_QUARTERLY, TermKind.QUARTERLY),
    (Sort.TRIMESTERLY, TermKind.QUARTERLY),
    (Sort.HALF_YEARLY, TermKind.HALF_YEARLY),
)


def read_term(words: str, horizon: Horizon) -> Term:
    """What the words of a plan say about the time of a measure, in the days that the plan covers.

    Answers for any text and never raises: what is not understood has the kind UNKNOWN and a `doubt` for a person.
    The text stands in the term as it came. Codes of `assumed` are explained in ASSUMPTIONS. Windows are sorted,
    without doubles. Rules: issue 3, "Terms in words"; a school year is 1 September – 31 August.
    """
    text = " ".join(words.split())
    if not any(letter.isalnum() for letter in text):
        return Term(words, TermKind.NONE)
    if len(text) > LONGEST_TERM:
        return Term(words, TermKind.UNKNOWN, doubt=_not_understood(words))
    return _Dating(words, horizon).term()


def _quote(words: str) -> str:
    text = " ".join(words.split()).translate(INNER_QUOTES)
    return f"«{text[:LONGEST_QUOTE]}…»" if len(text) > LONGEST_QUOTE else f"«{text}»"


def _not_understood(words: str) -> str:
    return f"Срок {_quote(words)} не понят: укажите даты."


class _Dating:
    """One term on its way from a statement to its dates."""

    def __init__(self, words: str, horizon: Horizon) -> None:
        self.words = words
        self.said = statement_of(tokens_of(words))
        self.span = span_of(horizon)
        self.assumed = set(self.said.assumed)
        self.faults = list(self.said.faults)
        if Sort.MONTHLY not in self.said.marks:
            self.said.stretches = _with_days_in_months(self.said.stretches)
        if {Sort.ONWARD, Sort.ALWAYS} <= self.said.marks:
            self._go_on_for_ever()

    def _go_on_for_ever(self) -> None:
        """«сентябрь 2024, далее постоянно» has a beginning and no end."""
        firsts = [stretch.first for stretch in self.said.stretches if stretch.first is not None]
        if firsts:
            self.said.stretches = [Stretch(firsts[0], None)]
            self.said.marks.discard(Sort.ONWARD)

    def term(self) -> Term:
        """The term with all that is known of it."""
        kind, windows = self._kind_and_windows()
        if Sort.REFERENCE in self.said.marks and kind not in {TermKind.BY_REFERENCE, TermKind.UNKNOWN}:
            self.assumed.add("reference")
        doubt = " ".join(dict.fromkeys(self.faults)) or self._doubt(kind, windows)
        return Term(self.words, kind, tuple(sorted(windows, key=_order)), tuple(sorted(self.assumed)), doubt)

    def _doubt(self, kind: TermKind, windows: set[Window]) -> str:
        if kind is TermKind.UNKNOWN:
            return _not_understood(self.words)
        if kind is TermKind.BY_REFERENCE:
            return ""
        if not windows and self.span is None:
            return f"В сроке {_quote(self.words)} не указан год, а период плана неизвестен."
        if not windows:
            return f"Срок {_quote(self.words)} не попадает в период плана."
        if self.span is not None and not all(is_of_plan(window, self.span) for window in windows):
            return f"Срок {_quote(self.words)} выходит за период плана ({_days(self.span)})."
        return ""

    def _kind_and_windows(self) -> tuple[TermKind, set[Window]]:
        try:
            return self._recurring() or self._of_stretches() or self._of_words()
        except NoSuchDayError as fault:
            self.faults.append(str(fault))
            return TermKind.UNKNOWN, set()

    # Which days the term can lie in.

    def _days_of_years(self) -> Span | None:
        """The days of the years that stand for themselves («2024-2025 уч. год»)."""
        said = self.said
        spans = [
            span_of_years(years, has_school_word=said.has_school_word, is_plural=said.is_plural) for years in said.years
        ]
        known = [span for span in spans if span is not None]
        return (min(first for first, _ in known), max(last for _, last in known)) if known else None

    def _span(self) -> Span | None:
        """The days of the plan, as far as they lie in the years that the term names."""
        named, span = self._days_of_years(), self.span
        if named is not None:
            window = Window(*named)
            span = _as_span(clipped(window, span)) if span is not None and overlaps(window, span) else named
        since = self.said.since
        if span is not None and since is not None:
            span = (max(span[0], since), max(span[1], since))
        return span

    def _pieces(self, mark: Sort) -> set[Window]:
        span = self._span()
        return pieces_of(span, mark) if span is not None else set()

    # The three ways to a date: by a recurrence, by pieces of a year, by words alone.

    def _recurring(self) -> tuple[TermKind, set[Window]] | None:
        """«ежемесячно до 5 числа», «раз в квартал с сентября по май»; None if no such word is there."""
        of_month = [stretch for stretch in self.said.stretches if stretch.is_of_every_month()]
        of_year = [stretch for stretch in self.said.stretches if not stretch.is_of_every_month()]
        found = next(((mark, kind) for mark, kind in RECURRENCE if mark in self.said.marks), None)
        is_quarterly = found is not None and found[0] is Sort.QUARTERLY
        if of_month and not is_quarterly:
            found = (Sort.MONTHLY, TermKind.MONTHLY)
        if found is None:
            return None
        mark, kind = found
        spans = [_as_span(window) for window in self._in_every_year(of_year) if window.first is not None]
        if of_year and (mark is Sort.HALF_YEARLY or not spans):
            return kind, self._in_every_year(of_year)
        if not of_year:
            spans = [span] if (span := self._span()) is not None else []
        if of_month:
            days = days_after_quarters if is_quarterly else days_of_months
            return kind, {window for span in spans for window in days(of_month, span)}
        return kind, {window for span in spans for window in pieces_of(span, mark)}

    def _of_stretches(self) -> tuple[TermKind, set[Window]] | None:
        """Months and days, with their years, every year, or in the one year of the plan; None if there are none."""
        stretches = self.said.stretches
        if not stretches:
            return None
        if self._is_yearly():
            return TermKind.YEARLY, self._in_every_year(stretches)
        once = _once(stretches)
        if any(stretch.years() is not None for stretch in stretches) or self._year_named() is not None:
            return once, self._dated(stretches)
        span = self._span()
        if span is None:
            return once, set()
        self.assumed.add("year")
        if any(stretch.last is None for stretch in stretches):
            return TermKind.PERIOD, _open_windows(stretches, span)
        is_one_year = (span[1] - span[0]).days < DAYS_IN_YEAR
        if is_one_year:
            return once, in_the_school_year(stretches, span)
        return TermKind.YEARLY, in_each_school_year(stretches, span)

    def _is_yearly(self) -> bool:
        marks = self.said.marks
        return bool(marks & {Sort.YEARLY, Sort.ONWARD, Sort.EACH}) or (
            Sort.DURING in marks and bool(marks & {Sort.SCHOOL, Sort.YEAR_WORD}) and not self.said.years
        )

    def _year_named(self) -> Years | None:
        """The year or school year that stands for itself and holds for all the months of the term."""
        years = self.said.years
        return years[0] if len(years) == 1 and years[0][1] - years[0][0] <= 1 else None

    def _dated(self, stretches: list[Stretch]) -> set[Window]:
        named = self._year_named()
        if named is not None:
            stretches = [one if one.years() is not None else one.dated(named) for one in stretches]
        if self.said.is_joined and len(stretches) == 2 and all(one.years() is not None for one in stretches):
            stretches = [Stretch(stretches[0].first, stretches[1].last)]
        stretches, is_guessed = with_all_years(stretches, self.span)
        windows = set()
        for stretch in stretches:
            end = self.span[1] if self.span is not None else _end_without_plan(stretch)
            window, is_year_guessed = stretch.in_its_years(end)
            is_guessed |= is_year_guessed
            windows.add(window)
        if is_guessed:
            self.assumed.add("year")
        return windows

    def _in_every_year(self, stretches: list[Stretch]) -> set[Window]:
        """Each stretch in each school year of the plan.

        Where the words name a year, only there, or with «ежегодно» from that year on.
        """
        has_year = any(stretch.years() is not None for stretch in stretches)
        named = self._dated(stretches) if has_year else set()
        span, since = self._span(), self.said.since
        if span is None or (has_year and not self.said.marks & {Sort.YEARLY, Sort.ONWARD}):
            return named
        if named:
            since = min(window.first or window.last for window in named)
        found = in_each_school_year([stretch.undated() for stretch in stretches], span, since)
        return found | named

    def _of_words(self) -> tuple[TermKind, set[Window]]:
        """«в течение года», «постоянно», «по плану», or years and nothing else."""
        marks, span = self.said.marks, self._span()
        if self._is_throughout():
            return TermKind.THROUGHOUT_YEAR, self._pieces(Sort.DURING)
        if self._is_always():
            return TermKind.ALWAYS, {Window(*span)} if span is not None else set()
        if self.faults:
            return TermKind.UNKNOWN, set()
        if Sort.REFERENCE in marks:
            return TermKind.BY_REFERENCE, set()
        if Sort.YEARLY in marks:
            return TermKind.YEARLY, self._pieces(Sort.YEARLY)
        if (named := self._days_of_years()) is not None:
            return TermKind.PERIOD, {Window(*named)}
        if self.said.since is not None and span is not None:
            return TermKind.PERIOD, {Window(*span)}
        is_relative = bool(marks & {Sort.RELATIVE, Sort.PART})
        return TermKind.BY_REFERENCE if is_relative else TermKind.UNKNOWN, set()

    def _is_throughout(self) -> bool:
        marks = self.said.marks
        is_of_year = bool(marks & {Sort.YEAR_WORD, Sort.SCHOOL}) or bool(self.said.years)
        is_lasting = bool(marks & {Sort.DURING, Sort.WHOLE})
        return Sort.ALL_YEAR in marks or (is_lasting and is_of_year) or _is_only(marks, Sort.SCHOOL)

    def _is_always(self) -> bool:
        marks = self.said.marks
        is_whole_run = bool(marks & {Sort.DURING, Sort.WHOLE}) and bool(marks & {Sort.SPAN, Sort.RUN})
        return bool(marks & {Sort.ALWAYS, Sort.WEEKDAY}) or is_whole_run or {Sort.SPAN, Sort.RUN} <= marks


def _is_only(marks: set[Sort], sort: Sort) -> bool:
    return sort in marks and not marks & {Sort.REFERENCE, Sort.YEARLY, Sort.RELATIVE}


def _with_days_in_months(stretches: list[Stretch]) -> list[Stretch]:
    """«август (до 25 числа)» is «до 25 августа»: days without a month in the months that stand beside them."""
    days = [one for one in stretches if one.is_of_every_month()]
    months = [one for one in stretches if not one.is_of_every_month()]
    return [day.in_month_of(month) for month in months for day in days] if days and months else stretches


def _once(stretches: list[Stretch]) -> TermKind:
    """The kind of a term that does not come again."""
    if all(stretch.first is None for stretch in stretches):
        return TermKind.DUE
    return TermKind.PERIOD if any(stretch.last is None for stretch in stretches) else TermKind.ONCE


def _open_windows(stretches: list[Stretch], span: Span) -> set[Window]:
    """«с сентября» without a year: from the first September of the plan to its end."""
    windows = sorted(in_each_school_year(stretches, span), key=_order)
    starts = [window.first for window in windows if window.first is not None]
    first = next((start for start in starts if start >= span[0]), span[0])
    return {Window(first, span[1])}


def _end_without_plan(stretch: Stretch) -> date:
    """Where «с сентября 2024» ends if the plan has no period: as an open period does."""
    years = stretch.years()
    return end_of_next_school_year(date(years[0], 9, 1)) if years is not None else date.min


def _order(window: Window) -> tuple[date, date]:
    return window.first or window.last, window.last


def _as_span(window: Window) -> Span:
    return window.first or window.last, window.last


def _days(span: Span) -> str:
    return f"{span[0]:%d.%m.%Y} – {span[1]:%d.%m.%Y}"
