"""The built-in questionnaires and the topics they ask about, to start one's own from."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from surveys.domain.questionnaire import Option, Purpose, Questionnaire, Side

FOLDER = Path(__file__).with_name("library")
TOPICS_FILE = "topics.json"

# As a curator needs them over the year.
KEYS = (
    "request",
    "difficulties",
    "candidate",
    "statement",
    "mentee-preferences",
    "mentor-preferences",
    "teacher-before-mentee",
    "teacher-before-mentor",
    "teacher-after-mentee",
    "teacher-after-mentor",
    "pupil-before-mentee",
    "pupil-before-mentor",
    "pupil-after-mentee",
    "pupil-after-mentor",
    "impact-teacher",
    "impact-pupil",
    "satisfaction",
    "self-assessment",
)


@dataclass(frozen=True, slots=True)
class Template:
    """A built-in questionnaire: one sentence about it, for whom it is, and whose topics it follows.

    `version` grows when its wording changes: a survey made from it says which one it was.
    """

    key: str
    version: int
    purpose: Purpose
    side: Side
    about: str
    source: str
    questionnaire: Questionnaire


@cache
def templates() -> tuple[Template, ...]:
    """The built-in questionnaires in the order in which a curator needs them over the year."""
    return tuple(_template(_stored(f"{key}.json")) for key in KEYS)


def template(key: str) -> Template:
    """The built-in questionnaire with this key; KeyError where there is none."""
    return {each.key: each for each in templates()}[key]


@cache
def topics() -> tuple[Option, ...]:
    """What requests and competences are about; the labels become topics of the banks."""
    return tuple(Option(code, label) for code, label in _stored(TOPICS_FILE))


def _stored(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def _template(stored: dict[str, Any]) -> Template:
    return Template(
        key=stored["key"],
        version=stored["version"],
        purpose=Purpose(stored["purpose"]),
        side=Side(stored["side"]),
        about=stored["about"],
        source=stored["source"],
        questionnaire=Questionnaire.from_json(stored["questionnaire"]),
    )
