"""Grammatical categories of Russian and the six forms of a word or phrase."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Case(StrEnum):
    """The six cases, in the order of the school table."""

    NOM = "nom"
    GEN = "gen"
    DAT = "dat"
    ACC = "acc"
    INS = "ins"
    PRE = "pre"


class Gender(StrEnum):
    """Grammatical gender of a person's name."""

    MASCULINE = "m"
    FEMININE = "f"


@dataclass(frozen=True, slots=True)
class Forms:
    """A word or a phrase in all six cases; `pre` is given without a preposition."""

    nom: str
    gen: str
    dat: str
    acc: str
    ins: str
    pre: str

    @classmethod
    def same(cls, text: str) -> Forms:
        """Return forms of something that does not decline."""
        return cls(text, text, text, text, text, text)

    @classmethod
    def joined(cls, parts: Sequence[Forms], separator: str = " ") -> Forms:
        """Return the parts put together case by case."""
        return cls(*(separator.join(part.get(case) for part in parts) for case in Case))

    def get(self, case: Case) -> str:
        """Return the form in the given case."""
        return str(getattr(self, case.value))

    def as_dict(self) -> dict[str, str]:
        """Return the forms by the short codes of the cases."""
        return {case.value: self.get(case) for case in Case}
