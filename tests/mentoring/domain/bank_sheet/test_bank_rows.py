from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.domain.bank_sheet.field_parsers import NOT_READ, parse_field
from mentoring.domain.bank_sheet.field_rules import RULES
from mentoring.domain.bank_sheet.fields import NAME_FIELDS, Bank, Field
from mentoring.domain.bank_sheet.layout import Column, Layout, LayoutError, find_layout
from mentoring.domain.bank_sheet.records import BankRow, Finding, Note
from mentoring.domain.bank_sheet.rows import read_rows
from mentoring.domain.bank_sheet.sheet import SheetRow, column_letter
from mentoring.domain.bank_sheet.values import (
    Category,
    ClaimedConsent,
    Gender,
    MenteeCategory,
    MentoringForm,
)

TODAY = date(2026, 9, 30)


def read(*rows, bank=Bank.MENTORS):
    numbered = tuple(SheetRow(number, tuple(row)) for number, row in enumerate(rows, start=1))
    return read_rows(numbered, find_layout(numbered, bank), bank, today=TODAY)


def remarks(row):
    return [(finding.column_letter, finding.level, finding.message) for finding in row.findings]


def test_row_of_a_mentor_is_read_whole():
    sheet = read(
        ("ФИО", "Должность, предмет", "Контакты", "Категория", "Стаж", "Принят", "Год рождения", "Пол",
         "Дата вхождения", "Примечание", "Согласие на участие", "Компетенции", "Кол-во наставляемых",
         "Ресурс времени", "Достижения", "Интересы", "Желаемый возраст", "Форма наставничества"),
        ("Гоголь Ольга Сергеевна", "учитель, химия", "8 970 767-58-36, a@b.ru", "Высшая, 2021", 18, date(2010, 9, 1),
         1985, "ж", "14.09.2026", "хвалят", "нет", "ЕГЭ; урок", "до 3", "1,5 ч", "грамота", "шахматы, лыжи",
         "до 35", "педагог – педагог"),
    )  # fmt: skip

    assert sheet.rows == (
        BankRow(
            number=2, surname="Гоголь", given="Ольга", patronymic="Сергеевна", post="учитель", subject="химия",
            email="a@b.ru", phone="+7 970 767-58-36", category=Category.HIGHEST, category_year=2021, experience=18,
            hired_on=date(2010, 9, 1), birth_year=1985, gender=Gender.FEMALE, entered_on=date(2026, 9, 14),
            note="хвалят", consent_participation=ClaimedConsent(claimed=False), competences=("ЕГЭ", "урок"),
            capacity=3, hours=Decimal("1.5"), achievements="грамота", interests=("шахматы", "лыжи"),
            desired_age="до 35", forms=(MentoringForm.TEACHER_TEACHER,),
        ),
    )  # fmt: skip
    assert sheet.notes == ()
    assert not sheet.rows[0].is_faulty


def test_row_of_a_mentee_is_read_whole():
    sheet = read(
        ("Фамилия", "Имя", "Отчество", "Класс", "Запрос", "Категория наставляемого", "Ожидания"),
        ("Ли", "Вера", "Сергеевна", "7 Б", "химия, ЕГЭ", "новичок", "успехи"),
        bank=Bank.MENTEES,
    )

    assert sheet.rows == (
        BankRow(
            number=2, surname="Ли", given="Вера", patronymic="Сергеевна", class_name="7 Б",
            requests=("химия", "ЕГЭ"), mentee_category=MenteeCategory.NEWCOMER, expectations="успехи",
        ),
    )  # fmt: skip


def test_finding_names_the_cell_and_shows_its_value():
    sheet = read(("ФИО", "Стаж (пед.)"), ("Гоголь Ольга Сергеевна", 120))

    finding = Finding(2, "B", "Стаж (пед.)", "fault", "стаж не может быть 120\xa0лет", "120")
    assert sheet.rows[0].findings == (finding,)
    assert sheet.rows[0].experience is None
    assert sheet.rows[0].is_faulty


def test_long_value_is_shown_shortened():
    finding = read(("ФИО", "Достижения"), ("Гоголь Ольга Сергеевна", "а" * 1001)).rows[0].findings[0]

    assert finding.shown_value == "а" * 199 + "…"


