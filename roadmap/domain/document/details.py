"""The wording of a measure: its title and the items of the list in its cell."""

import re

from roadmap.domain.document.wording import joined, masked, tidy

DASHES = "-–—−"
BULLETS = "•✓✔▪●■➢❖·*"
_LINE_MARK = re.compile(rf"^(?:[{DASHES}{BULLETS}]\s+|[{BULLETS}]|(\d{{1,2}})[.)]\s+|([а-я])\)\s+)")
_NUMBERED = re.compile(r"(?:(?<=^)|(?<=\s))(\d{1,2})\)\s*(?=\S)")
_POINTED = re.compile(r"(?:(?<=^)|(?<=\s))(\d{1,2})\.\s+(?=[А-ЯЁ«])")
_LETTERED = re.compile(r"(?:(?<=^)|(?<=\s))([а-д])\)\s+(?=\S)")
_BULLETED = re.compile(rf"(?:(?<=^)|(?<=\s))([{BULLETS}])\s*(?=\S)")
_DASHED = re.compile(rf"(?:(?<=^)|(?<=[\s:;]))([{DASHES}])\s+(?=\S)")
_OPENS_LIST = re.compile(r"(?:^|[:;])\s*$")
_GOES_ON = re.compile(r"[;,.:]\s*$")


def title_and_details(text: str) -> tuple[str, tuple[str, ...]]:
    """The sentence before a list and the items of the list, sub-items in their order; marks of items are left out.

    A list stands in lines of its own («– …», «1) …») or inside a line («…: – a; – b», «1) a. 2) b»). Dashes within
    brackets and quotation marks, and those that no colon or semicolon opens, are part of the wording.
    """
    pieces = items_of(text)
    title, *details = pieces or [""]
    return title, tuple(details)


def items_of(text: str) -> list[str]:
    """The pieces of a text at the boundaries of its items; the first is what stands before the list, maybe nothing."""
    pieces: list[str] = [""]
    lines = _whole(tidy(text).split("\n"))
    for line in lines:
        mark = _LINE_MARK.match(line)
        if mark and len(lines) > 1 and line[0] in DASHES + BULLETS:
            pieces += _parts_of_line(line[mark.end() :])
            continue
        parts = _parts_of_line(line)
        if parts[0] == "" and len(parts) > 1:
            pieces += parts[1:]
        elif mark:
            pieces += [parts[0][mark.end() :], *parts[1:]]
        else:
            pieces[-1] = joined(pieces[-1], parts[0])
            pieces += parts[1:]
    return [pieces[0].rstrip(" ;:"), *(item for piece in pieces[1:] if (item := piece.strip().rstrip(" ;:")))]


def _whole(lines: list[str]) -> list[str]:
    """The lines with those joined to the one above that only go on with its sentence."""
    whole: list[str] = []
    for line in lines:
        if whole and line[:1].islower() and not _LINE_MARK.match(line) and not whole[-1].endswith((";", ":", ".")):
            whole[-1] = joined(whole[-1], line)
        else:
            whole.append(line)
    return whole


def _parts_of_line(line: str) -> list[str]:
    """A line cut at the marks inside it; the first part is what stands before them."""
    hidden = masked(line)
    parts, begin = [], 0
    for start, end in sorted(
        {
            *_counted(hidden, _NUMBERED, "1"),
            *_counted(line, _POINTED, "1"),
            *_counted(hidden, _LETTERED, "а"),
            *_marked(hidden),
        }
    ):
        if start >= begin:
            parts.append(line[begin:start].strip())
            begin = end
    return [*parts, line[begin:].strip()]


def _counted(line: str, pattern: re.Pattern[str], first: str) -> list[tuple[int, int]]:
    """The marks «1)», «2)»… in their order; a lone «1)» or a number out of turn is no mark."""
    found: list[tuple[int, int]] = []
    following = first
    for mark in pattern.finditer(line):
        if mark[1] == following:
            found.append(mark.span())
            following = str(int(following) + 1) if following.isdigit() else chr(ord(following) + 1)
    return found if len(found) > 1 else []


def _marked(line: str) -> list[tuple[int, int]]:
    """The bullets, and the dashes of a list that a colon, a semicolon or the beginning of the line opens."""
    found = [mark.span() for mark in _BULLETED.finditer(line)]
    opened = ""
    for mark in _DASHED.finditer(line):
        before = line[: mark.start()]
        if _OPENS_LIST.search(before[-3:]) or (opened and _GOES_ON.search(before[-3:])) or mark[1] == opened:
            opened = mark[1]
            found.append(mark.span())
    return found
