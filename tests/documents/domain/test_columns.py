"""Widths of columns: all room is used, and no word is broken where there is room for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.domain.columns import column_widths
from documents.domain.paper import Table, TableRow

LONG = "Проведение установочных сессий наставников и формирование банка программ по всем формам наставничества"
ROADMAP = Table(
    ("№", "Мероприятие", "Срок", "Ответственный"),
    0,
    (TableRow.plain("Раздел " * 40), TableRow.plain("1.1.", LONG, "октябрь", "куратор")),
)

words = st.text("абв ", max_size=40)
tables = st.integers(1, 5).flatmap(
    lambda columns: st.builds(
        Table,
        st.lists(words, min_size=columns, max_size=columns).map(tuple),
        st.just(0),
        st.lists(
            st.lists(words, min_size=columns, max_size=columns).map(lambda cells: TableRow.plain(*cells)), max_size=4
        ).map(tuple),
    )
)


@given(tables, st.integers(20, 300))
def test_widths_make_up_the_room(table: Table, room: int) -> None:
    widths = column_widths(table, room)

    assert len(widths) == len(table.columns)
    assert sum(widths) == pytest.approx(room)
    assert min(widths) > 0


def test_longest_words_stand_whole_and_the_longest_text_gets_the_most() -> None:
    number, measure, term, responsible = column_widths(ROADMAP, 120)

    assert measure == max(number, measure, term, responsible)
    assert responsible >= len("Ответственный")
    assert number < term < responsible


def test_table_too_wide_for_its_sheet_shares_what_there_is() -> None:
    narrow = column_widths(ROADMAP, 20)

    assert sum(narrow) == pytest.approx(20)
    assert narrow[0] < narrow[1]


def test_cells_of_groups_count_for_their_own_columns() -> None:
    rows = (TableRow(("1", LONG), 2, ("кратко",)), TableRow((), 0, ("коротко",)))

    widths = column_widths(Table(("№", "Наставник", "Наставляемый"), 2, rows), 100)

    assert widths[1] > widths[2] > widths[0]