def test_doubt_lets_the_row_in():
    row = read(("ФИО", "Стаж"), ("Гоголь Ольга", "менее года")).rows[0]

    assert remarks(row) == [
        ("A", "doubt", "отчество не указано"),
        ("B", "doubt", "стаж меньше года: взято 0 лет"),
    ]
    assert not row.is_faulty


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("Ли", "Вера", None), [("C", "doubt", "отчество не указано")]),
        (("Ли", None, "Сергеевна"), [("B", "fault", "имя не указано")]),
        ((None, "Вера", "Сергеевна"), [("A", "fault", "в строке есть данные, но нет имени")]),
        (("Л1", "Вера", "Сергеевна"), [("A", "fault", "в имени цифры")]),
        (("-", "Вера", "Сергеевна"), [("A", "fault", "фамилия не указана")]),
    ],
)
def test_name_in_three_columns_tells_what_is_missing(cells, expected):
    assert remarks(read(("Фамилия", "Имя", "Отчество"), cells).rows[0]) == expected


def test_whole_name_in_the_column_of_surnames_is_read():
    row = read(("Фамилия", "Должность"), ("Ли Вера Сергеевна", "учитель")).rows[0]

    assert (row.surname, row.given, row.patronymic) == ("Ли", "Вера", "Сергеевна")


def test_surname_of_two_words_beside_a_given_name_stays_a_surname():
    row = read(("Фамилия", "Имя", "Отчество"), ("Салтыков Щедрин", "Михаил", "Евграфович")).rows[0]

    assert (row.surname, row.given, row.findings) == ("Салтыков Щедрин", "Михаил", ())


def test_parts_are_read_where_the_whole_name_is_blank():
    row = read(("ФИО", "Фамилия", "Имя", "Отчество"), (None, "Ли", "Вера", "Сергеевна")).rows[0]

    assert (row.surname, row.given) == ("Ли", "Вера")


def test_separate_subject_is_not_lost_to_a_combined_column():
    row = read(("ФИО", "Должность, предмет", "Предмет"), ("Ли Вера Сергеевна", "учитель", "химия")).rows[0]

    assert (row.post, row.subject) == ("учитель", "химия")


@pytest.mark.parametrize(
    ("cells", "note"),
    [
        (("Куратор ____________ /        /",), "подпись или итог, не человек: «Куратор ____________ / /»"),
        ((None, "Директор", "Иванова И.И."), "подпись или итог, не человек: «Директор»"),
        (("Итого: 18",), "подпись или итог, не человек: «Итого: 18»"),
        ((None, "Всего", 18), "подпись или итог, не человек: «Всего»"),
        ((7,), "в строке только номер, имени нет"),
        (("8.",), "в строке только номер, имени нет"),
        (("№ п/п", "ФИО", "Должность", "Стаж"), "заголовок повторён, строка пропущена"),
        ((1, 2, 3, 4), "строка с номерами столбцов пропущена"),
        (("1", "2", "3", "4"), "строка с номерами столбцов пропущена"),
        ((None, "Учителя начальных классов"), "подзаголовок, не человек: «Учителя начальных классов»"),
        (("ШМО естественных наук",), "в строке нет имени, заполнена одна ячейка: «ШМО естественных наук»"),
        ((None, None, None, "лишнее"), "в строке нет имени, заполнена одна ячейка: «лишнее»"),
        ((None, "* по согласованию"), "сноска, не человек: «* по согласованию»"),
    ],
)
def test_row_that_is_no_person_becomes_a_note(cells, note):
    sheet = read(("№ п/п", "ФИО", "Должность", "Стаж"), (1, "Ли Вера Сергеевна", "учитель", 3), cells)

    assert [row.number for row in sheet.rows] == [2]
    assert sheet.notes == (Note(3, note),)


@pytest.mark.parametrize("cells", [(2, None, "учитель", 5), (None, None, "учитель", 5), (2, None, "учитель")])
def test_row_with_data_but_without_a_name_is_a_fault(cells):
    sheet = read(("№", "ФИО", "Должность", "Стаж"), cells)

    assert remarks(sheet.rows[0]) == [("B", "fault", "в строке есть данные, но нет имени")]
    assert sheet.notes == ()


def test_person_whose_surname_begins_as_a_post_is_a_person():
    row = read(("ФИО", "Должность"), ("Директоров Иван Иванович", "учитель")).rows[0]

    assert row.surname == "Директоров"


