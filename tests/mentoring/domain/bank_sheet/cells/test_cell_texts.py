import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.domain.bank_sheet.cells.texts import (
    parse_class,
    parse_note,
    parse_post,
    parse_post_subject,
    parse_text,
    parse_topics,
)
from mentoring.domain.bank_sheet.values import PostSubject

FORMULA = "текст похож на формулу; он взят как обычный текст"


@pytest.mark.parametrize(
    ("cell", "topics"),
    [
        (
            "дети с ОВЗ\nмотивация учащихся\n\nклассное руководство",
            ("дети с ОВЗ", "мотивация учащихся", "классное руководство"),
        ),
        ("оценивание, мотивация , ", ("оценивание", "мотивация")),
        ("ЕГЭ, ОГЭ; работа с родителями", ("ЕГЭ, ОГЭ", "работа с родителями")),
        ("цифра (Excel, Word), ЕГЭ", ("цифра (Excel, Word)", "ЕГЭ")),
        ("цифра (Excel, ЕГЭ", ("цифра (Excel", "ЕГЭ")),
        ("1) урок\n2) отчёт", ("урок", "отчёт")),
        ("- урок\n• отчёт.", ("урок", "отчёт")),
        ("Отчёты; отчеты;ОТЧЁТЫ", ("Отчёты",)),
        ("нет", ()),
        (None, ()),
        (5, ("5",)),
    ],
)
def test_topics_are_divided(cell, topics):
    parsed = parse_topics(cell)

    assert (parsed.value, parsed.doubt, parsed.fault) == (topics, None, None)


def test_topic_that_is_a_whole_story_is_a_fault():
    assert parse_topics("а" * 201).fault == "тема длиннее 200 знаков: разделите темы точкой с запятой"


@given(st.lists(st.text("абвгд ", min_size=1), max_size=8))
def test_topics_divided_by_semicolons_come_back(topics):
    wanted = tuple(dict.fromkeys(" ".join(topic.split()) for topic in topics if topic.strip()))

    assert parse_topics(";".join(topics)).value == wanted


@pytest.mark.parametrize(
    ("cell", "post", "subject"),
    [
        ("учитель, математика", "учитель", "математика"),
        ("учитель, русский язык, литература", "учитель", "русский язык, литература"),
        ("учитель (математика)", "учитель", "математика"),
        ("Учитель / физика", "Учитель", "физика"),
        ("учитель - физика", "учитель", "физика"),
        ("учитель математики", "учитель математики", None),
        ("учитель математики, физика", "учитель математики, физика", None),
        ("учитель, классный руководитель", "учитель, классный руководитель", None),
        ("педагог-психолог", "педагог-психолог", None),
        ("педагог доп. образования, шахматы", "педагог доп. образования", "шахматы"),
        ("учитель,", "учитель,", None),
    ],
)
def test_post_and_subject_are_told_apart(cell, post, subject):
    assert parse_post_subject(cell).value == PostSubject(post, subject)


@pytest.mark.parametrize("cell", [None, " ", "-"])
def test_blank_post_with_subject_is_none(cell):
    parsed = parse_post_subject(cell)

    assert (parsed.value, parsed.doubt, parsed.fault) == (None, None, None)


@pytest.mark.parametrize("cell", ["=cmd|' /C calc'!A0", "@SUM(A1)", "+ссылка(1)", "=1+1"])
@pytest.mark.parametrize("parse", [parse_text, parse_note])
def test_formula_is_kept_as_text_with_a_doubt(parse, cell):
    parsed = parse(cell)

    assert (parsed.value, parsed.doubt, parsed.fault) == (cell, FORMULA, None)


@pytest.mark.parametrize("cell", ["+7 970 767", "- урок", "-5"])
def test_sign_at_the_beginning_is_no_formula(cell):
    assert parse_text(cell).doubt is None


@pytest.mark.parametrize("parse", [parse_text, parse_note, parse_topics, parse_post, parse_post_subject])
@pytest.mark.parametrize("error", ["#N/A", "#ССЫЛКА!", "#DIV/0!", "#ИМЯ?", "#######", "Err:502"])
def test_error_of_the_spreadsheet_is_a_fault(parse, error):
    assert parse(error).fault == f"в ячейке ошибка электронной таблицы «{error}»"


@pytest.mark.parametrize(
    ("parse", "longest"),
    [(parse_text, 1000), (parse_note, 1000), (parse_post, 200), (parse_class, 40)],
)
def test_text_over_its_limit_is_a_fault(parse, longest):
    assert parse("а" * longest).fault is None
    assert parse("а" * (longest + 1)).fault == f"текст длиннее {longest} знаков"


def test_note_keeps_its_lines():
    assert parse_note(" первая  строка \n\n вторая").value == "первая строка\nвторая"
