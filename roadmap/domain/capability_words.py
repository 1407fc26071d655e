"""Which capabilities a measure of an unknown plan is carried out by: judged by its words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

WORD = re.compile(r"[а-яё]{4,}")
STEM, LONG_STEM = 6, 9
"""Letters of a word that are compared: Russian endings stand behind them. Of «наставник», «наставляемый» and
«наставничество» more are needed to tell them apart."""
ALIKE, SHORT_ALIKE, SHORT = 0.6, 0.8, 5
"""From this share of common stems two measures are taken for the same one; where fewer than `SHORT` are common,
one other word makes it another measure."""

# Words that name a capability's work, by its key; a measure may name several.
_WORDS: dict[str, str] = {
    "K02": r"приказ\w* о (закреплени|назначении наставник)|закреплени\w+ (наставни|пар)"
    r"|распоряжени\w+ .*закреп|закреп\w+ .*(пар|групп)",
    "K01": r"локальн\w+ (нормативн|акт)|положени[еяю] о (системе|наставн)|издани\w+ (приказ|распоряд)|\bприказ"
    r"|назначени\w+ (куратор|ответственн)",
    "K03": r"дополнительн\w+ соглашени|письменн\w+ согласи|трудов\w+ договор",
    "K04": r"согласи\w+ на (сбор|обработ)|персональн\w+ данн",
    "K05": r"(баз|банк)\w* .{0,30}наставляемых|включить .* в качестве наставляем",
    "K06": r"(баз|банк)\w* .{0,15}наставников|отбор\w* наставник|собеседовани\w+ с (наставник|кандидат)",
    "K07": r"анкетировани|сбор\w* .{0,20}запрос|выявлени\w+ (запрос|дефицит|потребност)|опрос",
    "K08": r"третьих лиц|от родителей|дополнительн\w+ информаци\w+ о",
    "K09": r"оценк\w+ участник|входн\w+ (диагностик|оценк)|итогов\w+ диагностик|заданным параметр",
    "K10": r"подбор\w* (пар|наставник)|сопоставлени|соединени\w+ .*пар|анализ\w* банк",
    "K11": r"группов\w+ встреч\w+ наставников|предпочита\w+ наставник",
    "K12": r"(формировани|работ)\w* (наставническ\w+ )?(пар|групп)|психолого-педагогическ\w+ (поддержк|сопровожд)",
    "K13": r"персонализированн\w+ программ|индивидуальн\w+ (образовательн|план|маршрут)|программ\w* наставничеств",
    "K14": r"встреч\w+ (наставник|наставнич|пар)|регулярн\w+ встреч|взаимопосещени|посещени\w+ урок",
    "K15": r"обучени\w+ .{0,20}наставник|курс\w* повышени|повышени\w+ квалификаци|стажиров|установочн",
    "K16": r"семинар|кругл\w+ стол|конференци|фестивал|конкурс|мероприяти\w+ .*итог|совет\w* наставник"
    r"|школ\w+ молодого|мастер-класс|торжествен|педагогическ\w+ совет|совещани",
    "K17": r"консультаци|консультировани",
    "K18": r"методическ\w+ (материал|копилк|рекомендац|разработк)",
    "K19": r"лучш\w+ практик|успешн\w+ опыт|эффективн\w+ (опыт|практик)|кейс|обобщени\w+ опыт",
    "K20": r"\bсайт|социальн\w+ сет|информационн\w+ поддержк|освещени",
    "K21": r"информировани|ознакомлени|оповещени|информационн\w+ письм",
    "K22": r"обратн\w+ связ|удовлетворенност|анкетировани\w+ участник",
    "K23": r"отчет\w* наставник|отчет\w* .*выполнени",
    "K24": r"награждени|поощрени|грамот|благодарност",
    "K25": r"мониторинг|показател",
    "K26": r"аналитическ\w+ (справк|отч|записк)|анализ\w* результат|итогов\w+ .*отчет",
    "K27": r"статистическ|форм\w* (мониторинг|отчетност)|внесени\w+ данных в",
    "K28": r"образовательн\w+ организаци\w+ (округа|района)|муниципальн\w+ (уровн|сообществ)",
    "K29": r"сетев\w+ взаимодейств|партн[её]р|соглашени\w+ о сотрудничеств",
    "K30": r"стимулир|материальн\w+ (поощр|стимул)|выплат",
    "K31": r"дорожн\w+ карт\w+|план\w* мероприятий|определени\w+ цел",
    "K32": r"информационно-коммуникационн\w+ сред|дистанционн\w+ форм|цифров\w+ (сред|пространств)",
}
_PATTERNS = {key: re.compile(pattern, re.IGNORECASE | re.DOTALL) for key, pattern in _WORDS.items()}
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class KnownMeasure:
    """A measure whose capabilities are known."""

    title: str
    capabilities: tuple[str, ...]


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """The beginnings of the long words of a text."""
    words = WORD.findall(text[:LONGEST].lower().replace("ё", "е"))
    return frozenset(word[: LONG_STEM if word.startswith("настав") else STEM] for word in words)


def suggested_capabilities(title: str, details: Sequence[str], known: Sequence[KnownMeasure]) -> tuple[str, ...]:
    """Keys of the capabilities a measure seems to be carried out by, best known first; maybe none.

    A measure that one of the `known` resembles (Jaccard index of word stems ≥ 0.6, of short titles ≥ 0.8) takes its
    capabilities; else every capability whose words stand in the title, or in the details where the title names none.
    """
    own = stems(title)
    best = max(known, default=None, key=lambda each: _likeness(own, stems(each.title)))
    if best is not None and _is_same(own, stems(best.title)):
        return best.capabilities
    return _named_in(title) or _named_in(" ".join(details))


def _named_in(text: str) -> tuple[str, ...]:
    plain = text[:LONGEST].replace("ё", "е")
    found = [key for key, pattern in _PATTERNS.items() if pattern.search(plain)]
    if "K02" in found and "K01" in found and not re.search(r"локальн|положени", text, re.IGNORECASE):
        found.remove("K01")
    return tuple(found)


def _is_same(one: frozenset[str], other: frozenset[str]) -> bool:
    return _likeness(one, other) >= (ALIKE if len(one & other) >= SHORT else SHORT_ALIKE)


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0
