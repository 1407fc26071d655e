"""What a questionnaire is: sections of questions, as frozen values and as the JSON they are kept in.

An answer is kept under a key. Most questions have one, their code; a matrix has one a row (`code.row`), a question
with «другое» one more for its words (`code.other`), a choice of persons one more for «лучше не» (`code.avoid`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self


class QuestionKind(StrEnum):
    """How a question is answered."""

    SCALE = "scale"
    YES_NO = "yes_no"
    FREQUENCY = "frequency"
    ONE = "one"
    SEVERAL = "several"
    MATRIX = "matrix"
    NUMBER = "number"
    DATE = "date"
    SHORT = "short"
    LONG = "long"
    PERSONS = "persons"
    NOTICE = "notice"


KIND_LABELS: dict[QuestionKind, str] = {
    QuestionKind.SCALE: "шкала",
    QuestionKind.YES_NO: "да – нет",
    QuestionKind.FREQUENCY: "как часто",
    QuestionKind.ONE: "один из списка",
    QuestionKind.SEVERAL: "несколько из списка",
    QuestionKind.MATRIX: "таблица: шкала по строкам",
    QuestionKind.NUMBER: "число",
    QuestionKind.DATE: "дата",
    QuestionKind.SHORT: "короткий ответ",
    QuestionKind.LONG: "развёрнутый ответ",
    QuestionKind.PERSONS: "выбор людей по порядку",
    QuestionKind.NOTICE: "пояснение без ответа",
}

SCALED = frozenset({QuestionKind.SCALE, QuestionKind.MATRIX})
CHOSEN = frozenset({QuestionKind.YES_NO, QuestionKind.FREQUENCY, QuestionKind.ONE, QuestionKind.SEVERAL})
WRITTEN = frozenset({QuestionKind.SHORT, QuestionKind.LONG})
COUNTED = SCALED | CHOSEN | {QuestionKind.NUMBER}
"""What is counted by value; dates and persons are only listed, words are read."""

OTHER = "other"
AVOID = "avoid"


class Purpose(StrEnum):
    """What a questionnaire is for; decides what may be done with its answers."""

    REQUESTS = "requests"
    CANDIDATE = "candidate"
    DIFFICULTIES = "difficulties"
    IMPACT = "impact"
    FEEDBACK = "feedback"
    PREFERENCES = "preferences"
    STATEMENT = "statement"
    SELF_ASSESSMENT = "self_assessment"
    OTHER = "other"


PURPOSE_LABELS: dict[Purpose, str] = {
    Purpose.REQUESTS: "запросы наставляемых",
    Purpose.CANDIDATE: "готовность наставников",
    Purpose.DIFFICULTIES: "профессиональные затруднения",
    Purpose.IMPACT: "оценка на входе и выходе",
    Purpose.FEEDBACK: "обратная связь и удовлетворённость",
    Purpose.PREFERENCES: "предпочтения после групповой встречи",
    Purpose.STATEMENT: "сведения о наставляемом от третьих лиц",
    Purpose.SELF_ASSESSMENT: "самооценка куратора",
    Purpose.OTHER: "другое",
}

NAMED_ONLY = frozenset({Purpose.PREFERENCES, Purpose.STATEMENT})
"""Without a name such answers mean nothing."""

NAMELESS_PURPOSES = frozenset({Purpose.SELF_ASSESSMENT})
"""Such answers are about the work of the organisation and about nobody's person."""


