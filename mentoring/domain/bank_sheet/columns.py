"""How a header written by a school is told to be one of the columns of a bank."""

import re
from dataclasses import dataclass
from functools import cache

from mentoring.domain.bank_sheet.field_rules import RULES
from mentoring.domain.bank_sheet.fields import Bank, Field, FieldRule

_OWN_SIDE_WORDS = {Bank.MENTORS: "наставник", Bank.MENTEES: "наставляем"}
_OTHER_SIDE_WORDS = {Bank.MENTORS: "наставляем", Bank.MENTEES: "наставник"}
_NOISE = re.compile(
    r"педагог(?:а|ов|ического)|(?:сотрудник|работник)(?:а|ов)|специалист(?:а|ов)|молод(?:ого|ых)|учител(?:я|ей)"
    r"|участник(?:а|ов)|обучающегося|ученика|полностью|указ(?:ать|ите)|напишите|введите|ваш[аеи]?|сво[йюе]"
    r"|пожалуйста|при|наличии"
)
_LONGEST_HEADER_WORDS = 25


@dataclass(frozen=True, slots=True)
class Match:
    """A field found in a header; of two headers for one field the one with the greater `score` wins."""

    field: Field
    score: tuple[int, int]


def labels(bank: Bank) -> dict[Field, str]:
    """The fields of a bank with their Russian names, in the order for showing."""
    found: dict[Field, str] = {}
    for rule in RULES[bank]:
        found.setdefault(rule.field, rule.label)
    return found


def recognise(header: str, bank: Bank) -> Field | None:
    """The field that a header names, or None.

    Case, ё, punctuation, line breaks, № and what stands in brackets do not matter.
    """
    match = best_match(header, bank)
    return match.field if match else None


def best_match(header: str, bank: Bank) -> Match | None:
    """As `recognise`, with a score: the whole header beats a part of it, a longer part a shorter one."""
    full = normal_header(header)
    if not full:
        return Match(Field.ROW_NUMBER, (4, 1)) if header.strip() == "№" else None
    bare = normal_header(re.sub(r"\([^)]*\)|\[[^]]*\]", " ", header))
    forms = (full, bare, _without_noise(full, bank), _without_noise(bare, bank))
    found = [Match(rule.field, score) for rule in RULES[bank] if (score := _score(rule, forms, bank)) is not None]
    return max(found, key=lambda match: match.score, default=None)


@cache
def _synonyms(rule: FieldRule) -> tuple[tuple[str, bool], ...]:
    words = (synonym for synonym in rule.synonyms.split("|"))
    return tuple((word.removeprefix("="), word.startswith("=")) for word in words)


def _score(rule: FieldRule, forms: tuple[str, str, str, str], bank: Bank) -> tuple[int, int] | None:
    scores = [
        score for synonym, whole in _synonyms(rule) if (score := _synonym_score(synonym, whole, forms)) is not None
    ]
    best = max(scores, default=None)
    if best is None or best[0] == 5 or not _is_vetoed(rule, forms[0], bank):
        return best
    return None


def _synonym_score(synonym: str, whole: bool, forms: tuple[str, str, str, str]) -> tuple[int, int] | None:
    for rank, form in zip((5, 4, 3, 2), forms, strict=True):
        if form == synonym:
            return rank, len(synonym)
    if whole or len(forms[0].split()) > _LONGEST_HEADER_WORDS or f" {synonym} " not in f" {forms[0]} ":
        return None
    return 1, len(synonym)


def _is_vetoed(rule: FieldRule, full: str, bank: Bank) -> bool:
    vetoes = rule.vetoes if rule.names_other_side else (*rule.vetoes, _OTHER_SIDE_WORDS[bank])
    return any(word.startswith(vetoes) for word in full.split())


def _without_noise(text: str, bank: Bank) -> str:
    own = _OWN_SIDE_WORDS[bank]
    return " ".join(word for word in text.split() if not _NOISE.fullmatch(word) and not word.startswith(own))


def normal_header(text: str) -> str:
    """A header for comparing: lower case, ё as е, words divided by single spaces, no punctuation, no №."""
    words = re.sub(r"[\W_]+", " ", text.lower().replace("ё", "е"))
    return " ".join(words.split())
