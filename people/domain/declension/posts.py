"""Declension of posts: the head of the phrase declines, what depends on it stays as it is.

The head is a noun («учитель»), a noun with the adjectives before it («старший воспитатель»),
a hyphened pair («педагог-психолог») or a participle used as a noun («заведующий»). Abbreviations
(«и. о.», «зам.», «врио») do not decline, and what follows them is already in the case they ask
for. The forms of single words come from the dictionary of OpenCorpora.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from people.domain.declension.cases import Case, Forms
from people.domain.declension.dictionary import is_adverb, is_known, nominatives, paradigm
from people.domain.declension.endings import apply, consonant_declension

# The head ends where a comma, a bracket, a quotation, a number or a final full stop begins.
_BOUNDARY = re.compile(r"""[,;:()«»"“”„/\d№]|(?<=[а-яё]{5})\.\Z""", re.IGNORECASE)
_HYPHEN = re.compile(r"([-‐‑–—])")
_ABBREVIATION = re.compile(r"[а-яё]+\.\Z", re.IGNORECASE)
_CONNECTORS = frozenset({"и", "-", "–", "—"})
_CYRILLIC = re.compile(r"[а-яё]{3,}\Z", re.IGNORECASE)
_CONSONANT = re.compile(r"[бвгджзклмнпрстфхцчшщ]\Z")

# First parts of hyphened words which never decline though they name persons («шеф-повара»).
_FIXED_FIRST_PARTS = frozenset({"шеф", "генерал", "вице", "экс", "арт"})
_PROPER = frozenset({"Surn", "Name", "Patr", "Geox"})


@dataclass(frozen=True, slots=True)
class _Head:
    """The declined words at the beginning of a phrase; `gender` is None where both may agree."""

    words: tuple[Forms, ...]
    gender: str | None
    is_person: bool


def decline_post(post: str) -> Forms:
    """Return the post in six cases; superfluous spaces go, capitals stay.

    The accusative is that of a person («назначить учителя»), the prepositional stands without a
    preposition. A post whose head is not understood stays in the nominative.
    """
    text = " ".join(unicodedata.normalize("NFC", post).split())
    boundary = _BOUNDARY.search(text)
    beginning = text[: boundary.start()] if boundary else text
    tail = text[len(beginning.rstrip()) :]
    declined = Forms.joined(_decline_words(beginning.split()))
    return Forms(*(declined.get(case) + tail for case in Case))


def _decline_words(words: list[str]) -> list[Forms]:
    """Decline the head and the persons joined to it («учитель и воспитатель»), nothing else."""
    head = _head(words)
    if head is None:
        return [Forms.same(word) for word in words]
    declined = list(head.words)
    while len(declined) < len(words):
        word = words[len(declined)]
        following = _head(words[len(declined) + 1 :]) if word in _CONNECTORS else None
        declined.append(Forms.same(word))
        if following is not None and following.is_person:
            declined.extend(following.words)
    return declined


def _head(words: list[str]) -> _Head | None:
    """Return the declined head with which the words begin, None where they begin with none."""
    if not words:
        return None
    first, rest = words[0], words[1:]
    if _ABBREVIATION.match(first) or is_adverb(first.lower()):
        # «ст. воспитатель», «временно исполняющий»; after «и. о.» no nominative follows.
        following = _head(rest)
        return following and _Head((Forms.same(first), *following.words), following.gender, following.is_person)
    adjective = _adjective(first)
    if adjective is not None:
        following = _head(rest)
        if following is not None and following.gender in {None, adjective.gender}:
            return _Head((*adjective.words, *following.words), adjective.gender, following.is_person)
    return _noun(first) or adjective


def _adjective(word: str) -> _Head | None:
    for parse in _readings(word):
        forms = paradigm(parse, animate_masculine=True) if parse.tag.POS in {"ADJF", "PRTF"} else None
        if forms is not None:
            return _Head((_as_written(word, forms),), parse.tag.gender, is_person=False)
    return None


def _noun(word: str) -> _Head | None:
    """Decline a noun; of a hyphened one each part that names a person («учителя-логопеда»)."""
    pieces = _HYPHEN.split(word)
    last = _simple_noun(pieces[-1])
    if last is None:
        return None
    firsts = [_first_part(piece) for piece in pieces[:-1]]
    parts = [
        Forms.same(piece) if first is None else first.words[0] for piece, first in zip(pieces[:-1], firsts, strict=True)
    ]
    leading = next((first for first in firsts if first is not None), last)
    return _Head((Forms.joined([*parts, *last.words], ""),), leading.gender, last.is_person)


def _first_part(piece: str) -> _Head | None:
    """Decline the first part of a hyphened noun, None for «пресс-», «шеф-», «IT-»."""
    if piece.lower() in _FIXED_FIRST_PARTS:
        return None
    noun = _simple_noun(piece)
    return noun if noun is not None and noun.is_person else None


def _simple_noun(word: str) -> _Head | None:
    nouns = [parse for parse in _readings(word) if parse.tag.POS == "NOUN"]
    nouns.sort(key=lambda parse: "anim" not in parse.tag)
    for parse in nouns:
        forms = paradigm(parse, animate_masculine=True)
        if forms is not None:
            gender = None if "ms-f" in parse.tag else parse.tag.gender
            return _Head((_as_written(word, forms),), gender, is_person="anim" in parse.tag)
    return _unknown_noun(word)


def _unknown_noun(word: str) -> _Head | None:
    """Decline a word new to the dictionary («коуч») as a masculine noun, if it looks like one."""
    lower = word.lower()
    if not _CYRILLIC.match(word) or word.isupper() or not _CONSONANT.search(lower) or is_known(lower):
        return None
    return _Head((apply(word, consonant_declension(lower)),), "masc", is_person=True)


def _readings(word: str) -> list[Any]:
    """Return the readings of the word as a nominative; of abbreviations in capitals only known ones."""
    if not _CYRILLIC.match(word):
        return []
    parses = [parse for parse in nominatives(word.lower()) if not _PROPER & parse.tag.grammemes]
    return [parse for parse in parses if parse.is_known or not word.isupper()]


def _as_written(source: str, forms: Forms) -> Forms:
    """Give the forms of the dictionary the capitals of the source, and its е where it spares ё."""
    declined = (_spelled_as(source, forms.get(case)) for case in Case if case is not Case.NOM)
    return Forms(source, *declined)


def _spelled_as(source: str, form: str) -> str:
    letters = [
        "е" if letter == "ё" and source[position : position + 1] in {"е", "Е"} else letter
        for position, letter in enumerate(form)
    ]
    spelled = "".join(letters)
    if source.isupper():
        return spelled.upper()
    return spelled[:1].upper() + spelled[1:] if source[0].isupper() else spelled
