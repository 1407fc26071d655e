"""Figures of one wave, against tables worked by hand and against numpy."""

from fractions import Fraction

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.domain.questionnaire import Option, Question, QuestionKind, Scale
from surveys.domain.statistics import (
    SHARES,
    Figures,
    as_share,
    block_mean,
    common_scale,
    counted_keys,
    figures_of,
    response_rate,
    satisfied_share,
)

TEN, FIVE, SCORE = Scale(1, 10), Scale(1, 5), Scale(0, 2)
ROWS = (Option("aims", "цели"), Option("climate", "климат"))


def question(kind: QuestionKind, **more: object) -> Question:
    return Question("q", kind, "?", **more)


def only_figures(asked: Question, tally: dict[str, int], answered: int | None = None) -> Figures:
    [figures] = figures_of(asked, {"q": tally}, {"q": sum(tally.values()) if answered is None else answered})
    return figures


def on(scale: Scale, tally: dict[str, int]) -> Figures:
    return only_figures(question(QuestionKind.SCALE, scale=scale), tally)


def test_figures_of_a_scale_agree_with_the_table_worked_by_hand():
    # Answers 2, 3, 3, 5: mean 13/4 = 3.25, median (3 + 3)/2 = 3.
    # Squares of deviations 1.5625 + 0.0625 + 0.0625 + 3.0625 = 4.75; spread = sqrt(4.75/3) = 1.258306.
    figures = on(FIVE, {"5": 1, "3": 2, "2": 1})

    assert (figures.key, figures.answered) == ("q", 4)
    assert figures.counts == (("1", 0), ("2", 1), ("3", 2), ("4", 0), ("5", 1))
    assert (figures.mean, figures.median, figures.share, figures.scale) == (3.25, 3.0, None, FIVE)
    assert figures.spread == pytest.approx(1.258306, abs=1e-6)


def test_scale_that_nobody_answered_has_no_figures_but_all_its_values():
    figures = on(SCORE, {})

    assert figures == Figures(answered=0, counts=(("0", 0), ("1", 0), ("2", 0)), key="q", scale=SCORE)


def test_single_answer_has_a_mean_and_a_median_but_no_spread():
    figures = on(TEN, {"7": 1})

    assert (figures.mean, figures.median, figures.spread) == (7.0, 7.0, None)


def test_equal_answers_have_no_spread_around_their_mean():
    figures = on(TEN, {"7": 3})

    assert (figures.mean, figures.median, figures.spread) == (7.0, 7.0, 0.0)


def test_median_of_an_even_number_is_halfway_between_the_two_in_the_middle():
    assert on(TEN, {"1": 2, "4": 1, "9": 1}).median == 2.5  # 1, 1, 4, 9


def test_yes_and_no_have_the_share_of_yes():
    figures = only_figures(question(QuestionKind.YES_NO), {"no": 1, "yes": 3})

    assert (figures.counts, figures.share, figures.mean) == ((("yes", 3), ("no", 1)), Fraction(3, 4), None)


def test_share_of_yes_is_unknown_when_nobody_answered():
    assert only_figures(question(QuestionKind.YES_NO), {}).share is None


def test_several_counts_options_in_their_order_and_people_apart():
    asked = question(
        QuestionKind.SEVERAL,
        options=(Option("plan", "планы"), Option("ict", "ИКТ"), Option("law", "право")),
        has_other=True,
    )

    figures = only_figures(asked, {"other": 1, "law": 2, "plan": 3}, answered=4)

    assert (figures.answered, figures.mean, figures.share) == (4, None, None)
    assert figures.counts == (("plan", 3), ("ict", 0), ("law", 2), ("other", 1))


def test_numbers_stand_in_their_own_order_not_in_that_of_letters():
    # (-1 + 2 + 2 + 2.5 + 10)/5 = 15.5/5 = 3.1, the third of five is 2.
    figures = only_figures(question(QuestionKind.NUMBER), {"10": 1, "2": 2, "2.5": 1, "-1": 1, "7": 0})

    assert figures.counts == (("-1", 1), ("2", 2), ("2.5", 1), ("10", 1))
    assert (figures.mean, figures.median, figures.scale) == (3.1, 2.0, None)


def test_number_that_is_none_is_shown_last_and_not_counted_in():
    figures = only_figures(question(QuestionKind.NUMBER), {"много": 1, "1e999999": 1, "3": 1})

    assert figures.counts == (("3", 1), ("1e999999", 1), ("много", 1))
    assert figures.mean == 3.0


