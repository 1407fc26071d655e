"""Which mentees of one mentor make a group."""

import pytest

from mentoring.domain.matching.groups import Group, groups
from mentoring.domain.matching.values import Mentee, Pair


def of_one_mentor(*mentees):
    """The groups of mentees that one mentor has, each given as (id, topics) or (id, topics, form)."""
    people = {each[0]: Mentee(each[0], dict.fromkeys(each[1], 1), form="".join(each[2:])) for each in mentees}
    return groups([Pair(mentee, "m", 50) for mentee in people], people)


@pytest.mark.parametrize(
    ("mentees", "expected"),
    [
        ([], ()),
        ([("a", "x")], ()),
        ([("a", "x"), ("b", "y")], ()),
        ([("a", ""), ("b", "")], ()),
        ([("b", "x"), ("a", "yx")], (Group("m", ("a", "b"), "x"),)),
        ([("a", "x", "pupils"), ("b", "x", "teachers")], ()),
        ([("a", "xy"), ("b", "yx")], (Group("m", ("a", "b"), "x"),)),
        ([("a", "xy"), ("b", "y"), ("c", "y"), ("d", "x")], (Group("m", ("a", "b", "c"), "y"),)),
        (
            [("a", "x"), ("b", "x"), ("c", "x"), ("d", "y"), ("e", "y")],
            (Group("m", ("a", "b", "c"), "x"), Group("m", ("d", "e"), "y")),
        ),
    ],
    ids=[
        *("nobody", "one alone", "nothing in common", "no requests", "one topic", "other forms"),
        *("equal topics by name", "each in one group at most", "two groups"),
    ],
)
def test_mentees_with_one_request_and_form_are_a_group(mentees, expected):
    assert of_one_mentor(*mentees) == expected


def test_mentees_of_different_mentors_are_no_group():
    mentees = {each: Mentee(each, {"x": 1}) for each in "abcd"}
    pairs = [Pair("a", "m2", 50), Pair("b", "m1", 50), Pair("c", "m2", 50), Pair("d", "m3", 50)]

    assert groups(pairs, mentees) == (Group("m2", ("a", "c"), "x"),)


def test_order_of_pairs_changes_no_group():
    mentees = {each: Mentee(each, {"x": 1, "y": 1}) for each in "abcd"}
    pairs = [Pair(mentee, mentor, 50) for mentee, mentor in zip("abcd", ("m1", "m2", "m1", "m2"), strict=True)]

    assert (
        groups(pairs[::-1], mentees)
        == groups(pairs, mentees)
        == (
            Group("m1", ("a", "c"), "x"),
            Group("m2", ("b", "d"), "x"),
        )
    )
