"""The period of a plan as its title names it."""

import re
from datetime import date

from roadmap.domain.terms.dates import NoSuchDayError
from roadmap.domain.terms.phrases import statement_of
from roadmap.domain.terms.sorts import Sort
from roadmap.domain.terms.statement import Statement
from roadmap.domain.terms.words import Token, normalised, tokens_of
from roadmap.domain.terms.years import span_of_years

Period = tuple[date | None, date | None]

LONGEST_TITLE = 2000
NOTHING: Period = (None, None)
# A single year is the plan's only with «на», «в» or «за» before it: others belong to dates and to cities.
_SINGLE_YEAR = re.compile(r"\b(?:на|в|за|период) (\d{4}) ?(уч|г)")
_UNTIL_YEAR = re.compile(r"\b(?:до|по) (\d{4}) ?г")


def period_named(text: str) -> Period:
    """The first and the last day that a title names, both included; (None, None) if it names none.

    «на 2024-2025 учебный год» and a bare «2023-2024» are 1 September – 31 August; «на 2024-2027 гг.» and
    «на 2024 год» are calendar years; «с 01.09.2024 по 31.05.2025» is what it says. One end alone is possible.
    Dates of orders and the year of printing are no period. Source: issue 3, "Terms in words".
    """
    title = text[:LONGEST_TITLE]
    tokens = [token for token in tokens_of(title) if not token.is_guessed]
    return _range(tokens) or _years(tokens) or _one_year(normalised(title)) or NOTHING


def _range(tokens: list[Token]) -> Period | None:
    """«с сентября 2024 по май 2025»: the first stretch that has both ends, or a beginning, with its years."""
    for stretch in statement_of(tokens).stretches:
        if stretch.first is None or stretch.first.years is None or stretch.first == stretch.last or stretch.due_by:
            continue
        try:
            window, _ = stretch.in_its_years(date.max)
        except NoSuchDayError:
            continue
        return window.first, window.last if stretch.last is not None else None
    return None


def _years(tokens: list[Token]) -> Period | None:
    """«на 2024-2027 гг.»: the years said to be school years, else the first years that stand there."""
    found: list[Statement] = []
    for at, token in enumerate(tokens):
        is_range = token.sort is Sort.YEARS or (token.sort is Sort.YEAR and _begins_range(tokens, at))
        if is_range and (at == 0 or tokens[at - 1].sort is not Sort.COMMA or not found):
            found.append(statement_of(_run_of_years(tokens, at)))
    found.sort(key=lambda said: not said.has_school_word)
    for said in found:
        if not said.years:
            continue
        years = min(first for first, _ in said.years), max(last for _, last in said.years)
        is_plural = said.is_plural or (len(said.years) > 1 and all(first == last for first, last in said.years))
        span = span_of_years(years, has_school_word=said.has_school_word, is_plural=is_plural)
        if span is not None:
            return span
    return None


def _begins_range(tokens: list[Token], at: int) -> bool:
    """Whether «2024, 2025 годы», «2024 год – 2027 год» or «(с) 2024 по 2027» begins here."""
    following = [token.sort for token in tokens[at : at + 5] if token.sort is not Sort.YEAR_WORD][:3]
    is_after_from = at > 0 and tokens[at - 1].sort is Sort.FROM
    signs = {Sort.COMMA, Sort.DASH, *([Sort.UP_TO] if is_after_from else [])}
    return any(following == [Sort.YEAR, sign, Sort.YEAR] for sign in signs)


def _run_of_years(tokens: list[Token], at: int) -> list[Token]:
    """The tokens from the years on (and «с» before them) as far as they speak of years."""
    of_years = {Sort.YEAR, Sort.YEARS, Sort.COMMA, Sort.SCHOOL, Sort.YEAR_WORD, Sort.UP_TO, Sort.DASH}
    end = at
    while end < len(tokens) and tokens[end].sort in of_years:
        end += 1
    begin = at - 1 if at > 0 and tokens[at - 1].sort is Sort.FROM else at
    return tokens[begin:end]


def _one_year(title: str) -> Period | None:
    if (found := _SINGLE_YEAR.search(title)) is not None:
        return span_of_years((int(found[1]), int(found[1])), has_school_word=found[2] == "уч")
    if (found := _UNTIL_YEAR.search(title)) is not None:
        span = span_of_years((int(found[1]), int(found[1])))
        return (None, span[1]) if span is not None else None
    return None
