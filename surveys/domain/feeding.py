"""What one named sheet would change in a bank and in the preferences that are kept for matching."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from mentoring.domain.bank_sheet.values import MentoringForm
from mentoring.domain.vocabulary import FORM_LABELS
from surveys.domain.answer_values import AnswerValue, shortest
from surveys.domain.answers import KeptAnswers
from surveys.domain.questionnaire import AVOID, OTHER, Feed, Purpose, Question, Questionnaire, Scale, Side

TICKED_WEIGHT = 3
MAIN_WEIGHT = HEAVIEST = 5
LEAST_WEIGHT = 3
"""From how many points of difficulty on a topic becomes a request."""

LONGEST_TOPIC = 200
MOST_MENTEES = 30
MOST_HOURS = 40

_BOTH = frozenset({Feed.READY, Feed.TOPICS, Feed.PREFERENCES})
_OF_MENTORS = frozenset({Feed.CAPACITY, Feed.HOURS, Feed.FORMS, Feed.ACHIEVEMENTS, Feed.INTERESTS, Feed.DESIRED_AGE})
_OF_MENTEES = frozenset({Feed.MAIN_TOPIC, Feed.TOPICS_BY_WEIGHT, Feed.FORM, Feed.EXPECTATIONS})

FEEDS: dict[Side, frozenset[Feed]] = {
    Side.MENTOR: _BOTH | _OF_MENTORS,
    Side.MENTEE: _BOTH | _OF_MENTEES,
    Side.NONE: frozenset(),
}
"""What the answers of each side may fill: of those who stand on neither, nothing."""

LABELS: dict[Feed, str] = {
    Feed.READY: "готовность",
    Feed.CAPACITY: "наставляемых не более",
    Feed.HOURS: "часов в неделю",
    Feed.FORMS: "формы",
    Feed.FORM: "форма",
    Feed.ACHIEVEMENTS: "достижения",
    Feed.INTERESTS: "интересы",
    Feed.DESIRED_AGE: "желаемый возраст наставляемых",
    Feed.EXPECTATIONS: "ожидания",
    Feed.PREFERENCES: "с кем хотелось бы работать",
}
BANK_LABELS: dict[Side, str] = {Side.MENTOR: "банк наставников", Side.MENTEE: "банк наставляемых"}
ENTERING: dict[Side, str] = {Side.MENTOR: "внести кандидатом", Side.MENTEE: "внести в банк"}
"""A mentor who offers themselves is a candidate until somebody approves them."""


@dataclass(frozen=True, slots=True)
class Wished:
    """A topic and how much it matters, 1 to 5; of a mentor's competence the weight says nothing."""

    topic: str
    weight: int


@dataclass(frozen=True, slots=True)
class Choice:
    """Ids of the people somebody would like to work with, best first, and of those they had better not."""

    ranked: tuple[int, ...] = ()
    avoided: tuple[int, ...] = ()


FieldValue = int | Decimal | str | tuple[str, ...]
Value = FieldValue | Wished | Choice | None


@dataclass(frozen=True, slots=True)
class BankState:
    """What the bank of one side knows about a person, and the names of people they may be put together with.

    `values` are the columns that are fed, the empty ones too; `topics` have their weight beside them. A chosen person
    who is not in `people` has left or withdrawn their consent.
    """

    is_in_bank: bool = False
    values: Mapping[Feed, FieldValue | None] = field(default_factory=dict)
    topics: Mapping[str, int] = field(default_factory=dict)
    choice: Choice = Choice()
    people: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """One line of what a sheet would change, «before → after» in Russian; without a value it is only a remark."""

    what: Feed
    label: str
    before: str
    after: str
    value: Value = None

    @property
    def is_remark(self) -> bool:
        return self.value is None


def is_feeding(questionnaire: Questionnaire, purpose: Purpose, *, is_anonymous: bool) -> bool:
    """Whether answers may fill a bank: named ones to a question with a feed, never what others told of somebody."""
    if is_anonymous or purpose == Purpose.STATEMENT:
        return False
    return any(question.feed != Feed.NOTHING for question in questionnaire.asked)


def persons_chosen(questionnaire: Questionnaire, answers: KeptAnswers) -> frozenset[int]:
    """Ids of all the people that the preferences of a sheet name."""
    asked = (question for question in questionnaire.asked if question.feed == Feed.PREFERENCES)
    return frozenset(person for question in asked for key in question.keys for person in _ids(answers.get(key)))


