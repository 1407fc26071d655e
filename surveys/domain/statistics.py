"""Figures of one wave: how answers are spread over a question's values, their mean, median, share; block means."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from surveys.domain.questionnaire import COUNTED, SCALED, Question, QuestionKind, Scale

Tally = Mapping[str, int]
"""How many chose each value, the value written as text."""

SATISFIED_FROM = 8
"""From which answer on a scale of ten a person counts as satisfied; a default, schools may set another."""

SHARES = Scale(0, 1, "нижний край шкалы", "верхний край шкалы")
"""The common scale of answers on different scales: how far from the lowest answer towards the highest."""

# Bounded in length: a number written with thousands of digits must not cost the page its time.
PLAIN_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")


@dataclass(frozen=True, slots=True)
class Distribution:
    """How many people answered, and how many chose each value, in the order in which values are shown."""

    answered: int
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Figures(Distribution):
    """What is shown of one key. What does not apply to its kind of question, or has no answers yet, is None.

    `mean`, `median` and `spread` (sample standard deviation) are in points of the scale, or in units of the number;
    `share` is of yes among yes and no; `scale` is None where the answer is not on a scale.
    """

    key: str
    mean: float | None = None
    median: float | None = None
    spread: float | None = None
    share: Fraction | None = None
    scale: Scale | None = None


def counted_keys(question: Question) -> tuple[str, ...]:
    """The keys of the question that are counted by value: one, or one a row of a matrix; none of words and dates."""
    if question.kind not in COUNTED:
        return ()
    return question.keys if question.kind == QuestionKind.MATRIX else (question.code,)


def figures_of(question: Question, tallies: Mapping[str, Tally], answered: Mapping[str, int]) -> tuple[Figures, ...]:
    """The figures of each counted key of the question, a matrix row by row.

    `tallies` and `answered` (people who answered) are by key; a missing key has no answers. Values that the question
    does not list, because an older version did, stand last under their code. They are shown, but left out of mean,
    median, spread and share: eight points of an older scale of ten are not eight points of a scale of five.
    """
    return tuple(_figures(question, key, tallies.get(key, {}), answered.get(key, 0)) for key in counted_keys(question))


def _figures(question: Question, key: str, tally: Tally, answered: int) -> Figures:
    listed = _listed_values(question, tally)
    counts = tuple((value, tally.get(value, 0)) for value in (*listed, *_unlisted_values(listed, tally)))
    is_numeric = question.kind in SCALED or question.kind == QuestionKind.NUMBER
    numbers = [(Fraction(value), tally[value]) for value in listed if tally.get(value, 0)] if is_numeric else []
    return Figures(
        answered=answered,
        counts=counts,
        key=key,
        mean=_mean(numbers),
        median=_median(numbers),
        spread=_spread(numbers),
        share=_yes_share(tally) if question.kind == QuestionKind.YES_NO else None,
        scale=question.scale if question.kind in SCALED else None,
    )


def _listed_values(question: Question, tally: Tally) -> tuple[str, ...]:
    if question.kind in SCALED:
        return tuple(str(value) for value in question.scale.values)
    if question.kind == QuestionKind.NUMBER:
        numbers = (value for value, count in tally.items() if count and PLAIN_NUMBER.fullmatch(value))
        return tuple(sorted(numbers, key=lambda value: (Fraction(value), value)))
    return tuple(option.code for option in question.choices)


def _unlisted_values(listed: Sequence[str], tally: Tally) -> list[str]:
    known = set(listed)
    return sorted(
        (value for value, count in tally.items() if count and value not in known),
        key=lambda value: (Fraction(value) if PLAIN_NUMBER.fullmatch(value) else math.inf, value),
    )


def _mean(numbers: Sequence[tuple[Fraction, int]]) -> float | None:
    total = sum(count for _, count in numbers)
    return float(sum(value * count for value, count in numbers) / total) if total else None


def _median(ascending: Sequence[tuple[Fraction, int]]) -> float | None:
    total = sum(count for _, count in ascending)
    if not total:
        return None
    return float((_at(ascending, (total - 1) // 2) + _at(ascending, total // 2)) / 2)


def _at(ascending: Sequence[tuple[Fraction, int]], position: int) -> Fraction:
    """The value at `position`, from 0, of all answers written out in ascending order."""
    passed = 0
    for value, count in ascending:
        passed += count
        if position < passed:
            return value
    raise IndexError(position)


def _spread(numbers: Sequence[tuple[Fraction, int]]) -> float | None:
    total = sum(count for _, count in numbers)
    if total < 2:
        return None
    mean = sum((value * count for value, count in numbers), Fraction()) / total
    return math.sqrt(sum(count * (value - mean) ** 2 for value, count in numbers) / (total - 1))


def _yes_share(tally: Tally) -> Fraction | None:
    yes, no = tally.get("yes", 0), tally.get("no", 0)
    return Fraction(yes, yes + no) if yes + no else None


def as_share(value: int | Fraction, scale: Scale) -> Fraction:
    """How far `value` stands from the lowest answer (0) towards the highest (1): 1 of 1–10 is 0, 1 of 0–2 is a half.

    Raises ValueError for a scale of one point, on which nothing stands higher than anything else.
    """
    if scale.low >= scale.high:
        raise ValueError("A scale of one point has no range")
    return Fraction(value - scale.low) / (scale.high - scale.low)


def common_scale(block: Iterable[Figures]) -> Scale | None:
    """The scale on which `block_mean` of the same figures stands; None where no question of the block has one.

    It is the scale of the questions if all share its ends (the words at the ends may differ), else `SHARES`.
    Scales of one point are left out.
    """
    scales = [scale for scale, _ in _scaled(block)]
    if not scales:
        return None
    return scales[0] if len({(scale.low, scale.high) for scale in scales}) == 1 else SHARES


def block_mean(block: Iterable[Figures]) -> float | None:
    """The mean of all answers given to the scaled questions of a block; None where there are none.

    Each answer weighs the same, so a question that more people answered weighs more. On one scale the mean is in its
    points; with several scales each answer is first brought to a share of its range (`as_share`), and the mean is such
    a share, from 0 to 1: `common_scale` says which. Questions without a scale do not count (domain reference, 5.16).
    In an anonymous wave give only figures that may be shown: a mean over shown and hidden keys gives the hidden away.
    """
    figures = list(block)
    common = common_scale(figures)
    return _mean(
        [
            (as_share(value, scale) if common is SHARES else Fraction(value), count)
            for scale, counts in _scaled(figures)
            for value, count in _on_scale(scale, counts)
        ]
    )


def _scaled(block: Iterable[Figures]) -> list[tuple[Scale, tuple[tuple[str, int], ...]]]:
    """The scale and the counts of each key that has a scale of more than one point."""
    return [
        (figures.scale, figures.counts)
        for figures in block
        if figures.scale is not None and figures.scale.low < figures.scale.high
    ]


def _on_scale(scale: Scale, counts: Iterable[tuple[str, int]]) -> list[tuple[int, int]]:
    """The points of the scale among the values, with how many chose them."""
    points = {str(point): point for point in scale.values}
    return [(points[value], count) for value, count in counts if value in points]


def satisfied_share(counts: Iterable[tuple[str, int]], scale: Scale, least: int = SATISFIED_FROM) -> Fraction | None:
    """The share of answers on the scale that are `least` points or more (domain reference, 7.1: 8 and more of 10).

    None where nobody answered, and where `least` is above the scale: nobody could have reached it.
    """
    points = _on_scale(scale, counts)
    total = sum(count for _, count in points)
    if not total or least > scale.high:
        return None
    return Fraction(sum(count for point, count in points if point >= least), total)


def response_rate(answered: int, invited: int) -> Fraction | None:
    """Which part of the `invited` people `answered`; None where nobody was invited."""
    return Fraction(answered, invited) if invited else None
