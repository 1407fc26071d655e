"""Stages, sections and the measures in them."""

import pytest

from roadmap.domain.document.numerals import glued_number, heading_of, number_of
from roadmap.domain.plan import Section
from tests.roadmap.domain.document.written import HEADS, ROWS, TITLE, headings_of, lines_of_doubts, plan_of, rows_of


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1", "1"),
        ("1.", "1"),
        ("1)", "1"),
        ("п. 1", "1"),
        ("№ 7", "7"),
        ("2.1.", "2.1"),
        ("2. 1", "2.1"),
        ("1.2.3", "1.2.3"),
        ("IV.", "IV"),
        ("ІІ", "II"),
        ("а)", "а"),
        ("", None),
        ("сентябрь", None),
        ("01.09.2024", None),
        ("Х", "X"),
        ("и", None),
    ],
)
def test_number_is_read_without_what_surrounds_it(cell: str, number: str | None) -> None:
    assert number_of(cell) == number


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("1.1. Проведение встреч", "1.1", "Проведение встреч"),
        ("1.1 Проведение встреч", "1.1", "Проведение встреч"),
        ("3) Проведение встреч", "3", "Проведение встреч"),
        ("II. Основной этап", "II", "Основной этап"),
        ("5 встреч за год", None, "5 встреч за год"),
        ("01.09.2024 – начало", None, "01.09.2024 – начало"),
        ("Проведение встреч", None, "Проведение встреч"),
    ],
)
def test_number_before_a_wording_is_parted_from_it(text: str, number: str | None, rest: str) -> None:
    assert glued_number(text) == (number, rest)


@pytest.mark.parametrize(
    ("text", "number", "title"),
    [
        ("I. Подготовка условий", "I", "Подготовка условий"),
        ("Этап 1. Отбор", "1", "Отбор"),
        ("Раздел II: Отбор", "II", "Отбор"),
        ("2 этап – основной", "2", "основной"),
        ("I этап", "I", "I этап"),
        ("1. Подготовительный этап (август)", "1", "Подготовительный этап (август)"),
        ("Организационная работа", None, "Организационная работа"),
    ],
)
def test_heading_is_parted_from_its_number(text: str, number: str | None, title: str) -> None:
    heading = heading_of(text)

    assert (heading.number, heading.title) == (number, title)


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (
            ["I. Подготовка", "1. Нормы", "*", "2. Кадры", "*", "II. Работа", "*"],
            [("I", "Подготовка", None), ("1", "Нормы", 0), ("2", "Кадры", 0), ("II", "Работа", None)],
        ),
        (
            ["Раздел 1. Начало", "1.1. Нормы", "*", "1.2. Кадры", "*", "Раздел 2. Работа", "*"],
            [("1", "Начало", None), ("1.1", "Нормы", 0), ("1.2", "Кадры", 0), ("2", "Работа", None)],
        ),
        (
            ["Работа с кадрами", "*", "Работа с семьёй", "*"],
            [(None, "Работа с кадрами", None), (None, "Работа с семьёй", None)],
        ),
        (
            ["I. Подготовка", "Работа с кадрами", "*", "Работа с семьёй", "*", "II. Итоги", "*"],
            [
                ("I", "Подготовка", None),
                (None, "Работа с кадрами", 0),
                (None, "Работа с семьёй", 0),
                ("II", "Итоги", None),
            ],
        ),
        (
            ["Работа с кадрами", "1. Нормы", "*", "2. Отбор", "*", "Работа с семьёй", "*"],
            [
                (None, "Работа с кадрами", None),
                ("1", "Нормы", 0),
                ("2", "Отбор", 0),
                (None, "Работа с семьёй", None),
            ],
        ),
    ],
)
def test_sections_stand_under_each_other_by_their_numerals(
    headings: list[str], expected: list[tuple[str | None, str, int | None]]
) -> None:
    lines = [
        f"|Проведение встречи {at}|сентябрь|директор|Приказ\n" if heading == "*" else f"{heading}||||\n"
        for at, heading in enumerate(headings)
    ]

    plan = plan_of(TITLE + HEADS + "".join(lines))

    assert headings_of(plan) == expected


