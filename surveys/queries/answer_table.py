"""Named answers person by person, as a table for the curator's spreadsheet."""

from collections.abc import Mapping
from dataclasses import dataclass

from people.access import Access
from people.domain.roles import Permission
from people.models import Person
from surveys.domain.questionnaire import AVOID, OTHER, SCALED, SIDE_LABELS, WRITTEN, Question, QuestionKind, Side
from surveys.models import OpenAnswer, Sheet, Wave

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """Headings, and one row a person in the order of names."""

    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def answer_table(access: Access, wave: Wave) -> AnswerTable | None:
    """The sheets of a named wave whose persons allow it; None of an anonymous wave, and for whoever runs no waves.

    Words stand in it once they are released. Whom somebody would rather not be with stays out: files travel.
    """
    if wave.is_anonymous or not access.may(Permission.SURVEYS_EDIT):
        return None
    sheets = Sheet.objects.visible_to(access).filter(wave=wave).select_related("person")
    rows = list(sheets.order_by("person__sort_key", "pk"))
    released = OpenAnswer.objects.visible_to(access).filter(wave=wave, state=OpenAnswer.State.RELEASED)
    words = {(sheet_id, key): text for sheet_id, key, text in released.values_list("sheet_id", "key", "text")}
    columns = [
        (question, key)
        for question in wave.version.asked().asked
        for key in question.keys
        if key != f"{question.code}.{AVOID}" or question.kind != QuestionKind.PERSONS
    ]
    names = _names(access, rows, [key for question, key in columns if question.kind == QuestionKind.PERSONS])
    return AnswerTable(
        ("Кто", "Сторона", *(_heading(question, key) for question, key in columns)),
        tuple(
            (
                sheet.person.full_name,
                SIDE_LABELS[Side(sheet.side)],
                *(_cell(question, key, sheet, words, names) for question, key in columns),
            )
            for sheet in rows
        ),
    )


def _names(access: Access, sheets: list[Sheet], keys: list[str]) -> dict[int, str]:
    """The names of those chosen in questions about persons, by id."""
    chosen = {person_id for sheet in sheets for key in keys for person_id in sheet.answers.get(key) or ()}
    if not chosen:
        return {}
    return {person.pk: person.short_name for person in Person.objects.visible_to(access).filter(pk__in=chosen)}


def _heading(question: Question, key: str) -> str:
    part = key.removeprefix(question.code).removeprefix(".")
    if not part:
        return question.text
    if question.kind == QuestionKind.MATRIX:
        part = next(row.label for row in question.rows if row.code == part)
    return f"{question.text} {'Другое' if part == OTHER else part}"


def _cell(
    question: Question, key: str, sheet: Sheet, words: Mapping[tuple[int, str], str], names: Mapping[int, str]
) -> Cell:
    if question.kind in WRITTEN or (question.has_other and key != question.code):
        return words.get((sheet.pk, key), "")
    value = sheet.answers.get(key)
    if value is None or question.kind in SCALED or question.kind == QuestionKind.NUMBER:
        return value
    if question.kind == QuestionKind.PERSONS:
        return ", ".join(f"{rank}. {names.get(each, '—')}" for rank, each in enumerate(value, 1))
    labels = {option.code: option.label for option in question.choices}
    if isinstance(value, list):
        return "; ".join(labels.get(each, each) for each in value)
    return labels.get(value, value)
