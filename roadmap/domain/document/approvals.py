"""The stamps of a title page: who accepted, considered, agreed or approved the plan, by which act."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from roadmap.domain.document.content import begins_with_role
from roadmap.domain.document.documents_named import NUMBER_OF_PAPER, covered, kind_of_paper, number_and_date
from roadmap.domain.document.wording import folded, is_in_capitals, joined, one_line
from roadmap.domain.document.written_dates import DATE_OF_PAPER
from roadmap.domain.plan import Approval, Doubt

_STAMPS = (
    (re.compile(r"принят[оаы]?\b"), "accepted"),
    (re.compile(r"рассмотрен[оаы]?\b"), "considered"),
    (re.compile(r"(?:согласован[оаы]?|согласую)\b"), "agreed"),
    (re.compile(r"утвержд(?:аю|ен[оаы]?)\b|утв\.(?=\s*(?:приказ|распоряж|постановл|директор|завед))"), "approved"),
    (re.compile(r"приложени[ея]\b(?=\s*(?:№?\s*\d+|к\b|$))"), "annex"),
)
_STAMP_WORD = re.compile(
    r"(?<!\w)(?:принят[оаы]?|рассмотрен[оаы]?|согласован[оаы]?|согласую|утвержд(?:аю|ен[оаы]?)|утв\.)(?!\w)",
    re.IGNORECASE,
)
# No name is the word after initials that names a paper or begins a stamp: «Соловьёва М.Ю. Приказ № 64».
_NO_NAME = (
    r"(?!Приказ|Распоряжени|Протокол|Постановлени|Решени|Положени|Директор|Заведующ|Председател|Согласован|Утвержд)"
)
_PERSON = re.compile(
    rf"[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?{_NO_NAME}[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?|"
    rf"{_NO_NAME}[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s+[А-ЯЁ]\.\s?[А-ЯЁ]\.(?!\s?{_NO_NAME}[А-ЯЁ][а-яё])"
)
_PAPER = r"(?:приказ\w*|распоряжени\w+|постановлени\w+|протокол\w*|решени\w+)"
_DATE = rf"(?:от\s*)?(?:{DATE_OF_PAPER})\s*(?:г(?:ода|\.)?)?"
_BLANK_DATE = r"(?:от\s*)?[«\"]?_+[»\"]?\s*_*\s*(?:20[_\d]{0,2}\s*_*)?\s*(?:г(?:ода|\.)?)?"
_NUMBER = rf"(?:{NUMBER_OF_PAPER}|№\s?_*)"
_DAY = rf"(?:{_DATE}|{_BLANK_DATE})"
_ACT = re.compile(
    rf"(?<!\w)(?:{_PAPER}\s*)?(?:{_NUMBER}[\s,]*{_DAY}?|{_DAY}[\s,]*(?:{_NUMBER})?)(?!\w)|(?<!\w){_PAPER}(?!\w)",
    re.IGNORECASE,
)
_ANNEX_HEAD = re.compile(r"^приложени[ея]\s*(?:№?\s*\d+)?\s*(?:к\s+)?", re.IGNORECASE)
_BLANKS = re.compile(r"_{2,}|/\s*/|\(подпись\)|М\.\s?П\.")
# «к Положению …, утверждённому» / «приказом …»: what was approved, said before the act.
_UTTERED = re.compile(r",?\s*утвержд[её]нн\w+$", re.IGNORECASE)
_COLUMNS = re.compile(r"\s{3,}|\t")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a title page; `column` tells apart the stamps that stand side by side in one table."""

    text: str
    line: int
    column: int = 0


def stamp_kind(text: str) -> str | None:
    """The kind of the stamp that a line begins with, if it begins with one."""
    small = folded(text).lstrip(' «"')
    return next((kind for pattern, kind in _STAMPS if pattern.match(small)), None)


def is_stamp(text: str) -> bool:
    """Whether a line begins a stamp («УТВЕРЖДАЮ», «Приложение 2») and is no sentence of the plan."""
    return len(text) < 200 and stamp_kind(text) is not None


def approvals_in(lines: Sequence[Line]) -> tuple[tuple[Approval, ...], tuple[Doubt, ...]]:
    """The stamps among the lines of a title page, in their order, and what is doubtful in them.

    A stamp ends where the next begins, so the lines are those before the title. A number and date that stand alone
    after a stamp whose act is complete («№504 от 1.09.2022») are an approval of their own by an unknown act.
    """
    approvals: list[Approval] = []
    doubts: list[Doubt] = []
    for stamp in _stamps(_side_by_side(lines, doubts)):
        found = _approvals_of(stamp)
        approvals += found
        if len(found) > 1:
            doubts.append(
                Doubt(stamp[-1].line, "Номер и дата стоят без вида документа: кто и чем утвердил, неизвестно.")
            )
    return tuple(approvals), tuple(doubts)


