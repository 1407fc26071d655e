"""Columns of a plan by what stands at their heads."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from roadmap.domain.blocks import Row
from roadmap.domain.document.numerals import number_of
from roadmap.domain.document.wording import distance, folded, one_line

LONGEST_HEAD = 90
LONGEST_FUZZY = 40


class Column(StrEnum):
    """What a column of a plan holds; MARK is one of several columns of months or quarters that are ticked."""

    NUMBER = "number"
    STAGE = "stage"
    MEASURE = "measure"
    CONTENT = "content"
    TERM = "term"
    RESPONSIBLE = "responsible"
    BOTH = "term_and_responsible"
    RESULT = "result"
    MARK = "mark"
    OTHER = "other"


# Stems in folded letters without blanks, since narrow columns break words anywhere. The one that stands
# first in a head decides: «Срок проведения мероприятия» is a term.
STEMS: dict[str, Column] = {
    "мероприят": Column.MEASURE,
    "действи": Column.MEASURE,
    "видработ": Column.MEASURE,
    "видыработ": Column.MEASURE,
    "видыдеятельност": Column.MEASURE,
    "виддеятельност": Column.MEASURE,
    "формыработ": Column.MEASURE,
    "перечень": Column.MEASURE,
    "содержани": Column.CONTENT,
    "наименовани": Column.CONTENT,
    "деятельност": Column.CONTENT,
    "этап": Column.STAGE,
    "направлени": Column.STAGE,
    "раздел": Column.STAGE,
    "задач": Column.STAGE,
    "модуль": Column.STAGE,
    "блок": Column.STAGE,
    "чтодела": Column.MEASURE,
    "чтосдела": Column.MEASURE,
    "чтонужно": Column.MEASURE,
    "срок": Column.TERM,
    "дата": Column.TERM,
    "даты": Column.TERM,
    "период": Column.TERM,
    "времяпровед": Column.TERM,
    "времявыполн": Column.TERM,
    "времяреализ": Column.TERM,
    "временн": Column.TERM,
    "когда": Column.TERM,
    "месяц": Column.TERM,
    "ответствен": Column.RESPONSIBLE,
    "исполнител": Column.RESPONSIBLE,
    "ктоотвечает": Column.RESPONSIBLE,
    "ктопроводит": Column.RESPONSIBLE,
    "ктовыполняет": Column.RESPONSIBLE,
    "результат": Column.RESULT,
    "виддокумент": Column.RESULT,
    "документ": Column.RESULT,
    "форматпредставл": Column.RESULT,
    "формапредставл": Column.RESULT,
    "формыпредставл": Column.RESULT,
    "формаотчет": Column.RESULT,
    "формыотчет": Column.RESULT,
    "формазаверш": Column.RESULT,
    "итог": Column.RESULT,
    "продукт": Column.RESULT,
    "показател": Column.RESULT,
    "индикатор": Column.RESULT,
    "отметк": Column.OTHER,
    "примечан": Column.OTHER,
    "участник": Column.OTHER,
    "категори": Column.OTHER,
    "место": Column.OTHER,
    "цель": Column.OTHER,
    "цели": Column.OTHER,
    "подпись": Column.OTHER,
    "ссылк": Column.OTHER,
    "количеств": Column.OTHER,
}
# Words that say nothing by themselves: the next one decides, and alone they are the wording of a measure.
_PALE = {"наименовани", "содержани", "деятельност"}
_FUZZY = (
    "мероприятие",
    "мероприятия",
    "ответственный",
    "ответственные",
    "исполнитель",
    "исполнители",
    "результат",
    "сроки",
)
_NUMBER_HEAD = re.compile(r"^(?:№+|n|no|#|номер|пп|п/п|п\.п\.?)?\s*(?:п\s*[./\\]?\s*п\.?|строки|пункта|п\.?)?$")
_MARK_HEAD = re.compile(
    r"^(?:январь|февраль|март|апрель|май|июнь|июль|август|сентябрь|октябрь|ноябрь|декабрь|янв|февр?|мар|апр|авг|сент?|окт|"
    r"нояб?|дек|(?:[ivх]+|[1-4])\s*(?:-?й\s*)?(?:квартал|четверть|полугодие|триместр)|20\d\d(?:\s*[-–/]\s*(?:20)?\d\d)?"
    r"(?:\s*(?:уч\.?\s*)?г(?:од|\.)?)?)\.?$"
)
_TERM_EDGE = re.compile(r"^(?:начал[оа]|окончани[ея]|конец|завершени[ея]|план|факт|с|по)\b")


@dataclass(frozen=True, slots=True)
class Columns:
    """What stands in each column of a table: the kinds and the words at the heads, from the left."""

    kinds: tuple[Column, ...]
    heads: tuple[str, ...]
    line: int = 0
    is_guessed: bool = False

    @property
    def is_plan(self) -> bool:
        """Whether these are the columns of a plan: measures or stages, and something that is said of them."""
        kinds = set(self.kinds)
        said = kinds & {Column.TERM, Column.RESPONSIBLE, Column.BOTH, Column.RESULT, Column.MARK}
        if Column.MEASURE in kinds:
            return bool(said or Column.NUMBER in kinds or Column.STAGE in kinds)
        if Column.CONTENT in kinds:
            return bool(said & {Column.TERM, Column.RESPONSIBLE, Column.BOTH, Column.MARK}) or Column.STAGE in kinds
        return Column.STAGE in kinds and bool(said & {Column.TERM, Column.RESPONSIBLE, Column.BOTH})

    @property
    def main(self) -> Column:
        """The kind of the column that holds the measures."""
        return next((kind for kind in (Column.MEASURE, Column.CONTENT) if kind in self.kinds), Column.STAGE)

    @property
    def begins_with_term(self) -> bool:
        """Whether the term stands left of the measure: written once, it holds for the rows below that have none."""
        if Column.TERM not in self.kinds or self.main not in self.kinds:
            return False
        return self.kinds.index(Column.TERM) < self.kinds.index(self.main)

    def has(self, *kinds: Column) -> bool:
        """Whether there is a column of one of these kinds."""
        return any(kind in self.kinds for kind in kinds)


@lru_cache(maxsize=4096)
def kind_of(head: str) -> Column | None:
    """What a column with these words at its head holds; None if they say nothing (or are no head at all)."""
    text = folded(one_line(head)).strip(" .:*")
    if not text or len(text) > LONGEST_HEAD:
        return None
    if _NUMBER_HEAD.match(text):
        return Column.NUMBER
    if text == "кто":
        return Column.RESPONSIBLE
    if _MARK_HEAD.match(text):
        return Column.MARK
    found = _stems_in(re.sub(r"[\s\-–]", "", text))
    telling = [kind for stem, kind in found if stem not in _PALE]
    if {Column.TERM, Column.RESPONSIBLE} <= set(telling[:2]) and re.search(r"[,/]|\bи\b|\n", text):
        return Column.BOTH
    if telling:
        return telling[0]
    return _fuzzy_kind(text) or (found[0][1] if found else None)


def _stems_in(compact: str) -> list[tuple[str, Column]]:
    """The known stems in the order in which they stand; of two at one place the longer."""
    places: dict[int, str] = {}
    for stem in STEMS:
        at = compact.find(stem)
        if at >= 0 and len(stem) > len(places.get(at, "")):
            places[at] = stem
    return [(places[at], STEMS[places[at]]) for at in sorted(places)]


def _fuzzy_kind(text: str) -> Column | None:
    """A head with one or two letters wrong: «Отвественные», «Меропритие»."""
    if len(text) > LONGEST_FUZZY:
        return None
    for word in re.findall(r"[^\W\d_]{5,}", text):
        for known in _FUZZY:
            if distance(word, known) <= (1 if len(known) < 7 else 2):
                return STEMS[next(stem for stem in STEMS if known.startswith(stem))]
    return None


def heads_of(row: Row) -> list[str]:
    """The text over each column; one that spans several stands over each of them."""
    heads: list[str] = []
    for cell in row.cells:
        heads += [cell.text] * max(1, cell.span)
    return heads


def columns_of(row: Row, below: Row | None = None) -> tuple[Columns, int] | None:
    """The columns named by a row of heads (or by two, where the second row divides the first), and how many rows.

    None if the row is not one of heads.
    """
    heads = heads_of(row)
    if any(len(head) > LONGEST_HEAD or _is_number(head) for head in heads) or _is_one_cell(row):
        return None
    if below is not None and (found := _divided(row, heads, below)):
        return found, 2
    single = _recognised(heads, row.line)
    return (single, 1) if single else None


def _is_number(head: str) -> bool:
    """Whether a cell is the number of a row; a year is the head of a column."""
    return number_of(head) is not None and kind_of(head) is not Column.MARK


def _is_one_cell(row: Row) -> bool:
    return sum(bool(cell.text) and not cell.is_carried for cell in row.cells) < 2


def _divided(row: Row, heads: Sequence[str], below: Row) -> Columns | None:
    """Two rows of heads: the lower fills what the upper leaves open or divides a head that spans columns."""
    lower = _under_their_head(row, below) or heads_of(below)
    if abs(len(lower) - len(heads)) > 1 or any(_is_number(head) for head in lower):
        return None
    upper = [*heads, *[""] * (len(lower) - len(heads))]
    carried = [cell.is_carried for cell in below.cells for _ in range(max(1, cell.span))] + [False] * len(heads)
    spanned = [cell.span > 1 for cell in row.cells for _ in range(max(1, cell.span))] + [False]
    free = [at for at, head in enumerate(lower) if head and not carried[at]]
    if not free or any(upper[at] and not spanned[at] and not _is_under(upper, at) for at in free):
        return None
    if not all(kind_of(lower[at]) or _TERM_EDGE.match(folded(lower[at])) for at in free):
        return None
    return _recognised([_both_heads(upper, lower, free, at) for at in range(len(lower))], row.line)


def _under_their_head(row: Row, below: Row) -> list[str] | None:
    """Parts of the one head that spans columns, put under it wherever the file has them («начало», «окончание»)."""
    parts = [cell.text for cell in below.cells if cell.text and not cell.is_carried]
    spanning = [at for at, cell in enumerate(row.cells) if cell.span > 1]
    if len(spanning) != 1 or row.cells[spanning[0]].span != len(parts):
        return None
    before = sum(max(1, cell.span) for cell in row.cells[: spanning[0]])
    return [*[""] * before, *parts, *[""] * (len(heads_of(row)) - before - len(parts))]


def _is_under(upper: Sequence[str], at: int) -> bool:
    """Whether a head without a span stands over several columns all the same: empty heads follow it (plain text)."""
    return at + 1 < len(upper) and not upper[at + 1]


def _both_heads(upper: Sequence[str], lower: Sequence[str], free: Sequence[int], at: int) -> str:
    if at not in free:
        return upper[at]
    over = next((upper[i] for i in range(at, -1, -1) if upper[i]), "")
    if _TERM_EDGE.match(folded(lower[at])) and kind_of(over) is Column.TERM:
        return over
    return lower[at]


def _recognised(heads: Sequence[str], line: int) -> Columns | None:
    """The columns, if most of the heads are known and at least two kinds of them differ."""
    kinds = [kind_of(head) for head in heads]
    filled = [kind for head, kind in zip(heads, kinds, strict=True) if head.strip()]
    if Column.NUMBER not in filled and kinds and not heads[0].strip():
        kinds[0] = Column.NUMBER
    known = [kind for kind in filled if kind is not None]
    if any(len(head) > LONGEST_HEAD for head in heads) or len(set(known)) < 2 or len(known) * 2 < len(filled):
        return None
    if known.count(Column.MARK) < 3:
        kinds = [None if kind is Column.MARK else kind for kind in kinds]
        if len({kind for kind in kinds if kind}) < 2:
            return None
    return Columns(_settled([kind or Column.OTHER for kind in kinds]), tuple(map(one_line, heads)), line)


def _settled(kinds: list[Column]) -> tuple[Column, ...]:
    """One column of measures: a second one is what the first contains."""
    first = kinds.index(Column.MEASURE) if Column.MEASURE in kinds else len(kinds)
    return tuple(Column.CONTENT if kind is Column.MEASURE and at > first else kind for at, kind in enumerate(kinds))