def proposed(
    questionnaire: Questionnaire, answers: KeptAnswers, *, side: Side, standing: BankState
) -> tuple[Change, ...]:
    """What the answers of one sheet would change on one side, in the order in which it is to be done.

    Nothing is ever taken out of a bank: «not ready» and answers of somebody outside the bank are remarks, and so are
    numbers that no bank can hold. What is in the bank already is passed over.
    """
    questions = [question for question in questionnaire.asked if question.feed in FEEDS[side]]
    readiness = next((answers.get(question.code) for question in questions if question.feed == Feed.READY), None)
    if readiness == "no":
        is_news = standing.is_in_bank
        return (Change(Feed.READY, LABELS[Feed.READY], "в банке", "человек не готов"),) if is_news else ()
    banked = (*_fields(questions, answers, standing), *_topics(questions, answers, side, standing))
    choices = tuple(_choices(questions, answers, standing))
    if standing.is_in_bank or not (banked or readiness == "yes"):
        return banked + choices
    if readiness == "yes":
        return (Change(Feed.READY, BANK_LABELS[side], "нет в банке", ENTERING[side], 1), *banked, *choices)
    return (Change(Feed.READY, BANK_LABELS[side], "нет в банке", "сначала внесите человека в банк"), *choices)


def weight_of(points: int, scale: Scale) -> int:
    """Points on a scale as a weight: as they are where it ends with 5, else in proportion from 1 to 5, halves up."""
    if scale.high == HEAVIEST:
        return points
    span = max(scale.high - scale.low, 1)
    return 1 + (2 * (HEAVIEST - 1) * (points - scale.low) + span) // (2 * span)


# Topics


def _topics(questions: Iterable[Question], answers: KeptAnswers, side: Side, standing: BankState) -> Iterator[Change]:
    for topic, weight in _wanted(questions, answers, standing.topics).items():
        before = standing.topics.get(topic)
        if before is None and side == Side.MENTOR:
            yield Change(Feed.TOPICS, "новая компетенция", "", topic, Wished(topic, weight))
        elif before is None:
            yield Change(Feed.TOPICS, "новый запрос", "", f"{topic}, важность {weight}", Wished(topic, weight))
        elif before != weight and side == Side.MENTEE:
            after = f"важность {weight}"
            yield Change(Feed.TOPICS, f"запрос «{topic}»", f"важность {before}", after, Wished(topic, weight))


def _wanted(questions: Iterable[Question], answers: KeptAnswers, there: Mapping[str, int]) -> dict[str, int]:
    """Weights by topic. A tick tells no weight, so that it leaves alone the one that is there; points and «main» do."""
    spelled = {_folded(topic): topic for topic in there}
    ticked: dict[str, int] = {}
    weighed: dict[str, int] = {}
    main: dict[str, int] = {}

    def as_spelled(topic: str) -> str:
        return spelled.setdefault(_folded(topic), topic)

    for question in questions:
        if question.feed == Feed.TOPICS:
            topics = map(as_spelled, _chosen_topics(question, answers))
            ticked |= {topic: there.get(topic, TICKED_WEIGHT) for topic in topics}
        elif question.feed == Feed.TOPICS_BY_WEIGHT:
            weighed |= {as_spelled(topic): weight for topic, weight in _weighed_topics(question, answers)}
        elif question.feed == Feed.MAIN_TOPIC:
            main |= dict.fromkeys(map(as_spelled, _chosen_topics(question, answers)), MAIN_WEIGHT)
    return ticked | weighed | main


def _chosen_topics(question: Question, answers: KeptAnswers) -> list[str]:
    labels = {option.code: option.label for option in question.options}
    if question.has_other:
        labels[OTHER] = str(answers.get(f"{question.code}.{OTHER}", ""))
    topics = (_short(labels.get(code, ""), LONGEST_TOPIC) for code in _codes(answers.get(question.code)))
    return [topic for topic in topics if topic]


def _weighed_topics(question: Question, answers: KeptAnswers) -> Iterator[tuple[str, int]]:
    for row in question.rows:
        points = answers.get(f"{question.code}.{row.code}")
        if isinstance(points, int) and (weight := weight_of(points, question.scale)) >= LEAST_WEIGHT:
            yield _short(row.label, LONGEST_TOPIC), weight


# Columns of a bank


def _fields(questions: Iterable[Question], answers: KeptAnswers, standing: BankState) -> tuple[Change, ...]:
    changes: dict[Feed, Change] = {}
    for question in questions:
        feed, answer = question.feed, answers.get(question.code)
        read = _READERS.get(feed)
        if read is None or answer is None:
            continue
        value, before = read(answer), standing.values.get(feed)
        if value is None:
            changes[feed] = Change(feed, LABELS[feed], _shown(feed, before), _unfit(feed, answer))
        elif value not in (before, ()):
            changes[feed] = Change(feed, LABELS[feed], _shown(feed, before), _shown(feed, value), value)
    return tuple(changes.values())


