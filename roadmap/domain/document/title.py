"""The title of a plan and the organisation it belongs to."""

import re
from collections.abc import Sequence

from roadmap.domain.document.approvals import Line, is_stamp
from roadmap.domain.document.wording import begins_small, folded, is_in_capitals, is_unfinished, joined, one_line

_ROADMAP = re.compile(r"дорожн\w+\s+карт")
_PLAN_EPITHETS = r"(?:(?:комплексный|перспективный|годовой|календарный|общий|примерный|муниципальный)\s+)*"
_PLAN = re.compile(rf"^[«\"]?{_PLAN_EPITHETS}(?:план|план-график|перечень мероприятий)\b")
_TITLE_START = re.compile(
    r"^(?:(?:комплексный|перспективный|годовой|муниципальный|примерный)\s+)?(?:план|проект|комплекс)\b"
)
_GOES_ON = re.compile(r"^(?:[«\"(]|(?:20)?\d\d|МБ|МА|МК|МОУ|ГБ|ГА|КОГ|ГОУ|ЧОУ|ФГ|Муниципальн|Государственн|СОШ|Целев)")
_ABBREVIATION = (
    r"(?:[А-ЯЁ]{0,6}(?:ОУ|ПОУ|ПОБУ|БОУ|АОУ|ДОУ|УДО|ОДО|БУ|АУ|КУ|ГУ)(?:\s?[-–]\s?|\s+)?(?:ДО|ДПО|ПО|СПО|ВО)?"
    r"|ИМЦ|СОШ|ООШ|НОШ|МОУ)"
)
_TOWN = r"(?:\s+(?:г\.|города|с\.|пос\.|ст\.)\s?[А-ЯЁ][\w-]+)?"
_SHORT_NAME = re.compile(
    rf"(?<![А-ЯЁа-яё])(?:{_ABBREVIATION}(?:\s+[А-ЯЁ]{{2,7}}){{0,2}}(?:\s+(?:г\.|города)\s?[А-ЯЁ][а-яё-]+)?\s*"
    rf"(?:«(?:[^«»]|«[^«»]*»)*»|«[^«»]*«[^«»]*»|\"[^\"]+\"|“[^”]+”)){_TOWN}"
)
_SCHOOL = r"(?:СОШ|ООШ|НОШ|СШ|ОШ|[Лл]ице[йяею]|[Гг]имнази[яиюей]|[Шш]кол[аыеу]|[Дд]етск\w+ сад\w?)"
_NUMBERED_NAME = re.compile(rf"(?<![А-ЯЁа-яё])(?:{_ABBREVIATION}\s+)?{_SCHOOL}\s*№\s?\d+{_TOWN}")
_VILLAGE = r"(?:(?:СОШ|ООШ|НОШ|школа)\s+)?(?:(?:с|п|пос|ст|ст-цы|д|х|г|а|пгт|р\.\s?п)\.\s?)?"
_PLAIN_NAME = re.compile(rf"(?<![А-ЯЁа-яё]){_ABBREVIATION}\s+{_VILLAGE}[А-ЯЁ][а-яё-]+(?:\s+(?:СОШ|ООШ|НОШ|школа))?")
_LONG_NAME = re.compile(
    r"(?:муниципальн|государственн|частн|областн|краев|федеральн)(?:ое|ом|ого)\s+(?:[а-яё]+(?:ое|ом|ого)\s+)*учреждени[еия]"
    r"(?:\s+[а-яё]+(?:\s+[а-яё]+){0,3}?)?\s*(?:«(?:[^«»]|«[^«»]*»)*»|\"[^\"]+\"|[А-ЯЁ]\w+(?:\s\w+){0,3}\s№\s?\d+)",
    re.IGNORECASE,
)
_OBLIQUE = re.compile(r"^((?:[А-ЯЁа-яё]+(?:ом|ого)\s+)+учреждени)[ия]\b")
_AUTHORITY_HEADS = {
    "отдела": "отдел", "управления": "управление", "департамента": "департамент", "комитета": "комитет",
    "министерства": "министерство", "администрации": "администрация",
}  # fmt: skip
_AUTHORITY = re.compile(
    rf"(?<!\w)(?:{'|'.join([*_AUTHORITY_HEADS, *_AUTHORITY_HEADS.values()])})\s+"
    r"(?:образован\w+|администрац\w+|по\s|муниципальн|город|[А-ЯЁ])[^,;№]*",
    re.IGNORECASE,
)
LONGEST_TITLE = 500
# «Дорожная карта разработана в соответствии с …» is a sentence about a plan and no title.
_TOLD = re.compile(
    r"^(?:насто\w+\s+)?(?:дорожн\w+\s+карт\w+|план\w*)\s*(?:\([^()]*\)\s*)?(?:[а-я]+\s+){0,6}?"
    r"(?:(?:разработан|составлен|направлен|предназначен|утвержден)[аоы]?|определяет|предусматривает|представляет|является|"
    r"содержит|включает)(?!\w)"
)
_SENTENCE = re.compile(r"[а-я]{3,}\.\s+(?=\S)")


def is_title_line(text: str) -> bool:
    """Whether a line outside of the table begins (or is) the title of a plan."""
    small = folded(text)
    if len(text) > LONGEST_TITLE or is_stamp(text) or _is_told(small):
        return False
    return bool(_ROADMAP.search(small) and _stands_first(small)) or bool(_PLAN.match(small))


