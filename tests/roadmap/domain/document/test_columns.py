"""Columns found by their heads and by what their cells hold."""

import pytest

from roadmap.domain.document.columns import Column, kind_of
from tests.roadmap.domain.document.written import HEADS, ROWS, TITLE, lines_of_doubts, plan_of, rows_of

FIRST = ("1", "Издание приказа", "сентябрь", ("директор",), "Приказ")
SECOND = ("2", "Анкетирование педагогов", "октябрь", ("психолог",), "Справка")


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("№", Column.NUMBER),
        ("№ п/п", Column.NUMBER),
        ("№\nп\\п", Column.NUMBER),
        ("Этап", Column.STAGE),
        ("Наименование этапа", Column.STAGE),
        ("Направление деятельности", Column.STAGE),
        ("Мероприятия", Column.MEASURE),
        ("НАИМЕНОВАНИЕ МЕРОПРИЯТИЯ", Column.MEASURE),
        ("Содержание деятельности и примерный план мероприятий", Column.MEASURE),
        ("Меро-\nприятия", Column.MEASURE),
        ("Меропритие", Column.MEASURE),
        ("Содержание деятельности", Column.CONTENT),
        ("Сроки", Column.TERM),
        ("Срок реализации", Column.TERM),
        ("Дата проведения мероприятия", Column.TERM),
        ("Период", Column.TERM),
        ("Ответственный исполнитель", Column.RESPONSIBLE),
        ("Отвественные", Column.RESPONSIBLE),
        ("Ответственный за проведение мероприятия", Column.RESPONSIBLE),
        ("Исполнители", Column.RESPONSIBLE),
        ("Кто отвечает", Column.RESPONSIBLE),
        ("Сроки, ответственные", Column.BOTH),
        ("Результат. Вид документа", Column.RESULT),
        ("Ожидаемый результат", Column.RESULT),
        ("Форма представления", Column.RESULT),
        ("Отметка о выполнении", Column.OTHER),
        ("Примечание", Column.OTHER),
        ("сентябрь", Column.MARK),
        ("IV квартал", Column.MARK),
        ("Предмет", None),
        ("Завтрак", None),
        ("", None),
    ],
)
def test_head_names_what_its_column_holds(head: str, kind: Column | None) -> None:
    assert kind_of(head) is kind


@pytest.mark.parametrize(
    ("heads", "first", "second"),
    [
        (
            "ОТВЕТСТВЕНЫЕ|РЕЗУЛЬТАТ|СРОК|№ П/П|МЕРОПРИЯТЕ",
            "директор|Приказ|сентябрь|1)|Издание приказа",
            "психолог|Справка|октябрь|2)|Анкетирование педагогов",
        ),
        (
            "№|Что делаем|Когда|Кто|Итог",
            "п. 1|Издание приказа|сентябрь|директор|Приказ",
            "п. 2|Анкетирование педагогов|октябрь|психолог|Справка",
        ),
        (
            "Мероприятия|Сроки|Ответственные|Результат",
            "1. Издание приказа|сентябрь|директор|Приказ",
            "2. Анкетирование педагогов|октябрь|психолог|Справка",
        ),
        (
            "№|Мероприятия|Сроки и ответственные|Результат",
            "1|Издание приказа|сентябрь, директор|Приказ",
            "2.|Анкетирование педагогов|Психолог октябрь|Справка",
        ),
    ],
    ids=["swapped, in capitals, misspelt", "other words", "number in the wording", "two columns in one"],
)
def test_columns_are_found_by_their_heads(heads: str, first: str, second: str) -> None:
    plan = plan_of(f"{TITLE}{heads}\n{first}\n{second}\n")

    assert [tuple(map(_lowered, row)) for row in rows_of(plan)] == [
        tuple(map(_lowered, FIRST)),
        tuple(map(_lowered, SECOND)),
    ]
    assert plan.doubts == ()


def _lowered(value: str | tuple[str, ...] | None) -> object:
    return tuple(part.lower() for part in value) if isinstance(value, tuple) else value


