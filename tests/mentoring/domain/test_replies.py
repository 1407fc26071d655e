"""What answers make of a proposal, checked on paper."""

import pytest

from mentoring.domain.replies import Outcome, outcome_of

MENTOR, FIRST, SECOND = 1, 2, 3
WAITING = Outcome(is_declined=False, leaving=(), is_unanimous=False)
WILLING = Outcome(is_declined=False, leaving=(), is_unanimous=True)
DECLINED = Outcome(is_declined=True, leaving=(), is_unanimous=False)


@pytest.mark.parametrize(
    ("mentees", "replies", "outcome"),
    [
        ([FIRST], {}, WAITING),
        ([FIRST], {MENTOR: True}, WAITING),
        ([FIRST], {MENTOR: True, FIRST: True}, WILLING),
        ([FIRST], {FIRST: False}, DECLINED),
        ([FIRST], {MENTOR: False, FIRST: True}, DECLINED),
        ([FIRST, SECOND], {MENTOR: True, FIRST: True}, WAITING),
        ([FIRST, SECOND], {MENTOR: False}, DECLINED),
        ([FIRST, SECOND], {FIRST: False}, Outcome(is_declined=False, leaving=(FIRST,), is_unanimous=False)),
        (
            [FIRST, SECOND],
            {MENTOR: True, FIRST: False, SECOND: True},
            Outcome(is_declined=False, leaving=(FIRST,), is_unanimous=True),
        ),
        ([FIRST, SECOND], {MENTOR: True, FIRST: False, SECOND: False}, DECLINED),
        ([SECOND], {MENTOR: True, FIRST: False, SECOND: True}, WILLING),
    ],
)
def test_proposal_becomes_what_its_answers_make_of_it(mentees, replies, outcome):
    assert outcome_of(MENTOR, mentees, replies) == outcome
