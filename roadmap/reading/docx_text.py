"""What a paragraph of .docx says: the pieces of its text and its text boxes, in their order."""

from collections.abc import Iterator

from lxml import etree

from roadmap.reading.numbering import VAL, W

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CHOICE = f"{_MC}Choice"
TEXT_BOX = f"{W}txbxContent"

_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_LEFT_OUT = frozenset(
    f"{W}{name}"
    for name in ("pPr", "rPr", "del", "moveFrom", "delText", "instrText", "rt", "footnoteReference", "commentReference")
)
_OFF = {"0", "false", "off"}


def paragraph_pieces(paragraph: etree._Element) -> Iterator[str | etree._Element]:
    """The text of a paragraph piece by piece, tabs and soft line breaks as such; text boxes as their elements.

    Tracked deletions, hidden runs and codes of fields are left out; of drawings told twice (for old and for new
    versions of Word) the first is taken.
    """
    for child in paragraph:
        tag = child.tag
        if tag == f"{W}t":
            yield (child.text or "").replace("\n", " ")
        elif tag in _SIGNS:
            yield _SIGNS[tag]
        elif tag == f"{W}br":
            yield "\n" if child.get(f"{W}type", "textWrapping") == "textWrapping" else ""
        elif tag == f"{W}sym":
            yield _symbol(child)
        elif tag == TEXT_BOX:
            yield child
        elif not (tag in _LEFT_OUT or _is_hidden(child) or _is_told_again(child)):
            yield from paragraph_pieces(child)


def _symbol(element: etree._Element) -> str:
    """A character given by its code; those of symbol fonts stand in the private area and are taken for bullets."""
    try:
        return chr(int(element.get(f"{W}char", ""), 16))
    except (ValueError, OverflowError):
        return ""


def _is_hidden(run: etree._Element) -> bool:
    hidden = run.find(f"{W}rPr/{W}vanish")
    return hidden is not None and hidden.get(VAL) not in _OFF


def _is_told_again(element: etree._Element) -> bool:
    return element.tag == f"{_MC}Fallback" and element.getparent().find(_CHOICE) is not None
