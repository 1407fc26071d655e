"""What the dictionary of OpenCorpora (pymorphy3) knows about a word, asked in the terms of this package."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import pymorphy3

from people.domain.declension.cases import Forms, Gender

# Kept small on purpose: a portal sees the same few thousand words again and again.
_REMEMBERED = 8192

_CYRILLIC = re.compile(r"[А-Яа-яЁё-]+\Z")
_GRAMMEMES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
_PROPER = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn", "Trad", "Abbr", "Fixd", "Init"})


@lru_cache(maxsize=1)
def _analyzer() -> Any:
    """Return the analyzer; loading takes a noticeable part of a second, so it is loaded once."""
    return pymorphy3.MorphAnalyzer()


def _parses(word: str) -> list[Any]:
    """Return all readings of a Cyrillic word; of anything else none (some signs break the analyzer)."""
    return list(_analyzer().parse(word)) if _CYRILLIC.match(word) else []


@lru_cache(maxsize=_REMEMBERED)
def nominatives(word: str) -> tuple[Any, ...]:
    """Return the readings of the word as a nominative singular, the most probable first."""
    return tuple(parse for parse in _parses(word) if "nomn" in parse.tag and "sing" in parse.tag)


@lru_cache(maxsize=_REMEMBERED)
def is_known(word: str) -> bool:
    """Tell whether the dictionary has the word, in whatever form."""
    return any(parse.is_known for parse in _parses(word))


@lru_cache(maxsize=_REMEMBERED)
def is_adverb(word: str) -> bool:
    """Tell whether the word is first of all an adverb («временно»)."""
    parses = _parses(word)
    return bool(parses) and parses[0].tag.POS == "ADVB"


def paradigm(parse: Any, *, animate_masculine: bool = False) -> Forms | None:
    """Return the six singular forms of a reading, or None if the dictionary lacks one of them.

    With `animate_masculine` the accusative of a masculine word is its genitive
    (a person is meant, whatever the dictionary thinks of the word).
    """
    forms = []
    for grammeme in _GRAMMEMES:
        inflected = parse.inflect({grammeme, "sing"})
        if inflected is None:
            return None
        forms.append(str(inflected.word))
    nom, gen, dat, acc, ins, pre = forms
    if animate_masculine and parse.tag.gender == "masc" and not nom.endswith(("а", "я")):
        acc = gen
    return Forms(nom, gen, dat, acc, ins, pre)


@lru_cache(maxsize=_REMEMBERED)
def common_noun(word: str) -> Forms | None:
    """Return the forms of a known common noun («ткач», «король»), None for other words.

    The forms betray what spelling alone does not: where the stress of the instrumental is
    («ткачом» but «кличем») and which vowels are fleeting («воробья»).
    """
    for parse in nominatives(word):
        if parse.is_known and parse.tag.POS == "NOUN" and not _PROPER & parse.tag.grammemes:
            return paradigm(parse)
    return None


@lru_cache(maxsize=_REMEMBERED)
def is_known_adjective(word: str) -> bool:
    """Tell whether the dictionary has the word as an adjective or a participle."""
    return any(parse.is_known and parse.tag.POS in {"ADJF", "PRTF"} for parse in nominatives(word))


@lru_cache(maxsize=_REMEMBERED)
def is_known_surname(word: str) -> bool:
    """Tell whether the dictionary has the word as a surname in the nominative."""
    return any(parse.is_known and "Surn" in parse.tag for parse in nominatives(word))


@lru_cache(maxsize=_REMEMBERED)
def given_name_genders(word: str) -> frozenset[Gender]:
    """Return the genders which a known given name may have; empty for unknown names."""
    genders: set[Gender] = set()
    for parse in nominatives(word):
        if not parse.is_known or "Name" not in parse.tag:
            continue
        common = "ms-f" in parse.tag
        if common or parse.tag.gender == "masc":
            genders.add(Gender.MASCULINE)
        if common or parse.tag.gender == "femn":
            genders.add(Gender.FEMININE)
    return frozenset(genders)
