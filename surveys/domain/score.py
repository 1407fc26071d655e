"""The score of a questionnaire with levels: the sum of its scales, as of the curator's self-assessment."""

from collections.abc import Mapping
from dataclasses import dataclass

from surveys.domain.questionnaire import SCALED, Questionnaire, Section
from surveys.domain.statistics import counted_keys


@dataclass(frozen=True, slots=True)
class SectionScore:
    """The points of one section and the most it can give."""

    title: str
    points: int
    most: int


@dataclass(frozen=True, slots=True)
class Score:
    """The points of one sheet, the most possible, and the label of the level reached: None below the lowest."""

    points: int
    most: int
    label: str | None
    sections: tuple[SectionScore, ...]


def score_of(questionnaire: Questionnaire, answers: Mapping[str, object]) -> Score | None:
    """The score of one sheet: `answers` by key, points as whole numbers or their digits.

    None where the questionnaire has no levels or no scales, and unless every scaled question and matrix row is answered
    with a point of its scale: half a sum would name a level too low. Sections without scales are left out.
    Source of the sum and its levels: domain reference, 5.16 (9 indicators × 0–2: from 15 optimal, from 9 acceptable).
    """
    if not questionnaire.levels:
        return None
    sections = []
    for section in questionnaire.sections:
        points = _points(section, answers)
        if points is None:
            return None
        if points:
            most = sum(scale_high for _, scale_high in points)
            sections.append(SectionScore(section.title, sum(point for point, _ in points), most))
    if not sections:
        return None
    total = sum(section.points for section in sections)
    return Score(total, sum(section.most for section in sections), _label(questionnaire, total), tuple(sections))


def _points(section: Section, answers: Mapping[str, object]) -> list[tuple[int, int]] | None:
    """The point and the highest possible one of each scaled key; None where a point is missing."""
    points = []
    for question in section.questions:
        if question.kind not in SCALED:
            continue
        by_text = {str(value): value for value in question.scale.values}
        for key in counted_keys(question):
            point = by_text.get(str(answers.get(key)))
            if point is None:
                return None
            points.append((point, question.scale.high))
    return points


def _label(questionnaire: Questionnaire, points: int) -> str | None:
    reached = [level for level in questionnaire.levels if points >= level.least]
    return max(reached, key=lambda level: level.least).label if reached else None
