"""One named sheet question by question, in the words of its questionnaire."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from surveys.domain.answer_values import AnswerValue, shortest
from surveys.domain.answers import KeptAnswers, shown
from surveys.domain.questionnaire import (
    AVOID,
    CHOSEN,
    OTHER,
    Question,
    QuestionKind,
    Questionnaire,
)

NO_LONGER_HERE = "человека больше нет в портале"


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One line of an answer; a row of a matrix and «лучше не» have a label."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class ToldQuestion:
    """A question and what was answered; without lines it was left out."""

    text: str
    lines: tuple[ToldLine, ...]


@dataclass(frozen=True, slots=True)
class ToldSection:
    """A section with those of its questions that were asked."""

    title: str
    questions: tuple[ToldQuestion, ...]


def persons_named(questionnaire: Questionnaire, answers: KeptAnswers) -> frozenset[int]:
    """Ids of all the people that a sheet names."""
    asked = (question for question in questionnaire.asked if question.kind == QuestionKind.PERSONS)
    named = (answers.get(key) for question in asked for key in question.keys)
    return frozenset(each for value in named if isinstance(value, list) for each in value if isinstance(each, int))


def told(questionnaire: Questionnaire, answers: KeptAnswers, people: Mapping[int, str]) -> tuple[ToldSection, ...]:
    """The answers by section; questions that were hidden are left out, and so are sections without any other.

    `people` are names by id; whoever is not among them is no longer there.
    """
    visible = shown(questionnaire, answers)
    sections = (
        ToldSection(
            section.title,
            tuple(
                ToldQuestion(question.text, tuple(_lines(question, answers, people)))
                for question in section.questions
                if question.code in visible and question.kind != QuestionKind.NOTICE
            ),
        )
        for section in questionnaire.sections
    )
    return tuple(section for section in sections if section.questions)


def _lines(question: Question, answers: KeptAnswers, people: Mapping[int, str]) -> Iterator[ToldLine]:
    if question.kind == QuestionKind.MATRIX:
        values = ((row.label, answers.get(f"{question.code}.{row.code}")) for row in question.rows)
        yield from (ToldLine(_points(question, value), label) for label, value in values if value is not None)
        return
    answer = answers.get(question.code)
    if answer is not None:
        yield from (ToldLine(text) for text in _texts(question, answer, answers, people))
    avoided = answers.get(f"{question.code}.{AVOID}")
    if question.has_avoid and isinstance(avoided, list):
        yield ToldLine(", ".join(people.get(int(each), NO_LONGER_HERE) for each in avoided), "лучше не")


def _texts(question: Question, answer: AnswerValue, answers: KeptAnswers, people: Mapping[int, str]) -> Iterator[str]:
    if question.kind in CHOSEN:
        labels = {option.code: option.label for option in question.choices}
        if words := answers.get(f"{question.code}.{OTHER}"):
            labels[OTHER] = f"другое: {words}"
        codes = answer if isinstance(answer, list) else [answer]
        yield from (labels.get(str(code), str(code)) for code in codes)
    elif question.kind == QuestionKind.PERSONS and isinstance(answer, list):
        names = (people.get(int(each), NO_LONGER_HERE) for each in answer)
        yield from (f"{rank}) {name}" for rank, name in enumerate(names, start=1))
    elif question.kind == QuestionKind.SCALE:
        yield _points(question, answer)
    elif question.kind == QuestionKind.DATE:
        yield f"{date.fromisoformat(str(answer)):%d.%m.%Y}"
    else:
        yield shortest(answer).replace(".", ",") if isinstance(answer, int | float) else str(answer)


def _points(question: Question, points: AnswerValue) -> str:
    return f"{points} из\u00a0{question.scale.high}"