class Side(StrEnum):
    """From which side of mentoring somebody answers."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    NONE = ""


SIDE_LABELS: dict[Side, str] = {Side.MENTOR: "наставники", Side.MENTEE: "наставляемые", Side.NONE: "остальные"}


class Feed(StrEnum):
    """What of a bank a named answer fills, once the curator has confirmed it."""

    NOTHING = ""
    READY = "ready"
    TOPICS = "topics"
    MAIN_TOPIC = "main_topic"
    TOPICS_BY_WEIGHT = "topics_by_weight"
    CAPACITY = "capacity"
    HOURS = "hours"
    FORMS = "forms"
    FORM = "form"
    ACHIEVEMENTS = "achievements"
    INTERESTS = "interests"
    DESIRED_AGE = "desired_age"
    EXPECTATIONS = "expectations"
    PREFERENCES = "preferences"


FEED_LABELS: dict[Feed, str] = {
    Feed.NOTHING: "ничего",
    Feed.READY: "готовность: «да» вносит человека в банк",
    Feed.TOPICS: "темы: запросы наставляемого или компетенции наставника",
    Feed.MAIN_TOPIC: "самая важная тема запроса",
    Feed.TOPICS_BY_WEIGHT: "темы с важностью: от 3 баллов становятся запросами",
    Feed.CAPACITY: "сколько наставляемых возьмёт",
    Feed.HOURS: "часов в неделю",
    Feed.FORMS: "формы, к которым готов наставник",
    Feed.FORM: "форма для наставляемого",
    Feed.ACHIEVEMENTS: "достижения наставника",
    Feed.INTERESTS: "интересы наставника",
    Feed.DESIRED_AGE: "желаемый возраст наставляемых",
    Feed.EXPECTATIONS: "ожидания наставляемого",
    Feed.PREFERENCES: "предпочтения для подбора пар",
}

FEEDING_KINDS: dict[Feed, frozenset[QuestionKind]] = {
    Feed.NOTHING: frozenset(QuestionKind),
    Feed.READY: frozenset({QuestionKind.YES_NO}),
    Feed.TOPICS: frozenset({QuestionKind.SEVERAL}),
    Feed.MAIN_TOPIC: frozenset({QuestionKind.ONE}),
    Feed.TOPICS_BY_WEIGHT: frozenset({QuestionKind.MATRIX}),
    Feed.CAPACITY: frozenset({QuestionKind.NUMBER}),
    Feed.HOURS: frozenset({QuestionKind.NUMBER}),
    Feed.FORMS: frozenset({QuestionKind.SEVERAL}),
    Feed.FORM: frozenset({QuestionKind.ONE}),
    Feed.ACHIEVEMENTS: WRITTEN,
    Feed.INTERESTS: WRITTEN,
    Feed.DESIRED_AGE: WRITTEN,
    Feed.EXPECTATIONS: WRITTEN,
    Feed.PREFERENCES: frozenset({QuestionKind.PERSONS}),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose, or one row of a matrix."""

    code: str
    label: str


YES_NO = (Option("yes", "да"), Option("no", "нет"))
FREQUENCIES = (
    Option("very_often", "очень часто"),
    Option("often", "часто"),
    Option("seldom", "редко"),
    Option("once_or_twice", "1–2 раза"),
    Option("never", "никогда"),
)


@dataclass(frozen=True, slots=True)
class Scale:
    """Whole numbers from `low` to `high`, and what both ends mean."""

    low: int = 1
    high: int = 10
    low_label: str = ""
    high_label: str = ""

    @property
    def values(self) -> range:
        return range(self.low, self.high + 1)