def _stamps(lines: Iterable[Line]) -> list[list[Line]]:
    """The lines of each stamp, one column of the page after the other."""
    stamps: list[list[Line]] = []
    open_stamps: dict[int, list[Line]] = {}
    for line in lines:
        if is_stamp(line.text):
            open_stamps[line.column] = [line]
            stamps.append(open_stamps[line.column])
        elif _is_of_its_own(line, open_stamps.get(line.column, [])):
            del open_stamps[line.column]
        elif line.column in open_stamps:
            open_stamps[line.column].append(line)
        elif line.column == 0:
            open_stamps.clear()
    return stamps


def _is_of_its_own(line: Line, stamp: Sequence[Line]) -> bool:
    """Whether a line in capitals below a stamp that is signed and dated stands by itself, as headings do."""
    if not stamp or not is_in_capitals(line.text) or len(line.text.split()) < 2 or _ACT.search(line.text):
        return False
    text = " ".join(one_line(part.text) for part in stamp)
    return bool(_PERSON.search(text)) and any(mark.group().strip() for mark in _ACT.finditer(covered(text)))


def _side_by_side(lines: Sequence[Line], doubts: list[Doubt]) -> list[Line]:
    """Lines in which two stamps run side by side divided into those of the left and of the right one."""
    divided: list[Line] = []
    is_double = False
    for line in lines:
        words = list(_STAMP_WORD.finditer(line.text))
        if len(words) == 2 and words[0].start() < 3:
            is_double = True
            doubts.append(Doubt(line.line, "Два грифа стоят рядом в одних строках: проверьте, что к какому относится."))
            cuts: tuple[str, ...] = (line.text[: words[1].start()], line.text[words[1].start() :])
        elif is_stamp(line.text):
            is_double, cuts = False, (line.text,)
        else:
            cuts = _halves(line.text) if is_double else (line.text,)
        for at, text in enumerate(cuts):
            if text.strip():
                divided.append(Line(text.strip(), line.line, at + 1 if is_double else line.column))
    return divided


def _halves(text: str) -> tuple[str, ...]:
    """A line of two stamps cut where its second half begins: a gap, a second act, person or post."""
    if gap := _COLUMNS.search(text.strip()):
        stripped = text.strip()
        return stripped[: gap.start()], stripped[gap.end() :]
    for pattern in (_ACT, _PERSON):
        found = [mark for mark in pattern.finditer(covered(text)) if mark.group().strip()]
        if len(found) == 2:
            return text[: found[1].start()], text[found[1].start() :]
    for start in (mark.start() for mark in re.finditer(r"(?<=\s)[А-ЯЁ]", text)):
        if begins_with_role(text[start:]):
            return text[:start], text[start:]
    return (text,)


def _approvals_of(stamp: Sequence[Line]) -> list[Approval]:
    kind = stamp_kind(stamp[0].text) or "approved"
    text = ""
    for line in stamp:
        text = joined(text, _BLANKS.sub(lambda blank: "__" if "_" in blank.group() else " ", one_line(line.text)))
    head = _ANNEX_HEAD if kind == "annex" else re.compile(rf"^[«\"\s]*{_STAMP_WORD.pattern}[»\"\s:]*", re.IGNORECASE)
    text = head.sub("", text, count=1)
    acts = [mark for mark in _ACT.finditer(covered(text)) if mark.group().strip()]
    person = _PERSON.search(text)
    rest = _without(text, [*acts, person] if person else acts)
    complete = _merged_acts([mark.group() for mark in acts])
    first, *others = complete or [""]
    number, day = number_and_date(first)
    approvals = [Approval(kind, rest or None, kind_of_act(first), number, day, person.group() if person else None)]
    return approvals + [Approval("approved", None, kind_of_act(act), *number_and_date(act)) for act in others]


def kind_of_act(text: str) -> str | None:
    """The kind of the act that a stamp refers to; None where only its number and date are given."""
    return kind_of_paper(text)


def _merged_acts(acts: Sequence[str]) -> list[str]:
    """Pieces of one act put together: «30.08.2024 г.» and «Протокол № 1», «приказу» and «от … №»."""
    merged: list[str] = []
    for act in acts:
        if merged and not _is_complete(merged[-1]) and not _would_repeat(merged[-1], act):
            merged[-1] = f"{merged[-1]} {act}"
        else:
            merged.append(act)
    return merged


def _is_complete(act: str) -> bool:
    number, day = number_and_date(act)
    return kind_of_paper(act) is not None and (number is not None or "№" in act) and (day is not None or "__" in act)


def _would_repeat(before: str, act: str) -> bool:
    (number, day), (other_number, other_day) = number_and_date(before), number_and_date(act)
    kinds = kind_of_paper(before) and kind_of_paper(act)
    return bool(kinds or (number and other_number) or (day and other_day))


def _without(text: str, found: Sequence[re.Match[str]]) -> str:
    """What is left of a stamp without its act and person: the body."""
    kept = list(text)
    for mark in found:
        kept[mark.start() : mark.end()] = "\n" * (mark.end() - mark.start())
    pieces = [
        _UTTERED.sub("", piece.strip(" ,;.:_/").rstrip(" (").lstrip(") ")).strip(" ,")
        for piece in re.split(r"\n+", "".join(kept))
    ]
    return " ".join(piece for piece in pieces if piece and any(letter.isalpha() for letter in piece)).strip(" _")
