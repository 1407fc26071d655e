"""Results of a wave as files: a workbook, and one flat table as CSV; no text in them is ever a formula."""

import csv
import io
import re
from collections.abc import Sequence

from tablib import Dataset

from people.spreadsheets import xlsx
from surveys.domain.conclusions import decimal, points
from surveys.domain.results import Cut, KeyResult, values_of
from surveys.papers import comparison_cells
from surveys.queries.answer_table import AnswerTable
from surveys.queries.results import WaveResults
from surveys.queries.texts import WaveWords

Cell = str | int | float | None

BYTE_ORDER_MARK = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet program take text of a CSV file for a formula."""

PLAIN_NUMBER = re.compile(r"-?[0-9]+([.,][0-9]+)?")

TOTALS = ("Раздел", "Вопрос", "Чьи ответы", "Ответили", "Среднее", "Медиана", "Разброс", "Доля «да», %", "Раньше")
SPREAD = ("Раздел", "Вопрос", "Чьи ответы", "Ответ", "Сколько", "Доля, %")
COMPARED = (
    *("Вопрос", "Пар", "На входе", "На выходе", "Разница", "Разброс", "Эффект", "p", "Выше / так же / ниже"),
    *("Все на входе", "Все на выходе"),
)
WORDS = ("Вопрос", "Группа", "Сторона", "Ответ")
FLAT = (*TOTALS[:-1], "Ответ", "Сколько", "Доля, %")


def results_xlsx(results: WaveResults, words: WaveWords, answers: AnswerTable | None) -> bytes:
    """The workbook of a wave: totals, distributions, comparison, released words, and the answers if they are given."""
    sheets = [
        _sheet("Итоги", TOTALS, _totals(results)),
        _sheet("Распределения", SPREAD, _distributions(results)),
        _sheet("Сравнение", COMPARED, _comparison(results)),
        _sheet("Свободные ответы", WORDS, _words(words)),
    ]
    if answers is not None:
        sheets.append(_sheet("Ответы", answers.headers, answers.rows))
    return xlsx(*sheets)


def results_csv(results: WaveResults) -> bytes:
    """One row a value of a key and a cut, with the key's figures beside it: UTF-8 with a mark, semicolons between.

    Text that a spreadsheet program would run as a formula gets an apostrophe before it; numbers have decimal commas.
    """
    stream = io.StringIO(BYTE_ORDER_MARK, newline="")
    stream.seek(0, io.SEEK_END)
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    for row in (FLAT, *_flat(results)):
        writer.writerow([_harmless(cell) for cell in row])
    return stream.getvalue().encode()


def _harmless(cell: Cell) -> Cell:
    if isinstance(cell, float):
        return f"{cell:g}".replace(".", ",")
    if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA_STARTS) and not PLAIN_NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def _sheet(title: str, headers: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Dataset:
    dataset = Dataset(title=title, headers=list(headers))
    for row in rows:
        dataset.append(row)
    return dataset


def _cuts(results: WaveResults) -> list[tuple[str, KeyResult, Cut]]:
    return [
        (section.title, result, cut)
        for section in results.sections
        for result in section.keys
        for cut in (result.whole, *result.sides)
    ]


def _figures(cut: Cut) -> list[Cell]:
    """Answered, mean, median, spread, share of «да»; what is hidden says so in place of the mean."""
    if cut.figures is None:
        return [cut.answered, cut.hidden, None, None, None]
    numbers = (cut.figures.mean, cut.figures.median, cut.figures.spread)
    return [cut.answered, *map(_rounded, numbers), _percent(cut.figures.share)]


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 2)


def _percent(share: object) -> float | None:
    return None if share is None else round(float(share) * 100, 1)


def _totals(results: WaveResults) -> list[list[Cell]]:
    rows: list[list[Cell]] = [["", "Приглашено", "все", results.invited, *[None] * 5]]
    rows.append(["", "Ответили", "все", results.answered, *[None] * 5])
    for section, result, cut in _cuts(results):
        earlier = _rounded(results.earlier_means.get(result.key)) if cut is result.whole else None
        rows.append([section, result.text, cut.label, *_figures(cut), earlier])
    for section in results.sections:
        if section.mean is not None:
            told = f"по разделу: {points(section.mean, section.scale)}"
            rows.append([section.title, told, "все", None, _rounded(section.mean), *[None] * 4])
    return rows


def _distributions(results: WaveResults) -> list[list[Cell]]:
    return [
        [section, result.text, cut.label, value.label, value.people, _percent(value.share)]
        for section, result, cut in _cuts(results)
        for value in values_of(result.question, cut)
    ]


def _comparison(results: WaveResults) -> list[list[Cell]]:
    return [
        [row.text, *comparison_cells(row), *(_told(mean) for mean in (row.entry_mean, row.exit_mean))]
        for row in results.comparison
    ]


def _told(mean: float | None) -> str:
    return "" if mean is None else decimal(mean)


def _words(words: WaveWords) -> list[list[Cell]]:
    return [
        [question.text, group.name, each.side, each.answer.text]
        for question in words.questions
        for group in question.groups
        for each in group.words
    ]


def _flat(results: WaveResults) -> list[list[Cell]]:
    rows = []
    for section, result, cut in _cuts(results):
        head = [section, result.text, cut.label, *_figures(cut)]
        values = values_of(result.question, cut)
        rows += [[*head, value.label, value.people, _percent(value.share)] for value in values]
        if not values:
            rows.append([*head, None, None, None])
    return rows