def _unfit(feed: Feed, answer: AnswerValue) -> str:
    bounds = f"целое от 1 до {MOST_MENTEES}" if feed == Feed.CAPACITY else f"от 0 до {MOST_HOURS}"
    return f"в ответе {_shown_answer(answer)}, а в банк можно только {bounds}"


def _capacity(answer: AnswerValue) -> FieldValue | None:
    if not isinstance(answer, int | float) or not 1 <= answer <= MOST_MENTEES:
        return None
    return int(answer) if float(answer).is_integer() else None


def _hours(answer: AnswerValue) -> FieldValue | None:
    if not isinstance(answer, int | float) or not 0 <= answer <= MOST_HOURS:
        return None
    return Decimal(str(answer)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _forms(answer: AnswerValue) -> FieldValue:
    chosen = _codes(answer)
    return tuple(form.value for form in MentoringForm if form in chosen)


def _form(answer: AnswerValue) -> FieldValue:
    return next((form.value for form in MentoringForm if form == answer), ())


def _words(most: int) -> Callable[[AnswerValue], FieldValue | None]:
    return lambda answer: _short(str(answer), most) or ()


_READERS: dict[Feed, Callable[[AnswerValue], FieldValue | None]] = {
    Feed.CAPACITY: _capacity,
    Feed.HOURS: _hours,
    Feed.FORMS: _forms,
    Feed.FORM: _form,
    Feed.ACHIEVEMENTS: _words(1000),
    Feed.INTERESTS: _words(1000),
    Feed.DESIRED_AGE: _words(100),
    Feed.EXPECTATIONS: _words(1000),
}
"""None is a number no bank can hold, the empty tuple an answer that says nothing to the bank."""

FIELDS: dict[Side, tuple[Feed, ...]] = {
    side: tuple(feed for feed in Feed if feed in _READERS and feed in feeds) for side, feeds in FEEDS.items()
}
"""The columns that are fed, by side; each feed is named as its column."""


def _shown(feed: Feed, value: FieldValue | None) -> str:
    if feed in (Feed.FORM, Feed.FORMS):
        forms = value if isinstance(value, tuple) else (value,)
        return ", ".join(FORM_LABELS[MentoringForm(str(form))] for form in forms if form)
    return _shown_answer(float(value)) if isinstance(value, int | Decimal) else str(value or "")


def _shown_answer(answer: AnswerValue) -> str:
    return shortest(answer).replace(".", ",") if isinstance(answer, int | float) else str(answer)


# Preferences


def _choices(questions: Iterable[Question], answers: KeptAnswers, standing: BankState) -> Iterator[Change]:
    for question in questions:
        if question.feed != Feed.PREFERENCES or not any(key in answers for key in question.keys):
            continue
        ranked, avoided = (_ids(answers.get(key)) for key in (question.code, f"{question.code}.{AVOID}"))
        before, after = _present(standing.choice, standing.people), _present(Choice(ranked, avoided), standing.people)
        if before != after:
            words = (_choice_words(choice, standing.people) for choice in (before, after))
            yield Change(question.feed, LABELS[question.feed], next(words), next(words) or "никто", after)


def _present(choice: Choice, people: Mapping[int, str]) -> Choice:
    """The choice of those who are still there, each once; the wish is stronger than the «лучше не»."""
    ranked = dict.fromkeys(person for person in choice.ranked if person in people)
    avoided = {person for person in choice.avoided if person in people} - ranked.keys()
    return Choice(tuple(ranked), tuple(sorted(avoided)))


def _choice_words(choice: Choice, people: Mapping[int, str]) -> str:
    wished = ", ".join(f"{rank}) {people[person]}" for rank, person in enumerate(choice.ranked, start=1))
    avoided = ", ".join(people[person] for person in choice.avoided)
    return "; ".join(part for part in (wished, f"лучше не: {avoided}" if avoided else "") if part)


# Answers as they are kept


def _codes(answer: AnswerValue | None) -> list[str]:
    if isinstance(answer, list):
        return [str(each) for each in answer]
    return [] if answer is None else [str(answer)]


def _ids(answer: AnswerValue | None) -> tuple[int, ...]:
    return tuple(each for each in answer if isinstance(each, int)) if isinstance(answer, list) else ()


def _short(text: str, most: int) -> str:
    """The words on one line, as a cell of a bank holds them; what is too long ends with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def _folded(topic: str) -> str:
    return topic.lower().replace("ё", "е")
