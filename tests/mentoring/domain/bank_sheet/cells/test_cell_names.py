import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.domain.bank_sheet.cells import names
from mentoring.domain.bank_sheet.cells.names import parse_full_name, parse_name_part
from mentoring.domain.bank_sheet.values import PersonName


@pytest.mark.parametrize(
    ("cell", "name", "doubt"),
    [
        ("Гоголь  Ольга Сергеевна ", ("Гоголь", "Ольга", "Сергеевна"), None),
        ("Ковалёв Тимур\nДашиевич", ("Ковалёв", "Тимур", "Дашиевич"), None),
        ("Римская - Корсакова Анна-Мария Ильинична", ("Римская-Корсакова", "Анна-Мария", "Ильинична"), None),
        ("ЦЫРЕНОВ Игорь Иванович", ("Цыренов", "Игорь", "Иванович"), names.CAPITALS),
        ("РИМСКАЯ-КОРСАКОВА АННА ИЛЬИНИЧНА", ("Римская-Корсакова", "Анна", "Ильинична"), names.CAPITALS),
        ("иванов иван иванович", ("Иванов", "Иван", "Иванович"), names.CAPITALS),
        ("Иванов И.И.", ("Иванов", "И.", "И."), names.INITIALS),
        ("И. И. Иванов", ("Иванов", "И.", "И."), names.INITIALS),
        ("Иванов И.", ("Иванов", "И.", None), names.INITIALS),
        ("Иванов Иван И.", ("Иванов", "Иван", "И."), names.INITIALS),
        ("Иванов И И", ("Иванов", "И", "И"), names.INITIALS),
        ("ИВАНОВ и.и.", ("Иванов", "И.", "И."), f"{names.CAPITALS}; {names.INITIALS}"),
        ("Ли Вера", ("Ли", "Вера", None), names.NO_PATRONYMIC),
        ("Ирина Петровна Лебедева", ("Лебедева", "Ирина", "Петровна"), names.GIVEN_FIRST),
        ("Абрамович Роман Аркадьевич", ("Абрамович", "Роман", "Аркадьевич"), None),
        ("Мамедов Али Гасан оглы", ("Мамедов", "Али", "Гасан оглы"), None),
        ("Мамедов Али Гасан Оглы", ("Мамедов", "Али", "Гасан оглы"), names.CAPITALS),
        ("Салтыков Щедрин Михаил Евграфович", ("Салтыков Щедрин", "Михаил", "Евграфович"), names.FOUR_WORDS),
        ("Ивaнoв Иван Иванович", ("Иванов", "Иван", "Иванович"), names.LATIN_LETTERS),
        ("Smith John", ("Smith", "John", None), f"{names.ALL_LATIN}; {names.NO_PATRONYMIC}"),
        ("О’Коннор Анна Ивановна", ("О’Коннор", "Анна", "Ивановна"), None),
    ],
)
def test_full_name_is_read(cell, name, doubt):
    parsed = parse_full_name(cell)

    assert parsed.fault is None
    assert parsed.value == PersonName(*name)
    assert parsed.doubt == doubt


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("Иванов Иван 2", "в имени цифры"),
        (12, "в имени цифры"),
        ("Вакансия", "в имени только одно слово: нужны фамилия и имя"),
        ("Иванова Мария, учитель", "в имени посторонние знаки"),
        ("Иванова (Петрова) Мария", "в имени посторонние знаки"),
        ("Иванов Иван - учитель", "в имени посторонние знаки"),
        ("=cmd|' /C calc'!A0", "в имени цифры"),
        ("Иванов Ivan", "в имени смешаны русские и латинские буквы"),
        ("И.И.И. Иванов", "не удалось понять, где фамилия, а где инициалы"),
        ("#ССЫЛКА!", "в ячейке ошибка электронной таблицы «#ССЫЛКА!»"),
        (f"{'а' * 101} Иван", "имя длиннее 100 знаков"),
    ],
)
def test_what_is_no_name_is_a_fault(cell, fault):
    parsed = parse_full_name(cell)

    assert (parsed.value, parsed.fault) == (None, fault)


@pytest.mark.parametrize(
    ("cell", "value", "doubt"),
    [
        ("Фёдоров", "Фёдоров", None),
        ("ФЁДОРОВ", "Фёдоров", names.CAPITALS),
        ("Оглы", "оглы", names.CAPITALS),
        ("Гасан оглы", "Гасан оглы", None),
        ("И.", "И.", names.INITIALS),
        ("-", None, None),
        (None, None, None),
    ],
)
def test_part_of_a_name_is_read(cell, value, doubt):
    parsed = parse_name_part(cell)

    assert (parsed.value, parsed.doubt, parsed.fault) == (value, doubt, None)


def test_decomposed_letters_are_put_together():
    assert parse_name_part(unicodedata.normalize("NFD", "Йёлкин")).value == "Йёлкин"


WORD = st.text("абвгдежзийклмнопрстуфхцчшщъыьэюяё", min_size=2, max_size=12).map(str.capitalize)


@given(WORD, WORD, WORD)
def test_three_plain_words_keep_all_their_letters(surname, given_name, patronymic):
    value = parse_full_name(f" {surname}  {given_name}\n{patronymic}").value

    assert value is not None
    told = f"{value.surname} {value.given} {value.patronymic}".lower()
    assert sorted(told.split()) == sorted([surname.lower(), given_name.lower(), patronymic.lower()])
