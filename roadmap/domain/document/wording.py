"""Wording of a document: cleaned, joined over lines, and compared as a reader compares it."""

import re
from collections import Counter

from people.domain.declension.dictionary import is_known
from people.domain.text import clean_text

ENDING = 40
"""So many letters tell how a text ends."""
SOFT_HYPHEN = "\u00ad"
_BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060]")
_WORD = re.compile(r"[^\W_]+")
_HYPHENATED = re.compile(r"([^\W\d_]+)-$")
_SENTENCE_END = re.compile(r"[.!?;:…»)\"]\s*$")
_HANGING = re.compile(
    r"(?:[,(«–—-]|\b(?:в|во|на|по|с|со|к|ко|о|об|от|до|за|из|у|и|или|а|для|при|над|под|через|между|без|не|как))\s*$",
    re.IGNORECASE,
)
_PAGE_MARK = re.compile(
    r"^[-–—\s]*(?:(?:стр(?:аница|\.)?|лист|page)\s*)?\d{1,4}(?:\s*(?:из|/|of)\s*\d{1,4})?[-–—.\s]*$", re.IGNORECASE
)
_IS_RANGE = re.compile(r"\d[-–]\d$")
_LOOKALIKE = str.maketrans("ABCEHKMOPTXaceopxyё", "АВСЕНКМОРТХасеорхуе")
_LATIN = re.compile(r"[A-Za-z]")
_LETTERS = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[А-Яа-яЁё]")
# First parts after which a hyphen at the end of a line belongs to the word itself.
_COMPOUND = re.compile(
    r"(?:лого|[аиео]льно|[ио]вно|нно|ебно|учно|ично|урно|одно|орико|едико|педагог|учитель|онлайн|интернет|мастер|медиа)$",
    re.IGNORECASE,
)


def tidy(text: str) -> str:
    """The text without invisible characters and doubled blanks, one line for each of its lines that is not blank."""
    cleaned = _INVISIBLE.sub("", clean_text(text).replace(SOFT_HYPHEN, ""))
    lines = (_BLANKS.sub(" ", line).strip() for line in cleaned.splitlines())
    return "\n".join(line for line in lines if line)


def joined(first: str, second: str) -> str:
    """Two pieces of one sentence as one; a word divided by a hyphen at the break is put together."""
    if not first or not second:
        return first or second
    cut = _HYPHENATED.search(first[-ENDING:])
    if cut and second[:1].islower():
        return first + second if _is_compound(cut[1], second) else first[:-1] + second
    is_open = (first.endswith("/") and not first.endswith(" /")) or _IS_RANGE.search(f"{first[-5:]}{second[:1]}")
    return first + second if is_open else f"{first} {second}"


def _is_compound(first: str, second: str) -> bool:
    """Whether a hyphen at the end of a line stands in the word itself («педагог-психолог»)."""
    if _COMPOUND.search(first):
        return True
    following = _LETTERS.match(second)
    first, second = first.rpartition("-")[2].lower(), following.group() if following else ""
    return not is_known(first + second) and is_known(first) and is_known(second)


def one_line(text: str) -> str:
    """All lines of a text as one."""
    line = ""
    for part in tidy(text).split("\n"):
        line = joined(line, part)
    return line


def folded(text: str) -> str:
    """The text as it is compared: small letters, «е» for «ё», no Latin letters inside Russian words."""
    if _LATIN.search(text):
        text = _LETTERS.sub(_in_one_script, text)
    return text.lower().replace("ё", "е")


def _in_one_script(word: re.Match[str]) -> str:
    letters = word.group()
    return letters.translate(_LOOKALIKE) if _CYRILLIC.search(letters) else letters


def words_of(text: str) -> list[str]:
    """The words and numbers of a text, folded."""
    return _WORD.findall(folded(text))


def likeness(first: str, second: str) -> float:
    """From 0 to 1: the share of words that two wordings have in common; a wording cut short is like its whole."""
    ours, theirs = Counter(words_of(first)), Counter(words_of(second))
    shorter = min(ours.total(), theirs.total())
    if not shorter:
        return float(ours.total() == theirs.total())
    common = (ours & theirs).total()
    a, b = " ".join(words_of(first)), " ".join(words_of(second))
    if shorter >= 3 and (a.startswith(b) or b.startswith(a)):
        return 1.0
    return 2 * common / (ours.total() + theirs.total())


def is_unfinished(text: str) -> bool:
    """Whether a text breaks off: its last word is a preposition, a comma or a hyphen."""
    return bool(_HANGING.search(text[-ENDING:]))


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence or an item of a list does."""
    return bool(_SENTENCE_END.search(text[-ENDING:]))


def begins_small(text: str) -> bool:
    """Whether a text begins in the middle of a sentence: with a small letter or with what closes or joins."""
    return text[:1].islower() or text[:1] in ",;.)»/"


def is_page_mark(text: str) -> bool:
    """Whether a line is nothing but the number of its page."""
    return bool(_PAGE_MARK.match(text))


def is_in_capitals(text: str) -> bool:
    """Whether the words of a text stand in capitals."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 3 and sum(letter.isupper() for letter in letters) > 0.9 * len(letters)


def masked(text: str, mark: str = "_", pairs: str = "()«»“”[]") -> str:
    """The text, as long as before, with all that stands in brackets and quotation marks covered, these included.

    A bracket without its fellow covers nothing.
    """
    is_plain = '"' not in text and not any(opening in text for opening in pairs[::2])
    return text if is_plain else _covered(text, mark, pairs)


def _covered(text: str, mark: str, pairs: str) -> str:
    letters = list(text)
    opened: list[tuple[str, int]] = []
    quote = -1
    for at, letter in enumerate(text):
        if letter == '"' and "«" in pairs:
            if quote >= 0:
                letters[quote : at + 1] = mark * (at + 1 - quote)
            quote = -1 if quote >= 0 else at
        place = pairs.find(letter)
        if place >= 0 and place % 2 == 0:
            opened.append((pairs[place + 1], at))
        elif place >= 0 and any(closing == letter for closing, _ in opened[-8:]):
            while opened:
                closing, begin = opened.pop()
                if closing == letter:
                    letters[begin : at + 1] = mark * (at + 1 - begin)
                    break
    return "".join(letters)


def distance(first: str, second: str, limit: int = 3) -> int:
    """In how many letters two words differ (missing, extra, other, neighbours exchanged), at most `limit`."""
    if abs(len(first) - len(second)) >= limit:
        return limit
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, left in enumerate(first, start=1):
        earlier, before, row = before, row, [i]
        for j, right in enumerate(second, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == second[j - 2] and first[i - 2] == right:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return min(row[-1], limit)
