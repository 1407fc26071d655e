"""A Word document (.docx) to blocks: paragraphs and tables in the order of the body."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from roadmap.domain.blocks import Block
from roadmap.reading.docx_text import paragraph_pieces
from roadmap.reading.file_error import FileError
from roadmap.reading.grid import MOST_SPAN, Flow, Grid, GridCell, blocks_of, check_size
from roadmap.reading.lines import BULLET, tidy
from roadmap.reading.numbering import VAL, Numbering, W, numbering_of, whole
from roadmap.reading.package import BROKEN, Package, opened, xml_root
from roadmap.reading.tabbed import with_tabbed_rows

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = W[1:-1].encode()
_WRAPPERS = {f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "body")}
_PARAGRAPH, _TABLE, _ROW, _CELL = (f"{W}{name}" for name in ("p", "tbl", "tr", "tc"))


def blocks_of_docx(content: bytes) -> list[Block]:
    """The paragraphs and rows of a .docx file, with the numbers and bullets that Word shows.

    Text boxes stand before the paragraph that holds them; headers, footers, notes, hidden and deleted text are left
    out; a paragraph divided by tabs is a row, as in extracted text. Raises FileError when the file is damaged,
    locked or too large.
    """
    package = opened(content)
    name = _main_part(package)
    body = _root(package, name).find(f"{W}body")
    if body is None:
        raise FileError(BROKEN, name)
    folder = posixpath.dirname(name)
    numbering = numbering_of(_optional(package, f"{folder}/numbering.xml"))
    styles = styles_of(_optional(package, f"{folder}/styles.xml"), numbering)
    flow = _Reader(numbering, styles).flow(body)
    return blocks_of(with_tabbed_rows(item for item in flow if not isinstance(item, BareNumber)))


def _main_part(package: Package) -> str:
    """The name of the part that holds the body."""
    relations = "_rels/.rels"
    if relations in package.names:
        for relation in package.xml(relations):
            if (relation.get("Type") or "").endswith("/officeDocument"):
                name = posixpath.normpath((relation.get("Target") or "").lstrip("/"))
                if name in package.names:
                    return name
    if "word/document.xml" not in package.names:
        raise FileError(BROKEN, "word/document.xml")
    return "word/document.xml"


def _root(package: Package, name: str) -> etree._Element:
    return xml_root(package.part(name).replace(_STRICT, _USUAL), name)


def _optional(package: Package, name: str) -> etree._Element | None:
    return _root(package, name) if name in package.names else None


class BareNumber(str):
    """The number of a list's item that has no text: a column of numbers is often made of such items."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Styles:
    """What the styles of paragraphs add: the list and the level of each style that has them."""

    lists: dict[str, tuple[str, int]]
    default: str | None = None


def styles_of(root: etree._Element | None, numbering: Numbering) -> Styles:
    """The lists of the paragraph styles of styles.xml, also those that a style has from the one it is based on."""
    if root is None:
        return Styles({})
    own: dict[str, tuple[str | None, int]] = {}
    based: dict[str, str] = {}
    default = None
    for style in root.findall(f"{W}style"):
        name = style.get(f"{W}styleId", "")
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true"}:
            default = name
        if (base := style.find(f"{W}basedOn")) is not None:
            based[name] = base.get(VAL, "")
        properties = style.find(f"{W}pPr/{W}numPr")
        if properties is not None:
            own[name] = _list_of(properties)
    found = {name: _inherited(name, own, based, numbering) for name in own.keys() | based.keys()}
    return Styles({name: place for name, place in found.items() if place}, default)


def _inherited(
    name: str, own: dict[str, tuple[str | None, int]], based: dict[str, str], numbering: Numbering
) -> tuple[str, int] | None:
    for _ in range(20):
        if name in own:
            number_id, depth = own[name]
            if number_id is None:
                return numbering.by_style.get(name)
            by_style = numbering.by_style.get(name)
            return number_id, by_style[1] if by_style and not depth else depth
        if name not in based:
            return None
        name = based[name]
    return None


