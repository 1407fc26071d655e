"""Extracted text to blocks: a line with tabs is a row of a table, any other is a paragraph."""

import re
from collections.abc import Iterator
from dataclasses import replace

from roadmap.domain.blocks import Block, Cell, Paragraph, Row
from roadmap.reading.encoding import decoded_text
from roadmap.reading.file_error import FileError
from roadmap.reading.html import blocks_of_markup
from roadmap.reading.markup import plain_lines

MOST_LINES = 50_000
MOST_COLUMNS = 200

_LINE_END = re.compile("\r\n|\r|\n")
_PIPES = re.compile(r"\s*\|(.*)\|\s*")
_PIPE = re.compile(r"(?<!\\)\|")
_RULE = frozenset("|-: \t")
"""What the line under the header of a Markdown table is made of."""
_TABLE = re.compile(r"<table\b(?:(?!<table\b).)*?</table\s*>", re.IGNORECASE | re.DOTALL)


def blocks_of_text(content: bytes) -> list[Block]:
    """The lines of a text file that are not blank, as rows and paragraphs.

    The encoding is UTF-8, UTF-16 or one of the Russian one-byte ones. `line` counts the lines of the file from 1;
    `table` counts, from 0, the groups of rows that paragraphs divide. Cells are divided by tabs, or by the bars of
    Markdown; empty ones are kept. A whole HTML table left in the text is read as one, at the line where it begins.
    Bytes that mean nothing become the replacement character. Raises FileError for more lines than any roadmap has.
    """
    text = decoded_text(content)
    if text.count("\n") + text.count("\r") > 2 * MOST_LINES:
        raise FileError("В тексте слишком много строк: дорожных карт таких размеров не бывает.")
    blocks: list[Block] = []
    table, is_in_table = -1, False
    for block in _blocks(text):
        if isinstance(block, Row):
            table += not is_in_table
            block = replace(block, table=table)  # noqa: PLW2901 -- the same row, numbered
        is_in_table = isinstance(block, Row)
        blocks.append(block)
    return blocks


def _blocks(text: str) -> Iterator[Block]:
    """The blocks with their lines, tables not yet numbered."""
    line = 1
    done = 0
    for table in _TABLE.finditer(text):
        before = text[done : table.start()]
        yield from _blocks_of_lines(before, line)
        line += len(_LINE_END.findall(before))
        yield from (replace(block, line=line) for block in blocks_of_markup(table.group()))
        line += len(_LINE_END.findall(table.group()))
        done = table.end()
    yield from _blocks_of_lines(text[done:], line)


def _blocks_of_lines(text: str, first: int) -> Iterator[Block]:
    for number, line in enumerate(_LINE_END.split(text), start=first):
        stripped = line.strip()
        if not stripped or ("---" in stripped and _RULE.issuperset(stripped)):
            continue
        pipes = _PIPES.fullmatch(line) if stripped[0] == "|" else None
        if pipes:
            yield Row(tuple(Cell(plain_lines(cell)) for cell in _PIPE.split(pipes[1])), number)
        elif "\t" in line:
            if line.count("\t") > MOST_COLUMNS:
                raise FileError(
                    "В строке слишком много столбцов: дорожных карт таких размеров не бывает.", f"строка {number}"
                )
            yield Row(tuple(Cell(plain_lines(cell)) for cell in line.strip("\f").split("\t")), number)
        else:
            yield from (Paragraph(text, number) for text in plain_lines(line).split("\n") if text)
