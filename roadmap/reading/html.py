"""A web page or a document saved as one (.html) to blocks."""

import codecs
import re
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from people.domain.text import clean_text
from roadmap.domain.blocks import Block
from roadmap.reading.encoding import decoded_text
from roadmap.reading.file_error import FileError
from roadmap.reading.grid import MOST_CELLS, MOST_SPAN, Flow, Grid, GridCell, blocks_of
from roadmap.reading.lines import bullet_line, tidy
from roadmap.reading.tabbed import with_tabbed_rows

_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{1,40})", re.IGNORECASE)
_XML_START = re.compile(r"^\s*<\?xml[^>]*\?>")
_PICTURE = re.compile(r"data:[\w/+.-]{1,60};base64,[A-Za-z0-9+/=\s]*")
"""A picture inside a tag: longer than the parser takes, and of no use here."""
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_DROPPED = frozenset(
    {"head", "script", "style", "template", "noscript", "svg", "math", "iframe", "object", "nav", "del"}
    | {"select", "textarea", "button", "audio", "video", "canvas"}
)
_LINES = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "fieldset"}
    | {"figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "main"}
    | {"p", "pre", "section"}
)
MOST_ELEMENTS = 500_000
TOO_LONG = "Веб-страница слишком велика: дорожных карт таких размеров не бывает."
DAMAGED = "Веб-страница повреждена или слишком сложно устроена. Сохраните документ как .docx и загрузите снова."


def blocks_of_html(content: bytes) -> list[Block]:
    """The paragraphs and the rows of tables of a web page.

    Items of lists begin with «– » or their number; scripts, styles, hidden and deleted text are left out; a table
    that only lays the page out is dissolved. Raises FileError when the page cannot be taken apart.
    """
    return blocks_of_markup(decoded(content))


def blocks_of_markup(markup: str) -> list[Block]:
    """The same for HTML that is text already."""
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(_PICTURE.sub("", _XML_START.sub("", clean_text(markup))), parser)
    except (etree.LxmlError, ValueError) as error:
        raise FileError(DAMAGED) from error
    if root is None:
        return []
    if any(entry.level == etree.ErrorLevels.FATAL for entry in parser.error_log):
        raise FileError(DAMAGED)  # the parser stopped in the middle: what follows would be lost without a word
    return blocks_of(with_tabbed_rows(_read(root)))


def decoded(content: bytes) -> str:
    """The text of a page: as UTF-8 if it is that, else in the encoding that it names, else in the likeliest."""
    named = _CHARSET.search(content[:8192])
    if not named or content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decoded_text(content)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode(named[1].decode("ascii"), errors="replace")
    except LookupError:
        return decoded_text(content)


@dataclass(slots=True)
class _List:
    """An open list: the next number, None for bullets; and whether its item still waits for its text."""

    number: int | None
    waits: bool = False


@dataclass(slots=True)
class _Place:
    """The page or a cell that is being read: what it says so far and the line that is being gathered."""

    cell: GridCell | None = None
    flow: list[Flow] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)

    def end_line(self) -> None:
        """Put the gathered line down, with its mark if an item of a list begins with it."""
        text = "".join(self.line)
        self.line.clear()
        if not text.strip():
            return
        if self.lists and self.lists[-1].waits:
            text = bullet_line(text, self._take_number())
        self.flow.append(text)

    def begin_item(self, value: str | None) -> None:
        """An item of a list begins, with the number `value` where the page gives one."""
        self.end_line()
        if self.lists:
            innermost = self.lists[-1]
            innermost.waits = True
            innermost.number = None if innermost.number is None else _whole(value, innermost.number)

    def end_item(self) -> None:
        """An item ends; one without text is a number of its own, as columns of numbers are made."""
        self.end_line()
        if self.lists and self.lists[-1].waits:
            number = self._take_number()
            if number is not None:
                self.flow.append(f"{number}.")

    def _take_number(self) -> int | None:
        innermost = self.lists[-1]
        innermost.waits = False
        number = innermost.number
        if number is not None:
            innermost.number = number + 1
        return number


@dataclass(slots=True)
class _Table:
    """An open table and, per column, how many more rows the cells above reach down."""

    grid: Grid = field(default_factory=Grid)
    cells: int = 0


