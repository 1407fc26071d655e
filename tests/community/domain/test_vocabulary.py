"""Every code of an event has its words."""

import pytest

from community.domain import vocabulary as words
from surveys.catalogue import template


@pytest.mark.parametrize(
    ("codes", "labels"),
    [
        (words.EventKind, words.KIND_LABELS),
        (words.EventState, words.STATE_LABELS),
        (words.GuestSide, words.SIDE_LABELS),
        (words.GuestGroup, words.GROUP_LABELS),
        (words.Mark, words.MARK_LABELS),
        (set(words.Told) - {words.Told.NOTHING}, words.TOLD_LABELS),
        (words.EventState, words.TO_BE_TOLD),
    ],
)
def test_codes_have_labels(codes, labels):
    assert set(labels) == set(codes)


def test_each_side_is_asked_by_a_questionnaire_of_its_own():
    sides = {side: template(key).side.value for side, key in words.PREFERENCES.items()}

    assert sides == {"mentor": "mentor", "mentee": "mentee"}
