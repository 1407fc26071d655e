"""Changes of a questionnaire that a builder offers: each takes one and gives back another, or says why not."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from surveys.domain.checking import LONGEST_CODE, MOST_QUESTIONS, MOST_SECTIONS
from surveys.domain.questionnaire import AVOID, OTHER, Feed, Question, Questionnaire, Section

_CODED_WORDS = 4
_CODED_LENGTH = 32
"""Codes are made shorter than they may be, so that there is room for «_2»."""

_LATIN: dict[int, str] = {
    **dict(zip(map(ord, "абвгдеёзийклмнопрстуфыэ"), "abvgdeeziyklmnoprstufye", strict=True)),
    **str.maketrans({"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch", "ю": "yu", "я": "ya"}),
    **str.maketrans({"ь": "", "ъ": ""}),
}


class EditError(ValueError):
    """The change would break the questionnaire; the text is a Russian sentence for whoever edits it."""


def free_code(text: str, taken: Collection[str]) -> str:
    """A code of Latin letters that reads like the first words of a Russian text and is not among `taken`.

    Deterministic; «other» and «avoid» are never given, they stand for something else in the keys of answers.
    """
    words = re.findall(r"[a-z0-9]+", text.lower().translate(_LATIN))
    whole = (words[:number] for number in range(min(_CODED_WORDS, len(words)), 0, -1))
    fitting = next((some for some in whole if len("_".join(some)) <= _CODED_LENGTH), words[:1])
    stem = "_".join(fitting)[:_CODED_LENGTH]
    if not stem[:1].isalpha():
        stem = f"q_{stem}".rstrip("_")
    code, number = stem, 1
    while code in taken or code in (OTHER, AVOID):
        number += 1
        code = f"{stem[: LONGEST_CODE - len(str(number)) - 1]}_{number}"
    return code


def new_code(questionnaire: Questionnaire, text: str) -> str:
    """A readable code for a question with this text, free in the questionnaire."""
    return free_code(text, {question.code for question in questionnaire.questions})


def add_question(
    questionnaire: Questionnaire, section_index: int, question: Question, at: int | None = None
) -> Questionnaire:
    """With the question put into a section (from 0) before position `at` (from 0), by default at its end.

    Raises EditError when there is no such section, the code is taken, there are 200 questions already, or the
    question is to be shown by an answer that does not come before it.
    """
    section = _section(questionnaire, section_index)
    if questionnaire.question(question.code):
        raise EditError(f"Код «{question.code}» уже есть в анкете: задайте другой.")
    if sum(1 for _ in questionnaire.questions) >= MOST_QUESTIONS:
        raise EditError(f"В анкете уже {MOST_QUESTIONS} вопросов, больше нельзя.")
    place = len(section.questions) if at is None else min(max(at, 0), len(section.questions))
    questions = (*section.questions[:place], question, *section.questions[place:])
    return _checked(questionnaire, _with_questions(questionnaire, section_index, questions))


def replace_question(questionnaire: Questionnaire, code: str, question: Question) -> Questionnaire:
    """With `question` in the place of the one with this code, which it takes over: results are joined by it.

    Raises EditError when there is no such question, or the new one is to be shown by an answer not before it.
    """
    index, place = _place(questionnaire, code)
    questions = list(questionnaire.sections[index].questions)
    questions[place] = replace(question, code=code)
    return _checked(questionnaire, _with_questions(questionnaire, index, questions))


def remove_question(questionnaire: Questionnaire, code: str) -> Questionnaire:
    """Without the question. Raises EditError when there is none, or another is shown by the answer to it."""
    index, place = _place(questionnaire, code)
    questions = list(questionnaire.sections[index].questions)
    del questions[place]
    return _checked(questionnaire, _with_questions(questionnaire, index, questions))


def move_question(questionnaire: Questionnaire, code: str, by: int) -> Questionnaire:
    """With the question `by` places down (up if negative); the border of two sections counts as a place.

    At both ends of the questionnaire it stays put. Raises EditError when there is no such question, or when an
    answer on which the showing of a question depends would come after it.
    """
    moved = questionnaire
    for _ in range(abs(by)):
        moved = _stepped(moved, code, 1 if by > 0 else -1)
    return _checked(questionnaire, moved)


def copy_question(questionnaire: Questionnaire, code: str) -> Questionnaire:
    """With a copy right after the question: under a new code, and feeding nothing, as only one may feed a field.

    Raises EditError when there is no such question, or there are 200 already.
    """
    index, place = _place(questionnaire, code)
    question = questionnaire.sections[index].questions[place]
    copy = replace(question, code=new_code(questionnaire, question.text), feed=Feed.NOTHING)
    return add_question(questionnaire, index, copy, place + 1)


def add_section(questionnaire: Questionnaire, title: str, note: str = "") -> Questionnaire:
    """With an empty section at the end. Raises EditError when there are 40 already."""
    if len(questionnaire.sections) >= MOST_SECTIONS:
        raise EditError(f"В анкете уже {MOST_SECTIONS} разделов, больше нельзя.")
    return replace(questionnaire, sections=(*questionnaire.sections, Section(title=title, questions=(), note=note)))


def replace_section(questionnaire: Questionnaire, index: int, title: str, note: str) -> Questionnaire:
    """With another title and note of the section (from 0). Raises EditError when there is none."""
    section = replace(_section(questionnaire, index), title=title, note=note)
    return _with_section(questionnaire, index, section)


def remove_section(questionnaire: Questionnaire, index: int) -> Questionnaire:
    """Without the section (from 0) and its questions.

    Raises EditError when there is none, it is the last one, or a question of another section depends on its answers.
    """
    _section(questionnaire, index)
    if len(questionnaire.sections) == 1:
        raise EditError("Это единственный раздел, его удалить нельзя.")
    sections = (*questionnaire.sections[:index], *questionnaire.sections[index + 1 :])
    return _checked(questionnaire, replace(questionnaire, sections=sections))


def move_section(questionnaire: Questionnaire, index: int, by: int) -> Questionnaire:
    """With the section (from 0) `by` places down (up if negative), no farther than the end.

    Raises EditError when there is none, or when an answer on which a question depends would come after it.
    """
    sections = list(questionnaire.sections)
    section = _section(questionnaire, index)
    del sections[index]
    sections.insert(min(max(index + by, 0), len(sections)), section)
    return _checked(questionnaire, replace(questionnaire, sections=tuple(sections)))


def _section(questionnaire: Questionnaire, index: int) -> Section:
    if not 0 <= index < len(questionnaire.sections):
        raise EditError("Такого раздела в анкете уже нет: обновите страницу.")
    return questionnaire.sections[index]


def _place(questionnaire: Questionnaire, code: str) -> tuple[int, int]:
    """The section of a question and its position there, both from 0."""
    for index, section in enumerate(questionnaire.sections):
        for place, question in enumerate(section.questions):
            if question.code == code:
                return index, place
    raise EditError("Такого вопроса в анкете уже нет: обновите страницу.")


def _with_section(questionnaire: Questionnaire, index: int, section: Section) -> Questionnaire:
    sections = (*questionnaire.sections[:index], section, *questionnaire.sections[index + 1 :])
    return replace(questionnaire, sections=sections)


def _with_questions(questionnaire: Questionnaire, index: int, questions: Sequence[Question]) -> Questionnaire:
    return _with_section(questionnaire, index, replace(questionnaire.sections[index], questions=tuple(questions)))


def _stepped(questionnaire: Questionnaire, code: str, step: int) -> Questionnaire:
    index, place = _place(questionnaire, code)
    questions = list(questionnaire.sections[index].questions)
    question = questions.pop(place)
    if 0 <= place + step <= len(questions):
        questions.insert(place + step, question)
        return _with_questions(questionnaire, index, questions)
    if not 0 <= index + step < len(questionnaire.sections):
        return questionnaire
    neighbours = questionnaire.sections[index + step].questions
    joined = (question, *neighbours) if step > 0 else (*neighbours, question)
    return _with_questions(_with_questions(questionnaire, index, questions), index + step, joined)


def _checked(old: Questionnaire, new: Questionnaire) -> Questionnaire:
    """The new one, unless the change broke a condition; one that was broken before does not stop the work."""
    broken = _broken_conditions(new)
    fresh = next((code for code in broken if code not in _broken_conditions(old)), None)
    if fresh is None:
        return new
    question = broken[fresh]
    name, needed = _short(question.text), question.show_if.code if question.show_if else ""
    if (target := new.question(needed)) is not None:
        raise EditError(
            f"Вопрос «{name}» показывается по ответу на вопрос «{_short(target.text)}», поэтому должен стоять ниже."
        )
    target = old.question(needed)
    if target is None:
        raise EditError(f"Вопрос «{name}» должен показываться по ответу на вопрос «{needed}», а его в анкете нет.")
    raise EditError(
        f"От ответа на вопрос «{_short(target.text)}» зависит показ вопроса «{name}»: сначала уберите это условие."
    )


def _broken_conditions(questionnaire: Questionnaire) -> dict[str, Question]:
    """Questions shown by the answer to one that does not come before them, by code."""
    earlier: set[str] = set()
    broken = {}
    for question in questionnaire.questions:
        if question.show_if and question.show_if.code not in earlier:
            broken[question.code] = question
        earlier.add(question.code)
    return broken


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"