def _read(root: etree._Element) -> list[Flow]:
    """Walk the page once, without recursion: its depth is a stranger's choice."""
    reader = _Reader()
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in islice(events, 2 * MOST_ELEMENTS):
        if event == "start":
            reader.open(element)
        else:
            reader.close(element)
    if next(events, None):
        raise FileError(TOO_LONG)
    return reader.finished()


def _is_dropped(element: etree._Element) -> bool:
    return element.tag in _DROPPED or bool(_HIDDEN.search(element.get("style") or ""))


class _Reader:
    """What is open at a place of the page: cells inside tables inside cells."""

    def __init__(self) -> None:
        self._places = [_Place()]
        self._tables: list[_Table] = []
        self._preformatted = 0
        self._skipped: etree._Element | None = None

    def open(self, element: etree._Element) -> None:
        """An element begins, with the text before its first child."""
        if self._skipped is not None:
            return
        if _is_dropped(element):
            self._skipped = element
            return
        self._start(element)
        self._text(element.text)

    def close(self, element: etree._Element) -> None:
        """An element ends; the text after it follows."""
        if self._skipped is None:
            self._end(element.tag)
        elif self._skipped is element:
            self._skipped = None
        else:
            return
        self._text(element.tail)

    def finished(self) -> list[Flow]:
        """All that was read, in order."""
        self._places[0].end_line()
        return self._places[0].flow

    def _text(self, text: str | None) -> None:
        """Text between two tags."""
        if not text:
            return
        place = self._places[-1]
        if not self._preformatted:
            place.line.append(_SPACES.sub(" ", text.replace("\xa0", "\x01")).replace("\x01", "\xa0"))
            return
        for number, line in enumerate(text.split("\n")):
            if number:
                place.end_line()
            place.line.append(line)

    def _start(self, element: etree._Element) -> None:
        """A tag opens."""
        place = self._places[-1]
        match element.tag:
            case "br":
                place.end_line()
            case "table":
                place.end_line()
                self._tables.append(_Table())
            case "tr" if self._tables:
                self._tables[-1].grid.rows.append([])
            case "td" | "th" if self._tables:
                self._start_cell(element)
            case "ol" | "ul" | "menu" | "dir":
                place.end_line()
                place.lists.append(_List(_whole(element.get("start"), 1) if element.tag == "ol" else None))
            case "li":
                place.begin_item(element.get("value"))
            case tag if tag in _LINES:
                place.end_line()
                self._preformatted += tag == "pre"

    def _end(self, tag: str) -> None:
        """A tag closes."""
        place = self._places[-1]
        match tag:
            case "table" if self._tables:
                self._end_table()
            case "td" | "th" if place.cell:
                place.end_line()
                place.cell.content = _tidied(place.flow)
                self._places.pop()
            case "ol" | "ul" | "menu" | "dir":
                place.end_line()
                if place.lists:
                    place.lists.pop()
            case "li":
                place.end_item()
            case _ if tag in _LINES:
                place.end_line()
                self._preformatted -= tag == "pre"

    def _start_cell(self, element: etree._Element) -> None:
        table = self._tables[-1]
        if not table.grid.rows:
            table.grid.rows.append([])
        table.cells += 1
        if table.cells > MOST_CELLS:
            raise FileError("В таблице файла слишком много ячеек: дорожных карт таких размеров не бывает.")
        columns = min(_whole(element.get("colspan"), 1), MOST_SPAN)
        rows = _whole(element.get("rowspan"), 1)
        cell = GridCell(columns=max(columns, 1), rows=rows or MOST_CELLS)
        table.grid.rows[-1].append(cell)
        self._places.append(_Place(cell))

    def _end_table(self) -> None:
        grid = self._tables.pop().grid
        place = self._places[-1]
        place.end_line()
        if len(grid.rows) == 1 and len(grid.rows[0]) == 1:
            place.flow += grid.rows[0][0].content
        else:
            place.flow.append(grid)


def _tidied(flow: list[Flow]) -> list[Flow]:
    return [item if isinstance(item, Grid) else tidy(item) for item in flow]


def _whole(value: str | None, otherwise: int) -> int:
    return int(value) if value and re.fullmatch(r"\d{1,5}", value.strip()) else otherwise
