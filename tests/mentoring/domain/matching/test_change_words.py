"""What a change of the board does, in exact words."""

import pytest

from mentoring.domain.matching.change_words import change_words, grouped, move_words
from mentoring.domain.matching.values import Pair
from mentoring.domain.matching.what_if import Change, Move

NBSP = "\u00a0"
NAMES = {"a": "Лисина Д. А.", "b": "Ахметов Т. Р.", "m": "Котова М. С.", "n": "Седов И. П."}


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0"), (999, "999"), (1214, f"1{NBSP}214"), (1234567, f"1{NBSP}234{NBSP}567")]
)
def test_thousands_stand_apart(number, words):
    assert grouped(number) == words


@pytest.mark.parametrize(
    ("pairs", "points", "worst", "total", "will", "has"),
    [
        (0, 0, (50, 50), 1214, [f"Сумма не изменится: 1{NBSP}214."], [f"Сумма не изменилась: 1{NBSP}214."]),
        (
            0,
            -12,
            (50, 50),
            988,
            [f"Сумма уменьшится на 12{NBSP}баллов: 988 вместо 1{NBSP}000."],
            [f"Сумма уменьшилась на 12{NBSP}баллов: 988 вместо 1{NBSP}000."],
        ),
        (
            -1,
            -61,
            (61, 44),
            44,
            [
                f"Без наставника останется на 1{NBSP}человек больше.",
                f"Сумма уменьшится на 61{NBSP}балл: 44 вместо 105.",
                "Слабейшая пара: 44 вместо 61.",
            ],
            [
                f"Без наставника осталось на 1{NBSP}человек больше.",
                f"Сумма уменьшилась на 61{NBSP}балл: 44 вместо 105.",
                "Слабейшая пара: 44 вместо 61.",
            ],
        ),
        (
            2,
            103,
            (None, 51),
            103,
            [f"С наставником станет на 2{NBSP}человека больше.", f"Сумма вырастет на 103{NBSP}балла: 103 вместо 0."],
            [f"С наставником стало на 2{NBSP}человека больше.", f"Сумма выросла на 103{NBSP}балла: 103 вместо 0."],
        ),
    ],
    ids=["nothing", "points", "fewer pairs", "more pairs"],
)
def test_change_is_told_before_it_is_made_and_after(pairs, points, worst, total, will, has):
    change = Change(pairs, points, *worst, ())

    assert list(change_words(change, total, is_done=False)) == will
    assert list(change_words(change, total, is_done=True)) == has


def test_moves_name_who_gets_whom_instead_of_whom():
    moves = (
        Move("a", Pair("a", "m", 61), Pair("a", "n", 44)),
        Move("b", Pair("b", "n", 70), None),
        Move("b", None, Pair("b", "m", 7)),
    )

    assert list(move_words(moves, NAMES)) == [
        "Лисина Д. А.: Котова М. С. (61) → Седов И. П. (44)",
        "Ахметов Т. Р.: Седов И. П. (70) → без наставника",
        "Ахметов Т. Р.: без наставника → Котова М. С. (7)",
    ]


@pytest.mark.parametrize(
    ("count", "last"), [(5, "Лисина Д. А.: без наставника → Котова М. С. (50)"), (7, f"и ещё 2{NBSP}человека")]
)
def test_many_moves_are_told_as_a_number(count, last):
    words = list(move_words((Move("a", None, Pair("a", "m", 50)),) * count, NAMES))

    assert (len(words), words[-1]) == (min(count, 6), last)
