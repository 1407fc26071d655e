"""Entry against exit, against tables worked by hand and against scipy."""

from fractions import Fraction

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from surveys.domain.pairs import change_of, effect_in_words, exact_p_value, rank_biserial

POINTS = st.integers(1, 10)
SIX_UP = [(1, 1 + step) for step in range(1, 7)]


def test_change_agrees_with_the_table_worked_by_hand():
    # Differences 2, 0, 4, -1, 3, 1: entry 30/6 = 5, exit 39/6 = 6.5, mean 9/6 = 1.5.
    # Squares of deviations 0.25 + 2.25 + 6.25 + 6.25 + 2.25 + 0.25 = 17.5; spread = sqrt(17.5/5) = 1.870829.
    # Sizes without the zero: 1, 1, 2, 3, 4 with ranks 1.5, 1.5, 3, 4, 5; W+ = 3 + 5 + 4 + 1.5 = 13.5, W- = 1.5.
    # Effect (13.5 - 1.5)/15 = 0.8. Five changed pairs are too few for the test.
    change = change_of("comfort", [(5, 7), (6, 6), (4, 8), (7, 6), (3, 6), (5, 6)])

    assert (change.key, change.pairs) == ("comfort", 6)
    assert (change.before_mean, change.after_mean, change.difference) == (5.0, 6.5, 1.5)
    assert change.spread == pytest.approx(1.870829, abs=1e-6)
    assert (change.better, change.same, change.worse) == (4, 1, 1)
    assert (change.effect, change.effect_words, change.p_value) == (0.8, "сильный", None)


def test_six_that_all_went_up_have_the_p_value_worked_by_hand():
    # Of 2^6 = 64 ways to sign six ranks one gives W- = 0 and one W+ = 0: p = 2/64.
    change = change_of("comfort", SIX_UP)

    assert (change.effect, change.p_value) == (1.0, 0.03125)


def test_equal_steps_and_a_zero_have_the_p_value_worked_by_hand():
    # Seven changed by one point, each with the rank 4: W+ = 24, W- = 4, effect 20/28.
    # Of 2^7 = 128 ways to sign them 1 + 7 have at most one minus, as many at most one plus: p = 16/128.
    change = change_of("comfort", [(5, 6)] * 6 + [(5, 4), (5, 5)])

    assert (change.effect, change.p_value) == (pytest.approx(5 / 7), 0.125)


def test_change_is_not_given_below_the_least_number_of_pairs():
    assert change_of("comfort", SIX_UP[:4]) is None
    assert change_of("comfort", SIX_UP[:5]).pairs == 5
    assert change_of("comfort", SIX_UP, least_pairs=7) is None


def test_no_pairs_are_never_enough():
    assert change_of("comfort", [], least_pairs=0) is None


def test_single_pair_has_no_spread():
    change = change_of("comfort", [(3, 5)], least_pairs=1)

    assert (change.difference, change.spread, change.p_value) == (2.0, None, None)


def test_nobody_changed_is_no_effect_and_no_test():
    change = change_of("comfort", [(value, value) for value in range(1, 9)])

    assert (change.difference, change.spread, change.same) == (0.0, 0.0, 8)
    assert (change.effect, change.effect_words, change.p_value) == (0.0, "нет", None)


def test_equal_steps_of_decimal_fractions_tie():
    # 0.3 - 0.2 and 0.2 - 0.1 differ as floats; as differences of one size they share the rank: effect 0.
    assert change_of("hours", [(0.1, 0.2), (0.3, 0.2)], least_pairs=2).effect == 0.0


@pytest.mark.parametrize(
    ("effect", "words"),
    [
        (0.0, "нет"),
        (-0.09, "нет"),
        (0.1, "слабый"),
        (-0.29, "слабый"),
        (0.3, "средний"),
        (0.49, "средний"),
        (0.5, "сильный"),
        (-1.0, "сильный"),
    ],
)
def test_effect_is_said_in_words_whatever_its_direction(effect, words):
    assert effect_in_words(effect) == words


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(POINTS, POINTS).filter(lambda pair: pair[0] != pair[1]), min_size=26, max_size=60))
def test_change_of_many_pairs_agrees_with_scipy(pairs):
    before, after = numpy.array(pairs).T
    changed = (after - before)[after != before]
    ranks = stats.rankdata(abs(changed))
    by_scipy = stats.wilcoxon(after, before, zero_method="wilcox").pvalue

    change = change_of("comfort", pairs)

    assert change.difference == pytest.approx((after - before).mean())
    assert change.spread == pytest.approx((after - before).std(ddof=1))
    assert change.effect == pytest.approx((numpy.sign(changed) * ranks).sum() / ranks.sum() if len(changed) else 0)
    assert change.p_value == pytest.approx(by_scipy)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 200), min_size=6, max_size=25, unique=True), st.data())
def test_few_pairs_without_ties_agree_with_the_exact_test_of_scipy(sizes, data):
    differences = [size if data.draw(st.booleans()) else -size for size in sizes]

    p_value = exact_p_value([Fraction(each) for each in differences])

    assert p_value == pytest.approx(stats.wilcoxon(differences, method="exact").pvalue)


@pytest.mark.parametrize("differences", [[1, 1, -1, 2, 2, 3], [4, 4, 4, -4, -2, 1, 1], [-1] * 6, [1, -1] * 4])
def test_few_pairs_with_ties_agree_with_the_permutations_of_scipy(differences):
    assert exact_p_value([Fraction(each) for each in differences]) == pytest.approx(stats.wilcoxon(differences).pvalue)


@settings(max_examples=50)
@given(st.lists(st.integers(-9, 9).map(Fraction), max_size=30))
def test_effect_turns_round_with_the_differences_and_stays_within_one(differences):
    effect = rank_biserial(differences)

    assert -1 <= effect <= 1
    assert rank_biserial([-difference for difference in differences]) == -effect
