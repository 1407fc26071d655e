"""Answers typed one a line keep the codes of those they are."""

import pytest

from surveys.domain.questionnaire import Option
from surveys.domain.relabelling import relabelled

OLD = (Option("a", "первый"), Option("b", "второй"), Option("c", "третий"))
KNOWN = {"планирование": "planning"}


@pytest.mark.parametrize(
    ("labels", "codes"),
    [
        (["первый", "второй", "третий"], ["a", "b", "c"]),
        (["третий", "первый", "второй"], ["c", "a", "b"]),
        (["первый", "не второй", "третий"], ["a", "b", "c"]),
        (["второй", "первый", "не третий"], ["b", "a", "c"]),
        (["второй", "не первый", "третий"], ["b", "ne_pervyy", "c"]),
        (["первый", "третий"], ["a", "c"]),
        (["первый", "новый", "второй", "третий"], ["a", "novyy", "b", "c"]),
        (["планирование", "второй", "третий"], ["planning", "b", "c"]),
        (["первый", "второй", "третий", "планирование"], ["a", "b", "c", "planning"]),
        ([], []),
    ],
)
def test_lines_keep_the_codes_of_the_answers_they_are(labels, codes):
    assert relabelled(OLD, labels, KNOWN) == tuple(map(Option, codes, labels))


def test_new_line_never_gets_the_code_of_an_answer_that_is_gone():
    old = (Option("novyy", "прежний"), Option("b", "второй"))

    assert relabelled(old, ["второй", "новый", "третий"], {}) == (
        Option("b", "второй"),
        Option("novyy_2", "новый"),
        Option("tretiy", "третий"),
    )


def test_known_label_does_not_take_a_code_that_is_in_use():
    old = (Option("planning", "планы"),)

    assert relabelled(old, ["планы", "планирование"], KNOWN) == (
        Option("planning", "планы"),
        Option("planirovanie", "планирование"),
    )
