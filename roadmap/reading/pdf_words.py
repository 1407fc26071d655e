"""Words of a PDF page to lines and lines to text: where a line was broken by a person and where by the margin."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from people.domain.declension.dictionary import is_known
from roadmap.reading.lines import begins_bullet, begins_point, tidy

SLACK = 6.0
"""Points by which a word must have fitted into a line for its break to be a person's."""
LONGEST_WORD = 80
WIDEST_LETTER = 1.8
"""The widest letters, «ш», «ы», against the average one."""
FEWEST_TORN = 3
"""Words that are certainly torn, from which on a doubtful one is taken for torn too."""
SHORT = 3
"""Words of so few letters are often kept with the next one by a no-break space: «№ 5», «в школе»."""

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_BROKEN = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)[-\u2010\u00ad]$")
_NEXT = re.compile(r"[а-яёa-z]+")
_OPEN_END = re.compile(r"\d[-–]$|\S/$")
_OPEN_START = re.compile(r"-(?:[^\W\d_]|$)")
_LAST = re.compile(r"[^\W\d_]+$")
_SENTENCE_END = re.compile(r"[.;:,!?)»…]$")
_CLOSING = re.compile(r"[»”)\].,;:!?](?!\w)")
_POINT = re.compile(r"(?:\(?\d{1,2}|[а-яa-z])\)(?=\s|[А-ЯЁа-яё«])")
_SMALL = frozenset(
    {"а", "без", "в", "для", "до", "за", "и", "из", "или", "к", "на", "не", "ни", "но", "о", "об", "от", "по", "под"}
    | {"при", "с", "со", "то", "у"}
)
"""Words that go on a sentence: the dictionary also knows endings of words as words."""
_INLINE_POINT = re.compile(r"[.;:,)] (?:[-–—]|\d{1,2}\)) \S")
_PARTICLES = {"то", "либо", "нибудь", "за", "под", "таки", "ка", "н"}


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its place on the page, in points from the left and the top."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """Its height, near to the size of the type."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand on one line, from left to right."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """What it says."""
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        """Its left end."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Its right end."""
        return max(word.x1 for word in self.words)

    @property
    def top(self) -> float:
        """Its top."""
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        """Its bottom."""
        return max(word.bottom for word in self.words)


