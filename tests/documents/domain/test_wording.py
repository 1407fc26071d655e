"""Points of orders: their numbers, their letters, and the two they close with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.domain.wording import SUBPOINT, Participant, closing_points, lower_first, numbered, upper_first
from people.domain.declension.names import FullName, decline_initials, decline_name
from people.domain.declension.posts import decline_post


@pytest.mark.parametrize(
    ("text", "lower", "upper"),
    [
        ("Учитель", "учитель", "Учитель"),
        ("ИТ-директор", "ИТ-директор", "ИТ-директор"),
        ("я", "я", "Я"),
        ("", "", ""),
    ],
)
def test_first_letter_changes_and_abbreviations_do_not(text: str, lower: str, upper: str) -> None:
    assert lower_first(text) == lower
    assert upper_first(text) == upper


@pytest.mark.parametrize(
    ("points", "result"),
    [
        ("Закрепить.", ("1. Закрепить.",)),
        ("Закрепить:\n– Котову;\n— Громова.\nКак.", ("1. Закрепить:", "1.1. Котову;", "1.2. Громова.", "2. Как.")),
        ("а\n- б\nв\n- г", ("1. А", "1.1. Б", "2. В", "2.1. Г")),
        ("– без пункта\n\n  второй  ", ("1. Без пункта", "2. Второй")),
        ("один\r\n–\r\nдва", ("1. Один", "2. Два")),
        (" \n\n", ()),
    ],
)  # fmt: skip
def test_points_are_numbered_with_sub_points(points: str, result: tuple[str, ...]) -> None:
    assert numbered(points) == result


@given(st.lists(st.tuples(st.booleans(), st.text("абв", min_size=1)), max_size=12))
def test_numbers_of_points_run_without_gap(lines: list[tuple[bool, str]]) -> None:
    points = "\n".join((SUBPOINT if is_sub else "") + text for is_sub, text in lines)

    numbers = [point.partition(" ")[0] for point in numbered(points)]

    expected, main, sub = [], 0, 0
    for is_sub, _ in lines:
        if is_sub and main:
            sub += 1
            expected.append(f"{main}.{sub}.")
        else:
            main, sub = main + 1, 0
            expected.append(f"{main}.")
    assert numbers == expected


@pytest.mark.parametrize(
    ("post", "whom"),
    [
        ("Заместитель директора по УВР", "заместителя директора по УВР Е. В. Орлову"),
        ("", "Е. В. Орлову"),
    ],
)
def test_order_closes_with_acquaintance_and_control(post: str, whom: str) -> None:
    name = FullName("Орлова", "Елена", "Викторовна")
    control = Participant(decline_name(name), decline_initials(name), decline_post(post))

    acquaintance, last = closing_points(control)

    assert acquaintance == "Ознакомить с приказом под подпись всех названных в нём лиц."
    assert last.replace("\u00a0", " ") == f"Контроль за исполнением приказа возложить на {whom}."


def test_head_controls_what_nobody_else_does() -> None:
    assert closing_points(None)[1] == "Контроль за исполнением приказа оставляю за собой."
