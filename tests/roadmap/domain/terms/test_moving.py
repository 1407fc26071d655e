"""Terms moved to another year."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.plan import Window
from roadmap.domain.terms.moving import move_window, move_words


@pytest.mark.parametrize(
    ("words", "moved"),
    [
        ("Август 2024", "Август 2025"),
        ("до 01.05.2022 г.", "до 01.05.2023 г."),
        ("Январь 2023-2024", "Январь 2024-2025"),
        ("Декабрь 2023-2024 май 2023-2024", "Декабрь 2024-2025 май 2024-2025"),
        ("2023/24", "2024/25"),
        ("2023/24 уч. г.", "2024/25 уч. г."),
        ("23-24 уч. год", "24-25 уч. год"),
        ("2098/99", "2099/00"),
        ("01.09.24-31.05.25", "01.09.25-31.05.26"),
        ("2024-05-25", "2025-05-25"),
        ("1 сентября 2024-25 мая 2025", "1 сентября 2025-25 мая 2026"),
        ("май-сентябрь 2022г., далее ежегодно", "май-сентябрь 2023г., далее ежегодно"),
        ("15-20 октября", "15-20 октября"),
        ("до 20 декабря", "до 20 декабря"),
        ("ежегодно, по плану СКИРО ПК", "ежегодно, по плану СКИРО ПК"),
        ("по приказу № 2024", "по приказу № 2024"),
        ("", ""),
    ],
)
def test_each_year_of_the_words_is_moved(words: str, moved: str) -> None:
    assert move_words(words, 1) == moved


def test_words_move_back_too() -> None:
    assert move_words("на 2024-2027 гг.", -2) == "на 2022-2025 гг."


@pytest.mark.parametrize(
    ("window", "years", "moved"),
    [
        (Window(None, date(2024, 10, 1)), 1, Window(None, date(2025, 10, 1))),
        (Window(date(2024, 12, 1), date(2025, 5, 31)), 2, Window(date(2026, 12, 1), date(2027, 5, 31))),
        (Window(date(2024, 2, 29), date(2024, 2, 29)), 1, Window(date(2025, 2, 28), date(2025, 2, 28))),
        (Window(date(2024, 2, 29), date(2024, 2, 29)), 4, Window(date(2028, 2, 29), date(2028, 2, 29))),
        (Window(date(2023, 2, 1), date(2023, 2, 28)), 1, Window(date(2024, 2, 1), date(2024, 2, 29))),
        (Window(None, date(2023, 2, 28)), 1, Window(None, date(2024, 2, 28))),
        (Window(None, date(2024, 5, 1)), 900, Window(None, date(2100, 5, 1))),
    ],
)
def test_window_is_moved(window: Window, years: int, moved: Window) -> None:
    assert move_window(window, years) == moved


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 700), st.integers(-20, 20))
def test_moved_window_keeps_its_order(first: date, length: int, years: int) -> None:
    window = Window(first, date.fromordinal(first.toordinal() + length))

    moved = move_window(window, years)

    assert moved.first is not None
    assert moved.first <= moved.last
    assert moved.last.year == window.last.year + years
