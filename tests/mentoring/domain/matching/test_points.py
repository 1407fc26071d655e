"""Points of each criterion by cases worked out on paper, and the same for one pair as in the table."""

from dataclasses import replace

import numpy as np
import pytest

from mentoring.domain.bank_sheet.values import Category
from mentoring.domain.matching.matching import match, prepare
from mentoring.domain.matching.points import pair_points
from mentoring.domain.matching.values import DEFAULT_WEIGHTS, Criterion, Mentee, Mentor, Problem
from tests.mentoring.domain.matching.small_problems import cases

MENTOR, MENTEE = Mentor("m"), Mentee("a")


def _points(criterion: Criterion, weight: int, mentor: Mentor, mentee: Mentee, others: tuple[Mentee, ...] = ()) -> int:
    """Points of the pair when only one criterion counts."""
    weights = dict.fromkeys(Criterion, 0) | {criterion: weight}
    prepared = prepare(Problem((mentor,), (mentee, *others), weights=weights))
    row = np.array([prepared.it.row_of[mentee.id]])
    found = pair_points(prepared.it, weights, row, np.array([0]))
    assert {each: int(points[0]) for each, points in found.items() if each != criterion and points[0]} == {}
    return int(found[criterion][0])


@pytest.mark.parametrize(
    ("requests", "topics", "weight", "points"),
    [
        ({"урок": 5}, {"урок": 5}, 40, 40),
        ({"урок": 5}, {"урок": 9}, 40, 40),
        ({"урок": 5}, {"урок": 2}, 40, 16),
        ({"урок": 5}, {"ИКТ": 5}, 40, 0),
        ({"урок": 3, "ИКТ": 1}, {"урок": 5}, 40, 30),
        ({"урок": 3, "ИКТ": 1}, {"ИКТ": 5, "ЕГЭ": 5}, 40, 10),
        ({"урок": 3, "ИКТ": 1}, {"урок": 4, "ИКТ": 1}, 40, 26),
        ({"урок": 1}, {"урок": 2.5}, 1, 1),
        ({"урок": 1}, {"урок": 2.49}, 1, 0),
        ({"урок": 1}, {"урок": 0.5}, 5, 1),
        ({"урок": 0.1, "ИКТ": 0.2}, {"урок": 5}, 30, 10),
        ({"урок": 0.1, "ИКТ": 0.2}, {"ИКТ": 0.1}, 1000, 13),
        ({"урок": 1_000_000}, {"урок": 5}, 1000, 1000),
        ({"урок": 0.0001}, {"урок": 5}, 40, 0),
        ({}, {"урок": 5}, 40, 0),
        ({"урок": 5}, {}, 40, 0),
        ({"урок": 5}, {"урок": 5}, 0, 0),
    ],
)
def test_topics_count_by_the_weight_of_the_request(
    requests: dict[str, float], topics: dict[str, float], weight: int, points: int
):
    mentor, mentee = replace(MENTOR, topics=topics), replace(MENTEE, requests=requests)

    assert _points(Criterion.TOPICS, weight, mentor, mentee) == points


@pytest.mark.parametrize(
    ("asked", "had", "points"),
    [
        (("физика",), ("физика", "химия"), 15),
        (("физика", "химия"), ("химия", "физика"), 15),
        (("физика",), ("химия",), 0),
        ((), ("химия",), 0),
        (("физика",), (), 0),
    ],
)
def test_subject_counts_once_in_common(asked: tuple[str, ...], had: tuple[str, ...], points: int):
    found = _points(Criterion.SUBJECT, 15, replace(MENTOR, subjects=had), replace(MENTEE, subjects=asked))

    assert found == points


@pytest.mark.parametrize(
    ("by_mentee", "by_mentor", "points"),
    [
        (0, 0, 0),
        (1, 0, 50),
        (0, 1, 50),
        (1, 1, 100),
        (2, 0, 45),
        (3, 0, 40),
        (4, 0, 35),
        (5, 0, 30),
        (7, 0, 30),
        (2, 3, 85),
        (5, 5, 60),
    ],
)
def test_preference_counts_by_place_and_most_when_mutual(by_mentee: int, by_mentor: int, points: int):
    """0 means that they were not named; before them stand others."""
    before = tuple(f"x{number}" for number in range(6))
    mentee = replace(MENTEE, prefers=(*before[: by_mentee - 1], "m") if by_mentee else ())
    mentor = replace(MENTOR, prefers=(*before[: by_mentor - 1], "a") if by_mentor else ())

    assert _points(Criterion.PREFERENCE, 100, mentor, mentee) == points


@pytest.mark.parametrize(("weight", "points"), [(1, 1), (3, 2), (20, 10), (21, 11)])
def test_half_a_point_is_rounded_up(weight: int, points: int):
    assert _points(Criterion.PREFERENCE, weight, MENTOR, replace(MENTEE, prefers=("m",))) == points


