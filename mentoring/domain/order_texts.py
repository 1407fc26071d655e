"""The Russian of orders on pairs and groups: heading, preamble and points from names in their cases.

The layout and the usual verbs come from the domain reference, sections 1.7 and 6.4 to 6.7. A line of the points that
starts with a dash is a sub-point of the point above it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from documents.domain.numbers import long_date
from documents.domain.wording import SUBPOINT, Participant, closing_points, upper_first
from mentoring.domain.vocabulary import EndGround
from people.domain.declension.cases import Case


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
    EndGround.DONE: "выполнением персонализированной программы наставничества",
    EndGround.MENTOR_REFUSED: "досрочным отказом наставника от осуществления наставничества",
    EndGround.CANCELLED: "досрочной отменой поручения об осуществлении наставничества",
    EndGround.MUTUAL: "взаимным согласием сторон",
    EndGround.CURATOR: "предложением куратора",
    EndGround.DISMISSAL: "увольнением или переводом участника",
    EndGround.LEAVE: "длительным отсутствием участника",
    EndGround.REPLACEMENT: "заменой наставника",
}


def enumerate_words(words: Sequence[str]) -> str:
    """«а», «а и б», «а, б и в»; words that carry a comma of their own are divided by semicolons."""
    if len(words) < 2:
        return "".join(words)
    if any("," in word for word in words):
        return "; ".join(words)
    return ", ".join(words[:-1]) + " и " + words[-1]


def heading_of(pairs: Sequence[PairText]) -> str:
    """«О закреплении наставнических пар и групп», in the number that fits; no full stop (domain reference 1.7)."""
    return f"О закреплении {_pairs_and_groups(pairs)}"


def preamble_of(regulation: str, *, is_by_labour_code: bool, aim: str) -> str:
    """The basis and aim of an order, up to the word «приказываю».

    The Labour Code's article 351.8 is named where employees mentor employees (domain reference 1.3).
    """
    bases = []
    if is_by_labour_code:
        bases.append("статьёй 351.8 Трудового кодекса Российской Федерации")
    if known := regulation.strip(" .,"):
        bases.append(f"Положением о системе наставничества, {known}")
    preposition = "со" if is_by_labour_code else "с"
    start = f"В соответствии {preposition} {' и '.join(bases)}, " if bases else ""
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
    is_one = len(pairs) == 1 and not pairs[0].is_group
    points = [*(_fixed_by_annex(pairs) if is_in_annex else _fixed_in_text(pairs)), _work(pairs, programmes_due_on)]
    if curator:
        programmes = "персонализированной программы" if is_one else "персонализированных программ"
        points.append(f"{_dative(curator)} обеспечить сопровождение и контроль реализации {programmes} наставничества.")
    points += closing_points(curator)
    aim = "в целях профессионального становления и развития наставляемых, на основании письменных согласий участников"
    return OrderText(
        heading_of(pairs), preamble_of(regulation, is_by_labour_code=is_by_labour_code, aim=aim), tuple(points)
    )


def ending_text(endings: Sequence[Ending], *, regulation: str, control: Participant | None) -> OrderText:
    """The order that ends pairs before or at their term; it refers to the orders that had fixed them."""
    is_early = any(ending.ground != EndGround.DONE for ending in endings)
    lines = [
        _sentence(
            f"Прекратить {long_date(ending.last_day)} в связи с {GROUND_INSTRUMENTAL[ending.ground]} "
            f"закреплённое приказом {ending.basis} {_mentoring_of(ending.pair)}"
        )
        for ending in endings
    ]
    what = "досрочным прекращением" if is_early else "окончанием"
    aim = f"в связи с {what} работы {_pairs_and_groups([ending.pair for ending in endings])}"
    return OrderText(
        "О досрочном прекращении наставничества" if is_early else "О прекращении наставничества",
        preamble_of(regulation, is_by_labour_code=False, aim=aim),
        tuple(lines + closing_points(control)),
    )


def replacement_text(
    ending: Ending, new_pair: PairText, *, regulation: str, is_by_labour_code: bool, control: Participant | None
) -> OrderText:
    """The order that replaces a mentor: the old pair ends, the new one is fixed."""
    points = [
        _sentence(
            f"Внести изменения в приказ {ending.basis}: прекратить {long_date(ending.last_day)} "
            f"в связи с заменой наставника {_mentoring_of(ending.pair)}"
        ),
        _sentence(f"Закрепить {_period(new_pair)} наставника {_mentor_over_mentees(new_pair)}"),
        *closing_points(control),
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
        _sentence(
            f"Внести изменения в приказ {basis}: продлить по {long_date(last_day)} включительно "
            f"на прежних условиях {_mentoring_of(pair)}"
        ),
        *closing_points(control),
    ]
    aim = "в целях завершения персонализированной программы наставничества, по взаимному согласию сторон"
    return OrderText(
        "О продлении срока наставничества", preamble_of(regulation, is_by_labour_code=False, aim=aim), tuple(points)
    )


def _pairs_and_groups(pairs: Iterable[PairText]) -> str:
    kinds = Counter(pair.is_group for pair in pairs)
    singles, groups = kinds[False], kinds[True]
    pair, group = ("пары", "пар")[singles > 1], ("группы", "групп")[groups > 1]
    adjectives = ("наставнической", "наставнических")
    if not groups:
        return f"{adjectives[singles > 1]} {pair}"
    if not singles:
        return f"{adjectives[groups > 1]} {group}"
    if (singles > 1) == (groups > 1):
        return f"{adjectives[singles > 1]} {pair} и {group}"
    return f"{adjectives[singles > 1]} {pair} и {adjectives[groups > 1]} {group}"


def _have_one_period(pairs: Iterable[PairText]) -> bool:
    return len({(pair.first_day, pair.last_day) for pair in pairs}) == 1


def _period(pair: PairText) -> str:
    return f"на период с {long_date(pair.first_day)} по {long_date(pair.last_day)}"


def _fixed_by_annex(pairs: Sequence[PairText]) -> list[str]:
    if _have_one_period(pairs):
        return [f"Закрепить {_period(pairs[0])} наставников за наставляемыми согласно приложению."]
    return ["Закрепить наставников за наставляемыми на периоды, указанные в приложении."]


def _fixed_in_text(pairs: Sequence[PairText]) -> list[str]:
    if len(pairs) == 1:
        return [_sentence(f"Закрепить {_period(pairs[0])} наставника {_mentor_over_mentees(pairs[0])}")]
    if _have_one_period(pairs):
        first, lines = f" {_period(pairs[0])}", [_mentor_over_mentees(pair, dash=" –") for pair in pairs]
    else:
        first, lines = "", [f"{_period(pair)} – {_mentor_over_mentees(pair)}" for pair in pairs]
    return [f"Закрепить{first} наставников за наставляемыми:", *(SUBPOINT + _sentence(line) for line in lines)]


def _mentor_over_mentees(pair: PairText, dash: str = "") -> str:
    return f"{pair.mentor.said(Case.ACC, goes_on=True)}{dash} за {_mentees(pair)}"


def _mentoring_of(pair: PairText) -> str:
    return f"наставничество {pair.mentor.said(Case.GEN, goes_on=True)} над {_mentees(pair)}"


def _mentees(pair: PairText) -> str:
    """The mentees in the instrumental; they end the sentence, for a group opens a list."""
    listed = enumerate_words([mentee.said(Case.INS) for mentee in pair.mentees])
    return f"группой наставляемых: {listed}" if pair.is_group else listed


def _work(pairs: Sequence[PairText], due_on: date) -> str:
    mentors = list(dict.fromkeys(pair.mentor for pair in pairs))
    who = "Наставнику" if len(mentors) == 1 else "Наставникам"
    if len(mentors) <= MOST_NAMED:
        who += " " + enumerate_words([mentor.initials.dat for mentor in mentors])
    start = f"{who} в срок до {long_date(due_on)} разработать"
    if len(pairs) == 1 and not pairs[0].is_group:
        mentee = pairs[0].mentees[0].initials.gen
        return f"{start} с участием {mentee} персонализированную программу наставничества и организовать работу по ней."
    return (
        f"{start} совместно с наставляемыми персонализированные программы наставничества и организовать работу по ним."
    )


def _sentence(text: str) -> str:
    """The text with one full stop at its end, be it an abbreviation's."""
    return text if text.endswith(".") else text + "."


def _dative(person: Participant) -> str:
    return upper_first(f"{person.post_in(Case.DAT)} {person.initials.dat}".strip())
