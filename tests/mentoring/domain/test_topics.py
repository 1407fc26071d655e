"""Spellings of topics and subjects."""

import pytest

from mentoring.domain.topics import divided, folded, usual_spellings


def test_spellings_of_one_topic_are_equal_when_folded():
    written = ["Подготовка к ЕГЭ", " подготовка  к егэ ", "Учёт", "учет"]

    assert [folded(text) for text in written] == ["подготовка к егэ", "подготовка к егэ", "учет", "учет"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ()),
        ("русский язык и литература", ("русский язык и литература",)),
        ("Математика, физика; математика /  химия", ("математика", "физика", "химия")),
    ],
)
def test_line_is_divided_into_what_it_names(text, parts):
    assert divided(text) == parts


def test_usual_spelling_is_the_most_frequent_one_then_the_first_by_the_alphabet():
    written = ["ЕГЭ", "егэ", "ЕГЭ", "Урок", "урок"]

    assert usual_spellings(written) == {"егэ": "ЕГЭ", "урок": "Урок"}