def test_columns_not_read_are_told_once():
    sheet = read(
        ("ФИО", "Место работы", "Образование", "Кабинет"),
        ("Ли Вера Сергеевна", "СОШ № 1", "высшее"),
        ("Ким Анна Сергеевна", "СОШ № 1", "высшее"),
    )

    assert sheet.notes == (
        Note(1, "столбец B «Место работы» не прочитан: организация берётся не из файла"),
        Note(1, "столбец C «Образование» не распознан и не прочитан"),
    )


def test_column_without_header_and_stray_cell_are_told():
    sheet = read(("ФИО",), ("Ли Вера Сергеевна", "a", "один раз"), ("Ким Анна Сергеевна", "b"))

    assert sheet.notes == (
        Note(1, "столбец B не распознан и не прочитан"),
        Note(2, "ячейка C2 вне таблицы не прочитана: «один раз»"),
    )


def test_category_of_a_mentee_is_taken_from_a_note_and_told():
    sheet = read(("ФИО", "Примечание"), ("Ли Вера Сергеевна", "после декрета"), bank=Bank.MENTEES)

    assert sheet.rows[0].mentee_category is MenteeCategory.AFTER_BREAK
    assert sheet.rows[0].note == "после декрета"
    assert sheet.notes == (Note(None, "категория наставляемого взята из столбца «Примечание»"),)


def test_marks_of_consents_become_one_note_a_column():
    sheet = read(
        ("ФИО", "Согласие на обработку", "Согласие на участие"),
        ("Ли Вера Сергеевна", "да", "01.09.2026"),
        ("Ким Анна Сергеевна", "нет", "01.10.2026"),
        ("Пак Инна Сергеевна", "+", None),
    )

    assert [note.message for note in sheet.notes] == [
        "отметки о согласиях в столбце B: 2; это не согласия, бумаги нужно получить",
        "отметки о согласиях в столбце C: 2; это не согласия, бумаги нужно получить",
    ]
    assert [remarks(row) for row in sheet.rows] == [[], [("C", "doubt", "дата согласия ещё не наступила")], []]


def test_note_of_a_mentor_gives_no_category():
    sheet = read(("ФИО", "Примечание"), ("Ли Вера Сергеевна", "после декрета"))

    assert (sheet.rows[0].mentee_category, sheet.notes) == (None, ())


def test_equal_looking_cells_of_different_kinds_are_not_mixed_up():
    sheet = read(
        ("ФИО", "Кол-во наставляемых"), ("Ли Вера Сергеевна", 1), ("Ким Анна Сергеевна", True), ("Пак Ян Ли", 1.0)
    )

    assert [row.capacity for row in sheet.rows] == [1, None, 1]


TABLE = ("ФИО", "E-mail", "Телефон", "Год рождения", "Дата приёма", "Стаж")
ANNA = "Ковалёва Анна Ивановна"
UNCLEAR = (
    "то же имя, что в строке 2: нельзя понять, один это человек или два: "
    "добавьте столбец с e-mail, телефоном, годом рождения или датой приёма на работу"
)


@pytest.mark.parametrize(
    ("first", "second", "by"),
    [
        (("a@b.ru",), ("c@b.ru",), "e-mail"),
        ((None, "89707675836"), (None, "89707675837"), "телефону"),
        ((None, None, 1985), (None, None, 1986), "году рождения"),
        ((None, None, None, date(2020, 9, 1)), (None, None, None, date(2021, 9, 1)), "дате приёма на работу"),
    ],
)
def test_namesakes_come_in_with_a_doubt_on_both(first, second, by):
    sheet = read(TABLE, (ANNA, *first), ("КОВАЛЕВА Анна Ивановна", *second))

    message = f"два человека с одним именем: строки 2 и 3, различаются по {by}"
    assert remarks(sheet.rows[0]) == [("A", "doubt", message)]
    assert ("A", "doubt", message) in remarks(sheet.rows[1])
    assert not any(row.is_faulty for row in sheet.rows)


def test_three_namesakes_are_listed_together():
    sheet = read(TABLE, (ANNA, "a@b.ru"), (ANNA, "b@b.ru"), (ANNA, "c@b.ru"))

    message = "три человека с одним именем: строки 2, 3 и 4, различаются по e-mail"
    assert [remarks(row) for row in sheet.rows] == [[("A", "doubt", message)]] * 3


def test_row_written_twice_is_a_fault_of_the_second():
    sheet = read(TABLE, (ANNA, "a@b.ru", None, None, None, 5), (ANNA, "a@b.ru", None, None, None, 5))

    assert remarks(sheet.rows[0]) == []
    assert remarks(sheet.rows[1]) == [("A", "fault", "строка повторяет строку 2")]


