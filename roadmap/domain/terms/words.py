"""The words of a term brought to one spelling and cut into tokens."""

import re
import unicodedata
from dataclasses import dataclass

from roadmap.domain.terms.lexicon import MONTH_WORDS, guess_of, halves_of, meaning_of
from roadmap.domain.terms.sorts import Sort

CENTURY = 2000
_LATIN = str.maketrans("aceopxykmtbh", "асеорхукмтвн")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
_ROMAN_LETTERS = str.maketrans("іухx", "ivxx")
_MIXED_WORD = re.compile(r"[a-zа-яі]+")
_DASHES = re.compile(r"[‐‑‒–—―−]|\.{2,}|-[ -]*-")
# «1. Сентябрь» is the first point of a list, «1. сентября» the first day.
_POINT_OF_LIST = re.compile(r"^ *\d{1,2}[.)] +(?=[а-я])(?![а-я]*[ая]\b)", re.MULTILINE)
_LETTER_O = re.compile(r"(?<=\d)[оo](?=\d)")
_ONE_TOKEN = re.compile(
    r"(?P<iso>(?<!\d)\d{4}-\d{1,2}-\d{1,2}(?!\d))"
    r"|(?P<date>\d{1,2} ?[./] ?\d{1,2} ?[./] ?(?:\d{4}|\d{2})(?!\d)|\d{1,2}-\d{1,2}-\d{4}(?!\d))"
    r"|(?P<years>\d{4}(?: ?г\.?)? ?[-/] ?(?:\d{4}|\d{2}(?= ?(?:уч|г|[,;)]|\.(?!\d)|$)))(?!\d))"
    r"|(?P<short_years>\d{2} ?[-/] ?\d{2}(?= ?уч))"
    r"|(?P<short_year>[1-4]\d(?= ?(?:г|года|гг)\b))"
    r"|(?P<month_of_year>\d{1,2}[./]\d{4}(?!\d))"
    r"|(?P<day>\d{1,2}\.\d{1,2}(?!\d))"
    r"|(?P<number>\d{1,9})(?: ?-? ?(?:я|й|е|ю|х|м|ти|ая|ый|ой|ое|ую|го|ого|его|му|ми|ом|ым)(?![а-я]))?"
    r"|(?P<word>[a-zа-я]+)"
    r"|(?P<dash>[-/])"
    r"|(?P<comma>[,;()&+])"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a figure: its part in the term, what it counts (a month, the parts of a date …), whether guessed.

    `numbers` of a date are day, month, year, with 0 for what is not said; of years the first and the last.
    """

    sort: Sort
    numbers: tuple[int, ...]
    text: str
    is_guessed: bool = False


def normalised(words: str) -> str:
    """The words in small letters with one kind of dash, blank and е, in Cyrillic; Roman figures in Latin letters."""
    text = _DASHES.sub("-", unicodedata.normalize("NFKC", words).replace("\u00ad", "")).casefold().replace("ё", "е")
    text = " ".join(_LETTER_O.sub("0", _POINT_OF_LIST.sub("", text)).split())
    return _MIXED_WORD.sub(_in_one_alphabet, text)


def _in_one_alphabet(found: re.Match[str]) -> str:
    word = found[0]
    roman = word.translate(_ROMAN_LETTERS)
    if roman in _ROMAN and word not in {"у"}:
        return roman
    return word.translate(_LATIN)


def tokens_of(words: str) -> list[Token]:
    """The tokens of a term, in order; what cannot be a part of any term (quotes, full stops) is left out."""
    found = [_token(match) for match in _ONE_TOKEN.finditer(normalised(words))]
    return [_guessed(token) for token in _joined([part for token in found for part in _parted(token)])]


def _parted(token: Token) -> list[Token]:
    """A word, or the two words that it is where a blank has been lost."""
    halves = halves_of(token.text) if token.sort is Sort.WORD else None
    return [_word_token(half) for half in halves] if halves else [token]


def _joined(tokens: list[Token]) -> list[Token]:
    """Words that the end of a line has cut in two («сен-» + «тябрь») are put together again."""
    whole: list[Token] = []
    for token in tokens:
        if token.sort is Sort.WORD and whole:
            has_dash = whole[-1].sort is Sort.DASH and len(whole) > 1
            joined = _from_halves(whole[-2 if has_dash else -1], token)
            if joined is not None:
                del whole[-2 if has_dash else -1 :]
                token = joined  # noqa: PLW2901 - the whole word stands for its second half
        whole.append(token)
    return whole


def _from_halves(left: Token, right: Token) -> Token | None:
    word = left.text + right.text
    known = meaning_of(word) if left.sort is Sort.WORD or word in MONTH_WORDS else None
    return Token(known[0], (known[1],), word) if known and left.text.isalpha() else None


def _guessed(token: Token) -> Token:
    known = guess_of(token.text) if token.sort is Sort.WORD else None
    return Token(known[0], (known[1],), token.text, is_guessed=True) if known else token


def _token(found: re.Match[str]) -> Token:
    kind, text = found.lastgroup or "", found[0]
    if kind == "word":
        return _word_token(text)
    if kind in {"dash", "comma"}:
        return Token(Sort.DASH if kind == "dash" else Sort.COMMA, (), text)
    figures = [int(figure) for figure in re.findall(r"\d+", text)]
    if kind == "short_year":
        return Token(Sort.YEAR, (figures[0] + CENTURY,) * 2, text)
    if kind == "number":
        return _number_token(text, figures[0])
    if kind in {"years", "short_years"}:
        first = figures[0] if kind == "years" else figures[0] + CENTURY
        last = figures[1] if figures[1] >= 100 else figures[1] + first // 100 * 100
        return Token(Sort.YEARS, (first, last), text) if first <= last else Token(Sort.YEAR, (first, first), text)
    if kind == "iso":
        return Token(Sort.DATE, (figures[2], figures[1], figures[0]), text)
    if kind == "month_of_year":
        return Token(Sort.DATE, (0, *figures), text)
    day, month, *year = figures
    return Token(Sort.DATE, (day, month, _full_year(year[0]) if year else 0), text)


def _full_year(year: int) -> int:
    return year if year >= 100 else year + CENTURY


def _number_token(text: str, number: int) -> Token:
    is_year = 1000 <= number <= 9999 and not text.startswith("0")
    return Token(Sort.YEAR if is_year else Sort.NUMBER, (number, number) if is_year else (number,), text)


def _word_token(word: str) -> Token:
    if word in _ROMAN:
        return Token(Sort.NUMBER, (_ROMAN[word],), word)
    known = meaning_of(word)
    if known is not None:
        return Token(known[0], (known[1],), word)
    return Token(Sort.WORD, (), word)
