"""The one obvious next step of a meeting; without the database."""

import pytest

from community.domain.next_step import Asking, NextStep, Situation, next_step
from community.domain.vocabulary import EventState

PLANNED, HELD, CANCELLED = EventState.PLANNED, EventState.HELD, EventState.CANCELLED
NOT_YET, RUNNING, ANSWERED, FED = Asking


@pytest.mark.parametrize(
    ("state", "days_left", "guests", "came", "letters", "asking", "step"),
    [
        (PLANNED, 7, 0, 0, 0, NOT_YET, NextStep.INVITE),
        (PLANNED, 7, 9, 0, 9, NOT_YET, NextStep.WRITE),
        (PLANNED, 7, 9, 0, 0, NOT_YET, NextStep.PRINT),
        (PLANNED, 0, 0, 0, 0, NOT_YET, NextStep.INVITE),
        (PLANNED, 0, 9, 0, 3, NOT_YET, NextStep.MARK),
        (PLANNED, -1, 9, 0, 0, NOT_YET, NextStep.MARK),
        (PLANNED, 0, 9, 5, 0, NOT_YET, NextStep.ASK),
        (PLANNED, 0, 9, 5, 0, RUNNING, NextStep.CLOSE),
        (HELD, -1, 9, 5, 0, NOT_YET, NextStep.ASK),
        (HELD, -1, 9, 5, 0, RUNNING, NextStep.WAIT),
        (HELD, -4, 9, 5, 0, ANSWERED, NextStep.FEED),
        (HELD, -4, 9, 5, 0, FED, NextStep.NOTHING),
        (CANCELLED, 7, 9, 0, 9, NOT_YET, NextStep.WRITE),
        (CANCELLED, 7, 9, 0, 0, NOT_YET, NextStep.NOTHING),
        (CANCELLED, -1, 9, 0, 9, NOT_YET, NextStep.NOTHING),
    ],
)
def test_meeting_has_one_next_step(state, days_left, guests, came, letters, asking, step):
    assert next_step(Situation(state, days_left, guests, came, letters, asking)) == step
