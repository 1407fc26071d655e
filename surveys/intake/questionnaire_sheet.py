"""A questionnaire's way out of a spreadsheet: one row a question, and a sheet about the whole."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from mentoring.domain.bank_sheet.sheet import Sheet, SheetRow, shown
from mentoring.intake.workbook import read_workbook
from mentoring.intake.workbook_error import WorkbookError
from people.domain.refusal import RefusedError
from surveys.domain.checking import MOST_QUESTIONS
from surveys.domain.questionnaire import Questionnaire
from surveys.intake.file_faults import FileFaults, ShapeError
from surveys.intake.finishing import finished
from surveys.intake.words import LONGEST_QUOTED, feed_named, kind_named, tidy

QUESTIONS_SHEET = "Вопросы"
WHOLE_SHEET = "Анкета"
YES, NO = "да", "нет"

_OPTION = re.compile(r"([a-z0-9_]+) = (.*)")
_YES_WORDS = frozenset({YES, "+", "1", "true"})
_NO_WORDS = frozenset({NO, "-", "–", "0", "false"})


def _flag(text: str) -> bool:
    word = text.casefold()
    if word not in _YES_WORDS | _NO_WORDS:
        raise ShapeError("напишите «да» или «нет».")
    return word in _YES_WORDS


def _number(text: str) -> int:
    if not re.fullmatch(r"[-+−]?[0-9]{1,9}", text):
        raise ShapeError("нужно целое число.")
    return int(text.replace("−", "-"))


def _options(text: str) -> list[tuple[str, str]]:
    """One a line: «код = подпись», or a label alone, which gets a code later."""
    lines = (line.strip() for line in text.split("\n"))
    return [(found[1], found[2]) if (found := _OPTION.fullmatch(line)) else ("", line) for line in lines if line]


def _condition(text: str) -> dict[str, Any]:
    code, colon, answers = text.partition(":")
    named = [answer.strip() for answer in re.split(r"[;\n]" if re.search(r"[;\n]", answers) else ",", answers)]
    if not colon or not any(named):
        raise ShapeError("напишите код вопроса, двоеточие и ответы через запятую.")
    return {"code": code.strip(), "answers": [answer for answer in named if answer]}


COLUMNS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "Раздел": ("section", str),
    "Код": ("code", str),
    "Вид": ("kind", lambda text: kind_named(text).value),
    "Вопрос": ("text", str),
    "Пояснение": ("help", str),
    "Обязательный": ("required", _flag),
    "Варианты": ("options", _options),
    "Строки таблицы": ("rows", _options),
    "Шкала от": ("low", _number),
    "Шкала до": ("high", _number),
    "Подпись слева": ("low_label", str),
    "Подпись справа": ("high_label", str),
    "Другое": ("other", _flag),
    "Лучше не": ("avoid", _flag),
    "Не меньше": ("least", _number),
    "Не больше": ("most", _number),
    "Показать если": ("show_if", _condition),
    "В банк": ("feed", lambda text: feed_named(text).value),
}
"""Headers of the sheet of questions, each with its field and what reads a filled cell."""

_SCALE_FIELDS = ("low", "high", "low_label", "high_label")
_NEEDED = ("Вид", "Вопрос")


@dataclass(slots=True)
class _Whole:
    """What the sheet about the whole says; `notes` by the title of a section."""

    title: str = ""
    intro: str = ""
    levels: list[tuple[int, str]] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    note_places: dict[str, str] = field(default_factory=dict)


def read_sheets(content: bytes, filename: str) -> Questionnaire:
    """The questionnaire of an .xlsx, .xls, .ods or .csv file; raises RefusedError with the places of all faults.

    Where there is no sheet about the whole, the file's name is the title.
    """
    sheets = {sheet.name: sheet for sheet in _opened(content, filename)}
    whole_sheet = sheets.pop(WHOLE_SHEET, None)
    questions_sheet = sheets.get(QUESTIONS_SHEET) or next(iter(sheets.values()), None)
    if questions_sheet is None:
        raise RefusedError(f"В файле нет листа «{QUESTIONS_SHEET}»: по строке на вопрос.")
    faults = FileFaults()
    rows = _question_rows(questions_sheet, faults)
    whole = _whole(whole_sheet, faults) if whole_sheet else _Whole(title=tidy(filename.rpartition(".")[0] or filename))
    sections = _sections([fields for _, fields in rows])
    _put_notes(sections, whole, faults)
    faults.refuse()
    stored = {"title": whole.title, "intro": whole.intro, "levels": whole.levels, "sections": sections}
    return finished(Questionnaire.from_json(stored), faults, lambda position: f"строка {rows[position][0]}")


def _opened(content: bytes, filename: str) -> tuple[Sheet, ...]:
    try:
        return read_workbook(content, filename).sheets
    except WorkbookError as error:
        raise RefusedError(f"{error.message} ({error.place})" if error.place else error.message) from error


def _question_rows(sheet: Sheet, faults: FileFaults) -> list[tuple[int, dict[str, Any]]]:
    """The fields of each question with the number of its row."""
    header, *rows = sheet.rows
    titles = _titles(header, faults)
    if len(rows) > MOST_QUESTIONS:
        faults.add(f"лист «{sheet.name[:LONGEST_QUOTED]}»", f"вопросов {len(rows)}, можно не больше {MOST_QUESTIONS}.")
    faults.refuse()
    return [(row.number, _question_fields(row, titles, faults)) for row in rows]


def _titles(header: SheetRow, faults: FileFaults) -> dict[int, str]:
    """The header of each known column (from 0)."""
    known = {title.casefold(): title for title in COLUMNS}
    titles: dict[int, str] = {}
    place = f"строка {header.number}"
    for index, cell in enumerate(header.cells):
        written = " ".join(shown(cell).split())
        title = known.get(written.casefold())
        if title in titles.values():
            faults.add(place, f"столбец «{title}» встречается дважды.")
        elif title:
            titles[index] = title
        elif written:
            faults.add(place, f"столбец «{written[:LONGEST_QUOTED]}» порталу не знаком. Бывают: {', '.join(COLUMNS)}.")
    for title in _NEEDED:
        if title not in titles.values():
            faults.add(place, f"нет столбца «{title}».")
    return titles


def _question_fields(row: SheetRow, titles: dict[int, str], faults: FileFaults) -> dict[str, Any]:
    """What one row says, in the shape of `Question.as_json`, with the title of its section as «section»."""
    found: dict[str, Any] = {"code": "", "text": ""}
    for index, title in titles.items():
        name, reader = COLUMNS[title]
        text = tidy(shown(row.cell(index)))
        if text and (meant := faults.read(f"строка {row.number}, столбец «{title}»", reader, text)) is not None:
            found[name] = meant
        elif not text and name == "kind":
            faults.add(f"строка {row.number}, столбец «{title}»", "не указан вид вопроса.")
    scale = {name: found.pop(name) for name in _SCALE_FIELDS if name in found}
    return found | ({"scale": scale} if scale else {})


def _sections(questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Questions under their headings: a blank one means the same section as above."""
    sections: list[dict[str, Any]] = []
    for question in questions:
        title = question.pop("section", "")
        if not sections or (title and title != sections[-1]["title"]):
            sections.append({"title": title, "questions": []})
        sections[-1]["questions"].append(question)
    return sections


