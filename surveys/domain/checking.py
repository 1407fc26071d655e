"""What is wrong with a questionnaire before anybody is asked, in words that say what to do."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from people.domain.plurals import counted
from surveys.domain.questionnaire import (
    FEED_LABELS,
    FEEDING_KINDS,
    KIND_LABELS,
    NAMED_ONLY,
    OTHER,
    PURPOSE_LABELS,
    SCALED,
    Feed,
    Level,
    Option,
    Purpose,
    Question,
    QuestionKind,
    Questionnaire,
)

LONGEST_CODE = 40
LONGEST_TITLE = 200
LONGEST_INTRO = 2000
LONGEST_TEXT = 500
LONGEST_LABEL = 200
MOST_SECTIONS = 40
MOST_QUESTIONS = 200
MOST_OPTIONS = 60
MOST_ROWS = 40
MOST_POINTS = 11
MOST_PERSONS = 10
MOST_FIELDS = 900
"""A form with more fields is not taken where there is no JavaScript: servers refuse more than a thousand."""

MOST_LEVELS = 20
FARTHEST_POINT = 100
FARTHEST_NUMBER = 1_000_000_000

WITH_OPTIONS = frozenset({QuestionKind.ONE, QuestionKind.SEVERAL})
CONDITIONS = WITH_OPTIONS | {QuestionKind.YES_NO, QuestionKind.FREQUENCY, QuestionKind.SCALE}
"""The kinds an answer to which may decide whether a later question is shown."""

_QUESTION_CODE = re.compile(rf"[a-z][a-z0-9_]{{0,{LONGEST_CODE - 1}}}")
_OPTION_CODE = re.compile(rf"[a-z0-9_]{{1,{LONGEST_CODE}}}")

_POINT = re.compile(r"0|-?[1-9][0-9]{0,3}")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend: `place` as «Вопрос 3», «Раздел 1» or «Анкета», `message` a Russian sentence.

    `question` is the position of the question among all of them, notices included, from 0; None where the fault is
    of a section or of the whole. Places number the questions in the same way, from 1.
    """

    place: str
    message: str
    question: int | None = field(default=None, compare=False)


def takes_answer(question: Question, answer: str) -> bool:
    """Whether a condition on this question may name this answer: the code of a choice, or a point of its scale."""
    if question.kind == QuestionKind.SCALE:
        # Never the list of all points: in a file a scale may reach to a billion.
        return bool(_POINT.fullmatch(answer)) and int(answer) in question.scale.values
    return any(option.code == answer for option in question.choices)


def faults_of(questionnaire: Questionnaire) -> tuple[Fault, ...]:
    """All that must be mended before the questionnaire can be asked: the whole first, then sections, then questions."""
    return (
        *(Fault("Анкета", message) for message in _whole_faults(questionnaire)),
        *_section_faults(questionnaire),
        *_question_faults(questionnaire),
    )


def faults_for_opening(questionnaire: Questionnaire, *, is_anonymous: bool, purpose: Purpose) -> tuple[Fault, ...]:
    """`faults_of`, and what forbids asking it in this way: with or without names, for this purpose."""
    found = list(faults_of(questionnaire))
    if is_anonymous and purpose in NAMED_ONLY:
        found.append(
            Fault(
                "Анкета", f"Назначение «{PURPOSE_LABELS[purpose]}» без имён не имеет смысла: проведите опрос с именами."
            )
        )
    choosing = [
        number for number, question in enumerate(questionnaire.questions) if question.kind == QuestionKind.PERSONS
    ]
    if purpose == Purpose.PREFERENCES and not choosing:
        found.append(Fault("Анкета", "Для предпочтений нужен вопрос вида «выбор людей по порядку»: добавьте его."))
    if is_anonymous:
        found += [
            _at_question(number, "Выбор людей выдаёт отвечающего: уберите вопрос или проведите опрос с именами.")
            for number in choosing
        ]
    found += [_at_question(number, "Выбор людей уже есть выше: оставьте один такой вопрос.") for number in choosing[1:]]
    return tuple(found)


def _at_question(number: int, message: str) -> Fault:
    return Fault(f"Вопрос {number + 1}", message, number)


def _whole_faults(questionnaire: Questionnaire) -> Iterator[str]:
    if not questionnaire.title.strip():
        yield "Дайте анкете название."
    yield from _too_long("Название", questionnaire.title, LONGEST_TITLE)
    yield from _too_long("Вступление", questionnaire.intro, LONGEST_INTRO)
    if not questionnaire.asked:
        yield "В анкете нет ни одного вопроса: добавьте хотя бы один."
    if len(questionnaire.sections) > MOST_SECTIONS:
        yield f"Разделов {len(questionnaire.sections)}, можно не больше {MOST_SECTIONS}: объедините их."
    number = sum(len(section.questions) for section in questionnaire.sections)
    if number > MOST_QUESTIONS:
        yield f"Вопросов {number}, можно не больше {MOST_QUESTIONS}: разделите анкету на две."
    fields = sum(_fields_in(question) for question in questionnaire.asked)
    if fields > MOST_FIELDS:
        yield f"Полей для ответа {fields}, можно не больше {MOST_FIELDS}: разделите анкету на две."
    yield from _level_faults(questionnaire.levels)


