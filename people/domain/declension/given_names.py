"""Declension of given names and patronymics: pytrovich with corrections.

Sources of the corrections: Розенталь Д. Э. «Справочник по правописанию и литературной правке», §149;
answers of gramota.ru on eastern names; Правила русской орфографии (1956) on о and е after hushing consonants.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pytrovich.enums import Case as PytrovichCase
from pytrovich.enums import Gender as PytrovichGender
from pytrovich.enums import NamePart
from pytrovich.maker import PetrovichDeclinationMaker

from people.domain.declension.cases import Forms, Gender
from people.domain.declension.dictionary import given_name_genders
from people.domain.declension.endings import VOWELS, Pattern, a_declension, apply, ends_in_cyrillic, word_set

# «Son of» and «daughter of» of Turkic patronymics; these patronymics do not decline.
SONS = ("оглы", "оглу", "угли", "улы", "уулу")
DAUGHTERS = ("кызы", "гызы", "кизи", "қызы")

# Names which the dictionary lacks or of which it knows one gender only.
_FEMININE_BESIDES = word_set(
    "софия айшат хава амина дарима баярма сэсэг сэсэгма эржена оюна саяна соелма гэрэлма бальжима "
    "бэлигма жаргалма янжима дулма ханда номин айлана чойгана аминат"
)
_MASCULINE_BESIDES = word_set(
    "бато доржи дорж цырен базар аюр солбон баяр бэлигто зоригто даши баясхалан серго май сайын"
)
_COMMON_BESIDES = word_set("айнур долгор сойжин саран наран")

# §149: Slavic men's names in -о decline («Левка, Марка, Данила»); other names in -о do not.
_SLAVIC_O = word_set("данило михайло гаврило кирило самойло марко левко павло петро иванко")

# The first part of French double names does not decline («Жан-Жака Руссо», §149), nor do eastern
# articles («Абдул-Азиза») and what stands before eastern titles («Ахмед-Хана»).
_FIXED_FIRST_PARTS = frozenset({"жан", "абд", "абдул", "абдель", "абу", "ага", "нур"})
_EASTERN_TITLES = frozenset({"хан", "бек", "бей", "гирей", "оол", "паша"})

# Patronymics with a stressed -и́ч: «Ильичом, Фомичом» against «Петровичем».
_STRESSED_PATRONYMICS = frozenset({"ильич", "кузьмич", "лукич", "фомич", "хомич"})

_CASES = (
    PytrovichCase.GENITIVE,
    PytrovichCase.DATIVE,
    PytrovichCase.ACCUSATIVE,
    PytrovichCase.INSTRUMENTAL,
    PytrovichCase.PREPOSITIONAL,
)
_GENDERS = {Gender.MASCULINE: PytrovichGender.MALE, Gender.FEMININE: PytrovichGender.FEMALE}


def decline_given(given: str, gender: Gender) -> Forms:
    """Return the forms of a given name, simple or double («Анна-Мария», «Анна Мария»)."""
    return Forms.joined([_decline_double(word, gender) for word in given.split(" ")])


def decline_patronymic(patronymic: str) -> Forms:
    """Return the forms of a patronymic; its ending shows the gender by itself.

    Turkic patronymics and bare names of fathers («Али оглы», «Хасан») do not decline.
    """
    word = patronymic.lower()
    gender = patronymic_gender(patronymic)
    if gender is Gender.MASCULINE and word.endswith("ич"):
        instrumental = "ом" if word in _STRESSED_PATRONYMICS else "ем"
        return apply(patronymic, Pattern(0, "а", "у", "а", instrumental, "е"))
    if gender is Gender.FEMININE and word.endswith("на"):
        return apply(patronymic, Pattern(1, "ы", "е", "у", "ой", "е"))
    return Forms.same(patronymic)


def patronymic_gender(patronymic: str) -> Gender | None:
    """Return the gender shown by the patronymic, None where it shows none."""
    word = patronymic.lower()
    if word.endswith(SONS):
        return Gender.MASCULINE
    if word.endswith(DAUGHTERS):
        return Gender.FEMININE
    if len(word) > 3 and word.endswith("ич"):
        return Gender.MASCULINE
    if len(word) > 4 and re.search(r"[вчшщ]на$", word):
        return Gender.FEMININE
    return None


def given_gender(given: str) -> Gender | None:
    """Return the gender of a well-known given name, None for unknown names and names of both genders.

    All parts of a double name must agree, as far as they are known.
    """
    genders: set[Gender] = set()
    for part in re.split(r"[ -]", given.lower()):
        genders |= _known_genders(part)
    return genders.pop() if len(genders) == 1 else None


def is_known_given(word: str) -> bool:
    """Tell whether the word is a well-known given name."""
    return bool(_known_genders(word.lower()))


def _known_genders(word: str) -> frozenset[Gender]:
    if word in _COMMON_BESIDES:
        return frozenset(Gender)
    if word in _FEMININE_BESIDES:
        return frozenset({Gender.FEMININE})
    if word in _MASCULINE_BESIDES:
        return frozenset({Gender.MASCULINE})
    return given_name_genders(word)


def _decline_double(word: str, gender: Gender) -> Forms:
    *first_parts, last_part = word.split("-")
    last = _decline_part(last_part, gender)
    eastern = last_part.lower() in _EASTERN_TITLES or last == Forms.same(last_part)
    if gender is Gender.MASCULINE and eastern:
        firsts = [Forms.same(part) for part in first_parts]  # «Ахмед-Хана», «Амир-Али»
    else:
        firsts = [_decline_first_part(part, gender) for part in first_parts]
    return Forms.joined([*firsts, last], "-")


def _decline_first_part(part: str, gender: Gender) -> Forms:
    return Forms.same(part) if part.lower() in _FIXED_FIRST_PARTS else _decline_part(part, gender)


def _decline_part(part: str, gender: Gender) -> Forms:
    word = part.lower()
    if len(word) < 2 or not ends_in_cyrillic(word):
        return Forms.same(part)  # an initial, a foreign script
    if word[-1] == "а" and word[-2] in VOWELS:
        return Forms.same(part)  # «Лиа», «Ноа»; pytrovich declines the feminine ones
    if gender is Gender.MASCULINE:
        correction = _masculine_correction(word)
        if correction is not None:
            return apply(part, correction)
    elif word.endswith(("жа", "ча", "ща")):
        return apply(part, a_declension(word))  # о after a hushing consonant only under stress
    elif word.endswith("нь"):
        return Forms.same(part)  # «Айгюнь»: eastern names, as those in -ль
    return _pytrovich(part, gender)


def _masculine_correction(word: str) -> Pattern | None:
    if word in _SLAVIC_O:
        return Pattern(1, "а", "у", "а", "ом", "е")
    if word.endswith("ек"):  # the vowel stays: «Марека», pytrovich has «Марька»
        return Pattern(0, "а", "у", "а", "ом", "е")
    if word.endswith("ц"):  # «Францем», pytrovich has «Францом»
        return Pattern(0, "а", "у", "а", "ем", "е")
    if word.endswith("ия"):  # «Захарии», pytrovich has «Захарие»
        return Pattern(1, "и", "и", "ю", "ей", "и")
    return None


@lru_cache(maxsize=1)
def _maker() -> PetrovichDeclinationMaker:
    return PetrovichDeclinationMaker()


def _pytrovich(part: str, gender: Gender) -> Forms:
    forms = (_maker().make(NamePart.FIRSTNAME, _GENDERS[gender], case, part) for case in _CASES)
    return Forms(part, *forms)