def _whole(sheet: Sheet, faults: FileFaults) -> _Whole:
    """What the sheet «Анкета» says: what a row is about, its text, and what more there is to it."""
    whole = _Whole()
    for number, what, text, more in _told(sheet):
        place = f"лист «{WHOLE_SHEET}», строка {number}"
        match what.casefold():
            case "название":
                whole.title = text
            case "вступление":
                whole.intro = text
            case "раздел":
                whole.notes[text], whole.note_places[text] = more, place
            case "уровень":
                whole.levels.append((faults.read(place, _number, more) or 0, text))
            case _:
                faults.add(
                    place,
                    f"«{what[:LONGEST_QUOTED]}» порталу не знакомо. Бывает: Название, Вступление, Раздел, Уровень.",
                )
    return whole


def _told(sheet: Sheet) -> Iterator[tuple[int, str, str, str]]:
    for row in sheet.rows[1:]:
        what, text, more = (tidy(shown(row.cell(index))) for index in range(3))
        yield row.number, what, text, more


def _put_notes(sections: list[dict[str, Any]], whole: _Whole, faults: FileFaults) -> None:
    titles = {section["title"] for section in sections}
    for title, place in whole.note_places.items():
        if title not in titles:
            faults.add(place, f"раздела «{title[:LONGEST_QUOTED]}» нет среди вопросов.")
    for section in sections:
        section["note"] = whole.notes.get(section["title"], "")
