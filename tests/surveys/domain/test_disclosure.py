"""No figure that is shown, nor what follows from several, is about fewer people than the threshold."""

from itertools import combinations

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.domain.disclosure import ShownAnswers, ThresholdTooLowError, shown_answers, shown_cuts, whole_is_shown

SIDES = st.dictionaries(st.sampled_from(["mentor", "mentee", "other", "partner"]), st.integers(0, 12), max_size=4)
THRESHOLDS = st.integers(3, 7)


@pytest.mark.parametrize(
    ("groups", "shown"),
    [
        pytest.param({"mentor": 5, "mentee": 20}, {"mentor", "mentee"}, id="all-are-enough"),
        pytest.param({"mentor": 4, "mentee": 20}, set(), id="the-only-other-would-give-four-away"),
        pytest.param({"mentor": 20, "mentee": 6, "other": 2}, {"mentor"}, id="smallest-is-hidden-with-two-others"),
        pytest.param({"mentor": 20, "mentee": 3, "other": 2}, {"mentor"}, id="hidden-ones-are-five-together"),
        pytest.param({"mentor": 20, "mentee": 6, "other": 0}, {"mentor", "mentee"}, id="nobody-needs-no-hiding"),
        pytest.param({"mentor": 6, "mentee": 6, "other": 1}, {"mentor"}, id="of-equals-the-first-by-name-is-hidden"),
        pytest.param({"mentor": 2, "mentee": 2}, set(), id="even-the-whole-is-too-small"),
        pytest.param({"mentor": 3, "mentee": 2}, set(), id="only-the-whole-is-enough"),
        pytest.param({}, set(), id="nobody"),
    ],
)
def test_groups_are_shown_unless_few_people_follow_from_them(groups, shown):
    assert shown_cuts(groups, 5) == shown


@pytest.mark.parametrize(("mentees", "is_shown"), [(0, False), (2, False), (3, True)])
def test_whole_is_shown_from_the_threshold_on(mentees, is_shown):
    assert whole_is_shown({"mentor": 2, "mentee": mentees}, 5) is is_shown


def test_question_left_out_by_some_is_judged_by_those_who_answered_it():
    everyone, some, few = {"mentor": 9, "mentee": 9}, {"mentor": 9, "mentee": 3}, {"mentor": 1, "mentee": 3}

    assert shown_answers(everyone, 5) == ShownAnswers(True, frozenset({"mentor", "mentee"}))
    assert shown_answers(some, 5) == ShownAnswers(True, frozenset())
    assert shown_answers(few, 5) == ShownAnswers(False, frozenset())


@pytest.mark.parametrize("rule", [whole_is_shown, shown_cuts, shown_answers])
def test_threshold_below_three_is_refused(rule):
    with pytest.raises(ThresholdTooLowError):
        rule({"mentor": 20}, 2)


def follows(target: list[int], known: list[list[int]]) -> bool:
    """Whether the sum over the groups of `target` is a combination of known sums, with any coefficients."""
    if not known:
        return False
    return numpy.linalg.matrix_rank([*known, target]) == numpy.linalg.matrix_rank(known)


@settings(max_examples=50, deadline=None)
@given(SIDES, THRESHOLDS)
def test_no_set_of_few_people_follows_from_what_is_shown(groups, threshold):
    names = sorted(name for name, people in groups.items() if people)
    shown = shown_answers(groups, threshold)
    known = [[int(name == each) for each in names] for name in names if name in shown.groups]
    known += [[1] * len(names)] if shown.whole_is_shown else []

    too_small = [
        chosen
        for size in range(1, len(names) + 1)
        for chosen in combinations(names, size)
        if sum(groups[name] for name in chosen) < threshold
    ]

    assert [chosen for chosen in too_small if follows([int(name in chosen) for name in names], known)] == []


@settings(max_examples=50)
@given(SIDES, THRESHOLDS)
def test_at_most_one_group_of_enough_people_is_hidden_and_only_beside_a_small_one(groups, threshold):
    enough = {name for name, people in groups.items() if people >= threshold}
    has_small = any(0 < people < threshold for people in groups.values())

    hidden = enough - shown_cuts(groups, threshold)

    assert len(hidden) <= int(has_small)
