"""One answer as it was sent, cleaned by the kind of its question: a value to keep, and what is wrong with it."""

import re
from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import NamedTuple

from people.domain.plurals import plural
from people.domain.text import clean_text
from surveys.domain.questionnaire import AVOID, OTHER, Question, QuestionKind

AnswerValue = int | float | str | list[str] | list[int]

LONGEST_SHORT = 300
LONGEST_LONG = 4000
LONGEST_KEPT = 20_000
"""Words that are too long are not lost while somebody shortens them, but they are kept no longer than this."""

FIRST_YEAR, LAST_YEAR = 1900, 2100

_WHOLE = re.compile(r"-?[0-9]{1,9}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,9}(?:[.,][0-9]{1,4})?")
_THOUSANDS_GAP = re.compile(r"(?<=[0-9])\s(?=[0-9]{3}(?![0-9]))")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_RUSSIAN_DAY = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")


class CleanedValue(NamedTuple):
    """`value` is None where nothing is to be kept; `fault` is a Russian sentence, empty where all is well."""

    value: AnswerValue | None
    fault: str = ""


NOTHING = CleanedValue(None)


def cleaned(question: Question, key: str, sent: Sequence[str], persons: Collection[int]) -> CleanedValue:
    """What was sent under one of the keys of a question, one text a value, as it is kept.

    Blanks are no answer. `persons` are the ids that may be chosen. An invalid value is not kept; words that are too
    long and too many choices are kept and are faults all the same. A fault never repeats what was sent.
    """
    if key == f"{question.code}.{OTHER}" and question.has_other:
        return _words(sent, LONGEST_SHORT)
    if key == f"{question.code}.{AVOID}" and question.has_avoid:
        return _persons(sent, persons, None)
    if question.kind == QuestionKind.PERSONS:
        return _persons(sent, persons, question.most)
    return _CLEANERS[question.kind](question, sent)


def as_sent(value: AnswerValue) -> list[str]:
    """A kept value as a form would send it."""
    if isinstance(value, list):
        return [str(each) for each in value]
    return [shortest(value) if isinstance(value, float) else str(value)]


def shortest(number: float) -> str:
    """A number as its shortest decimal text: 3, 3.5, -0.25."""
    return str(int(number)) if float(number).is_integer() else repr(number)


def _filled(sent: Sequence[str]) -> list[str]:
    return [stripped for text in sent if (stripped := text.strip())]


def _point(question: Question, sent: Sequence[str]) -> CleanedValue:
    filled = _filled(sent)
    if not filled:
        return NOTHING
    if _WHOLE.fullmatch(filled[-1]) and int(filled[-1]) in question.scale.values:
        return CleanedValue(int(filled[-1]))
    return CleanedValue(None, f"Выберите число от {question.scale.low} до {question.scale.high}.")


def _choice(question: Question, sent: Sequence[str]) -> CleanedValue:
    filled = _filled(sent)
    if not filled:
        return NOTHING
    if filled[-1] in {option.code for option in question.choices}:
        return CleanedValue(filled[-1])
    return CleanedValue(None, "Выберите один из предложенных ответов.")


def _choices(question: Question, sent: Sequence[str]) -> CleanedValue:
    filled = set(_filled(sent))
    if not filled:
        return NOTHING
    chosen = [option.code for option in question.choices if option.code in filled]
    if len(chosen) < len(filled):
        return CleanedValue(None, "Выбирайте только из предложенных ответов.")
    return CleanedValue(chosen, _too_many(len(chosen), question.most, "ответа", "ответов"))


def _too_many(chosen: int, most: int | None, one: str, many: str) -> str:
    if most is None or chosen <= most:
        return ""
    return f"Можно выбрать не больше {most}\u00a0{plural(most, one, many, many)}, а выбрано {chosen}."


def _number(question: Question, sent: Sequence[str]) -> CleanedValue:
    filled = _filled(sent)
    if not filled:
        return NOTHING
    text = _THOUSANDS_GAP.sub("", filled[-1]).replace("−", "-")
    if not _NUMBER.fullmatch(text):
        return CleanedValue(None, "Напишите число, например 3 или 2,5.")
    number = float(text.replace(",", "."))
    is_low = question.least is not None and number < question.least
    if is_low or (question.most is not None and number > question.most):
        return CleanedValue(None, f"Напишите число {_bounds(question.least, question.most)}.")
    return CleanedValue(int(number) if number.is_integer() else number)


def _bounds(least: int | None, most: int | None) -> str:
    if least is None:
        return f"не больше {most}"
    return f"не меньше {least}" if most is None else f"от {least} до {most}"


def _day(question: Question, sent: Sequence[str]) -> CleanedValue:
    """ISO, as browsers send it; where they have no field for dates, people type 04.09.2026."""
    filled = _filled(sent)
    if not filled:
        return NOTHING
    iso, russian = _ISO_DAY.fullmatch(filled[-1]), _RUSSIAN_DAY.fullmatch(filled[-1])
    parts = iso.groups() if iso else russian.groups()[::-1] if russian else None
    if parts is None:
        return CleanedValue(None, "Напишите дату, например 04.09.2026.")
    year, month, day = (int(part) for part in parts)
    try:
        found = date(year, month, day)
    except ValueError:
        return CleanedValue(None, "Такого дня в календаре нет: проверьте дату.")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return CleanedValue(None, f"Проверьте год: принимаются даты с {FIRST_YEAR} по {LAST_YEAR} год.")
    return CleanedValue(found.isoformat())


def _short_words(question: Question, sent: Sequence[str]) -> CleanedValue:
    return _words(sent, LONGEST_SHORT)


def _long_words(question: Question, sent: Sequence[str]) -> CleanedValue:
    return _words(sent, LONGEST_LONG)


def _words(sent: Sequence[str], most: int) -> CleanedValue:
    text = sent[-1].replace("\r\n", "\n").replace("\r", "\n") if sent else ""
    text = clean_text(text).strip()
    if not text:
        return NOTHING
    if len(text) > most:
        fault = f"Слишком длинно: {_spaced(len(text))}\u00a0{plural(len(text), 'знак', 'знака', 'знаков')}, "
        return CleanedValue(text[:LONGEST_KEPT].strip(), f"{fault}можно {_spaced(most)}.")
    return CleanedValue(text)


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", "\u00a0")


def _persons(sent: Sequence[str], allowed: Collection[int], most: int | None) -> CleanedValue:
    filled = _filled(sent)
    if not filled:
        return NOTHING
    chosen = [int(text) if _WHOLE.fullmatch(text) else None for text in filled]
    known = [number for number in chosen if number is not None and number in allowed]
    if len(known) < len(chosen):
        return CleanedValue(None, "Выбирайте только из предложенных людей.")
    if len(set(known)) < len(known):
        return CleanedValue(None, "Один человек выбран дважды: оставьте его один раз.")
    return CleanedValue(known, _too_many(len(known), most, "человека", "человек"))


_CLEANERS: dict[QuestionKind, Callable[[Question, Sequence[str]], CleanedValue]] = {
    QuestionKind.SCALE: _point,
    QuestionKind.MATRIX: _point,
    QuestionKind.YES_NO: _choice,
    QuestionKind.FREQUENCY: _choice,
    QuestionKind.ONE: _choice,
    QuestionKind.SEVERAL: _choices,
    QuestionKind.NUMBER: _number,
    QuestionKind.DATE: _day,
    QuestionKind.SHORT: _short_words,
    QuestionKind.LONG: _long_words,
}