def lines_of(words: Iterable[Word]) -> list[Line]:
    """The lines that words make, from top to bottom; words whose middles lie within each other's height share one."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.middle[1], word.x0)):
        if lines and word.middle[1] - lines[-1][0].middle[1] < 0.5 * min(word.height, lines[-1][0].height):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [Line(tuple(sorted(line, key=lambda word: word.x0))) for line in lines]


class Hyphens:
    """Tells the hyphen of a compound at the end of a line from one that only divides a word.

    What stands in the document undivided elsewhere is known, and what the dictionary of Russian has.
    """

    def __init__(self, lines: Iterable[Line]) -> None:
        self._known: set[str] = set()
        torn = 0
        above = ""
        for line in lines:
            words = _WORD.findall(line.text.lower())
            self._known.update(words[:-1] if _BROKEN.search(line.text[-LONGEST_WORD:]) else words)
            torn += " " not in above and self._parts(above, line.text) == (False, True)
            above = line.text
        self._tears = torn >= FEWEST_TORN

    def joined(self, before: str, after: str) -> str:
        """Two lines as one; `before` ends in a hyphen or a word, `after` goes on."""
        broken, following = _BROKEN.search(before[-LONGEST_WORD:]), _NEXT.match(after)
        if broken and following and not (before[-1] == "-" and self._is_compound(broken[1].lower(), following[0])):
            return before[:-1] + after
        if broken or _OPEN_END.search(before[-2:]) or (_OPEN_START.match(after) and before[-1].isalpha()):
            return before + after
        return f"{before} {after}"

    def is_torn(self, word: str, after: str) -> bool:
        """Whether a word as wide as its column was torn without a hyphen at its end: «Ответственн», «ые».

        Where an ending could be a word that goes on the sentence («мониторинг», «а»), the rest of the document
        decides: whether its columns tear words at all.
        """
        parts = self._parts(word, after)
        if parts is None:
            return False
        is_first_word, is_joined_word = parts
        if not is_joined_word or not is_first_word:
            return is_joined_word
        second = _NEXT.match(after)
        if second is None or len(second[0]) > SHORT:
            return second is not None and not is_known(second[0])
        return self._tears or second[0] not in _SMALL

    def _parts(self, word: str, after: str) -> tuple[bool, bool] | None:
        """Whether the end of one line is a word by itself, and whether it is one with the start of the next."""
        first, second = _LAST.search(word[-LONGEST_WORD:]), _NEXT.match(after)
        if not first or not second:
            return None
        whole = (first[0] + second[0]).lower()
        return is_known(first[0].lower()), whole in self._known or is_known(whole)

    def _is_compound(self, first: str, second: str) -> bool:
        if f"{first}-{second}" in self._known or second in _PARTICLES:
            return True
        if first + second in self._known or is_known(first + second):
            return False
        if len(first) > SHORT and first.endswith("о"):
            return True
        return is_known(second) and (is_known(first) or len(second) > SHORT)


def paragraphs_of(lines: Sequence[Line], left: float, right: float, hyphens: Hyphens) -> list[str]:
    """The paragraphs that lines between two margins (points) make.

    A line goes on with the one above unless it begins with a mark of a list or its first word would still have
    fitted above it. A dash is a mark only after the end of a sentence; and where a list is written in one line
    («1) … 2) …»), a mark that the margin has put at the start of a line is as good as those inside.
    """
    paragraphs: list[str] = []
    above: Line | None = None
    is_inline = any(_INLINE_POINT.search(line.text) for line in lines)
    for line in lines:
        if above is None or _is_apart(above, line, left, right) or (not is_inline and _begins_point(above, line)):
            paragraphs.append(line.text)
        elif _CLOSING.match(line.text) or (_is_full(above, right) and hyphens.is_torn(above.words[-1].text, line.text)):
            paragraphs[-1] += line.text
        else:
            paragraphs[-1] = hyphens.joined(paragraphs[-1], line.text)
        above = line
    return [text for text in map(tidy, paragraphs) if text]


def _is_apart(above: Line, line: Line, left: float, right: float) -> bool:
    """Whether the place of a line shows that a person began it."""
    height = line.bottom - line.top
    if line.top - above.bottom > 1.2 * height:
        return True
    return not _BROKEN.search(above.text[-LONGEST_WORD:]) and _would_have_fitted(above, line, left, right)


def _begins_point(above: Line, line: Line) -> bool:
    """Whether the words of a line show that a point of a list begins with it."""
    if begins_bullet(line.text):
        return line.text[0] not in "-–—−" or bool(_SENTENCE_END.search(above.text)) or begins_bullet(above.text)
    if _POINT.match(line.text):
        return True
    return begins_point(line.text) and bool(_SENTENCE_END.search(above.text))


def _is_full(line: Line, right: float) -> bool:
    """Whether hardly a letter more would have fitted into a line of one word, a mark of a list before it or not."""
    word = line.words[-1]
    is_single = len(line.words) == 1 or (len(line.words) == 2 and begins_point(line.text))
    return is_single and right - word.x1 < WIDEST_LETTER * (word.x1 - word.x0) / len(word.text)


def _would_have_fitted(above: Line, line: Line, left: float, right: float) -> bool:
    unbroken = 1 + (len(line.words[0].text) <= SHORT)
    last = line.words[min(unbroken, len(line.words)) - 1]
    needed = last.x1 - line.x0 + 0.3 * (line.bottom - line.top)
    before, after = above.x0 - left, right - above.x1
    is_centred = before > 20 and abs(before - after) < 10
    return (before + after if is_centred else after) > needed + SLACK


def margins(lines: Iterable[Line]) -> tuple[float, float]:
    """The left and right ends of the widest text."""
    ends = [(line.x0, line.x1) for line in lines]
    return (min(x0 for x0, _ in ends), max(x1 for _, x1 in ends)) if ends else (0.0, 0.0)


def chunks(line: Line, gap: float) -> Iterator[Line]:
    """The parts of a line that wide gaps (points) divide."""
    part: list[Word] = []
    for word in line.words:
        if part and word.x0 - max(other.x1 for other in part[-3:]) > gap:
            yield Line(tuple(part))
            part = []
        part.append(word)
    yield Line(tuple(part))