def _list_of(properties: etree._Element) -> tuple[str | None, int]:
    number, level = properties.find(f"{W}numId"), properties.find(f"{W}ilvl")
    return None if number is None else number.get(VAL), 0 if level is None else whole(level.get(VAL), 0)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Walks the body once, counting its lists as it goes."""

    numbering: Numbering
    styles: Styles

    def flow(self, container: etree._Element) -> Iterator[Flow]:
        """The texts and tables inside an element, tabs of paragraphs kept."""
        for child in _inside(container, {_PARAGRAPH, _TABLE}):
            if child.tag == _TABLE:
                yield self.grid(child)
            else:
                yield from self.paragraph(child)

    def paragraph(self, element: etree._Element) -> Iterator[Flow]:
        """The text boxes of a paragraph and its text with its label."""
        label = self._label(element)
        text = ""
        for piece in paragraph_pieces(element):
            if isinstance(piece, str):
                text += piece
            else:
                yield from self.flow(piece)
        yield from _labelled(label, text)

    def _label(self, element: etree._Element) -> str:
        properties = element.find(f"{W}pPr")
        own = style = None
        if properties is not None:
            own = properties.find(f"{W}numPr")
            style = properties.find(f"{W}pStyle")
        by_style = self.styles.lists.get(style.get(VAL, "") if style is not None else self.styles.default or "")
        if own is not None:
            number_id, depth = _list_of(own)
            if number_id is None and by_style:
                number_id = by_style[0]
            return self.numbering.label(number_id or "0", depth)
        return self.numbering.label(*by_style) if by_style else ""

    def grid(self, table: etree._Element) -> Grid:
        """A table with its merged cells named."""
        grid = Grid()
        for row in _inside(table, {_ROW}):
            properties = row.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                continue
            cells = [GridCell(columns=before)] if (before := _number(properties, "gridBefore")) else []
            for cell in _inside(row, {_CELL}):
                self._put_cell(cells, cell)
            grid.rows.append(cells)
            check_size(len(grid.rows), 0)
        return grid

    def _put_cell(self, cells: list[GridCell], element: etree._Element) -> None:
        properties = element.find(f"{W}tcPr")
        columns = min(max(_number(properties, "gridSpan"), 1), MOST_SPAN)
        if _merge(properties, "hMerge") == "continue" and cells:
            cells[-1].columns += columns
        elif _merge(properties, "vMerge") == "continue":
            cells.append(GridCell(columns=columns, continues=True))
        else:
            cells.append(GridCell(_cell_content(list(self.flow(element))), columns))


def _inside(container: etree._Element, wanted: set[str]) -> Iterator[etree._Element]:
    """The wanted elements of a container, also those inside content controls and tracked insertions."""
    for child in container:
        if child.tag in wanted:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inside(child, wanted)


def _number(properties: etree._Element | None, name: str) -> int:
    element = None if properties is None else properties.find(f"{W}{name}")
    return 0 if element is None else whole(element.get(VAL), 0)


def _merge(properties: etree._Element | None, name: str) -> str | None:
    """The merging of a cell: "restart", "continue" (also where nothing is said), or None without any."""
    element = None if properties is None else properties.find(f"{W}{name}")
    return None if element is None else element.get(VAL, "continue")


def _labelled(label: str, text: str) -> Iterator[str]:
    """A paragraph's text with its label; an item without text keeps its number and loses its bullet."""
    words = tidy(text)
    if label and words and not words.startswith(label.strip()):
        yield f"{label.strip()} {text.lstrip()}"
    elif words:
        yield text
    elif label and label != BULLET:
        yield BareNumber(label)


def _cell_content(content: list[Flow]) -> list[Flow]:
    """What a cell says; the number of an item without text only where there is nothing else."""
    filled = [item for item in content if not isinstance(item, BareNumber)] or content[:1]
    return [item if isinstance(item, Grid) else tidy(item) for item in filled]
