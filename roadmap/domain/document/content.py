"""What a cell holds by its own words: a term, those responsible, a measure, or two of them at once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from roadmap.domain.document.numerals import glued_number
from roadmap.domain.document.wording import folded, one_line

_TOKEN = re.compile(r"[^\W\d_]+(?:[-–—][^\W\d_]+)*|\d+(?:\s?[./–—-]\s?\d+)*|[^\w\s]")
_MONTH = (
    r"январ[ьяюе]|феврал[ьяюе]|март[ауе]?|апрел[ьяюе]|ма[йяюе]|июн[ьяюе]|июл[ьяюе]|август[ауе]?|сентябр[ьяюе]|октябр[ьяюе]|"
    r"ноябр[ьяюе]|декабр[ьяюе]|янв|фев|февр|апр|авг|сен|сент|окт|ноя|нояб|дек"
)
_STRONG = re.compile(
    rf"^(?:{_MONTH}|ежегодн\w*|ежемесячн\w*|ежеквартальн\w*|еженедельн\w*|ежедневн\w*|постоянно|регулярно|систематически|"
    r"течени[еи]|квартал\w*|полугоди\w+|четверт[ьи]|триместр\w*|недел[яиюе]|декад[аыуе]|каникул\w*|семестр\w*|период\w*|"
    r"однократно|раз|раза|числа|мере|графику|запросу)$"
)
_WEAK = re.compile(
    r"^(?:до|с|со|по|в|во|на|к|не|позднее|ранее|от|и|или|далее|также|года?|году|годы|годов|г|гг|уч|учебн\w+|начал[оае]|"
    r"кон[ец]\w*|середин[аые]|перв\w+|втор\w+|треть\w+|последн\w+|весь|всего|вся|всей|реализации|программ\w*|кажд\w+|месяц\w*|"
    r"дня|дней|день|необходимости|отдельному|плану|планом|соответствии|согласно|сроками|сроков|не|реже|протяжении|"
    r"i{1,3}|iv|[хx]|календарн\w+|текущ\w+|лет\w*|зим\w+|осен\w+|весен\w+|весн\w+)$"
)
_DAY = r"\d{1,2}\s?[./]\s?\d{1,2}(?:\s?[./]\s?\d{2,4})?"
_DATE = re.compile(rf"^(?:{_DAY}(?:\s?[–—-]\s?{_DAY})?|\d{{1,2}}\.20\d\d|20\d\d\s?[-–—/]\s?(?:20)?\d\d)$")
_NUMBER = re.compile(r"^\d+(?:\s?[./–—-]\s?\d+)*$")
# What a term may begin with; other weak words before the first strong one belong to what stands there.
_OPENING = re.compile(
    r"^(?:до|с|со|в|во|на|к|не|позднее|ранее|начал[оа]|кон[ец]\w*|середин[аы]|перв\w+|втор\w+|треть\w+|последн\w+|весь|всего|\d.*|"
    r"i{1,3}|iv|кажд\w+|по)$"
)
_CLOSING = re.compile(
    r"^(?:года?|году|годы|годов|г|гг|уч|учебн\w+|период\w*|месяц\w*|числа|недел\w+|декад\w+|реализации|программ\w*|"
    r"\d.*|необходимости|далее|плану)$"
)
# Stems of posts, bodies and the words before them.
_ROLE = re.compile(
    r"^(?:"
    r"директор|заместител|завуч|куратор|координатор|методист|педагог|психолог|учител|воспитател|"
    r"наставник|наставляем|тьютор|руководител|руководств|заведующ|администрац|администратор|"
    r"специалист|председател|секретар|ответственн|библиотекар|логопед|дефектолог|комисси|совет|"
    r"юрист|бухгалтер|делопроизводител|инспектор|отдел|управлени|комитет|министерств|департамент|"
    r"центр|служб|члены|организатор|вожат|мастер|преподавател|дирекция|профком|сотрудник|"
    r"работник|начальник|завхоз|оператор|модератор|ректор|проректор|декан|психологи|участники|"
    r"родител|партнер|представител|школа|школы|коллектив|классн|социальн|старш|главн|школьн|"
    r"муниципальн|рабочая|творческая|группа|молод|опытн|замдир"
    r")"
)
# Stems so short that only the whole word counts.
_SHORT_ROLE = re.compile(r"^(?:кл|ст|гл|соц|пед|рук|зав|отв|спец|зам|мо|рмо|гмо|шмо|оо|оу|доу|ппо)$")
_ABBREVIATION = re.compile(r"^[А-ЯЁ]{2,10}$")
_PERSON = re.compile(r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s+[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?|[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][а-яё]+")
_DOING = re.compile(
    r"^(?:\w{2,}(?:ние|ния|ний|ция|ции|тие|тия|ство|нг|ть|ти|чь|ться|тся)|анализ\w*|встреч\w+|совещани\w+|семинар\w*|"
    r"заседани\w+|консультаци\w+|опрос\w*|круглы\w+|конкурс\w*|отчет\w*|выбор\w*|поиск\w*|защит\w+|работ[аы]|участие|"
    r"выпуск|выставк\w+|цикл\w*|тренинг\w*|мастер-класс\w*|экскурси\w+|подготовк\w+|разработк\w+|отбор|сбор|оценк\w+|"
    r"подбор|приказ\w*|поддержк\w+|публикаци\w+|проверк\w+|диагностик\w+|анкет\w+|беседа|беседы|открыт\w+|"
    r"регулярн\w+|своевременн\w+|информационн\w+|материальн\w+|психолог\w+-\w+|методическ\w+|посещени\w+|урок\w*)$"
)
# Lines that only go on with the term above: «последняя неделя» / «мая», «до 25» / «числа», «март» / «ежегодно».
_REST_OF_TERM = re.compile(
    r"(?:[а-я]+(?:[тб]ря|[рл]я|[нл]я)|мая|марта|августа|числа|года?|г|уч|ежегодно|включительно)(?![а-я])"
)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    strength: int  # 2 says a time, 1 may be part of one, 0 is something else, -1 is punctuation


def _tokens(text: str) -> list[_Token]:
    return [
        _Token(found.group(), found.start(), found.end(), _strength(found.group())) for found in _TOKEN.finditer(text)
    ]


def _strength(token: str) -> int:
    word = folded(token)
    if not word[0].isalnum():
        return -1
    parts = re.split(r"[-–—]", word) if word[0].isalpha() else [word]
    if all(_STRONG.match(part) for part in parts) or _DATE.match(word):
        return 2
    return 1 if all(_WEAK.match(part) for part in parts) or _NUMBER.match(word) else 0


def term_within(text: str) -> tuple[int, int] | None:
    """Where in a text a term stands (start and end of the characters); None if there is none.

    A term is a run of words of time with at least one that cannot mean anything else (a month, «ежегодно», a date).
    """
    best: tuple[int, int, int] | None = None
    for is_run, group in groupby(_tokens(text), key=lambda token: token.strength != 0):
        run = _trimmed(list(group)) if is_run else []
        weight = sum(token.strength > 0 for token in run)
        if run and (best is None or weight > best[0]):
            best = weight, run[0].start, run[-1].end
    return best and (best[1], _with_full_stop(text, best[1], best[2]))


def _trimmed(run: list[_Token]) -> list[_Token]:
    strong = [at for at, token in enumerate(run) if token.strength == 2]
    if not strong:
        return []
    first, last = strong[0], strong[-1]
    while first > 0 and _OPENING.match(folded(run[first - 1].text)):
        first -= 1
    while last + 1 < len(run) and (_CLOSING.match(folded(run[last + 1].text)) or _joins(run, last)):
        last += 1
    return run[first : last + 1]


def _joins(run: Sequence[_Token], last: int) -> bool:
    """Whether a mark after the term leads on to another word of it: «уч. г.», «2024 г. – 2025 г.»."""
    return last + 2 < len(run) and run[last + 1].text in ".-–—" and bool(_CLOSING.match(folded(run[last + 2].text)))


def _with_full_stop(text: str, start: int, end: int) -> int:
    """«2024 г.» keeps its full stop."""
    return end + 1 if text[end : end + 1] == "." and re.search(r"(?:\bгг?|\bуч)$", text[start:end]) else end


def is_term(text: str) -> bool:
    """Whether a cell is a term: it begins with words of time and names nobody responsible before them."""
    line = glued_number(one_line(text))[1]  # the number of «1.1. Создание группы» is no date
    found = term_within(line)
    if not found or len(line) > 160:
        return False
    return not is_role_word(_first_word(line[: found[0]])) and len(line[: found[0]].split()) <= 3


def is_rest_of_term(text: str) -> bool:
    """Whether a line only goes on with the term in the line above it, and is no further one."""
    return bool(_REST_OF_TERM.match(text))


def is_responsible(text: str) -> bool:
    """Whether a cell names those responsible: it begins with a post, a body, an abbreviation or a name."""
    line = one_line(text).lstrip("–-• ")
    if not line or len(line) > 300 or _is_only_term(line):
        return False
    return begins_with_role(line)


def begins_with_role(line: str) -> bool:
    """Whether the first word is a post, a body or an abbreviation, or a person's name stands first."""
    if _PERSON.match(line):
        return True
    word = re.match(r"[^\W\d_]+\.?(?:[-–][^\W\d_]+)*", line)
    if not word:
        return False
    parts = re.split(r"[-–]", word.group().rstrip("."))
    return bool(_ABBREVIATION.match(parts[0])) or any(is_role_word(part) for part in parts)


