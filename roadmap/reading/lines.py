"""Lines of text as every kind of file hands them on: one space between words, one sign for all bullets."""

import re

from people.domain.text import clean_text

BULLET = "– "

_SYMBOLS = "•·∙●○◦▪▫■□◆◇❖➢➤►▶▸‣⁃✓✔✔☑✗✘※\uf000-\uf0ff"
_LATIN_BULLETS = "oüØv*"
"""What the bullets of Courier and Wingdings become when their font is lost."""
_DASHES = "-‐‑‒–—―−"
_BULLET = re.compile(
    rf"(?:[{_SYMBOLS}]\s*|[{re.escape(_LATIN_BULLETS)}]\s+|§\s+(?!\d)|[{_DASHES}](?:\s+|(?=[^\W\d_]{{4}}|[«\"(])))(?=\S)"
)
_NUMBERED = re.compile(r"(?:\(?\d{1,3}\)|\d{1,2}(?:\.\d{1,2})*\.|[а-яa-z]\))(?=\s|[А-ЯЁа-яё«])")
_SPACES = re.compile(r"[^\S\n]+")
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f]")
_PLAIN = re.compile(
    r"[0-9A-Za-zА-Яа-яЁё«»(][0-9A-Za-zА-Яа-яЁё«»№.,;:()\"/+%–]*(?: [0-9A-Za-zА-Яа-яЁё«»№.,;:()\"/+%–-]+)*"
)
"""Most lines: nothing in them to put right."""


def tidy(text: str) -> str:
    """The lines of a text without those that are blank; spaces of any kind are one space, bullets are «– »."""
    if _PLAIN.fullmatch(text):
        return _tidy_line(text)
    lines = _INVISIBLE.sub("", clean_text(text)).split("\n")
    return "\n".join(line for line in map(_tidy_line, lines) if line)


def begins_point(line: str) -> bool:
    """Whether a tidied line begins with a bullet or with the number of a point: «– », «1)», «2.1.», «а)»."""
    return bool(_BULLET.match(line) or _NUMBERED.match(line))


def begins_bullet(line: str) -> bool:
    """Whether a line begins with a bullet of any shape."""
    return bool(_BULLET.match(line))


def bullet_line(text: str, number: int | None = None) -> str:
    """The text of a list's item with its mark: a bullet, or `number` as «1) »; a mark of its own is kept instead."""
    text = tidy(text)
    if not text or begins_point(text):
        return text
    return f"{BULLET if number is None else f'{number}) '}{text}"


def _tidy_line(line: str) -> str:
    line = _SPACES.sub(" ", line).strip()
    bullet = _BULLET.match(line)
    return BULLET + line[bullet.end() :] if bullet else line
