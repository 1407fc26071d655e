import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.domain.bank_sheet.columns import labels, normal_header, recognise
from mentoring.domain.bank_sheet.field_rules import RULES
from mentoring.domain.bank_sheet.fields import Bank, Field


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("№ п/п", Field.ROW_NUMBER),
        ("№", Field.ROW_NUMBER),
        ("ФИО наставника", Field.FULL_NAME),
        ("Ф. И. О.", Field.FULL_NAME),
        ("Фамилия, имя, отчество (при наличии)", Field.FULL_NAME),
        ("Ф.И.О. педагога-наставника\n(полностью)", Field.FULL_NAME),
        ("Укажите Ваше ФИО полностью", Field.FULL_NAME),
        ("Фамилия", Field.SURNAME),
        ("Имя", Field.GIVEN),
        ("Отчество", Field.PATRONYMIC),
        ("Должность, предмет", Field.POST_SUBJECT),
        ("Должность (предмет)", Field.POST_SUBJECT),
        ("Должность", Field.POST),
        ("Преподаваемый предмет", Field.SUBJECT),
        ("Контактные данные", Field.CONTACTS),
        ("Телефон, e-mail", Field.CONTACTS),
        ("телефон", Field.PHONE),
        ("Номер телефона", Field.PHONE),
        ("E-MAIL", Field.EMAIL),
        ("Эл. почта", Field.EMAIL),
        ("Ваш адрес электронной почты", Field.EMAIL),
        ("Категория", Field.CATEGORY),
        ("Квалификационная категория, дата присвоения", Field.CATEGORY),
        ("Стаж (пед.)", Field.EXPERIENCE),
        ("Пед.стаж (полных лет)", Field.EXPERIENCE),
        ("Дата приёма на работу", Field.HIRED_ON),
        ("Год рождения", Field.BIRTH_YEAR),
        ("Пол", Field.GENDER),
        ("Дата вхождения в программу", Field.ENTERED_ON),
        ("Примечание", Field.NOTE),
        ("Согласие на обработку ПДн", Field.CONSENT_PROCESSING),
        ("Согласие на обработку персональных данных", Field.CONSENT_PROCESSING),
        ("Согласие на публикацию на сайте", Field.CONSENT_PUBLICATION),
        ("Согласие на участие", Field.CONSENT_PARTICIPATION),
        ("Согласие на передачу данных", Field.CONSENT_SHARING),
        ("Место работы / учёбы наставника", Field.ORGANISATION),
        ("Основные компетенции наставника", Field.COMPETENCES),
        ("Кол-во наставляемых (не более)", Field.CAPACITY),
        ("Ресурс времени на программу", Field.HOURS),
        ("Важные для программы достижения", Field.ACHIEVEMENTS),
        ("Интересы наставника", Field.INTERESTS),
        ("Желаемый возраст наставляемых", Field.DESIRED_AGE),
        ("Форма наставничества", Field.FORMS),
    ],
)
def test_recognise_tells_the_columns_of_mentors(header, field):
    assert recognise(header, Bank.MENTORS) is field


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("ФИО наставляемого", Field.FULL_NAME),
        ("ФИО ребёнка", Field.FULL_NAME),
        ("Контактные данные (данные представителя)", Field.CONTACTS),
        ("Запрос (затруднения)", Field.REQUESTS),
        ("Основной запрос", Field.REQUESTS),
        ("Какие затруднения Вы испытываете в работе?", Field.REQUESTS),
        ("Категория наставляемого", Field.MENTEE_CATEGORY),
        ("Категория", Field.CATEGORY),
        ("Ожидания от наставника", Field.EXPECTATIONS),
        ("Класс", Field.CLASS_NAME),
        ("Дата приема на работу", Field.HIRED_ON),
    ],
)
def test_recognise_tells_the_columns_of_mentees(header, field):
    assert recognise(header, Bank.MENTEES) is field


@pytest.mark.parametrize(
    ("header", "bank"),
    [
        ("ФИО наставляемого(ых)", Bank.MENTORS),
        ("ФИО наставника", Bank.MENTEES),
        ("ФИО родителя", Bank.MENTEES),
        ("Телефон родителя", Bank.MENTEES),
        ("ФИО руководителя", Bank.MENTORS),
        ("Категория наставляемых", Bank.MENTORS),
        ("Место работы наставляемого", Bank.MENTORS),
        ("Общий стаж", Bank.MENTORS),
        ("Стаж (общий)", Bank.MENTORS),
        ("Стаж в должности", Bank.MENTORS),
        ("Стаж наставнической работы", Bank.MENTORS),
        ("Согласие", Bank.MENTORS),
        ("Дата завершения программы", Bank.MENTORS),
        ("Результаты программы", Bank.MENTEES),
        ("Отметка времени", Bank.MENTORS),
        ("№ приказа", Bank.MENTORS),
        ("Образование", Bank.MENTORS),
        ("учитель, математика", Bank.MENTORS),
        ("Высшая", Bank.MENTORS),
        ("База наставников МБОУ «СОШ № 14» на 2026-2027 учебный год", Bank.MENTORS),
        ("", Bank.MENTORS),
        ("—", Bank.MENTEES),
    ],
)
def test_recognise_leaves_what_is_something_else(header, bank):
    assert recognise(header, bank) is None


@given(st.text(max_size=60), st.sampled_from(Bank))
def test_recognise_does_not_mind_case_or_spaces(header, bank):
    spaced = re.sub(r"\s+", "  ", header)

    assert recognise(spaced, bank) is recognise(header, bank)


@pytest.mark.parametrize("bank", Bank)
def test_no_synonym_belongs_to_two_fields(bank):
    owners = {}
    for rule in RULES[bank]:
        for synonym in rule.synonyms.split("|"):
            owners.setdefault(synonym.removeprefix("="), set()).add(rule.field)

    assert {synonym for synonym, fields in owners.items() if len(fields) > 1} == set()


@pytest.mark.parametrize("bank", Bank)
def test_every_synonym_is_written_in_normal_form_and_recognised(bank):
    for rule in RULES[bank]:
        for synonym in rule.synonyms.removeprefix("=").replace("|=", "|").split("|"):
            assert normal_header(synonym) == synonym
            assert recognise(synonym, bank) is rule.field


def test_labels_name_the_fields_of_one_bank_only():
    mentors, mentees = labels(Bank.MENTORS), labels(Bank.MENTEES)

    assert mentors[Field.CAPACITY] == "Сколько наставляемых готов взять"
    assert Field.CAPACITY not in mentees
    assert Field.REQUESTS not in mentors
    assert mentors.keys() | mentees.keys() == set(Field)
