"""The answers of one person: cleaned while they are a draft, judged as a whole sheet, taken apart for counting.

A form sends each value under its answer key; a choice of persons repeats its key in the order of rank. Words are
kept as typed: markup, formulas and emoji are ordinary text here, whoever shows them makes them harmless.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from surveys.domain.answer_values import LONGEST_LONG, LONGEST_SHORT, AnswerValue, as_sent, cleaned, shortest
from surveys.domain.questionnaire import AVOID, COUNTED, OTHER, WRITTEN, Question, QuestionKind, Questionnaire

Answers = dict[str, AnswerValue]
KeptAnswers = Mapping[str, AnswerValue]

UNANSWERED = "Ответьте на этот вопрос."
ROWS_UNANSWERED = "Ответьте во всех строках."
OTHER_UNTOLD = "Напишите, что именно."
BYTES_A_LETTER = 2
"""Russian letters take as many in UTF-8; signs that take more are few in any text."""

BYTES_A_VALUE = 60
"""A number, a date or the code of a choice with its quotes."""

BYTES_AROUND = 400
"""The side, the secret word, the names of both."""

IN_BOTH_LISTS = "Один и тот же человек выбран и в «лучше не»: уберите его из одного списка."


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Values to keep by answer key, and Russian sentences about what is wrong, by answer key too.

    None takes an earlier value away. A key may have both a value and a fault.
    """

    answers: dict[str, AnswerValue | None] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)


def clean_draft(questionnaire: Questionnaire, sent: Mapping[str, Sequence[str]], persons: Collection[int]) -> Cleaned:
    """What a form has sent of some answers, as a draft keeps it.

    `sent` has texts by answer key; other keys are passed over. A key sent blank comes out as None, so that `merged`
    takes it away; one with an invalid value is only a fault, the earlier value stays. Words longer than allowed are a
    fault and are kept, up to 20 000 characters; so are too many choices. `persons` are the ids that may be chosen.
    """
    result = Cleaned()
    for question in questionnaire.asked:
        for key in question.keys:
            if key not in sent:
                continue
            value, fault = cleaned(question, key, sent[key], persons)
            if fault:
                result.faults[key] = fault
            if value is not None or not fault:
                result.answers[key] = value
    return result


def merged(draft: KeptAnswers, changes: Mapping[str, AnswerValue | None]) -> Answers:
    """The draft with the changes of `clean_draft` in it; None takes a value away."""
    joined = {**draft, **changes}
    return {key: value for key, value in joined.items() if value is not None}


def clean_sheet(questionnaire: Questionnaire, answers: KeptAnswers, persons: Collection[int]) -> Cleaned:
    """The whole sheet as it is sent: all its values checked again, hidden questions dropped.

    A question whose condition is not met is hidden, and its answer counts for no other. The sheet may be sent when
    there are no faults; its answers are then without None and clean again to themselves. What is missing of a
    required question is a fault under its first key, of a matrix under that of the first row left out.
    `persons` are the ids that may be chosen.
    """
    result = Cleaned()
    visible: set[str] = set()
    for question in questionnaire.questions:
        if not _is_shown(question, visible, result.answers):
            continue
        visible.add(question.code)
        _clean_question(question, answers, persons, result)
    return result


def shown(questionnaire: Questionnaire, answers: Mapping[str, AnswerValue | None]) -> frozenset[str]:
    """The codes of the questions that are shown beside these answers, notices included."""
    visible: set[str] = set()
    for question in questionnaire.questions:
        if _is_shown(question, visible, answers):
            visible.add(question.code)
    return frozenset(visible)


def is_empty(answers: Mapping[str, AnswerValue | None]) -> bool:
    """Whether nothing at all has been answered; 0 is an answer."""
    return all(value is None or value in ("", []) for value in answers.values())


def tallied(questionnaire: Questionnaire, sheets: Iterable[KeptAnswers]) -> Counter[tuple[str, str]]:
    """How many of the sheets have each (answer key, value as text) of all that is counted.

    Of several choices each counts once; numbers are as 3 or 3.5.
    """
    asked = [question for question in questionnaire.asked if question.kind in COUNTED]
    keys = {key for question in asked for key in question.keys if not _is_of_other(question, key)}
    found: Counter[tuple[str, str | float]] = Counter()
    for answers in sheets:
        for key, value in answers.items():
            if key not in keys:
                continue
            if isinstance(value, list):
                found.update((key, each) for each in value)
            else:
                found[key, value] += 1
    # Values first, their texts once for all: a wave has as many sheets as people and only some dozens of values.
    texts: Counter[tuple[str, str]] = Counter()
    for (key, value), count in found.items():
        texts[key, value if isinstance(value, str) else shortest(value)] += count
    return texts