def test_columns_without_heads_are_told_by_their_cells() -> None:
    plan = plan_of(f"{TITLE}{ROWS}3|Формирование пар|до 15.10.2024|куратор|Список\n")

    assert rows_of(plan) == [FIRST, SECOND, ("3", "Формирование пар", "до 15.10.2024", ("куратор",), "Список")]
    assert [doubt.message for doubt in plan.doubts] == ["Шапка таблицы не найдена: столбцы определены по содержанию."]


@pytest.mark.parametrize(
    "heads",
    ["№|Наши дела|Сроки|Ответственные|Результат", "№|Мероприятия|Время|Люди|Результат", "№|Мероприятия|||Результат"],
)
def test_columns_whose_heads_say_nothing_are_told_by_their_cells(heads: str) -> None:
    first, second = ROWS.splitlines(keepends=True)

    plan = plan_of(f"{TITLE}{heads}\n{first}{second}{heads}\n3|Формирование пар|май|куратор|Приказ\n")

    assert rows_of(plan) == [FIRST, SECOND, ("3", "Формирование пар", "май", ("куратор",), "Приказ")]


def test_heads_in_two_rows_are_read_together() -> None:
    text = (
        "№|Мероприятия|Сроки||Ответственный\n||начало|окончание|\n"
        "1|Издание приказа|01.09.2024|15.09.2024|директор\n2|Встречи пар|15.09.2024|31.05.2025|куратор\n"
    )

    plan = plan_of(TITLE + text)

    assert [measure.term.text for measure in plan.measures] == ["01.09.2024 – 15.09.2024", "15.09.2024 – 31.05.2025"]


def test_ticked_months_are_the_term() -> None:
    text = "№|Мероприятия|сентябрь|октябрь|ноябрь|Ответственный\n1|Встречи пар||+|+|куратор\n"

    plan = plan_of(TITLE + text)

    assert rows_of(plan) == [("1", "Встречи пар", "октябрь, ноябрь", ("куратор",), None)]


def test_heads_and_column_numbers_are_no_measures_however_often_they_stand() -> None:
    numbers = "1|2|3|4|5\n"
    first, second = ROWS.splitlines(keepends=True)

    plan = plan_of(TITLE + HEADS + numbers + first + "\n3\n\n" + HEADS + numbers + second)

    assert rows_of(plan) == [FIRST, SECOND]
    assert plan.doubts == ()


def test_heads_further_down_may_name_the_columns_in_another_order() -> None:
    first, _ = ROWS.splitlines(keepends=True)
    other = "№|Сроки|Мероприятия|Результат|Ответственные\n2|октябрь|Анкетирование педагогов|Справка|психолог\n"

    plan = plan_of(TITLE + HEADS + first + other)

    assert rows_of(plan) == [FIRST, SECOND]


@pytest.mark.parametrize(
    "row",
    [
        "2|Анкетирование педагогов|психолог|октябрь|Справка",
        "2|Анкетирование педагогов|Психолог октябрь||Справка",
        "2|Анкетирование педагогов||Октябрь Психолог|Справка",
        "2|Анкетирование педагогов|Справка|психолог|октябрь",
        "2|октябрь|Анкетирование педагогов|психолог|Справка",
    ],
)
def test_cells_in_the_wrong_columns_are_told_by_what_they_hold(row: str) -> None:
    first, _ = ROWS.splitlines(keepends=True)

    plan = plan_of(TITLE + HEADS + first + row)

    number, title, term, responsible, result = rows_of(plan)[1]
    assert (number, title, term.lower(), tuple(map(str.lower, responsible)), result) == SECOND
    assert lines_of_doubts(plan) == [6]


def test_row_that_lost_its_number_is_read_from_its_wording_on() -> None:
    first, _ = ROWS.splitlines(keepends=True)

    plan = plan_of(TITLE + HEADS + first + "Анкетирование педагогов|октябрь|психолог|Справка\n")

    assert rows_of(plan) == [FIRST, (None, *SECOND[1:])]
    assert lines_of_doubts(plan) == [6]


def test_column_of_months_before_the_measures_holds_for_the_rows_below() -> None:
    text = "Месяц|Мероприятия|Ответственные\nСентябрь|Издание приказа|директор\n|Анкетирование педагогов|психолог\n"

    plan = plan_of(TITLE + text)

    assert [measure.term.text for measure in plan.measures] == ["Сентябрь", "Сентябрь"]
