"""How wide the columns of a printed table are."""

from collections.abc import Sequence

from documents.domain.paper import Table


def column_widths(table: Table, room: int) -> tuple[float, ...]:
    """The widths of a table's columns in characters; together they make `room`.

    Each column gets its longest word; what is left is shared in proportion to the text its cells hold on average, so
    that the columns end at about the same height. Section headings, which cross all columns, do not count.
    """
    texts = [_texts(table, index) for index in range(len(table.columns))]
    least = [max(len(word) for text in column for word in (text.split() or [""])) + 2 for column in texts]
    wanted = [
        max(0.0, sum(map(len, column)) / len(column) - narrow) for column, narrow in zip(texts, least, strict=True)
    ]
    rest = room - sum(least)
    if rest <= 0:
        return _in_proportion(least, room)
    if not any(wanted):
        return tuple(narrow + rest / len(least) for narrow in least)
    return tuple(narrow + share for narrow, share in zip(least, _in_proportion(wanted, rest), strict=True))


def _texts(table: Table, column: int) -> list[str]:
    own = column - table.group_columns
    cells = [
        row.cells[own] if own >= 0 else row.group_cells[column]
        for row in table.rows
        if not row.is_section and (own >= 0 or row.group_cells)
    ]
    return [table.columns[column], *cells]


def _in_proportion(weights: Sequence[float], room: float) -> tuple[float, ...]:
    return tuple(room * weight / sum(weights) for weight in weights)
