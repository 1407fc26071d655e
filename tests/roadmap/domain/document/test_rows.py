"""Rows divided by pages and merged cells, rows that occur twice, rows that are no measures."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap.domain.blocks import Cell, Paragraph, Row
from roadmap.domain.document.understanding import understand
from tests.roadmap.domain.document.written import HEADS, ROWS, TITLE, lines_of_doubts, plan_of, rows_of

COLUMNS = ("№", "Мероприятия", "Сроки", "Ответственные", "Результат")
MEASURES = (
    ("1", "Издание приказа о наставничестве", "сентябрь", "директор", "Приказ"),
    ("2", "Анкетирование педагогов", "до 15.10.2024", "психолог, куратор", "Справка"),
    ("3", "Формирование наставнических пар", "ноябрь", "куратор", "Список пар"),
    ("4", "Проведение регулярных встреч", "в течение года", "наставники", "Журнал встреч"),
    ("5", "Мониторинг работы пар", "май", "методист", "Аналитическая справка"),
)


def _table(*rows: tuple[str | Cell, ...]) -> list[Row | Paragraph]:
    cells = [tuple(cell if isinstance(cell, Cell) else Cell(cell) for cell in row) for row in rows]
    return [Paragraph(TITLE.replace("\n", " "), 1), *(Row(row, line) for line, row in enumerate(cells, start=2))]


def test_row_goes_on_over_a_page() -> None:
    text = (
        "1|Организация работы сообщества по реализации|сентябрь|МКУ «ИМЦ»|Разработаны методические\n\n"
        "|модели наставничества.|||материалы.\n"
    )

    plan = plan_of(TITLE + HEADS + text)

    assert rows_of(plan) == [
        (
            "1",
            "Организация работы сообщества по реализации модели наставничества.",
            "сентябрь",
            ("МКУ «ИМЦ»",),
            "Разработаны методические материалы.",
        )
    ]


def test_end_of_a_wording_in_a_column_of_others_goes_back_to_it() -> None:
    text = "1|Оценка влияния программ на|сентябрь|директор|Приказ\n\n|||всех участников|\n"

    plan = plan_of(TITLE + HEADS + text)

    assert rows_of(plan) == [("1", "Оценка влияния программ на всех участников", "сентябрь", ("директор",), "Приказ")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "1|Формирование базы\nнаставников|сентябрь|директор|Приказ\n",
            ("1", "Формирование базы наставников", "сентябрь", ("директор",), "Приказ"),
        ),
        (
            "1|Формирование базы\nнаставников и\nнаставляемых|сентябрь|директор|Приказ\n",
            ("1", "Формирование базы наставников и наставляемых", "сентябрь", ("директор",), "Приказ"),
        ),
        (
            "1|Формирование базы|сентябрь|директор|Приказ\nоб утверждении\n",
            ("1", "Формирование базы", "сентябрь", ("директор",), "Приказ об утверждении"),
        ),
    ],
)
def test_row_broken_into_lines_is_put_together(text: str, expected: tuple[object, ...]) -> None:
    plan = plan_of(f"{TITLE}{HEADS}{text}2|Проведение встреч|май|куратор|Журнал\n")

    assert rows_of(plan)[0] == expected
    assert len(plan.measures) == 2


def test_number_left_alone_on_a_page_belongs_to_the_row_after_the_heads() -> None:
    plan = plan_of(f"{TITLE}{HEADS}1||сентябрь||\n\n{HEADS}|Издание приказа||директор|Приказ\n")

    assert rows_of(plan) == [("1", "Издание приказа", "сентябрь", ("директор",), "Приказ")]


def test_rows_under_one_merged_title_are_one_measure_with_all_their_terms() -> None:
    plan = understand(
        _table(
            COLUMNS,
            ("1", "Заседание совета наставников", "октябрь", "куратор", ""),
            (Cell("1", 1, True), Cell("Заседание совета наставников", 1, True), "апрель", "методист", ""),
        )
    )

    assert rows_of(plan) == [("1", "Заседание совета наставников", "октябрь, апрель", ("куратор", "методист"), None)]


def test_merged_cell_of_those_responsible_holds_for_each_of_its_rows() -> None:
    plan = understand(
        _table(
            COLUMNS,
            ("1", "Издание приказа", "сентябрь", "директор", ""),
            ("2", "Анкетирование педагогов", "октябрь", Cell("директор", 1, True), ""),
        )
    )

    assert [measure.responsible for measure in plan.measures] == [("директор",), ("директор",)]


def test_page_that_occurs_twice_is_read_once_with_the_fuller_wording() -> None:
    first = "1|Издание приказа|сентябрь|директор|Приказ\n2|Опрос учеников и педагог школы|октябрь|психолог|Справка\n"
    again = "1|Издание приказа|сентябрь|директор|Приказ\n2|Опрос учеников и педагоги школы|октябрь|психолог|Справка\n"

    plan = plan_of(f"{TITLE}{HEADS}{first}\n{TITLE}{HEADS}{again}3|Формирование пар|ноябрь|куратор|Приказ\n")

    assert [(number, title) for number, title, *_ in rows_of(plan)] == [
        ("1", "Издание приказа"),
        ("2", "Опрос учеников и педагоги школы"),
        ("3", "Формирование пар"),
    ]
    assert [doubt.message for doubt in plan.doubts] == [
        "Строки 12–13 повторяют уже прочитанное (со строки 5) и учтены один раз. "
        "Слова различаются в пунктах: 2; взят более полный текст."
    ]


def test_same_work_for_other_people_is_no_page_twice() -> None:
    plan = plan_of(f"{TITLE}{HEADS}I. Учителя||||\n{ROWS}II. Ученики||||\n{ROWS}")

    assert [(measure.number, measure.section) for measure in plan.measures] == [("1", 0), ("2", 0), ("1", 1), ("2", 1)]
    assert plan.doubts == ()


def test_numbered_meetings_are_no_copies_of_each_other() -> None:
    text = (
        "1|Заседание школьного совета наставников № 1|октябрь||\n1|Заседание школьного совета наставников № 2|май||\n"
    )

    plan = plan_of(TITLE + HEADS + text)

    assert len(plan.measures) == 2


def test_garbled_block_between_pages_is_left_out_with_its_line() -> None:
    garbled = "СПРАВКА ПЕДАГОГОВ НА\nАНКЕТИРОВАНИЕ ПЕДАГОГОВ ДЛЯ БУДУЩЕГО\n"

    plan = plan_of(f"{TITLE}{HEADS}{ROWS}\n{garbled}\n{HEADS}3|Формирование пар|ноябрь|куратор|Приказ\n")

    assert [measure.number for measure in plan.measures] == ["1", "2", "3"]
    assert lines_of_doubts(plan) == [8]


@pytest.mark.parametrize(
    "row",
    ["Директор||И.И. Иванов||", "||||", "И.о. директора|||П.П. Петрова|"],
    ids=["signature", "blank", "another signature"],
)
def test_row_that_is_no_measure_is_left_out(row: str) -> None:
    plan = plan_of(f"{TITLE}{HEADS}{ROWS}{row}\n")

    assert [measure.number for measure in plan.measures] == ["1", "2"]
    assert plan.doubts == ()


def test_text_after_the_table_is_no_measure() -> None:
    plan = plan_of(f"{TITLE}{HEADS}{ROWS}\nПерспективные результаты\nулучшение показателей;\n\nИ.И. Иванов\n")

    assert len(plan.measures) == 2
    assert plan.doubts == ()


def test_table_of_something_else_is_passed_over_with_its_line() -> None:
    pairs = (
        "\nСписок пар\n\n№|ФИО наставника|ФИО наставляемого\n1|Иванова А.А.|Петрова Б.Б.\n2|Орлова А.А.|Зуева Б.Б.\n"
    )

    plan = plan_of(TITLE + HEADS + ROWS + pairs)

    assert len(plan.measures) == 2
    assert lines_of_doubts(plan) == [10]


def test_long_plan_is_read_row_by_row() -> None:
    rows = (f"{at}|Проведение встречи № {at}|май 2025|куратор|Протокол № {at}\n" for at in range(1, 2001))
    text = "".join(f"{HEADS if at % 20 == 0 else ''}{row}" for at, row in enumerate(rows))

    plan = plan_of(TITLE + HEADS + text)

    assert [measure.number for measure in plan.measures] == [str(at) for at in range(1, 2001)]
    assert plan.doubts == ()


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(5)), st.integers(min_value=1, max_value=5))
def test_order_of_the_columns_and_heads_repeated_change_nothing(order: list[int], repeated_after: int) -> None:
    rows = [*MEASURES[:repeated_after], COLUMNS, *MEASURES[repeated_after:]]

    plan = understand(_table(*(tuple(row[at] for at in order) for row in [COLUMNS, *rows])))

    straight = understand(_table(COLUMNS, *MEASURES))
    assert plan.measures == straight.measures
    assert len(plan.measures) == 5
    assert plan.doubts == ()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.text(alphabet="аБв1. |«№-–()\n", max_size=12), min_size=1, max_size=6), max_size=8))
def test_no_row_is_lost_or_breaks_the_reading_among_odd_rows(odd: list[list[str]]) -> None:
    plan = understand(_table(COLUMNS, *MEASURES, *(tuple(row) for row in odd)))

    assert [measure.title for measure in plan.measures][:4] == [row[1] for row in MEASURES][:4]
