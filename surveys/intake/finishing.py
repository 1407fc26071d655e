"""What makes a questionnaire of what a file says: missing codes, labels turned into codes, the usual checks."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from surveys.domain.checking import MOST_OPTIONS, MOST_QUESTIONS, MOST_SECTIONS, faults_of, takes_answer
from surveys.domain.editing import free_code
from surveys.domain.questionnaire import OTHER, Option, Question, QuestionKind, Questionnaire, ShowIf
from surveys.intake.file_faults import FileFaults


def finished(questionnaire: Questionnaire, faults: FileFaults, place_of: Callable[[int], str]) -> Questionnaire:
    """The questionnaire with all its codes, when it can be asked; raises RefusedError with all faults otherwise.

    `place_of` names the place of a question, by its position from 0, as the file has it.
    """
    _note_excess(questionnaire, faults, place_of)
    faults.refuse()
    whole = _with_conditions(_with_codes(questionnaire))
    for fault in faults_of(whole):
        faults.add(fault.place if fault.question is None else place_of(fault.question), fault.message)
    faults.refuse()
    return whole


def _note_excess(questionnaire: Questionnaire, faults: FileFaults, place_of: Callable[[int], str]) -> None:
    """Lists far beyond what may be asked, named before the work that thousands of entries would make."""
    questions = list(questionnaire.questions)
    if len(questionnaire.sections) > MOST_SECTIONS:
        faults.add("Анкета", f"разделов {len(questionnaire.sections)}, можно не больше {MOST_SECTIONS}.")
    if len(questions) > MOST_QUESTIONS:
        faults.add("Анкета", f"вопросов {len(questions)}, можно не больше {MOST_QUESTIONS}.")
    for number, question in enumerate(questions):
        entries = max(len(question.options), len(question.rows))
        if entries > MOST_OPTIONS:
            faults.add(place_of(number), f"в списке {entries} строк, можно не больше {MOST_OPTIONS}.")


def _with_codes(questionnaire: Questionnaire) -> Questionnaire:
    """Codes that the file gives stay; the others are made of the texts, free of those given."""
    taken = {question.code for question in questionnaire.questions}

    def coded(question: Question) -> Question:
        code = question.code or free_code(question.text, taken)
        taken.add(code)
        return replace(question, code=code, options=_coded(question.options, {OTHER}), rows=_coded(question.rows, ()))

    return _mapped(questionnaire, coded)


def _coded(options: Sequence[Option], reserved: Collection[str]) -> tuple[Option, ...]:
    taken = {option.code for option in options}.union(reserved)
    found = []
    for option in options:
        code = option.code or free_code(option.label, taken)
        taken.add(code)
        found.append(Option(code, option.label))
    return tuple(found)


def _with_conditions(questionnaire: Questionnaire) -> Questionnaire:
    """Answers that a condition names by their labels, by their codes."""
    asked = {question.code: question for question in questionnaire.questions}

    def conditioned(question: Question) -> Question:
        if question.show_if is None or question.show_if.code not in asked:
            return question
        target = asked[question.show_if.code]
        answers = tuple(_answer_code(target, answer) for answer in question.show_if.answers)
        return replace(question, show_if=ShowIf(question.show_if.code, answers))

    return _mapped(questionnaire, conditioned)


def _answer_code(question: Question, answer: str) -> str:
    if question.kind == QuestionKind.SCALE or takes_answer(question, answer):
        return answer
    wanted = answer.casefold()
    return next((option.code for option in question.choices if option.label.casefold() == wanted), answer)


def _mapped(questionnaire: Questionnaire, change: Callable[[Question], Question]) -> Questionnaire:
    sections = (
        replace(section, questions=tuple(change(question) for question in section.questions))
        for section in questionnaire.sections
    )
    return replace(questionnaire, sections=tuple(sections))
