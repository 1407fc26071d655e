"""The Russian of orders on pairs and groups: heading, preamble and points from names in their cases.

The layout and the usual verbs come from the domain reference, sections 1.7 and 6.4 to 6.7. A line of the points that
starts with a dash is a sub-point of the point above it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from documents.domain.numbers import long_date
from mentoring.domain.vocabulary import EndGround
from people.domain.declension.cases import Case, Forms

SUBPOINT = "– "


@dataclass(frozen=True, slots=True)
class Participant:
    """A person of an order: the full name, the initials and the post, each in six cases."""

    name: Forms
    initials: Forms
    post: Forms

    def said(self, case: Case, *, goes_on: bool = False) -> str:
        """Name and post in a case; the post stands between commas where the sentence goes on after it."""
        if not self.post.nom:
            return self.name.get(case)
        return f"{self.name.get(case)}, {lower_first(self.post.get(case))}" + ("," if goes_on else "")


@dataclass(frozen=True, slots=True)
class PairText:
    """A pair or group as the text of an order needs it. Both days are included."""

    mentor: Participant
    mentees: tuple[Participant, ...]
    first_day: date
    last_day: date

    @property
    def is_group(self) -> bool:
        return len(self.mentees) > 1


MOST_NAMED = 5
"""With more pairs than this a point speaks of the mentors without naming them."""


@dataclass(frozen=True, slots=True)
class OrderText:
    """The parts of an order that a curator may still reword."""

    heading: str
    preamble: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """A pair that ends: when its last day is, why, and which order («от … № …») had fixed it."""

    pair: PairText
    last_day: date
    ground: EndGround
    basis: str


GROUND_INSTRUMENTAL: dict[EndGround, str] = {
    EndGround.DONE: "выполнением персонализированной программы",
    EndGround.MENTOR_REFUSED: "досрочным отказом наставника от осуществления наставничества",
    EndGround.CANCELLED: "досрочной отменой поручения об осуществлении наставничества",
    EndGround.MUTUAL: "взаимным согласием сторон",
    EndGround.CURATOR: "предложением куратора",
    EndGround.DISMISSAL: "прекращением трудовых отношений",
    EndGround.LEAVE: "длительным отсутствием",
    EndGround.REPLACEMENT: "заменой наставника",
}


def lower_first(text: str) -> str:
    """The text with a small first letter, abbreviations left alone: «Учитель» → «учитель», «ИТ-директор» stays."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def enumerate_words(words: Sequence[str]) -> str:
    """«а», «а и б», «а, б и в»; words that carry a comma of their own are divided by semicolons."""
    if len(words) < 2:
        return "".join(words)
    if any("," in word for word in words):
        return "; ".join(words)
    return ", ".join(words[:-1]) + " и " + words[-1]


def heading_of(pairs: Sequence[PairText]) -> str:
    """«О закреплении наставнических пар и групп», in the number that fits; no full stop (domain reference 1.7)."""
    groups = sum(pair.is_group for pair in pairs)
    singles = len(pairs) - groups
    words = [
        *([("наставнической пары", "наставнических пар")[singles > 1]] if singles else []),
        *([("группы", "групп")[groups > 1]] if groups and singles else []),
        *([("наставнической группы", "наставнических групп")[groups > 1]] if groups and not singles else []),
    ]
    return "О закреплении " + " и ".join(words)


def preamble_of(regulation: str, *, is_by_labour_code: bool, aim: str) -> str:
    """The basis and aim of an order, up to the word «приказываю».

    The Labour Code's article 351.8 is named where employees mentor employees (domain reference 1.3).
    """
    bases = []
    if is_by_labour_code:
        bases.append("со статьёй 351.8 Трудового кодекса Российской Федерации")
    if regulation:
        bases.append(f"с Положением о системе наставничества, {regulation.strip().rstrip('.')}")
    start = f"В соответствии {', '.join(bases)}, " if bases else ""
    return upper_first(start + aim)


def assignment_text(
    pairs: Sequence[PairText],
    *,
    regulation: str,
    is_by_labour_code: bool,
    curator: Participant | None,
    programmes_due_on: date,
    is_in_annex: bool,
) -> OrderText:
    """The order that fixes pairs and groups.

    With a few pairs each stands in the text with its names in the right case; many go to the annex alone.
    """
    where = "согласно приложению" if is_in_annex else "согласно таблице"
    if is_in_annex:
        first = [f"Закрепить {_whole_period(pairs)} наставников за наставляемыми {where}."]
    else:
        first = [
            f"Закрепить {_whole_period(pairs)}:",
            *(SUBPOINT + line + ending for line, ending in zip(map(_fixed, pairs), _endings(len(pairs)), strict=True)),
        ]
    mentors = "Наставнику" if len(pairs) == 1 else "Наставникам"
    named = enumerate_words([pair.mentor.initials.dat for pair in pairs])
    who = f"{mentors} {named}" if len(pairs) <= MOST_NAMED else mentors
    mentees = "наставляемым" if sum(len(pair.mentees) for pair in pairs) == 1 else "наставляемыми"
    points = [
        *first,
        f"{who} до {long_date(programmes_due_on)} разработать совместно с {mentees} персонализированные программы "
        "наставничества и организовать работу по ним.",
    ]
    if curator:
        points.append(f"{_dative(curator)} обеспечить сопровождение и контроль реализации программ.")
    points += _closing_points(curator)
    aim = "в целях профессионального становления и развития наставляемых, на основании письменных согласий участников"
    return OrderText(
        heading_of(pairs), preamble_of(regulation, is_by_labour_code=is_by_labour_code, aim=aim), tuple(points)
    )


