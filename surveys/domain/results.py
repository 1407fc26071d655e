"""Results of a wave as they may be shown: its tallies laid out by section, question and side, with what is hidden."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from surveys.domain.disclosure import shown_answers
from surveys.domain.questionnaire import (
    CHOSEN,
    COUNTED,
    SCALED,
    SIDE_LABELS,
    Question,
    QuestionKind,
    Questionnaire,
    Scale,
    Section,
    Side,
)
from surveys.domain.statistics import (
    SATISFIED_FROM,
    Figures,
    Tally,
    as_share,
    block_mean,
    common_scale,
    figures_of,
    satisfied_share,
)

Tallies = Mapping[str, Mapping[str, Tally]]
"""Side, answer key, value, how many; the empty value counts who answered the key, the empty key all sheets."""

SHEETS = ""
ANSWERED = ""

SATISFACTION_SCALE = (1, 10)
"""The ends of the scale on which «satisfied» has a rule."""


@dataclass(frozen=True, slots=True)
class ValueCount:
    """How many people chose a value, and which part they are of those who answered the key."""

    value: str
    label: str
    people: int
    share: Fraction


@dataclass(frozen=True, slots=True)
class Bands:
    """Answers on a scale in three bands: below a third of its range, the middle, above two thirds (1–3, 4–7, 8–10)."""

    low: int
    middle: int
    high: int

    @property
    def people(self) -> int:
        return self.low + self.middle + self.high

    @property
    def per_mille(self) -> tuple[int, int, int]:
        """The bands in thousandths, which add up to 1000 unless nobody answered."""
        if not self.people:
            return (0, 0, 0)
        low, high = round(1000 * self.low / self.people), round(1000 * self.high / self.people)
        return (low, 1000 - low - high, high)

    @property
    def up_to_middle(self) -> int:
        """How far low and middle reach together, in thousandths."""
        low, middle, _ = self.per_mille
        return low + middle


@dataclass(frozen=True, slots=True)
class Cut:
    """One key among all people (`side` None) or on one side. `figures` is None where `hidden` says why not."""

    side: Side | None
    answered: int
    figures: Figures | None
    hidden: str = ""

    @property
    def label(self) -> str:
        return "все" if self.side is None else SIDE_LABELS[self.side]


@dataclass(frozen=True, slots=True)
class KeyResult:
    """What is shown of one key: a question, or one row of a matrix.

    `sides` is empty where the wave asked one side only. Keys that are only listed (dates, persons, words) have no
    figures in any cut.
    """

    question: Question
    key: str
    row: str
    whole: Cut
    sides: tuple[Cut, ...]

    @property
    def text(self) -> str:
        return f"{self.question.text} {self.row}".strip() if self.row else self.question.text

    @property
    def is_scaled(self) -> bool:
        return self.question.kind in SCALED

    @property
    def is_chosen(self) -> bool:
        return self.question.kind in CHOSEN

    @property
    def is_counted(self) -> bool:
        return self.question.kind in COUNTED

    @property
    def values(self) -> tuple[ValueCount, ...]:
        """What the whole chose, with labels; values of an older version stand last under their code."""
        return values_of(self.question, self.whole)

    @property
    def shown_values(self) -> tuple[ValueCount, ...]:
        """The values as a page lists them: of a choice of several the frequent first, else in their own order."""
        if self.question.kind != QuestionKind.SEVERAL:
            return self.values
        return tuple(sorted(self.values, key=lambda value: -value.people))

    @property
    def unchosen(self) -> tuple[str, ...]:
        """The labels of what nobody chose."""
        return tuple(value.label for value in self.values if not value.people)

    @property
    def bands(self) -> Bands | None:
        return bands_of(self.whole)

    @property
    def mean_per_mille(self) -> int | None:
        """How far the mean stands along its scale, in thousandths; None where there is none."""
        return mean_per_mille(self.whole.figures)

    @property
    def satisfied(self) -> Fraction | None:
        """The share of answers of 8 and more, on scales of ten (domain reference, 7.1)."""
        figures = self.whole.figures
        if figures is None or figures.scale is None or (figures.scale.low, figures.scale.high) != SATISFACTION_SCALE:
            return None
        return satisfied_share(figures.counts, figures.scale, SATISFIED_FROM)


@dataclass(frozen=True, slots=True)
class SectionResult:
    """A block of the questionnaire: its keys, and its mean on `scale` (0–1 where its questions have different ones)."""

    title: str
    keys: tuple[KeyResult, ...]
    scale: Scale | None
    mean: float | None
    side_means: tuple[tuple[Side, float | None], ...]

    @property
    def scaled(self) -> tuple[KeyResult, ...]:
        return tuple(each for each in self.keys if each.is_scaled)


def sheets_by_side(tallies: Tallies) -> dict[str, int]:
    """How many sheets there are of each side; sides without any are left out."""
    counts = {side: keys.get(SHEETS, {}).get(ANSWERED, 0) for side, keys in tallies.items()}
    return {side: people for side, people in counts.items() if people}


def results_of(questionnaire: Questionnaire, tallies: Tallies, threshold: int | None) -> tuple[SectionResult, ...]:
    """The sections with everything that may be shown; `threshold` is None in a named wave, where all may.

    Of an anonymous wave each key is judged by the people who answered it, on all sides together and side by side, so
    that nothing about fewer than `threshold` people is shown, or follows by subtraction. Block means are of shown keys.
    """
    sides = [side for side in Side if side in sheets_by_side(tallies)]
    compared = sides if len(sides) > 1 else []
    return tuple(_section(section, tallies, threshold, compared) for section in questionnaire.sections)


def _section(section: Section, tallies: Tallies, threshold: int | None, sides: list[Side]) -> SectionResult:
    keys = tuple(
        result
        for question in section.questions
        if question.kind != QuestionKind.NOTICE
        for result in _question(question, tallies, threshold, sides)
    )
    whole = [each.whole.figures for each in keys if each.whole.figures]
    by_side = {side: [cut.figures for each in keys for cut in each.sides if cut.side == side] for side in sides}
    scale = common_scale(whole)
    return SectionResult(
        title=section.title,
        keys=keys,
        scale=scale,
        mean=block_mean(whole),
        side_means=tuple((side, _mean_on(scale, by_side[side])) for side in sides),
    )


def _mean_on(scale: Scale | None, figures: Iterable[Figures | None]) -> float | None:
    """The mean of a side on the scale of the block; None where the keys shown of it have another common scale."""
    shown = [each for each in figures if each]
    return block_mean(shown) if common_scale(shown) == scale else None


def _question(question: Question, tallies: Tallies, threshold: int | None, sides: list[Side]) -> tuple[KeyResult, ...]:
    """The keys of a question; of «другое» and «лучше не» only the question itself: their words are read apart."""
    keys = question.keys if question.kind == QuestionKind.MATRIX else (question.code,)
    rows = [row.label for row in question.rows] if question.kind == QuestionKind.MATRIX else [""]
    return tuple(
        _key(question, index, key, row, tallies, threshold, sides)
        for index, (key, row) in enumerate(zip(keys, rows, strict=True))
    )


def _key(
    question: Question,
    index: int,
    key: str,
    row: str,
    tallies: Tallies,
    threshold: int | None,
    sides: list[Side],
) -> KeyResult:
    per_side = {side: by_key.get(key, {}).get(ANSWERED, 0) for side, by_key in tallies.items()}
    answered = sum(per_side.values())
    if threshold is None:
        is_whole_shown, shown = True, frozenset(per_side)
    else:
        judged = shown_answers(per_side, threshold)
        is_whole_shown, shown = judged.whole_is_shown, judged.groups

    def cut(side: Side | None, people: int, tally: Tally, is_shown: bool) -> Cut:
        # Nobody who answered, nothing to hide: the figures are empty and say so themselves.
        if people and not is_shown:
            return Cut(side, people, None, why_hidden(people, threshold or 0))
        found = figures_of(question, {key: tally}, {key: people})
        return Cut(side, people, found[index] if found else None)

    return KeyResult(
        question=question,
        key=key,
        row=row,
        whole=cut(None, answered, _summed(by_key.get(key, {}) for by_key in tallies.values()), is_whole_shown),
        sides=tuple(
            cut(side, per_side.get(side, 0), _values(tallies[side].get(key, {})), side in shown) for side in sides
        ),
    )


def why_hidden(people: int, threshold: int) -> str:
    """Why a cut with these people is hidden, in Russian: too few themselves, or what is left without them would be."""
    if people < threshold:
        return f"меньше {threshold} ответов — не показываем"
    return "не показываем: иначе по разности видны ответы немногих"


def _values(tally: Tally) -> dict[str, int]:
    return {value: people for value, people in tally.items() if value != ANSWERED}


def _summed(tallies: Iterable[Tally]) -> dict[str, int]:
    total: dict[str, int] = {}
    for tally in tallies:
        for value, people in _values(tally).items():
            total[value] = total.get(value, 0) + people
    return total


def values_of(question: Question, cut: Cut) -> tuple[ValueCount, ...]:
    """What the people of a cut chose, with labels; empty where the cut is hidden or nothing is counted."""
    if cut.figures is None:
        return ()
    labels = {option.code: option.label for option in question.choices}
    people_answered = max(cut.answered, 1)
    return tuple(
        ValueCount(value, labels.get(value, value), people, Fraction(people, people_answered))
        for value, people in cut.figures.counts
    )


def bands_of(cut: Cut) -> Bands | None:
    """The answers of a cut in three bands; None where it is hidden, has no answers or no scale."""
    figures = cut.figures
    if figures is None or figures.scale is None or not figures.answered or figures.scale.low >= figures.scale.high:
        return None
    points = {str(point): as_share(point, figures.scale) for point in figures.scale.values}
    shares = [(points[value], people) for value, people in figures.counts if value in points]
    low = sum(people for share, people in shares if share < Fraction(1, 3))
    high = sum(people for share, people in shares if share > Fraction(2, 3))
    return Bands(low, sum(people for _, people in shares) - low - high, high)


def mean_per_mille(figures: Figures | None) -> int | None:
    """How far the mean of figures on a scale stands from its lowest point towards its highest, in thousandths."""
    if figures is None or figures.mean is None or figures.scale is None or figures.scale.low >= figures.scale.high:
        return None
    return round(1000 * (figures.mean - figures.scale.low) / (figures.scale.high - figures.scale.low))
