"""The life of a pairing as a table."""

import pytest

from mentoring.domain.pairing_states import (
    BEFORE_ORDER,
    FIXED,
    LIVE,
    MOVES,
    STATE_LABELS,
    PairingState,
    may_move,
)

S = PairingState
ALLOWED = {
    (S.PROPOSED, S.AGREED),
    (S.PROPOSED, S.DECLINED),
    (S.AGREED, S.PROPOSED),
    (S.AGREED, S.ORDERED),
    (S.AGREED, S.DECLINED),
    (S.ORDERED, S.ACTIVE),
    (S.ORDERED, S.ENDED_EARLY),
    (S.ORDERED, S.REPLACED),
    (S.ACTIVE, S.PAUSED),
    (S.ACTIVE, S.COMPLETED),
    (S.ACTIVE, S.ENDED_EARLY),
    (S.ACTIVE, S.REPLACED),
    (S.PAUSED, S.ACTIVE),
    (S.PAUSED, S.COMPLETED),
    (S.PAUSED, S.ENDED_EARLY),
    (S.PAUSED, S.REPLACED),
}
OVER = {S.COMPLETED, S.ENDED_EARLY, S.REPLACED, S.DECLINED}


@pytest.mark.parametrize("now", S)
@pytest.mark.parametrize("then", S)
def test_pairing_moves_only_along_its_life(now, then):
    assert may_move(now, then) is ((now, then) in ALLOWED)


def test_every_state_has_a_label_and_its_moves():
    assert set(STATE_LABELS) == set(MOVES) == set(S)
    assert len(set(STATE_LABELS.values())) == len(S)


def test_live_pairings_are_those_that_can_still_move():
    assert {state for state in S if MOVES[state]} == LIVE
    assert set(S) - LIVE == OVER


def test_no_pairing_works_without_having_been_ordered():
    before = {now for now in S for then in FIXED if may_move(now, then) and now not in FIXED}

    assert before == {S.AGREED}
    assert BEFORE_ORDER.isdisjoint(FIXED)