def test_stage_has_task_and_result_and_is_a_measure_if_it_has_none() -> None:
    text = (
        "1|Подготовка <p>Задача: сбор запросов</p> <p>Результат: запросы собраны</p>|||\n"
        "2|<b>Отбор</b> Задача: найти наставников Результат: наставники найдены|||\n"
        "2.1|Анкетирование педагогов|октябрь|психолог|\n"
    )

    plan = plan_of(TITLE + HEADS + text)

    assert plan.sections == (
        Section("1", "Подготовка", None, "сбор запросов", "запросы собраны"),
        Section("2", "Отбор", None, "найти наставников", "наставники найдены"),
    )
    assert [(measure.number, measure.section, measure.title, measure.result) for measure in plan.measures] == [
        ("1", 0, "Подготовка", "запросы собраны"),
        ("2.1", 1, "Анкетирование педагогов", None),
    ]


def test_stage_without_a_title_is_called_by_its_goal() -> None:
    text = "1|Цель: укрепить отношения Результат: отношения крепки|||\n1.1|Встречи пар|октябрь|куратор|\n"

    plan = plan_of(TITLE + HEADS + text)

    assert plan.sections == (Section("1", "укрепить отношения", None, "укрепить отношения", "отношения крепки"),)
    assert lines_of_doubts(plan) == [5]


def test_goal_in_a_row_of_its_own_belongs_to_the_stage_above() -> None:
    plan = plan_of(f"{TITLE}{HEADS}I. Отбор||||\nЗадача: найти наставников||||\n{ROWS}")

    assert plan.sections == (Section("I", "Отбор", None, "найти наставников"),)
    assert [measure.section for measure in plan.measures] == [0, 0]


def test_headings_may_stand_between_the_tables() -> None:
    first, second = ROWS.splitlines(keepends=True)

    plan = plan_of(f"{TITLE}I. Подготовительный этап\n{HEADS}{first}\nII. Основной этап\n{HEADS}{second}")

    assert headings_of(plan) == [("I", "Подготовительный этап", None), ("II", "Основной этап", None)]
    assert [measure.section for measure in plan.measures] == [0, 1]


def test_row_with_parts_is_their_section_and_the_next_row_is_not_in_it() -> None:
    text = (
        "1|Нормативное обеспечение|||\n1.1|Издание приказа|сентябрь|директор|Приказ\n"
        "2|Мониторинг работы пар|май|куратор|Справка\n"
    )

    plan = plan_of(TITLE + HEADS + text)

    assert headings_of(plan) == [("1", "Нормативное обеспечение", None)]
    assert [(measure.number, measure.section) for measure in plan.measures] == [("1.1", 0), ("2", None)]


def test_term_of_a_section_holds_for_measures_without_their_own() -> None:
    text = (
        "1. Подготовительный этап (август – сентябрь)||||\n"
        "1.1|Издание приказа||директор|\n1.2|Анкетирование педагогов|октябрь|психолог|\n"
    )

    plan = plan_of(TITLE + HEADS + text)

    assert [measure.term.text for measure in plan.measures] == ["август – сентябрь", "октябрь"]
    assert plan.doubts == ()


def test_column_of_stages_gives_the_sections() -> None:
    text = (
        "№|Этап|Мероприятия|Срок|Ответственный\n1|Подготовительный|Издание приказа|сентябрь|директор\n"
        "||Анкетирование педагогов|октябрь|психолог\n2|Основной|Встречи пар|ноябрь|куратор\n"
    )

    plan = plan_of(TITLE + text)

    assert headings_of(plan) == [("1", "Подготовительный", None), ("2", "Основной", None)]
    assert [(measure.number, measure.section) for measure in plan.measures] == [(None, 0), (None, 0), (None, 1)]