@pytest.mark.parametrize(
    ("mentor", "mentee", "points"),
    [
        ((5, None), (0, None), 10),
        ((20, None), (3, None), 10),
        ((3.5, None), (1, None), 5),
        ((3, None), (3, None), 0),
        ((1, None), (8, None), 0),
        ((None, None), (1, None), 0),
        ((9, None), (None, None), 0),
        ((3.3, None), (2.8, None), 1),
        ((3.24, None), (2.8, None), 1),
        ((3.04, None), (2.8, None), 0),
        ((8, Category.HIGHEST), (2, Category.FIRST), 10),
        ((8, Category.FIRST), (2, Category.FIRST), 5),
        ((None, Category.FIRST), (2, Category.NONE), 5),
        ((2, Category.MENTOR), (2, Category.METHODOLOGIST), 0),
        ((2, Category.METHODOLOGIST), (2, Category.HIGHEST), 5),
        ((2, Category.FITS), (2, Category.NONE), 5),
        ((2, Category.NONE), (2, Category.FITS), 0),
        ((8, Category.HIGHEST), (2, None), 10),
    ],
)
def test_experience_counts_the_gap_and_the_higher_category(
    mentor: tuple[float | None, Category | None], mentee: tuple[float | None, Category | None], points: int
):
    one = replace(MENTOR, experience=mentor[0], category=mentor[1])
    other = replace(MENTEE, experience=mentee[0], category=mentee[1])

    assert _points(Criterion.EXPERIENCE, 10, one, other) == points


@pytest.mark.parametrize(
    ("forms", "form", "points"), [(("п", "у"), "у", 5), ((), "у", 0), (("п",), "", 0), ((), "", 0)]
)
def test_form_counts_where_the_mentor_names_it(forms: tuple[str, ...], form: str, points: int):
    assert _points(Criterion.FORM, 5, replace(MENTOR, forms=forms), replace(MENTEE, form=form)) == points


@pytest.mark.parametrize(
    ("hours", "capacity", "taken", "points"),
    [(None, 1, 0, 0), (1, 1, 0, 10), (2, 1, 0, 10), (2, 4, 0, 5), (2, 1, 3, 5), (0, 1, 0, 0), (0.1, 1, 0, 1)],
)
def test_hours_count_up_to_one_for_each_mentee(hours: float | None, capacity: int, taken: int, points: int):
    mentor = replace(MENTOR, hours=hours, capacity=capacity, taken=taken)

    assert _points(Criterion.HOURS, 10, mentor, MENTEE) == points


@pytest.mark.parametrize(
    ("one", "other", "points"), [("л", "л", 5), ("л", "ш", 0), ("", "", 0), ("л", "", 0), ("", "л", 0)]
)
def test_organisation_counts_when_it_is_one(one: str, other: str, points: int):
    mentor, mentee = replace(MENTOR, organisation=one), replace(MENTEE, organisation=other)

    assert _points(Criterion.ORGANISATION, 5, mentor, mentee) == points


@pytest.mark.parametrize(("capacity", "taken", "points"), [(1, 0, 10), (3, 0, 10), (1, 1, 5), (1, 3, 3), (2, 1, 7)])
def test_balance_counts_the_free_share_of_places(capacity: int, taken: int, points: int):
    assert _points(Criterion.BALANCE, 10, replace(MENTOR, capacity=capacity, taken=taken), MENTEE) == points


def test_best_pair_by_default_has_a_hundred_points():
    mentor = Mentor(
        "m",
        topics={"урок": 5},
        subjects=("физика",),
        experience=12,
        forms=("п",),
        organisation="л",
        hours=2,
        prefers=("a",),
    )
    mentee = Mentee("a", {"урок": 5}, ("физика",), experience=1, form="п", organisation="л", prefers=("m",))

    solution = match(Problem((mentor,), (mentee,)))

    assert (sum(DEFAULT_WEIGHTS.values()), solution.total) == (100, 100)


def test_points_of_a_pair_are_those_of_the_table():
    for prepared, _, _ in cases(500)[:200]:
        it, weights = prepared.it, prepared.problem.weights
        height, width = len(it.mentees), len(it.mentors)
        if not height or not width:
            continue
        rows, columns = (each.ravel() for each in np.indices((height, width)))

        by_pair = sum(pair_points(it, weights, rows, columns).values())

        assert prepared.pool.table.rows(np.arange(height)).astype(int).ravel().tolist() == by_pair.tolist()
        assert (
            prepared.pool.table.rows(np.array([height - 1])).astype(int).ravel().tolist() == by_pair[-width:].tolist()
        )