def _fields_in(question: Question) -> int:
    """How many fields a form may send for a question."""
    return len(question.keys) + (len(question.choices) if question.kind == QuestionKind.SEVERAL else 0)


def _level_faults(levels: Sequence[Level]) -> Iterator[str]:
    if len(levels) > MOST_LEVELS:
        yield f"Уровней {len(levels)}, можно не больше {MOST_LEVELS}."
    if any(upper.least <= lower.least for upper, lower in pairwise(levels)):
        yield "Уровни идут не по убыванию баллов: начните с самого высокого, без повторов."
    for level in levels:
        if not level.label.strip():
            yield f"Назовите уровень от {level.least}."
        yield from _too_long("Название уровня", level.label, LONGEST_LABEL)
        if abs(level.least) > FARTHEST_NUMBER:
            yield "Балл уровня слишком велик: проверьте его."


def _section_faults(questionnaire: Questionnaire) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, section in enumerate(questionnaire.sections, 1):
        place, title = f"Раздел {number}", section.title.strip().casefold()
        if not title and len(questionnaire.sections) > 1:
            yield Fault(place, "Назовите раздел: по разделам показываются результаты.")
        if title and title in seen:
            yield Fault(place, "Такое название уже есть у другого раздела: измените одно из них.")
        seen.add(title)
        if not section.questions:
            yield Fault(place, "В разделе нет вопросов: добавьте вопрос или удалите раздел.")
        messages = (
            *_too_long("Название", section.title, LONGEST_TITLE),
            *_too_long("Пояснение", section.note, LONGEST_INTRO),
        )
        yield from (Fault(place, message) for message in messages)


def _question_faults(questionnaire: Questionnaire) -> Iterator[Fault]:
    earlier: dict[str, Question] = {}
    fed: set[Feed] = set()
    codes = {question.code for question in questionnaire.questions}
    for number, question in enumerate(questionnaire.questions):
        messages = (
            *_code_faults(question, earlier),
            *_text_faults(question),
            *_answering_faults(question),
            *_condition_faults(question, earlier, codes),
            *_feed_faults(question, fed),
        )
        yield from (_at_question(number, message) for message in messages)
        earlier.setdefault(question.code, question)
        fed.add(question.feed)


def _code_faults(question: Question, earlier: Mapping[str, Question]) -> Iterator[str]:
    if not _QUESTION_CODE.fullmatch(question.code):
        yield (
            f"Код «{question.code[:LONGEST_CODE]}» не подходит: нужны строчные латинские буквы, цифры и «_», "
            f"первой буква, не длиннее {LONGEST_CODE} знаков."
        )
    if question.code in earlier:
        yield f"Код «{question.code[:LONGEST_CODE]}» уже есть у вопроса выше: задайте другой."


def _text_faults(question: Question) -> Iterator[str]:
    if not question.text.strip():
        yield "Напишите текст вопроса."
    yield from _too_long("Текст вопроса", question.text, LONGEST_TEXT)
    yield from _too_long("Пояснение", question.help, LONGEST_TEXT)


def _too_long(what: str, text: str, limit: int) -> Iterator[str]:
    if len(text) > limit:
        yield f"{what}: {counted(len(text), 'знак', 'знака', 'знаков')}, можно не больше {limit}. Сократите."


def _answering_faults(question: Question) -> Iterator[str]:
    """What is wrong with the ways to answer; what a kind does not use is left alone, unless it would make a key."""
    if question.has_other and question.kind not in WITH_OPTIONS:
        yield "«Другое» бывает только у выбора из списка: уберите его."
    if question.has_avoid and question.kind != QuestionKind.PERSONS:
        yield "«Лучше не» бывает только у выбора людей: уберите его."
    for kinds, faults in _ANSWERING:
        if question.kind in kinds:
            yield from faults(question)


def _option_faults(question: Question) -> Iterator[str]:
    least = 1 if question.has_other else 2
    if len(question.options) < least:
        yield f"Добавьте варианты ответа: нужно не меньше {least}."
    if len(question.options) > MOST_OPTIONS:
        yield f"Вариантов {len(question.options)}, можно не больше {MOST_OPTIONS}."
    if any(option.code == OTHER for option in question.options):
        yield f"Код варианта «{OTHER}» занят под «другое»: задайте этому варианту другой код."
    yield from _listed_faults("Вариант", question.options)


def _row_faults(question: Question) -> Iterator[str]:
    if not question.rows:
        yield "Добавьте в таблицу хотя бы одну строку."
    if len(question.rows) > MOST_ROWS:
        yield f"Строк таблицы {len(question.rows)}, можно не больше {MOST_ROWS}: разделите таблицу на две."
    yield from _listed_faults("Строка", question.rows)