@pytest.mark.parametrize("more", ["", "|Сроки|Ответственный"])
def test_stages_of_one_row_each_with_lists_are_the_measures(more: str) -> None:
    cells = "|сентябрь|директор" if more else ""
    text = (
        f"№|Наименование этапа|Содержание деятельности{more}\n"
        f"1.|Отбор|1) Анкетирование педагогов. 2) Обучение: - лекции; - семинары.{cells}\n"
        f"2.|Работа|1) Формирование пар; 2) Встречи пар.{cells}\n"
    )

    plan = plan_of(TITLE + text)

    assert plan.sections == ()
    assert [(measure.number, measure.title, measure.details) for measure in plan.measures] == [
        ("1", "Отбор", ("Анкетирование педагогов.", "Обучение", "лекции", "семинары.")),
        ("2", "Работа", ("Формирование пар", "Встречи пар.")),
    ]


def test_measures_numbered_inside_one_cell_are_told_apart() -> None:
    text = (
        "Этап|Содержание деятельности|Сроки|Ответственный\n"
        "Подготовка|1.1. Издание приказа 1.2. Анкетирование педагогов|сентябрь|директор\n"
    )

    plan = plan_of(TITLE + text)

    assert rows_of(plan) == [
        ("1.1", "Издание приказа", "сентябрь", ("директор",), None),
        ("1.2", "Анкетирование педагогов", "сентябрь", ("директор",), None),
    ]


def test_stages_measures_and_what_they_contain_stand_in_three_columns() -> None:
    text = (
        "№|Наименование этапа|Мероприятия|Содержание деятельности|Сроки|Ответственные\n"
        "1|Подготовка|Изучение материалов|1. Изучение писем. 2. Подготовка папок.|октябрь|Куратор\n"
        "||Подготовка нормативной базы|Издание приказа|октябрь|Директор\n"
    )

    plan = plan_of(TITLE + text)

    assert headings_of(plan) == [("1", "Подготовка", None)]
    assert [(measure.title, measure.details) for measure in plan.measures] == [
        ("Изучение материалов", ("Изучение писем.", "Подготовка папок.")),
        ("Подготовка нормативной базы", ("Издание приказа",)),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        "Отбор|||\nАнкетирование педагогов|октябрь|психолог|Справка\nРабота|||\nПроведение встреч|май|куратор|Журнал\n"
        "Формирование базы|май|куратор|База\n",
        "I. Отбор|||\nАнкетирование педагогов|октябрь|психолог|Справка\nII. Работа|||\n"
        "Проведение встреч|май|куратор|Журнал\nФормирование базы|май|куратор|База\n",
    ],
)
def test_headings_are_told_in_a_table_without_numbers(rows: str) -> None:
    plan = plan_of(f"{TITLE}Мероприятия|Сроки|Ответственные|Результат\n{rows}")

    assert [title for _, title, _ in headings_of(plan)] == ["Отбор", "Работа"]
    assert [measure.section for measure in plan.measures] == [0, 1, 1]


def test_numbers_twice_or_left_out_are_doubts_with_their_lines() -> None:
    text = "1|Издание приказа|май|директор|\n1|Опрос семей|май|куратор|\n4|Отчёт наставников|май|куратор|\n"

    plan = plan_of(TITLE + HEADS + text)

    assert [(doubt.line, doubt.message) for doubt in plan.doubts] == [
        (6, "Номер 1 в разделе повторяется (строка 5)."),
        (7, "После номера 1 стоит 4: проверьте, нет ли пропуска."),
    ]


def test_what_others_have_and_a_row_lacks_is_a_doubt() -> None:
    text = f"{ROWS}3|Встречи пар||куратор|Журнал\n4|Отчёт наставников|30 февраля 2025||Отчёт\n"

    plan = plan_of(TITLE + HEADS + text)

    assert [(doubt.line, doubt.message) for doubt in plan.doubts] == [
        (7, "Срок не указан."),
        (8, "В феврале 2025 года нет 30-го числа."),
        (8, "Ответственные не указаны."),
    ]