def is_role_word(word: str) -> bool:
    """Whether a word is a post or a body («директор», «зам», «ШМО»), in any case."""
    small = folded(word)
    return bool(_SHORT_ROLE.match(small) or _ROLE.match(small))


def _is_only_term(line: str) -> bool:
    found = term_within(line)
    return found is not None and not line[: found[0]].strip(" .,;") and not line[found[1] :].strip(" .,;")


def _first_word(text: str) -> str:
    words = re.findall(r"[^\W\d_]+", folded(text))
    return words[0] if words else ""


def is_measure(text: str) -> bool:
    """Whether a text reads as a thing to be done: it begins with a noun of doing or an infinitive."""
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", folded(one_line(text)))
    return len(words) >= 2 and any(_DOING.match(word) and not _STRONG.match(word) for word in words[:2])


def term_and_others(text: str) -> tuple[str, list[str]] | None:
    """A cell that holds a term together with those responsible: the term, and the pieces around it.

    «Зам. директора по ВР. Сентябрь 2023-2024 Психолог.» is «Сентябрь 2023-2024» with «Зам. директора по ВР» and
    «Психолог». None if it is not both.
    """
    line = one_line(text)
    found = term_within(line)
    if not found:
        return None
    before, after = line[: found[0]].strip(" .,;–-"), line[found[1] :].strip(" ,;–-")
    others = [piece for piece in (before, after.strip(".")) if piece]
    if not others or not all(begins_with_role(piece) for piece in others):
        return None
    return line[found[0] : found[1]].strip(), others
