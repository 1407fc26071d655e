"""HTML and Markdown left in extracted text, as plain lines."""

import html
import re
from dataclasses import dataclass, field

from roadmap.domain.blocks import Paragraph
from roadmap.reading.html import blocks_of_markup
from roadmap.reading.lines import BULLET, bullet_line, tidy

_NAMES = (
    "a|abbr|b|big|blockquote|body|br|center|cite|code|dd|del|div|dl|dt|em|font|h[1-6]|head|hr|html|i|img|ins|kbd|li|"
    "mark|ol|p|pre|q|s|small|span|strike|strong|sub|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|wbr"
)
_TAG = re.compile(rf"<(/?)({_NAMES})(\s[^<>]{{0,2000}})?/?>", re.IGNORECASE)
_BLOCKS = frozenset(
    {"blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6"}
    | {"hr", "html", "p", "pre", "table", "tr"}
)
_PAGE = re.compile(r"<(?:!--|!doctype|script|style|title|meta|link)", re.IGNORECASE)
"""Signs of a whole page pasted in: that is a work for the reader of pages."""
_START = re.compile(r"\bstart\s*=\s*[\"']?(\d{1,4})", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MARKS = re.compile(r"[<&*_\\`#~✓✔•▪●■➢❖\uf000-\uf0ff]")
_INLINE_BULLET = re.compile(r"(?<=\s)[✓✔•▪●■➢❖\uf000-\uf0ff]\s*(?=\S)")
_STRONG = re.compile(r"\*\*|(?<!\w)__(?=\w)|(?<=\w)__(?!\w)|~~|`")
_EMPHASIS = re.compile(
    r"(?<![\w*\\])\*(?=[^\s*])([^*\n]*[^\s*\\])\*(?![\w*])|(?<![\w\\])_(?=[^\s_])([^_\n]*[^\s_\\])_(?!\w)"
)
_HEADING = re.compile(r"^[ \t]*#{1,6}[ \t]+", re.MULTILINE)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|~<>-])")


def plain_lines(text: str) -> str:
    """The text of a cell or a paragraph as plain lines, one paragraph or item of a list each.

    Tags and marks of emphasis go, entities and escapes become their characters, an item becomes a line beginning
    with «– » or with its number. Lists written in one line («1) … 2) …») stay in their line.
    """
    if not _MARKS.search(text):
        return tidy(text)
    if "<" in text:
        text = _of_page(text) if _PAGE.search(text) else _without_tags(text)
    text = _without_markdown(text)
    text = _ENTITY.sub(lambda entity: html.unescape(entity.group()), text)
    return tidy(_INLINE_BULLET.sub(f"\n{BULLET}", text))


def _of_page(markup: str) -> str:
    """The lines of a page, those of its tables too."""
    blocks = blocks_of_markup(markup)
    lines = [
        block.text if isinstance(block, Paragraph) else " ".join(cell.text for cell in block.cells) for block in blocks
    ]
    return "\n".join(html.escape(line, quote=False) for line in lines)


def _without_markdown(text: str) -> str:
    text = _HEADING.sub("", _STRONG.sub("", text))
    text = _EMPHASIS.sub(lambda found: found[1] or found[2] or "", text)
    return _ESCAPE.sub(r"\1", text)


@dataclass
class _Lists:
    """The lists that are open around a place in the text: a counter for each numbered one, None for the others."""

    counters: list[int | None] = field(default_factory=list)

    def open(self, name: str, attributes: str) -> None:
        """A list begins."""
        start = _START.search(attributes)
        self.counters.append(int(start[1]) if start else 1) if name == "ol" else self.counters.append(None)

    def close(self) -> None:
        """The innermost list ends."""
        if self.counters:
            self.counters.pop()

    def next_number(self) -> int | None:
        """The number of the next item, None in a list of bullets."""
        if not self.counters or self.counters[-1] is None:
            return None
        number = self.counters[-1]
        self.counters[-1] = number + 1
        return number


def _without_tags(text: str) -> str:
    """The text with each paragraph and item on a line of its own."""
    lists = _Lists()
    lines = [""]
    mark: tuple[int | None] | None = None
    at = 0
    for tag in _TAG.finditer(text):
        lines[-1] += text[at : tag.start()]
        at = tag.end()
        name, is_end = tag[2].lower(), bool(tag[1])
        if name in _BLOCKS or name in {"li", "ol", "ul"}:
            lines[-1] = _marked(lines[-1], mark)
            mark = mark if not tidy(lines[-1]) and not is_end else None
            lines.append("")
        elif name in {"td", "th"}:
            lines[-1] += " "
        mark = _list_tag(lists, name, is_end, tag[3] or "", mark)
    lines[-1] = _marked(lines[-1] + text[at:], mark)
    return "\n".join(lines)


def _list_tag(
    lists: _Lists, name: str, is_end: bool, attributes: str, mark: tuple[int | None] | None
) -> tuple[int | None] | None:
    """The mark that the next line gets: a tuple of its number (None for a bullet), or None for no mark."""
    if name == "li":
        return None if is_end else (lists.next_number(),)
    if name in {"ol", "ul"}:
        lists.close() if is_end else lists.open(name, attributes)
        return None
    return mark


def _marked(line: str, mark: tuple[int | None] | None) -> str:
    """A line with the mark of its item; emphasis around a number of its own is looked through."""
    if mark is None or not line.strip():
        return line
    return bullet_line(_without_markdown(line), mark[0])
