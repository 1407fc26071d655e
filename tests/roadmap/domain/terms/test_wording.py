"""Windows in words."""

from datetime import date

import pytest

from roadmap.domain.plan import Window
from roadmap.domain.terms.wording import window_words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 9, 1), date(2026, 9, 30), "01.09 – 30.09.2026"),
        (None, date(2024, 10, 1), "до 01.10.2024"),
        (date(2026, 12, 1), date(2027, 5, 31), "01.12.2026 – 31.05.2027"),
        (date(2026, 9, 15), date(2026, 9, 15), "15.09.2026"),
    ],
)
def test_window_is_written_for_tables(first: date | None, last: date, words: str) -> None:
    assert window_words(Window(first, last)) == words
