"""Full names of persons: splitting, gender, the six cases, initials."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from people.domain.declension.cases import Forms, Gender
from people.domain.declension.given_names import (
    DAUGHTERS,
    SONS,
    decline_given,
    decline_patronymic,
    given_gender,
    is_known_given,
    patronymic_gender,
)
from people.domain.declension.surnames import PARTICLES, decline_surname, surname_gender

__all__ = [
    "FullName",
    "Gender",
    "decline_initials",
    "decline_name",
    "gender_of",
    "split_full_name",
    "surname_initials",
]

_HYPHENS = re.compile(r"\s*[-‐‑‒–—]+\s*")
_INITIALS = re.compile(r"^(\w\.)-?(\w\.)$")
# «ван» stands here in small letters only: «Ван Ли» is a Chinese surname with a given name.
_PARTICLES_IN_CAPITALS = frozenset({"фон", "де", "дер", "ден", "дель", "делла"})
_SMALL_IN_CAPITALS = _PARTICLES_IN_CAPITALS | frozenset(SONS + DAUGHTERS)
_CERTAIN_PATRONYMIC = re.compile(r"(ович|евич|овна|евна|ична)$")


@dataclass(frozen=True, slots=True)
class FullName:
    """A person's name in the nominative; parts which the person has not are empty."""

    surname: str
    given: str = ""
    patronymic: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, (self.surname, self.given, self.patronymic)))


def split_full_name(text: str) -> FullName:
    """Split «Фамилия Имя Отчество», as people type it, into its parts.

    Spaces and hyphens are put in order, words in capitals get small letters («ПЕТРОВА-ВОДКИНА»
    becomes «Петрова-Водкина»). Particles and a maiden name in brackets belong to the surname,
    «оглы» and «кызы» with the word before them to the patronymic. «Иван Петрович» has no surname.
    Splitting the text of a result gives the same result again.
    """
    tokens = _tokens(text)
    taken = _surname_length(tokens)
    surname, rest = " ".join(tokens[:taken]), tokens[taken:]
    if rest and rest[-1].lower() in SONS + DAUGHTERS:
        return FullName(surname, " ".join(rest[:-2]), " ".join(rest[-2:]))
    if len(rest) == 1 and _CERTAIN_PATRONYMIC.search(rest[0]):
        return FullName("", surname, rest[0]) if is_known_given(surname) else FullName(surname, "", rest[0])
    if len(rest) > 2 and patronymic_gender(rest[-1]) is not None:
        return FullName(surname, " ".join(rest[:-1]), rest[-1])
    return FullName(surname, " ".join(rest[:1]), " ".join(rest[1:]))


def gender_of(name: FullName) -> Gender | None:
    """Return the gender of the person, None where nothing is certain and a person must be asked.

    The patronymic decides; then a well-known given name (it outweighs the surname: «Щербина Иван»);
    then an unambiguous ending of the surname.
    """
    return patronymic_gender(name.patronymic) or given_gender(name.given) or surname_gender(name.surname)


def decline_name(name: FullName, gender: Gender | None = None) -> Forms:
    """Return the full name in six cases, surname first.

    `gender` outweighs what the name itself shows. Where the gender is unknown, each part whose
    forms are the same for a man and a woman declines, the others stay in the nominative.
    """
    gender = gender or gender_of(name)
    parts = (
        _by_gender(decline_surname, name.surname, gender),
        _by_gender(decline_given, name.given, gender),
        decline_patronymic(name.patronymic),
    )
    return Forms.joined([part for part in parts if part.nom])


def decline_initials(name: FullName, gender: Gender | None = None) -> Forms:
    """Return «П. И. Черных» in six cases: initials first, only the surname declines.

    A name without a surname is given in full, for initials alone name nobody.
    """
    if not name.surname:
        return decline_name(name, gender)
    surname = _by_gender(decline_surname, name.surname, gender or gender_of(name))
    initials = _initials(name)
    return Forms.joined([Forms.same(initials), surname]) if initials else surname


def surname_initials(name: FullName) -> str:
    """Return «Черных П. И.», in the nominative; a name without a surname in full."""
    if not name.surname:
        return str(name)
    return " ".join(filter(None, (name.surname, _initials(name))))


def _by_gender(decline: Callable[[str, Gender], Forms], text: str, gender: Gender | None) -> Forms:
    if gender is not None:
        return decline(text, gender)
    masculine, feminine = decline(text, Gender.MASCULINE), decline(text, Gender.FEMININE)
    return masculine if masculine == feminine else Forms.same(text)


def _tokens(text: str) -> list[str]:
    text = _HYPHENS.sub("-", unicodedata.normalize("NFC", text))
    tokens: list[str] = []
    for word in text.split():
        # A full stop ends a sentence («Иванович.») or an abbreviation («Вас.»); the latter are short.
        token = word.strip("-,;." if len(word) > 6 else "-,;")
        initials = _INITIALS.match(token)
        tokens.extend(initials.groups() if initials else [_sentence_case(token)])
    return [token for token in tokens if token]


def _sentence_case(token: str) -> str:
    """Give a word in capitals its small letters, each hyphened part apart."""
    if len(token) < 2 or not token.isupper():
        return token
    if token.lower() in _SMALL_IN_CAPITALS:
        return token.lower()
    return "-".join(_titled(part) for part in token.split("-"))


def _titled(part: str) -> str:
    if part.lower() in SONS + DAUGHTERS:
        return part.lower()
    # «О'КОННОР» keeps its second capital, «ЛУК'ЯНЕНКО» does not.
    opening = re.match(r"\W*(\w['’]\w|\w)", part)
    end = opening.end() if opening else 0
    return part[:end] + part[end:].lower()


def _surname_length(tokens: list[str]) -> int:
    """Return how many words at the beginning make up the surname."""
    taken = 0
    while taken < len(tokens) - 1 and _is_particle(tokens[taken], len(tokens) - taken):
        taken += 1
    taken += 1
    while taken < len(tokens) and tokens[taken].startswith("("):
        taken += 1
    rest = tokens[taken:]
    if len(rest) == 3 and patronymic_gender(rest[-1]) is not None and _is_second_surname(rest[0], rest[1]):
        taken += 1  # «Салтыков Щедрин Михаил Евграфович»
    return min(taken, len(tokens))


def _is_particle(token: str, words_left: int) -> bool:
    return token in PARTICLES or (words_left > 2 and token.lower() in _PARTICLES_IN_CAPITALS)


def _is_second_surname(token: str, following: str) -> bool:
    return not is_known_given(token) and is_known_given(following)


def _initials(name: FullName) -> str:
    patronymic = name.patronymic.split(" ")[0]
    return " ".join(filter(None, (_initial(name.given), _initial(patronymic))))


def _initial(text: str) -> str:
    """Return «А.», for a double name «А.-М.»; nothing for a text without letters."""
    letters = (re.search(r"[^\W\d_]", part) for part in text.split("-"))
    return "-".join(letter.group().upper() + "." for letter in letters if letter)
