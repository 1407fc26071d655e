"""Spreadsheets of the app: questionnaires out (as JSON too) and in, who was asked, who spent how long."""

import json
from collections.abc import Iterable

from tablib import Dataset

from people.domain.refusal import RefusedError
from people.spreadsheets import xlsx
from surveys.domain.questionnaire import FEED_LABELS, KIND_LABELS, SCALED, Feed, Option, Question, Questionnaire
from surveys.intake.questionnaire_json import FORMAT, VERSION, read_json
from surveys.intake.questionnaire_sheet import COLUMNS, NO, QUESTIONS_SHEET, WHOLE_SHEET, YES, read_sheets
from surveys.models import Invitation
from surveys.queries.minutes import MinutesLine

SIDE_WORDS = {"mentor": "наставник", "mentee": "наставляемый"}
LARGEST_FILE = 2 * 1024 * 1024

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def questionnaire_json(questionnaire: Questionnaire) -> bytes:
    """The questionnaire as JSON for people to read, with the name and version of the format."""
    stored = {"format": FORMAT, "version": VERSION, "questionnaire": questionnaire.as_json()}
    return (json.dumps(stored, ensure_ascii=False, indent=2) + "\n").encode()


def questionnaire_xlsx(questionnaire: Questionnaire) -> bytes:
    """The questionnaire as a spreadsheet: a row a question, and a sheet about the whole; text is never a formula."""
    questions = Dataset(title=QUESTIONS_SHEET, headers=list(COLUMNS))
    for section in questionnaire.sections:
        for question in section.questions:
            questions.append((section.title, *_question_cells(question)))
    whole = Dataset(title=WHOLE_SHEET, headers=["Что", "Текст", "Пояснение раздела или балл уровня"])
    whole.append(("Название", questionnaire.title, ""))
    whole.append(("Вступление", questionnaire.intro, ""))
    for section in questionnaire.sections:
        whole.append(("Раздел", section.title, section.note))
    for level in questionnaire.levels:
        whole.append(("Уровень", level.label, level.least))
    return xlsx(questions, whole)


def read_questionnaire(content: bytes, filename: str) -> Questionnaire:
    """The questionnaire of an exported or hand-made file: JSON, or a spreadsheet with the columns of the export.

    Kinds and fields of banks may be written by their Russian labels or by codes; questions and options without a code
    get one. Only a questionnaire that can be asked comes out. Raises RefusedError with the places of all faults.
    """
    if len(content) > LARGEST_FILE:
        raise RefusedError("Файл больше 2 МБ: анкета столько не занимает. Проверьте, тот ли это файл.")
    start = content.removeprefix(_BYTE_ORDER_MARK).lstrip()[:1]
    if start in (b"{", b"[") or filename.lower().endswith(".json"):
        return read_json(content)
    return read_sheets(content, filename)


def _question_cells(question: Question) -> tuple[str | int | None, ...]:
    """The cells of a question, in the order of COLUMNS, that of its section left out."""
    scale = question.scale if question.kind in SCALED else None
    condition = question.show_if
    return (
        question.code,
        KIND_LABELS[question.kind],
        question.text,
        question.help,
        YES if question.is_required else NO,
        _lines(question.options),
        _lines(question.rows),
        scale.low if scale else None,
        scale.high if scale else None,
        scale.low_label if scale else None,
        scale.high_label if scale else None,
        YES if question.has_other else None,
        YES if question.has_avoid else None,
        question.least,
        question.most,
        f"{condition.code}: {', '.join(condition.answers)}" if condition else None,
        FEED_LABELS[question.feed] if question.feed != Feed.NOTHING else None,
    )


def _lines(options: tuple[Option, ...]) -> str:
    return "\n".join(f"{option.code} = {option.label}" for option in options)


def invited_xlsx(rows: Iterable[Invitation]) -> bytes:
    """Everybody a wave asks (rows of `invited_people`), and whether they have answered; never what."""
    headers = ["Кто", "Должность", "Класс", "Сторона", "Ответил", "День", "На бумаге", "Ссылка", "Эл. почта"]
    sheet = Dataset(title="Кого спросили", headers=headers)
    for row in rows:
        person = row.person
        sheet.append(
            (
                person.full_name,
                person.post,
                person.class_name,
                SIDE_WORDS.get(row.side, ""),
                YES if row.is_answered else NO,
                row.answered_on,
                YES if row.is_on_paper else "",
                "отозвана" if row.revoked_at else "",
                person.email,
            )
        )
    return xlsx(sheet)


def minutes_xlsx(lines: Iterable[MinutesLine]) -> bytes:
    """How long people spent on questionnaires in a school year."""
    headers = ["Кто", "Должность", "Анкет", "Минут измерено", "Минут по оценке", "Минут всего"]
    sheet = Dataset(title="Время на анкеты", headers=headers)
    for line in lines:
        sheet.append(
            (
                *(line.person.full_name, line.person.post, line.questionnaires),
                *(line.measured, line.estimated, line.total),
            )
        )
    return xlsx(sheet)