def test_value_of_an_older_version_is_shown_last_and_left_out_of_the_mean():
    figures = on(SCORE, {"2": 1, "10": 1, "8": 3, "old": 1, "1": 1})

    assert figures.counts == (("0", 0), ("1", 1), ("2", 1), ("8", 3), ("10", 1), ("old", 1))
    assert (figures.answered, figures.mean, figures.median) == (7, 1.5, 1.5)


def test_matrix_has_figures_row_by_row():
    asked = question(QuestionKind.MATRIX, rows=ROWS, scale=SCORE)

    aims, climate = figures_of(asked, {"q.aims": {"0": 1, "2": 1}}, {"q.aims": 2})

    assert (aims.key, aims.mean, climate.key, climate.answered, climate.mean) == ("q.aims", 1.0, "q.climate", 0, None)


@pytest.mark.parametrize("kind", [QuestionKind.NOTICE, QuestionKind.DATE, QuestionKind.LONG, QuestionKind.PERSONS])
def test_what_is_not_counted_has_no_figures(kind):
    assert figures_of(question(kind), {"q": {"x": 1}}, {"q": 1}) == ()


def test_words_of_other_are_not_a_counted_key():
    assert counted_keys(question(QuestionKind.ONE, has_other=True)) == ("q",)


@settings(max_examples=50)
@given(st.lists(st.integers(1, 10), min_size=2, max_size=60))
def test_figures_agree_with_numpy(answers):
    figures = on(TEN, {str(value): answers.count(value) for value in set(answers)})

    assert figures.mean == pytest.approx(numpy.mean(answers))
    assert figures.spread == pytest.approx(numpy.std(answers, ddof=1))
    assert figures.median == numpy.median(answers)


@pytest.mark.parametrize(
    ("value", "scale", "share"),
    [
        (1, TEN, 0),
        (10, TEN, 1),
        (4, TEN, Fraction(1, 3)),
        (1, SCORE, Fraction(1, 2)),
        (0, Scale(-2, 2), Fraction(1, 2)),
    ],
)
def test_share_says_how_far_a_value_stands_from_the_lowest(value, scale, share):
    assert as_share(value, scale) == share


def test_scale_of_one_point_has_no_shares():
    with pytest.raises(ValueError, match="no range"):
        as_share(3, Scale(3, 3))


def test_block_on_one_scale_has_its_mean_in_points_each_answer_weighing_the_same():
    worded = Scale(1, 10, "плохо", "хорошо")

    block = [on(TEN, {"10": 3}), on(worded, {"6": 1}), only_figures(question(QuestionKind.NUMBER), {"50": 9})]

    assert block_mean(block) == 9.0  # (10 + 10 + 10 + 6)/4
    assert common_scale(block) == TEN


def test_block_on_different_scales_has_a_mean_share_of_the_range():
    block = [on(TEN, {"10": 1, "4": 1}), on(SCORE, {"1": 1, "9": 5})]

    assert block_mean(block) == pytest.approx(11 / 18)  # (9/9 + 3/9 + 1/2)/3 = (11/6)/3; nine of two is left out
    assert common_scale(block) == SHARES


def test_block_leaves_out_a_scale_of_one_point():
    block = [on(SCORE, {"2": 1}), on(Scale(5, 5), {"5": 4})]

    assert (block_mean(block), common_scale(block)) == (2.0, SCORE)


def test_block_mean_reads_an_iterator_to_its_end():
    assert block_mean(iter([on(SCORE, {"2": 1}), on(SCORE, {"1": 1})])) == 1.5


@pytest.mark.parametrize("block", [[], [on(TEN, {})], [only_figures(question(QuestionKind.NUMBER), {"5": 1})]])
def test_block_without_answers_on_a_scale_has_no_mean(block):
    assert block_mean(block) is None


def test_satisfied_are_those_of_eight_points_and_more():
    counts = on(TEN, {"10": 1, "8": 2, "7": 4, "1": 1}).counts

    assert satisfied_share(counts, TEN) == Fraction(3, 8)
    assert satisfied_share(counts, TEN, least=7) == Fraction(7, 8)


def test_satisfied_share_is_unknown_without_answers_and_with_a_bound_above_the_scale():
    assert satisfied_share(on(TEN, {}).counts, TEN) is None
    assert satisfied_share(on(FIVE, {"5": 4}).counts, FIVE) is None


def test_response_rate_is_the_answered_part_of_the_invited():
    assert (response_rate(9, 12), response_rate(0, 12), response_rate(0, 0)) == (Fraction(3, 4), 0, None)
