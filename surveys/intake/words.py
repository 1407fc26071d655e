"""Words of questionnaires as files write them: by their code or by their Russian label."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from people.domain.text import clean_text
from surveys.domain.questionnaire import FEED_LABELS, KIND_LABELS, Feed, QuestionKind
from surveys.intake.file_faults import ShapeError

LONGEST_QUOTED = 40

Word = TypeVar("Word", bound=StrEnum)


def tidy(text: str) -> str:
    """The text without what cannot be shown, line ends as one sign, blanks at both ends cut off."""
    return clean_text(text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def kind_named(text: str) -> QuestionKind:
    """The kind with this code or label; raises ShapeError that lists them."""
    return _named(KIND_LABELS, text, "Такого вида нет")


def feed_named(text: str) -> Feed:
    """The field of a bank with this code or label; raises ShapeError that lists them."""
    return _named(FEED_LABELS, text, "Такой записи в банк нет")


def _named(labels: Mapping[Word, str], text: str, refusal: str) -> Word:
    wanted = " ".join(text.split()).casefold()
    for word, label in labels.items():
        if wanted in (word.value, label.casefold()):
            return word
    known = ", ".join(f"«{label}»" for label in labels.values())
    raise ShapeError(f"{refusal}: «{text[:LONGEST_QUOTED]}». Бывает: {known}.")
