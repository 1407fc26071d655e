"""Tables of Russian noun and adjective endings and the way to put them on a stem."""

from __future__ import annotations

from typing import NamedTuple

from people.domain.declension.cases import Forms
from people.domain.declension.dictionary import common_noun

VOWELS = frozenset("аеёиоуыэюя")
HUSHING = "жчшщ"
VELAR = "гкх"
_LAST_LETTERS = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")


class Pattern(NamedTuple):
    """How a word declines: how many last letters go, and what comes instead in five cases."""

    cut: int
    gen: str
    dat: str
    acc: str
    ins: str
    pre: str


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list written in one string, lower-case and divided by spaces."""
    return frozenset(words.split())


def ends_in_cyrillic(word: str) -> bool:
    """Tell whether Russian endings can be put on the (lower-case) word at all."""
    return word[-1:] in _LAST_LETTERS


def has_vowel(stem: str) -> bool:
    """Tell whether the (lower-case) stem holds a vowel, that is, a syllable of its own."""
    return any(letter in VOWELS for letter in stem)


def apply(word: str, pattern: Pattern | None) -> Forms:
    """Return the forms of the word; without a pattern the word does not decline."""
    if pattern is None:
        return Forms.same(word)
    cut, *endings = pattern
    stem = word[: len(word) - cut]
    return Forms(word, *(stem + ending for ending in endings))


# Words with two stresses, of which the surname has the one on the stem («Бо́ндарем»).
_STEM_STRESSED_SURNAMES = frozenset({"бондарь"})


def is_end_stressed(word: str) -> bool:
    """Tell whether the instrumental of a known common noun stresses its ending.

    Spelling shows that stress after hushing consonants, ц and soft consonants:
    «ткачом, королём, лапшой» against «кличем, гоголем, грушей». A word which the
    dictionary does not know counts as stressed on the stem, as most surnames are.
    """
    if word in _STEM_STRESSED_SURNAMES:
        return False
    noun = common_noun(word)
    return noun is not None and noun.ins.endswith(("ом", "ём", "ой", "ёй"))


def a_declension(word: str) -> Pattern:
    """Return the pattern of a (lower-case) noun in -а or -я, of either gender."""
    stressed = is_end_stressed(word)
    before = word[-2:-1]
    if word.endswith("ия"):
        return Pattern(1, "и", "и", "ю", "ей", "и")
    if word.endswith("я"):
        return Pattern(1, "и", "е", "ю", "ёй" if stressed else "ей", "е")
    genitive = "и" if before and before in HUSHING + VELAR else "ы"
    soft_instrumental = before and before in HUSHING + "ц" and not stressed
    return Pattern(1, genitive, "е", "у", "ей" if soft_instrumental else "ой", "е")


def consonant_declension(word: str) -> Pattern:
    """Return the pattern of a masculine (lower-case) noun in a consonant, -й or -ь.

    The vowel before the last consonant stays; where it is fleeting, the caller knows.
    """
    stressed = is_end_stressed(word)
    if word.endswith("ий") and has_vowel(word[:-2]):
        return Pattern(1, "я", "ю", "я", "ем", "и")
    if word.endswith(("й", "ь")):
        return Pattern(1, "я", "ю", "я", "ём" if stressed else "ем", "е")
    soft_instrumental = word[-1] in HUSHING + "ц" and not stressed
    return Pattern(0, "а", "у", "а", "ем" if soft_instrumental else "ом", "е")
