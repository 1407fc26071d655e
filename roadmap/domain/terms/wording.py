"""Windows of dates in words, for tables."""

from roadmap.domain.plan import Window


def window_words(window: Window) -> str:
    """«01.09 – 30.09.2026», «до 01.10.2024», «01.12.2026 – 31.05.2027», one day «15.09.2026»."""
    last = f"{window.last:%d.%m.%Y}"
    if window.first is None:
        return f"до {last}"
    if window.first == window.last:
        return last
    is_one_year = window.first.year == window.last.year
    return f"{window.first:%d.%m} – {last}" if is_one_year else f"{window.first:%d.%m.%Y} – {last}"
