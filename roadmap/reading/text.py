"""Extracted text to blocks: a line with tabs is a row of a table, any other is a paragraph."""

import re
from collections.abc import Iterator
from dataclasses import replace

from roadmap.domain.blocks import Block, Cell, Paragraph, Row
from roadmap.reading.broken_cells import whole_lines
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
_TABLED = re.compile(r"\S[^\n\r]*\t|^\s*\|.*\|\s*$|<table\b", re.IGNORECASE | re.MULTILINE)
_APART = re.compile(r"(?:№|мероприят|содержани|срок|ответствен|исполнител)[^\t]* {2,}\S", re.IGNORECASE)
_TABLE_TAG = re.compile(r"<(/?)table\b[^<>]*>", re.IGNORECASE)


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
    if not _TABLED.search(text) and (spaced := _spaced(text)):
        return spaced
    blocks: list[Block] = []
    table, is_in_table = -1, False
    for block in _blocks(text):
        if isinstance(block, Row):
            table += not is_in_table
            block = replace(block, table=table)  # noqa: PLW2901 -- the same row, numbered
        is_in_table = isinstance(block, Row)
        blocks.append(block)
    return blocks


def _spaced(text: str) -> list[Block] | None:
    """The blocks of a text whose columns are kept apart by blanks; None for any other."""
    lines = _LINE_END.split(text)
    if not any(_APART.search(line) for line in lines):
        return None
    from roadmap.reading.spaced_text import spaced_blocks  # noqa: PLC0415 -- the reader of PDF pages is slow to load

    return spaced_blocks(lines)


def _blocks(text: str) -> Iterator[Block]:
    """The blocks with their lines, tables not yet numbered."""
    line = 1
    done = 0
    for start, end in _tables(text):
        before, table = text[done:start], text[start:end]
        yield from _blocks_of_lines(before, line)
        line += len(_LINE_END.findall(before))
        yield from (replace(block, line=line) for block in blocks_of_markup(table))
        line += len(_LINE_END.findall(table))
        done = end
    yield from _blocks_of_lines(text[done:], line)


def _tables(text: str) -> Iterator[tuple[int, int]]:
    """Where whole HTML tables stand, each with those inside it; one that is never closed is none."""
    opened: list[int] = []
    outermost: list[tuple[int, int]] = []
    for tag in _TABLE_TAG.finditer(text):
        if not tag[1]:
            opened.append(tag.start())
        elif opened:
            start = opened.pop()
            while outermost and outermost[-1][0] > start:
                outermost.pop()
            outermost.append((start, tag.end()))
    yield from outermost


def _blocks_of_lines(text: str, first: int) -> Iterator[Block]:
    for number, line in whole_lines(_LINE_END.split(text), first):
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
