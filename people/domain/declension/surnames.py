"""Declension of surnames.

Source: Розенталь Д. Э. «Справочник по правописанию и литературной правке», §149 «Склонение некоторых
слов и словосочетаний», its part on names and surnames. The rules of pytrovich for surnames are not
used: they decline «Сова» as a possessive, leave «Негодяй» and «Гусь» as they are and write «Сухым».
"""

from __future__ import annotations

import re

from people.domain.declension.cases import Forms, Gender
from people.domain.declension.dictionary import (
    common_noun,
    given_name_genders,
    is_known_adjective,
    is_known_surname,
)
from people.domain.declension.endings import (
    HUSHING,
    VELAR,
    VOWELS,
    Pattern,
    a_declension,
    apply,
    consonant_declension,
    ends_in_cyrillic,
    has_vowel,
    word_set,
)

# Words before the surname proper; they never decline.
PARTICLES = word_set("фон де дер ден дель делла ди дю да дос ду ла ле ван эль аль ибн бен тер")

# First parts of double surnames which are no surnames themselves (§149: «Грум-Гржимайло»,
# «Сквозник-Дмухановский», «Бонч-Бруевич») and eastern titles («Шах-Назаров», «Кара-Мурза»).
_FIXED_FIRST_PARTS = PARTICLES | word_set(
    "бонч грум сквозник демут тян корвин книппер мелик кара шах бек хан нур мирза мак сен сент сан о "
    "абдул абдуль белиц вар гасан дюссар призван шолом"
)

# French surnames in a stressed -а, -я (§149: «романы Дюма, Золя»).
_FIXED_FRENCH = word_set("дюма тома дега люка ферма петипа золя труайя")

# Foreign surnames in -ов, -ин take -ом, not -ым («Дарвином, Чаплином, Бюловом»).
_FOREIGN_POSSESSIVE = word_set("дарвин чаплин грин гриффин кронин франклин гершвин болдуин бюлов вирхов флотов гуцков")

_POSSESSIVE_MASCULINE = re.compile(r"(ов|ев|ёв|ин|ын)$")
_POSSESSIVE_FEMININE = re.compile(r"(ов|ев|ёв|ин|ын)а$")
_ADJECTIVE_MASCULINE = re.compile(r"(ск|цк)(ий|ой)$")
_ADJECTIVE_FEMININE = re.compile(r"(ск|цк)ая$")
# Polish and Czech feminine adjectives («Опульска – Опульской»), not nouns as «Ласка».
_WEST_SLAVIC_FEMININE = re.compile(r"(в|н|нь|ль|р|д|е|и)(ск|цк|зк)а$")
# The genitive plural «Черных, Долгих» (§149). Before -их only к, г, х, a hushing consonant or a soft н
# are Russian: «Фрейндлих, Дитрих, Миних» are German nouns, and decline.
_GENITIVE_PLURAL = re.compile(r"(ых|[гкхжшщчцнь]их)$")
_GERMAN_NOUNS = frozenset({"миних", "мюних"})


def decline_surname(surname: str, gender: Gender) -> Forms:
    """Return the forms of a surname, simple, double or with particles, of a man or of a woman."""
    return Forms.joined([_decline_word(word, gender) for word in surname.split(" ")])


def surname_gender(surname: str) -> Gender | None:
    """Return the gender which the ending of the surname leaves no doubt about, else None.

    The parts of a double surname must not contradict each other.
    Certain are the possessive and adjectival pairs -ов/-ова, -ев/-ева, -ин/-ина, -ын/-ына,
    -ский/-ская, -цкий/-цкая. Not certain: monosyllables («Ким», «Цин», «Сова») and words
    which are common nouns and no known surnames of that type («Щербина», «Павлин»).
    """
    parts = re.split(r"[ -]", re.sub(r"[()]", "", surname.lower()))
    genders = {gender for part in parts if (gender := _part_gender(part)) is not None}
    return genders.pop() if len(genders) == 1 else None


def _part_gender(part: str) -> Gender | None:
    if _ADJECTIVE_FEMININE.search(part) or _is_possessive_feminine(part):
        return Gender.FEMININE
    if _ADJECTIVE_MASCULINE.search(part) and has_vowel(part[:-2]):
        return Gender.MASCULINE
    if _is_possessive_masculine(part) and not _is_only_common_noun(part):
        return Gender.MASCULINE
    return None


def _decline_word(word: str, gender: Gender) -> Forms:
    """Decline one word of a surname; hyphened parts apart; brackets (a maiden name) stay."""
    core = word.strip("()")
    if not core or core in PARTICLES:
        return Forms.same(word)
    *first_parts, last_part = core.split("-")
    forms = [_decline_first_part(part, gender) for part in first_parts]
    forms.append(apply(last_part, _pattern(last_part.lower(), gender)))
    before, _, after = word.partition(core)
    joined = Forms.joined(forms, "-")
    return Forms(**{case: before + form + after for case, form in joined.as_dict().items()})


def _decline_first_part(part: str, gender: Gender) -> Forms:
    if part.lower() in _FIXED_FIRST_PARTS:
        return Forms.same(part)
    return apply(part, _pattern(part.lower(), gender))


def _pattern(word: str, gender: Gender) -> Pattern | None:
    if _is_indeclinable(word):
        return None
    if word.endswith(("а", "я")):
        return _feminine_pattern(word) if gender is Gender.FEMININE else a_declension(word)
    if gender is Gender.FEMININE:
        return None  # §149: a woman's surname in a consonant, -й or -ь does not decline
    if word.endswith("й"):
        return _short_i_pattern(word)
    return _masculine_pattern(word)


