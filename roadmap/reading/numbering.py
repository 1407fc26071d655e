"""The numbers and bullets that Word works out itself: paragraphs of .docx carry only the list and the level."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from roadmap.reading.lines import BULLET

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
LEVELS = 9

_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"))
_ROMAN_UNITS = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_LATIN = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered: the code of the figures, the pattern of the label, the first number."""

    figures: str = "decimal"
    label: str = "%1."
    start: int = 1
    restarts_after: int | None = None
    is_legal: bool = False


@dataclass
class Numbering:
    """The lists of a document and where their counting has come to."""

    lists: dict[str, tuple[str, dict[int, Level]]] = field(default_factory=dict)
    overrides: dict[tuple[str, int], int] = field(default_factory=dict)
    by_style: dict[str, tuple[str, int]] = field(default_factory=dict)
    counters: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, number_id: str, depth: int) -> str:
        """Count one more paragraph of list `number_id` at level `depth` (from 0); its label, "– " for a bullet.

        ECMA-376 part 1, 17.9: lists of one abstract definition count together; a deeper level begins anew after a
        paragraph of a higher one; an override gives the first number once.
        """
        if number_id not in self.lists or not 0 <= depth < LEVELS:
            return ""
        name, levels = self.lists[number_id]
        counters = self.counters.setdefault(name, [None] * LEVELS)
        self._count(number_id, depth, levels, counters)
        level = levels.get(depth, Level())
        if level.figures == "bullet":
            return BULLET
        if level.figures == "none":
            return ""
        return _PLACE.sub(lambda place: _figures(int(place[1]) - 1, level, levels, counters), level.label).strip()

    def _count(self, number_id: str, depth: int, levels: dict[int, Level], counters: list[int | None]) -> None:
        override = self.overrides.get((number_id, depth))
        reached = counters[depth]
        if override is not None and (number_id, depth) not in self.begun:
            counters[depth] = override
        else:
            counters[depth] = levels.get(depth, Level()).start if reached is None else reached + 1
        self.begun.add((number_id, depth))
        for deeper in range(depth + 1, LEVELS):
            after = levels.get(deeper, Level()).restarts_after
            if after is None or (after and depth < after):
                counters[deeper] = None


def numbering_of(root: etree._Element | None) -> Numbering:
    """The lists that numbering.xml defines; none without it."""
    numbering = Numbering()
    if root is None:
        return numbering
    abstract = {element.get(f"{W}abstractNumId", ""): element for element in root.findall(f"{W}abstractNum")}
    for number in root.findall(f"{W}num"):
        number_id, name = number.get(f"{W}numId", ""), _value(number, "abstractNumId") or ""
        if name not in abstract:
            continue
        levels = {_depth(level): _level(level) for level in abstract[name].findall(f"{W}lvl")}
        for change in number.findall(f"{W}lvlOverride"):
            _override(numbering, number_id, levels, change)
        numbering.lists[number_id] = (name, levels)
        for level in abstract[name].findall(f"{W}lvl"):
            if style := _value(level, "pStyle"):
                numbering.by_style.setdefault(style, (number_id, _depth(level)))
    return numbering


def _override(numbering: Numbering, number_id: str, levels: dict[int, Level], change: etree._Element) -> None:
    if (level := change.find(f"{W}lvl")) is not None:
        levels[_depth(change)] = _level(level)
    start = _value(change, "startOverride")
    if start is not None:
        numbering.overrides[number_id, _depth(change)] = whole(start, 1)


def _depth(element: etree._Element) -> int:
    return whole(element.get(f"{W}ilvl"), 0)


def _level(element: etree._Element) -> Level:
    restarts = _value(element, "lvlRestart")
    return Level(
        figures=_value(element, "numFmt") or "decimal",
        label=_value(element, "lvlText") or "",
        start=whole(_value(element, "start"), 1),
        restarts_after=None if restarts is None else whole(restarts, 0),
        is_legal=element.find(f"{W}isLgl") is not None,
    )


def _value(element: etree._Element, name: str) -> str | None:
    child = element.find(f"{W}{name}")
    return None if child is None else child.get(VAL)


def whole(value: str | None, otherwise: int) -> int:
    """A whole number as XML writes it, or `otherwise` where there is none or it makes no sense."""
    if value and re.fullmatch(r"\d{1,6}", value):
        return int(value)
    return otherwise


def _figures(depth: int, level: Level, levels: dict[int, Level], counters: list[int | None]) -> str:
    """One number of a label; a level that has not been counted yet stands at its first number."""
    own = levels.get(depth, Level())
    reached = counters[depth]
    number = own.start if reached is None else reached
    figures = "decimal" if level.is_legal else own.figures
    return _WRITTEN.get(figures, str)(number)


def roman(number: int) -> str:
    """A number in Roman figures, capital; beyond 3999 in Arabic ones."""
    if not 0 < number < 4000:
        return str(number)
    written = ""
    for worth, sign in _ROMAN + _ROMAN_UNITS:
        written += sign * (number // worth)
        number %= worth
    return written


def _lettered(alphabet: str) -> Callable[[int], str]:
    """Letters as Word counts them: after the last one they are doubled."""

    def written(number: int) -> str:
        if not 0 < number <= len(alphabet) * 5:
            return str(number)
        return alphabet[(number - 1) % len(alphabet)] * ((number - 1) // len(alphabet) + 1)

    return written


_WRITTEN: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "upperRoman": roman,
    "lowerRoman": lambda number: roman(number).lower(),
    "upperLetter": lambda number: _lettered(_LATIN)(number).upper(),
    "lowerLetter": _lettered(_LATIN),
    "russianUpper": lambda number: _lettered(_RUSSIAN)(number).upper(),
    "russianLower": _lettered(_RUSSIAN),
}