@pytest.mark.parametrize("second", [(None,), ("A@B.RU", None, None, None, 6), ("a@b.ru", "89707675836")])
def test_namesakes_that_cannot_be_told_apart_are_a_fault_of_the_second(second):
    sheet = read(TABLE, (ANNA, "a@b.ru"), (ANNA, *second))

    assert remarks(sheet.rows[0]) == []
    assert remarks(sheet.rows[1]) == [("A", "fault", UNCLEAR)]


def test_very_many_namesakes_are_not_compared_for_ever():
    sheet = read(TABLE, *((ANNA, f"a{number}@b.ru") for number in range(3000)))

    assert sum(row.is_faulty for row in sheet.rows) == 2950


CELLS = st.one_of(
    st.none(),
    st.text(max_size=40),
    st.text("0123456789.,-–/ гл\nчелсмдо()+@#=", max_size=15),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
)


@given(st.sampled_from(Bank), st.data())
@settings(max_examples=300)
def test_no_parser_raises_and_every_value_has_at_most_one_remark(bank, data):
    field = data.draw(st.sampled_from([rule.field for rule in RULES[bank] if rule.field not in NOT_READ]))
    cell = data.draw(CELLS)

    parsed = parse_field(field, cell, today=TODAY)

    assert not (parsed.doubt and parsed.fault)
    assert parsed.fault is None or parsed.value is None


@given(st.sampled_from(Bank), st.data())
@settings(max_examples=150, deadline=timedelta(seconds=2))
def test_every_row_is_read_or_noted_whatever_stands_in_it(bank, data):
    fields = list(dict.fromkeys(rule.field for rule in RULES[bank]))
    columns = tuple(Column(at, column_letter(at), (field.value,), field) for at, field in enumerate(fields))
    rows = tuple(
        SheetRow(number, tuple(data.draw(st.lists(CELLS, min_size=1, max_size=len(fields))))) for number in range(2, 5)
    )

    sheet = read_rows(rows, Layout((1,), columns, 2), bank, today=TODAY)

    told = {row.number for row in sheet.rows} | {note.row for note in sheet.notes}
    assert {row.number for row in rows} <= told
    assert all(row.surname or row.is_faulty for row in sheet.rows)


def layout_or_refusal(rows, bank):
    try:
        return find_layout(rows, bank)
    except LayoutError as error:
        return str(error)


@given(st.lists(st.lists(CELLS, max_size=6), max_size=6), st.sampled_from(Bank))
def test_find_layout_gives_a_layout_with_a_name_or_refuses(rows, bank):
    found = layout_or_refusal([SheetRow(number, tuple(row)) for number, row in enumerate(rows, start=1)], bank)

    if isinstance(found, Layout):
        assert NAME_FIELDS & {column.field for column in found.columns}
    else:
        assert found.startswith("Не нашли строку заголовков.")


def test_ten_thousand_rows_are_read_in_seconds():
    people = [
        (number, f"Ли{'а' * (number % 7)} Вера{'бвгде'[number % 5]} Сергеевна{'н' * (number // 900)}", "учитель, химия",
         f"8 9{number:09d}", f"t{number}@example.org", "Высшая, 2021 г.", f"{number % 60} лет",
         f"ЕГЭ; урок {number}; родители", "2 чел.", "14.09.2026")
        for number in range(1, 10_001)
    ]  # fmt: skip
    header = ("№ п/п", "ФИО", "Должность, предмет", "Телефон", "E-mail", "Категория", "Стаж", "Компетенции",
              "Кол-во наставляемых", "Дата вхождения")  # fmt: skip
    started = datetime.now()  # noqa: DTZ005

    sheet = read(header, *people)

    assert len(sheet.rows) == 10_000
    assert datetime.now() - started < timedelta(seconds=5)  # noqa: DTZ005 -- about 1 s on an idle machine


def test_replaced_layout_reads_what_a_person_chose():
    numbered = (SheetRow(1, ("ФИО", "Код")), SheetRow(2, ("Ли Вера Сергеевна", "a@b.ru")))
    layout = find_layout(numbered, Bank.MENTORS).with_mapping({1: Field.EMAIL})

    row = read_rows(numbered, layout, Bank.MENTORS, today=TODAY).rows[0]

    assert row == replace(row, email="a@b.ru", findings=())