@dataclass(frozen=True, slots=True)
class ShowIf:
    """A question is shown only if the answer to an earlier one, `code`, is among `answers`."""

    code: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `code` stays the same over versions and questionnaires: results are joined by it.

    `least` and `most` bound a number; of several and of persons `most` is how many may be chosen.
    """

    code: str
    kind: QuestionKind
    text: str
    help: str = ""
    is_required: bool = False
    options: tuple[Option, ...] = ()
    rows: tuple[Option, ...] = ()
    scale: Scale = Scale()
    has_other: bool = False
    has_avoid: bool = False
    least: int | None = None
    most: int | None = None
    show_if: ShowIf | None = None
    feed: Feed = Feed.NOTHING

    @property
    def choices(self) -> tuple[Option, ...]:
        """What may be chosen, those of yes/no and frequency included, «другое» last."""
        if self.kind == QuestionKind.YES_NO:
            return YES_NO
        if self.kind == QuestionKind.FREQUENCY:
            return FREQUENCIES
        return (*self.options, Option(OTHER, "другое")) if self.has_other else self.options

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys its answers are kept under."""
        if self.kind == QuestionKind.NOTICE:
            return ()
        if self.kind == QuestionKind.MATRIX:
            return tuple(f"{self.code}.{row.code}" for row in self.rows)
        if self.has_other:
            return (self.code, f"{self.code}.{OTHER}")
        if self.has_avoid:
            return (self.code, f"{self.code}.{AVOID}")
        return (self.code,)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """The question as `as_json` wrote it; what is missing has its default."""
        show_if = stored.get("show_if")
        return cls(
            code=stored["code"],
            kind=QuestionKind(stored["kind"]),
            text=stored["text"],
            help=stored.get("help", ""),
            is_required=stored.get("required", False),
            options=_options(stored.get("options", ())),
            rows=_options(stored.get("rows", ())),
            scale=Scale(**stored.get("scale", {})),
            has_other=stored.get("other", False),
            has_avoid=stored.get("avoid", False),
            least=stored.get("least"),
            most=stored.get("most"),
            show_if=ShowIf(show_if["code"], tuple(show_if["answers"])) if show_if else None,
            feed=Feed(stored.get("feed", "")),
        )

    def as_json(self) -> dict[str, Any]:
        """The question as it is kept, without what has its default."""
        scale = {
            "low": self.scale.low,
            "high": self.scale.high,
            "low_label": self.scale.low_label,
            "high_label": self.scale.high_label,
        }
        stored: dict[str, Any] = {"code": self.code, "kind": self.kind.value, "text": self.text}
        optional = {
            "help": self.help,
            "required": self.is_required,
            "options": [[each.code, each.label] for each in self.options],
            "rows": [[each.code, each.label] for each in self.rows],
            "scale": scale if self.kind in SCALED else {},
            "other": self.has_other,
            "avoid": self.has_avoid,
            "show_if": {"code": self.show_if.code, "answers": list(self.show_if.answers)} if self.show_if else None,
            "feed": self.feed.value,
        }
        stored |= {name: value for name, value in optional.items() if value}
        return stored | {
            name: value for name, value in (("least", self.least), ("most", self.most)) if value is not None
        }


def _options(stored: Any) -> tuple[Option, ...]:
    return tuple(Option(code, label) for code, label in stored)


@dataclass(frozen=True, slots=True)
class Section:
    """Questions under one heading: a block of the results too."""

    title: str
    questions: tuple[Question, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """A level of the whole score: reached from `least` points."""

    least: int
    label: str


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A questionnaire as it is asked; `levels`, highest first, make a score of the sum of its scales."""

    title: str
    sections: tuple[Section, ...]
    intro: str = ""
    levels: tuple[Level, ...] = ()

    @property
    def questions(self) -> Iterator[Question]:
        return (question for section in self.sections for question in section.questions)

    @property
    def asked(self) -> tuple[Question, ...]:
        """The questions that take an answer."""
        return tuple(question for question in self.questions if question.kind != QuestionKind.NOTICE)

    def question(self, code: str) -> Question | None:
        """The question with this code; None where there is none."""
        return next((question for question in self.questions if question.code == code), None)

    @property
    def minutes(self) -> int:
        """About how long it takes: 8 s a closed question or row, 40 s an answer in words, whole minutes up."""
        seconds = sum(40 if question.kind in WRITTEN else 8 * max(len(question.rows), 1) for question in self.asked)
        return max(1, -(-seconds // 60))

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """The questionnaire as `as_json` wrote it."""
        return cls(
            title=stored["title"],
            intro=stored.get("intro", ""),
            sections=tuple(
                Section(
                    title=each.get("title", ""),
                    note=each.get("note", ""),
                    questions=tuple(Question.from_json(question) for question in each["questions"]),
                )
                for each in stored["sections"]
            ),
            levels=tuple(Level(least, label) for least, label in stored.get("levels", ())),
        )

    def as_json(self) -> dict[str, Any]:
        """The questionnaire as it is kept, exported and imported."""
        stored: dict[str, Any] = {"title": self.title}
        if self.intro:
            stored["intro"] = self.intro
        if self.levels:
            stored["levels"] = [[level.least, level.label] for level in self.levels]
        stored["sections"] = [
            {"title": section.title}
            | ({"note": section.note} if section.note else {})
            | {"questions": [question.as_json() for question in section.questions]}
            for section in self.sections
        ]
        return stored