def written_keys(questionnaire: Questionnaire) -> tuple[str, ...]:
    """The keys of all that is answered in words, those of «другое» included, in the order of the questions."""
    return tuple(
        key
        for question in questionnaire.asked
        for key in question.keys
        if question.kind in WRITTEN or _is_of_other(question, key)
    )


def written(keys: Iterable[str], answers: KeptAnswers) -> list[tuple[str, str]]:
    """(answer key, words) of all that was answered in words; `keys` are those of `written_keys`."""
    return [(key, str(words)) for key in keys if (words := answers.get(key))]


def room_for(questionnaire: Questionnaire) -> int:
    """How many bytes the longest sheet takes as JSON: sealed ones are all as long, whatever was written."""
    return BYTES_AROUND + sum(
        len(key) + _room(question, key) for question in questionnaire.asked for key in question.keys
    )


def _room(question: Question, key: str) -> int:
    if question.kind == QuestionKind.LONG:
        return BYTES_A_VALUE + BYTES_A_LETTER * LONGEST_LONG
    if question.kind == QuestionKind.SHORT or _is_of_other(question, key):
        return BYTES_A_VALUE + BYTES_A_LETTER * LONGEST_SHORT
    return BYTES_A_VALUE * max(1, len(question.choices) if question.kind == QuestionKind.SEVERAL else 1)


def _is_of_other(question: Question, key: str) -> bool:
    return question.has_other and key == f"{question.code}.{OTHER}"


def _texts(value: AnswerValue) -> list[str]:
    if isinstance(value, list):
        return [str(each) for each in value]
    return [value if isinstance(value, str) else shortest(value)]


def _is_shown(question: Question, visible: Collection[str], answers: Mapping[str, AnswerValue | None]) -> bool:
    """Whether its condition is met; `visible` are the shown questions before it."""
    condition = question.show_if
    if condition is None:
        return True
    value = answers.get(condition.code)
    if condition.code not in visible or value is None:
        return False
    return not set(_texts(value)).isdisjoint(condition.answers)


def _clean_question(question: Question, answers: KeptAnswers, persons: Collection[int], result: Cleaned) -> None:
    for key in question.keys:
        if key not in answers or (_is_of_other(question, key) and not _has_chosen_other(question, result)):
            continue
        value, fault = cleaned(question, key, as_sent(answers[key]), persons)
        if fault:
            result.faults[key] = fault
        if value is not None:
            result.answers[key] = value
    if question.kind == QuestionKind.PERSONS and _is_in_both(question, result):
        result.faults[f"{question.code}.{AVOID}"] = IN_BOTH_LISTS
    # Where there is nobody to choose, a required choice would be a sheet that can never be sent.
    if question.is_required and (question.kind != QuestionKind.PERSONS or persons):
        for key, message in _missing(question, result):
            result.faults.setdefault(key, message)


def _has_chosen_other(question: Question, result: Cleaned) -> bool:
    value = result.answers.get(question.code)
    return question.has_other and value is not None and OTHER in _texts(value)


def _missing(question: Question, result: Cleaned) -> Iterator[tuple[str, str]]:
    """What a required question lacks, with the key to say it at."""
    if question.kind == QuestionKind.MATRIX:
        blank = [key for key in question.keys if key not in result.answers]
        yield from ((key, ROWS_UNANSWERED) for key in blank[:1])
    elif question.keys and question.code not in result.answers:
        yield question.code, UNANSWERED
    elif _has_chosen_other(question, result) and f"{question.code}.{OTHER}" not in result.answers:
        yield f"{question.code}.{OTHER}", OTHER_UNTOLD


def _is_in_both(question: Question, result: Cleaned) -> bool:
    wished, avoided = (result.answers.get(key) for key in (question.code, f"{question.code}.{AVOID}"))
    return isinstance(wished, list) and isinstance(avoided, list) and not set(wished).isdisjoint(avoided)
