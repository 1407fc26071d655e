import pytest

from mentoring.domain.bank_sheet.fields import Bank, Field
from mentoring.domain.bank_sheet.layout import LayoutError, choose_sheet, find_layout
from mentoring.domain.bank_sheet.sheet import Sheet, SheetRow


def rows_of(*rows, first=1):
    return tuple(SheetRow(number, tuple(row)) for number, row in enumerate(rows, start=first))


def fields_of(layout):
    return {column.letter: column.field for column in layout.columns}


PERSON = ("Гоголь Ольга Сергеевна", "учитель", 18)


def test_header_is_found_under_titles():
    rows = rows_of(("База наставников",), ("на 15.09.2026",), ("ФИО", "Должность", "Стаж"), PERSON)

    layout = find_layout(rows, Bank.MENTORS)

    assert layout.header_row_numbers == (3,)
    assert layout.first_data_row == 4
    assert fields_of(layout) == {"A": Field.FULL_NAME, "B": Field.POST, "C": Field.EXPERIENCE}


def test_header_of_two_rows_takes_the_names_below_a_merged_cell():
    rows = rows_of(
        ("№ п/п", "ФИО", "Контактные данные", None, "Стаж", None, "Категория"),
        (None, None, "телефон", "e-mail", "общий", "пед.", None),
        (1, "Гоголь Ольга Сергеевна", "8 970", "a@b.ru", 20, 18, "первая"),
    )

    layout = find_layout(rows, Bank.MENTORS)

    assert layout.header_row_numbers == (1, 2)
    assert fields_of(layout) == {
        "A": Field.ROW_NUMBER,
        "B": Field.FULL_NAME,
        "C": Field.PHONE,
        "D": Field.EMAIL,
        "E": None,
        "F": Field.EXPERIENCE,
        "G": Field.CATEGORY,
    }
    assert layout.columns[3].header_text == "Контактные данные / e-mail"
    assert layout.columns[6].header_text == "Категория"


def test_name_divided_into_parts_by_the_second_row():
    rows = rows_of(
        ("ФИО", None, None, "Должность"),
        ("Фамилия", "Имя", "Отчество", None),
        ("Ли", "Вера", None, "учитель"),
    )

    layout = find_layout(rows, Bank.MENTEES)

    assert layout.header_row_numbers == (1, 2)
    assert fields_of(layout) == {
        "A": Field.SURNAME,
        "B": Field.GIVEN,
        "C": Field.PATRONYMIC,
        "D": Field.POST,
    }


def test_title_right_over_the_header_is_no_part_of_it():
    rows = rows_of(("Сведения о наставниках",), ("ФИО", "Должность"), ("Гоголь Ольга", "учитель"))

    layout = find_layout(rows, Bank.MENTORS)

    assert layout.header_row_numbers == (2,)
    assert [column.header_text for column in layout.columns] == ["ФИО", "Должность"]


def test_first_person_is_not_taken_for_a_second_header_row():
    rows = rows_of(("ФИО", "Должность"), ("Гоголь Ольга Сергеевна", "учитель"), ("Ли Вера", "учитель"))

    assert find_layout(rows, Bank.MENTORS).first_data_row == 2


def test_first_of_equal_headers_wins():
    header = ("ФИО", "Должность")
    rows = rows_of(header, ("Гоголь Ольга", "учитель"), header, ("Ли Вера", "учитель"))

    assert find_layout(rows, Bank.MENTORS).header_row_numbers == (1,)


def test_better_of_two_columns_for_one_field_wins():
    rows = rows_of(("ФИО", "Телефон рабочий", "Телефон"), ("Ли Вера", "1", "2"))

    assert fields_of(find_layout(rows, Bank.MENTORS)) == {"A": Field.FULL_NAME, "B": None, "C": Field.PHONE}


def test_column_without_header_is_offered_when_it_is_used():
    rows = rows_of(("ФИО",), ("Ли Вера", "a"), ("Ким Анна", "b", "once"))

    assert fields_of(find_layout(rows, Bank.MENTORS)) == {"A": Field.FULL_NAME, "B": None}


def test_missing_header_is_told_with_what_was_seen():
    rows = rows_of(("Класс", "Кабинет"), ("5а", 12))

    with pytest.raises(LayoutError) as caught:
        find_layout(rows, Bank.MENTEES)

    assert str(caught.value) == (
        "Не нашли строку заголовков. Нужен столбец с именем наставляемого: «ФИО» либо «Фамилия», «Имя», "
        "«Отчество». В таблице увидели: «Класс», «Кабинет», «5а»."
    )


def test_sheet_without_texts_is_told_as_such():
    with pytest.raises(LayoutError, match="нет ни одного текста"):
        find_layout(rows_of((1, 2), (3, 4)), Bank.MENTORS)


def test_mapping_of_a_person_overrides():
    layout = find_layout(rows_of(("ФИО", "Тел.", "Связь"), ("Ли Вера", "1", "a@b.ru")), Bank.MENTORS)

    changed = layout.with_mapping({1: None, 2: Field.EMAIL})

    assert fields_of(changed) == {"A": Field.FULL_NAME, "B": None, "C": Field.EMAIL}
    assert fields_of(layout)["B"] is Field.PHONE


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ({2: Field.PHONE}, "Столбцы B и C оба указаны как «Телефон»: оставьте один."),
        ({0: None}, "Не выбран столбец с именем: укажите «ФИО» или «Фамилия»."),
        ({7: Field.NOTE}, "В таблице нет столбца H."),
    ],
)
def test_contradictory_mapping_is_refused(mapping, message):
    layout = find_layout(rows_of(("ФИО", "Телефон", "Связь"), ("Ли Вера", "1", "a@b.ru")), Bank.MENTORS)

    with pytest.raises(LayoutError) as caught:
        layout.with_mapping(mapping)

    assert str(caught.value) == message


def test_sheet_with_most_columns_is_chosen_and_others_are_named():
    sheets = (
        Sheet("Инструкция", rows_of(("Заполните лист",))),
        Sheet("2025", rows_of(("ФИО", "Должность"), ("Ли Вера", "учитель"))),
        Sheet("2026", rows_of(("ФИО", "Должность", "Стаж"), ("Ли Вера", "учитель", 1))),
        Sheet("Бланк", rows_of(("ФИО", "Должность", "Стаж", "Категория"))),
    )

    choice = choose_sheet(sheets, Bank.MENTORS)

    assert choice.sheet.name == "2026"
    assert choice.layout.header_row_numbers == (1,)
    assert choice.others == ("2025",)


def test_no_readable_sheet_is_told_with_the_texts_of_all():
    sheets = (Sheet("а", rows_of(("первый",))), Sheet("б", rows_of(("второй",))))

    with pytest.raises(LayoutError, match="«первый», «второй»"):
        choose_sheet(sheets, Bank.MENTORS)