def _is_told(small: str) -> bool:
    """Whether a text tells of a roadmap in a sentence, or names it only in a further one."""
    if _TOLD.match(small):
        return True
    sentence = _SENTENCE.search(small)
    found = _ROADMAP.search(small)
    return sentence is not None and found is not None and sentence.end() <= found.start()


def _stands_first(small: str) -> bool:
    """«Дорожная карта» within the first words, or in brackets after «план мероприятий»."""
    found = _ROADMAP.search(small)
    return found is not None and (len(small[: found.start()].split()) <= 4) and not small.startswith("приложени")


def names_roadmap(title: str) -> bool:
    """Whether a title says «дорожная карта», and not only «план»."""
    return bool(_ROADMAP.search(folded(title)))


def titles_in(lines: Sequence[Line]) -> list[tuple[str, int, int]]:
    """The titles among consecutive lines: the words over all their lines, the first and the last line."""
    titles: list[tuple[str, int, int]] = []
    at = 0
    while at < len(lines):
        end = _end_of_title(lines, at)
        if end == at:
            at += 1
            continue
        text = ""
        for line in lines[at:end]:
            text = joined(text, one_line(line.text))
        if is_title_line(text) and len(text.split()) > 1:
            titles.append((text, lines[at].line, lines[end - 1].line))
        at = end
    return titles


def _end_of_title(lines: Sequence[Line], at: int) -> int:
    """The place after the last line of the title that begins at `at`; `at` itself if none does."""
    first = one_line(lines[at].text)
    is_split = bool(_TITLE_START.match(folded(first))) and len(first.split()) < 4
    if not (is_title_line(first) or is_split):
        return at
    end, length = at + 1, len(first)
    while end < len(lines) and _continues(one_line(lines[end - 1].text), one_line(lines[end].text)):
        length += len(lines[end].text)
        if length > LONGEST_TITLE:
            break
        end += 1
    return end


def _continues(before: str, line: str) -> bool:
    if is_stamp(line) or (before.endswith((".", ";")) and not before.endswith(("г.", "гг."))):
        return False
    if begins_small(line) or _GOES_ON.match(line) or is_unfinished(before):
        return True
    if is_in_capitals(line) and is_in_capitals(before):
        return not (is_title_line(line) and len(before.split()) > 1 and len(line.split()) > 3)
    return len(before.split()) <= 1 and bool(_ROADMAP.search(folded(line)))


def best_title(titles: Sequence[str]) -> str | None:
    """The most complete of several titles: one that says «дорожная карта», and of these the longest."""
    named = [title for title in titles if names_roadmap(title)] or list(titles)
    return max(named, key=len, default=None)


def organisation_in(titles: Sequence[str], bodies: Sequence[str], lines: Sequence[str]) -> str | None:
    """The organisation of a plan: its short name («МБОУ «Лицей №22»») from the titles, the stamps, other lines.

    Next best are a numbered school without its form, the full name, the authority that issued the annex.
    """
    places = [*sorted(titles, key=len), *bodies, " ".join(lines)]
    for pattern in (_SHORT_NAME, _LONG_NAME, _NUMBERED_NAME, _PLAIN_NAME):
        for place in places:
            if found := pattern.search(place):
                return _in_nominative(_as_elsewhere(found.group().strip(), places, pattern))
    for place in (*bodies, *titles, " ".join(lines)):
        if found := _AUTHORITY.search(place):
            return _nominative(found.group().strip(" ."))
    return None


def _in_nominative(name: str) -> str:
    """A full name as it is called: «муниципальном бюджетном учреждении «…»» in the nominative."""
    found = _OBLIQUE.match(name)
    if not found:
        return name
    return re.sub(r"(?:ом|ого)(?=\s)", "ое", found[1]) + "е" + name[found.end() :]


def _nominative(name: str) -> str:
    head, _, rest = name.partition(" ")
    nominative = _AUTHORITY_HEADS.get(head.lower(), head)
    return f"{nominative.capitalize() if head[:1].isupper() else nominative} {rest}"


def _as_elsewhere(name: str, places: Sequence[str], pattern: re.Pattern[str]) -> str:
    """A name out of a title in capitals as it is written in another place."""
    for place in places:
        for found in pattern.finditer(place):
            if found.group() != name and folded(found.group().strip()) == folded(name):
                return min(name, found.group().strip(), key=lambda text: sum(letter.isupper() for letter in text))
    return name


def same_plan(first: str, second: str) -> bool:
    """Whether two titles may belong to one plan: neither their years nor the names in quotation marks differ."""
    for pattern in (r"20\d\d\s*[-–—/]\s*(?:20)?\d\d|20\d\d", r"«([^«»]+)»|№\s?\d+"):
        ours, theirs = (
            {found.group() for found in re.finditer(pattern, _plain_title(title))} for title in (first, second)
        )
        if ours and theirs and not ours & theirs:
            return False
    return True


def _plain_title(title: str) -> str:
    """The title folded, without blanks before numbers and without «дорожная карта» in quotation marks."""
    return re.sub(r"[«\"(]*дорожн\w+ карт\w+[»\")]*", "", re.sub(r"№\s+", "№", folded(title)))
