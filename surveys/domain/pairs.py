"""Entry against exit: what changed between two answers of the same people, and how strongly."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

LEAST_PAIRS = 5
"""Below so many pairs a change is not a figure but a story about persons."""

LEAST_CHANGED = 6
"""With five changed pairs the two-sided test cannot go below p = 2/32 = 0.0625, whatever they answered."""

MOST_COUNTED_OUT = 25
"""Up to so many changed pairs the test is counted out; above that scipy's answer comes at once."""

EFFECT_WORDS = ((0.1, "нет"), (0.3, "слабый"), (0.5, "средний"))
STRONG_EFFECT = "сильный"


@dataclass(frozen=True, slots=True)
class Change:
    """What changed under one key between entry and exit.

    Means, `difference` (mean of exit minus entry) and `spread` (sample standard deviation of the differences, None for
    one pair) are in points. `better`, `same` and `worse` count pairs whose exit is higher, equal, lower; where a high
    answer is bad (anxiety), the reader turns them round. `effect` is from -1 to 1, `p_value` None where not tested.
    """

    key: str
    pairs: int
    before_mean: float
    after_mean: float
    difference: float
    spread: float | None
    better: int
    same: int
    worse: int
    effect: float
    p_value: float | None

    @property
    def effect_words(self) -> str:
        return effect_in_words(self.effect)


def effect_in_words(effect: float) -> str:
    """How strong an effect is, in Russian, whatever its direction: bounds 0.1, 0.3, 0.5 (Cohen 1988, for r)."""
    return next((words for bound, words in EFFECT_WORDS if abs(effect) < bound), STRONG_EFFECT)


def change_of(
    key: str, pairs: Sequence[tuple[int | float, int | float]], least_pairs: int = LEAST_PAIRS
) -> Change | None:
    """What changed under `key`: `pairs` are (entry, exit) answers of one person each, in points.

    None, "not enough answers", below `least_pairs`, and always without pairs.
    """
    if not pairs or len(pairs) < least_pairs:
        return None
    # By its decimal digits: 0.3 - 0.2 must tie with 0.2 - 0.1, which floats would deny.
    exact = [(Fraction(str(before)), Fraction(str(after))) for before, after in pairs]
    differences = [after - before for before, after in exact]
    return Change(
        key=key,
        pairs=len(pairs),
        before_mean=float(_mean([before for before, _ in exact])),
        after_mean=float(_mean([after for _, after in exact])),
        difference=float(_mean(differences)),
        spread=_spread(differences),
        better=sum(difference > 0 for difference in differences),
        same=sum(difference == 0 for difference in differences),
        worse=sum(difference < 0 for difference in differences),
        effect=float(rank_biserial(differences)),
        p_value=_p_value(differences),
    )


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction()) / len(values)


def _spread(values: Sequence[Fraction]) -> float | None:
    if len(values) < 2:
        return None
    mean = _mean(values)
    return math.sqrt(sum((value - mean) ** 2 for value in values) / (len(values) - 1))


def rank_biserial(differences: Sequence[Fraction]) -> Fraction:
    """The matched-pairs rank-biserial correlation of the differences (exit minus entry), from -1 to 1.

    (W+ - W-) / (W+ + W-), where W+ and W- are the sums of ranks of the sizes of positive and of negative differences:
    zeros are dropped, equal sizes share the mean of their ranks. 1: all who changed went up; 0: as much up as down, or
    nobody changed. Source: King & Minium, Statistical Reasoning in Psychology and Education; Kerby 2014, "The simple
    difference formula: an approach to teaching nonparametric correlation", Comprehensive Psychology 3.
    """
    changed = sorted((difference for difference in differences if difference), key=abs)
    signed, whole, rank = Fraction(), Fraction(), 0
    for _, ties in groupby(changed, key=abs):
        tied = list(ties)
        shared_rank = rank + Fraction(len(tied) + 1, 2)
        rank += len(tied)
        signed += shared_rank * sum(1 if difference > 0 else -1 for difference in tied)
        whole += shared_rank * len(tied)
    return signed / whole if whole else Fraction()


def _p_value(differences: Sequence[Fraction]) -> float | None:
    """Wilcoxon's signed-rank test, two-sided, zeros dropped; None with too few changed pairs to tell anything.

    Few pairs are counted out: scipy tries every combination of signs where sizes tie, half a second for 13 pairs.
    """
    changed = [difference for difference in differences if difference]
    if len(changed) < LEAST_CHANGED:
        return None
    if len(changed) <= MOST_COUNTED_OUT:
        return exact_p_value(changed)
    from scipy.stats import wilcoxon  # noqa: PLC0415 -- slow import: a second

    result = wilcoxon([float(difference) for difference in changed], zero_method="wilcox", alternative="two-sided")
    return float(result.pvalue)


def exact_p_value(changed: Sequence[Fraction]) -> float:
    """The two-sided p-value of the signed-rank test by counting how many choices of signs give each sum of ranks.

    `changed` are differences without zeros; equal sizes share the mean of their ranks. Twice the smaller tail, at
    most 1, as scipy's exact and permutation methods have it (Wilcoxon 1945).
    """
    ranks = [rank for rank, _ in _doubled_ranks(changed)]
    positive = sum(rank for rank, is_positive in _doubled_ranks(changed) if is_positive)
    ways = [1] + [0] * sum(ranks)
    for rank in ranks:
        for total in range(len(ways) - 1, rank - 1, -1):
            ways[total] += ways[total - rank]
    tail = min(sum(ways[: positive + 1]), sum(ways[positive:]))
    return float(min(Fraction(1), Fraction(2 * tail, 2 ** len(ranks))))


def _doubled_ranks(changed: Sequence[Fraction]) -> list[tuple[int, bool]]:
    """Each difference's rank by size, doubled so that shared ranks are whole, and whether it is positive."""
    found, rank = [], 0
    for _, ties in groupby(sorted(changed, key=abs), key=abs):
        tied = list(ties)
        found += [(2 * rank + len(tied) + 1, difference > 0) for difference in tied]
        rank += len(tied)
    return found