def ending_text(endings: Sequence[Ending], *, regulation: str, control: Participant | None) -> OrderText:
    """The order that ends pairs before or at their term; it refers to the orders that had fixed them."""
    is_early = any(ending.ground != EndGround.DONE for ending in endings)
    lines = [
        f"Прекратить с {long_date(ending.last_day)} {_mentoring_of(ending.pair)} закреплённое приказом "
        f"{ending.basis}, в связи с {GROUND_INSTRUMENTAL[ending.ground]}."
        for ending in endings
    ]
    return OrderText(
        "О досрочном прекращении наставничества" if is_early else "О прекращении наставничества",
        preamble_of(regulation, is_by_labour_code=False, aim="в связи с окончанием работы наставнических пар"),
        tuple(lines + _closing_points(control)),
    )


def replacement_text(
    ending: Ending, new_pair: PairText, *, regulation: str, is_by_labour_code: bool, control: Participant | None
) -> OrderText:
    """The order that replaces a mentor: the old pair ends, the new one is fixed."""
    points = [
        f"Внести изменения в приказ {ending.basis}: прекратить с {long_date(ending.last_day)} "
        f"{_mentoring_of(ending.pair).rstrip(',')} в связи с заменой наставника.",
        f"Закрепить на период с {long_date(new_pair.first_day)} по {long_date(new_pair.last_day)} {_fixed(new_pair)}.",
        *_closing_points(control),
    ]
    aim = "в целях продолжения работы с наставляемыми, на основании письменных согласий участников"
    return OrderText(
        "О замене наставника", preamble_of(regulation, is_by_labour_code=is_by_labour_code, aim=aim), tuple(points)
    )


def extension_text(
    pair: PairText, *, last_day: date, basis: str, regulation: str, control: Participant | None
) -> OrderText:
    """The order that prolongs a pair by mutual agreement."""
    points = [
        f"Внести изменения в приказ {basis}: продлить до {long_date(last_day)} "
        f"{_mentoring_of(pair).rstrip(',')} на прежних условиях.",
        *_closing_points(control),
    ]
    aim = "в целях завершения персонализированной программы наставничества, по взаимному согласию сторон"
    return OrderText(
        "О продлении срока наставничества", preamble_of(regulation, is_by_labour_code=False, aim=aim), tuple(points)
    )


def numbered(points: str) -> tuple[str, ...]:
    """Points with their numbers: a line is a point, a line that starts with a dash a sub-point («1.1.»)."""
    result: list[str] = []
    main = sub = 0
    for line in (line.strip() for line in points.splitlines()):
        if not line:
            continue
        if line[:1] in "–—-" and main:
            sub += 1
            result.append(f"{main}.{sub}. {line[1:].strip()}")
        else:
            main, sub = main + 1, 0
            result.append(f"{main}. {line}")
    return tuple(result)


def _whole_period(pairs: Iterable[PairText]) -> str:
    periods = sorted({(pair.first_day, pair.last_day) for pair in pairs})
    if len(periods) > 1:
        return "на указанные периоды"
    first, last = periods[0]
    return f"на период с {long_date(first)} по {long_date(last)}"


def _fixed(pair: PairText) -> str:
    word = "наставника группы" if pair.is_group else "наставника"
    return f"{word} {pair.mentor.said(Case.ACC, goes_on=True)} за {_mentees(pair)}"


def _mentoring_of(pair: PairText) -> str:
    return f"наставничество {pair.mentor.said(Case.GEN, goes_on=True)} над {_mentees(pair)},"


def _mentees(pair: PairText) -> str:
    return enumerate_words([mentee.said(Case.INS) for mentee in pair.mentees])


def _endings(count: int) -> list[str]:
    return [";"] * (count - 1) + ["."]


def _dative(person: Participant) -> str:
    return upper_first(f"{person.post.dat} {person.initials.dat}".strip())


def _closing_points(control: Participant | None) -> list[str]:
    text = "Ознакомить с приказом всех названных в нём под подпись."
    if control is None:
        return [text, "Контроль за исполнением приказа оставляю за собой."]
    whom = f"{lower_first(control.post.acc)} {control.initials.acc}".strip()
    return [text, f"Контроль за исполнением приказа возложить на {whom}."]
