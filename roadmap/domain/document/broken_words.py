"""Words torn by the margin of a column or a page («настав-ничества», «Организаци я»), put together."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from people.domain.declension.dictionary import is_known
from roadmap.domain.blocks import Block, Paragraph
from roadmap.domain.document.entries import Entry

SHORT_START = 4
"""So short a piece may be an abbreviation before a word: «пед совет»."""
LONGEST_ENDING = 5
_REMEMBERED = 8192
_ADJECTIVE = re.compile(r"(?:[ыио]й|ая|[ое]е|ые|ие|[ыи]х|[ыи]ми?|ого|ому|ую)$")
_VOWEL = re.compile(r"[аеёиоуыэюя]")
_PAIR = re.compile(r"(?<![\w-])([А-Яа-яЁё]{2,})(-[ \n]?|[ \n])(?=([а-яё]+)(?![\w-]))")


def mended(text: str) -> str:
    """The text with each two pieces that are one word of the dictionary, and are none by themselves, put together."""
    return _PAIR.sub(_piece, text)


def with_whole_words(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with torn words of paragraphs put together; rows may still be divided by a page."""
    return [replace(block, text=mended(block.text)) if isinstance(block, Paragraph) else block for block in blocks]


def with_whole_cells(entry: Entry) -> Entry:
    """The entry with torn words of its cells put together."""
    return replace(
        entry,
        stage=mended(entry.stage),
        measure=mended(entry.measure),
        content=mended(entry.content),
        term=mended(entry.term),
        responsible=mended(entry.responsible),
        result=mended(entry.result),
    )


def _piece(found: re.Match[str]) -> str:
    first, mark, second = found.groups()
    return first if _is_torn(first.lower(), second, mark[0] == "-") else found.group()


@lru_cache(maxsize=_REMEMBERED)
def _is_torn(first: str, second: str, is_hyphenated: bool) -> bool:
    is_first, is_second, is_whole = is_known(first), is_known(second), is_known(first + second)
    if is_first and is_second:
        return is_hyphenated and is_whole and len(first) < SHORT_START and len(second) > SHORT_START  # «чет-верть»
    if first.endswith("о") and is_hyphenated and _ADJECTIVE.search(second):
        return False  # «учебно-методический», whatever the dictionary has
    if not is_whole:
        return not is_first and not is_second and len(first) > LONGEST_ENDING and bool(_VOWEL.search(second))
    if is_hyphenated:
        return True
    if is_first or is_second:
        return len(first) > SHORT_START and (is_second or len(second) <= LONGEST_ENDING)
    return True