def _listed_faults(what: str, listed: Sequence[Option]) -> Iterator[str]:
    codes = Counter(option.code for option in listed)
    for number, option in enumerate(listed, 1):
        if not option.label.strip():
            yield f"{what} {number}: напишите подпись."
        if "\n" in option.label:
            yield f"{what} {number}: запишите подпись одной строкой."
        if not _OPTION_CODE.fullmatch(option.code):
            yield (
                f"{what} {number}: код «{option.code[:LONGEST_CODE]}» не подходит, нужны строчные латинские буквы, "
                f"цифры и «_», не длиннее {LONGEST_CODE} знаков."
            )
        yield from _too_long(f"{what} {number}", option.label, LONGEST_LABEL)
    yield from (
        f"Код «{code[:LONGEST_CODE]}» есть у нескольких: задайте каждому свой."
        for code, times in codes.items()
        if times > 1
    )


def _scale_faults(question: Question) -> Iterator[str]:
    scale = question.scale
    ends = f"Шкала от {scale.low} до {scale.high}"
    if max(abs(scale.low), abs(scale.high)) > FARTHEST_POINT:
        yield f"Шкала выходит за пределы от -{FARTHEST_POINT} до {FARTHEST_POINT}: задайте числа поменьше."
    elif scale.low == scale.high:
        yield f"{ends}: выбирать не из чего. Сделайте верхний конец больше нижнего."
    elif scale.low > scale.high:
        yield f"{ends}: концы перепутаны. Сделайте верхний конец больше нижнего."
    elif len(scale.values) > MOST_POINTS:
        yield f"{ends}: {counted(len(scale.values), 'деление', 'деления', 'делений')}, можно не больше {MOST_POINTS}."
    yield from _too_long("Подпись слева", scale.low_label, LONGEST_LABEL)
    yield from _too_long("Подпись справа", scale.high_label, LONGEST_LABEL)


def _number_faults(question: Question) -> Iterator[str]:
    least, most = question.least, question.most
    if max(abs(least or 0), abs(most or 0)) > FARTHEST_NUMBER:
        yield "Границы числа слишком велики: задайте поменьше."
    elif least is not None and most is not None and least > most:
        yield f"Число не меньше {least}, но не больше {most}: так ответить нельзя. Поменяйте границы."


def _most_faults(question: Question) -> Iterator[str]:
    if question.most is not None and question.most < 1:
        yield "Сколько можно выбрать: задайте 1 или больше или оставьте пустым."
    elif question.most is not None and question.most > _most_choices(question):
        yield "Сколько можно выбрать: число слишком велико."


def _most_choices(question: Question) -> int:
    """Each choice of a person is a list of all of them in the form."""
    return MOST_PERSONS if question.kind == QuestionKind.PERSONS else FARTHEST_NUMBER


_ANSWERING: tuple[tuple[frozenset[QuestionKind], Callable[[Question], Iterator[str]]], ...] = (
    (WITH_OPTIONS, _option_faults),
    (frozenset({QuestionKind.MATRIX}), _row_faults),
    (SCALED, _scale_faults),
    (frozenset({QuestionKind.NUMBER}), _number_faults),
    (frozenset({QuestionKind.SEVERAL, QuestionKind.PERSONS}), _most_faults),
)


def _condition_faults(question: Question, earlier: Mapping[str, Question], all_codes: set[str]) -> Iterator[str]:
    condition = question.show_if
    if condition is None:
        return
    asked = earlier.get(condition.code)
    name = condition.code[:LONGEST_CODE]
    if asked is None:
        if condition.code in all_codes:
            yield f"Показ зависит от вопроса «{name}», а он стоит не выше этого: переставьте или выберите другой."
        else:
            yield f"Показ зависит от вопроса «{name}», которого в анкете нет: выберите другой."
    elif asked.kind not in CONDITIONS:
        yield f"Показ не может зависеть от вопроса «{name}»: его вид «{KIND_LABELS[asked.kind]}». Выберите другой."
    elif not condition.answers:
        yield f"Отметьте, при каких ответах на вопрос «{name}» показывать этот."
    elif len(set(condition.answers)) < len(condition.answers):
        yield f"Показ зависит от вопроса «{name}», один ответ на него указан дважды: оставьте его один раз."
    else:
        unknown = [answer for answer in condition.answers if not takes_answer(asked, answer)]
        yield from (
            f"Показ зависит от ответа «{answer[:LONGEST_CODE]}», а у вопроса «{name}» такого нет: отметьте другой."
            for answer in unknown
        )


def _feed_faults(question: Question, fed: set[Feed]) -> Iterator[str]:
    if question.feed == Feed.NOTHING:
        return
    label = FEED_LABELS[question.feed]
    if question.kind not in FEEDING_KINDS[question.feed]:
        kinds = " или ".join(f"«{KIND_LABELS[kind]}»" for kind in QuestionKind if kind in FEEDING_KINDS[question.feed])
        yield f"В банк, «{label}»: нужен вопрос вида {kinds}. Измените вид или уберите запись в банк."
    if question.feed in fed:
        yield f"В банк, «{label}»: туда уже идёт ответ на вопрос выше. Оставьте один."