def _is_indeclinable(word: str) -> bool:
    """Tell surnames which decline for nobody (§149).

    In -о (Дурново, Хитрово, Живаго, Коваленко), -е, -и, -у, -ы, -э, -ю; in -а after a vowel
    (Гулиа, Моравиа); in -ых, -их; French ones in a stressed -а, -я; «Забейворота», a plural inside.
    """
    if len(word) < 2 or not ends_in_cyrillic(word):
        return True
    if word in _FIXED_FRENCH or word[-1] in "оеёиыуюэ" or word.endswith("ворота"):
        return True
    if word[-1] == "а" and word[-2] in VOWELS:
        return True
    return bool(_GENITIVE_PLURAL.search(word)) and word not in _GERMAN_NOUNS and has_vowel(word[:-2])


def _feminine_pattern(word: str) -> Pattern:
    if word.endswith("яя"):
        return Pattern(2, "ей", "ей", "юю", "ей", "ей")
    if word.endswith("ая") and len(word) > 3:
        soft = word[-3] in HUSHING and word not in {"большая", "чужая"}
        ending = "ей" if soft else "ой"
        return Pattern(2, ending, ending, "ую", ending, ending)
    if _is_possessive_feminine(word):
        return Pattern(1, "ой", "ой", "у", "ой", "ой")
    if _WEST_SLAVIC_FEMININE.search(word) and common_noun(word) is None:
        return Pattern(1, "ой", "ой", "ую", "ой", "ой")
    return a_declension(word)


def _short_i_pattern(word: str) -> Pattern:
    """Tell adjectives («Толстой, Сухой, Синий») from nouns («Цой, Палий, Герой, Негодяй»)."""
    if word.endswith(("ой", "ый", "ий")) and has_vowel(word[:-2]) and _is_adjective(word):
        return _adjective_pattern(word)
    noun = common_noun(word)
    if word.endswith("ей") and noun is not None and noun.gen.endswith("ья"):
        return Pattern(2, "ья", "ью", "ья", "ьём", "ье")
    return consonant_declension(word)


def _is_adjective(word: str) -> bool:
    noun = common_noun(word)
    if noun is not None and not is_known_adjective(word):
        return noun.gen.endswith("го")
    if word.endswith(("ой", "ый")):
        return True
    if given_name_genders(word):
        return False  # «Юрий, Антоний» as surnames
    # «Топчий» is a noun of Ukrainian origin, «Ловчий» an adjective of Russian.
    return word[-3] in VELAR + "жшщн" or is_known_adjective(word)


def _adjective_pattern(word: str) -> Pattern:
    before = word[-3]
    if word.endswith("ий") and before not in VELAR:
        soft_sign = "ь" if word.endswith("ачий") else ""  # «Казачьего», but «Ловчего»
        return Pattern(2, *(soft_sign + ending for ending in ("его", "ему", "его", "им", "ем")))
    instrumental = "им" if before in VELAR + HUSHING else "ым"
    return Pattern(2, "ого", "ому", "ого", instrumental, "ом")


def _masculine_pattern(word: str) -> Pattern:
    if _is_possessive_masculine(word):
        return Pattern(0, "а", "у", "а", "ым", "е")
    fleeting = re.search(rf"[{''.join(sorted(VOWELS))}]([^аеёиоуыэюя])ец$", word)
    if fleeting:
        return _fleeting_ec_pattern(word, after_l=fleeting.group(1) == "л")
    if re.search(r"[аеиоуя]ец$", word):  # «Краец – Крайца»
        return Pattern(2, "йца", "йцу", "йца", "йцем", "йце")
    if re.search(r"[оеё]нок$", word) and has_vowel(word[:-4]):  # «Козлёнок – Козлёнка»
        return Pattern(2, "ка", "ку", "ка", "ком", "ке")
    return consonant_declension(word)


def _fleeting_ec_pattern(word: str, *, after_l: bool) -> Pattern:
    """«Кравец – Кравца», «Стрелец – Стрельца»; a short word stresses its ending: «Кравцом»."""
    syllables = sum(letter in VOWELS for letter in word)
    sign = "ь" if after_l else ""
    instrumental = "цом" if syllables == 2 else "цем"
    return Pattern(2, sign + "ца", sign + "цу", sign + "ца", sign + instrumental, sign + "це")


def _is_possessive_masculine(word: str) -> bool:
    """Tell Russian surnames in -ов, -ин from nouns («Цин, Лев») and foreigners («Дарвин»)."""
    if word in _FOREIGN_POSSESSIVE or not _POSSESSIVE_MASCULINE.search(word):
        return False
    return _is_possessive_stem(word[:-2], word[-2:])


def _is_possessive_feminine(word: str) -> bool:
    """Tell «Машина – Машиной» from «Щербина – Щербины», «Сова – Совы».

    §149 allows both declensions for words as «Смородина», by the form the men of the family
    bear. Here a common noun without a known surname of the possessive type is a noun.
    """
    if not _POSSESSIVE_FEMININE.search(word):
        return False
    return _is_possessive_stem(word[:-3], word[-3:-1]) and not _is_only_common_noun(word)


def _is_possessive_stem(stem: str, suffix: str) -> bool:
    # «Львов», «Псов» have no vowel before the suffix, and yet are Russian.
    return has_vowel(stem) or (suffix == "ов" and len(stem) > 1)


def _is_only_common_noun(word: str) -> bool:
    return common_noun(word) is not None and not is_known_surname(word)
