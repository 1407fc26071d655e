"""The life of a pairing (domain reference 8.8, 8.9)."""

from enum import StrEnum


class PairingState(StrEnum):
    PROPOSED = "proposed"
    AGREED = "agreed"
    ORDERED = "ordered"
    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    ENDED_EARLY = "ended_early"
    REPLACED = "replaced"
    DECLINED = "declined"


S = PairingState

STATE_LABELS: dict[PairingState, str] = {
    S.PROPOSED: "предложена",
    S.AGREED: "согласована",
    S.ORDERED: "закреплена приказом",
    S.ACTIVE: "работает",
    S.PAUSED: "приостановлена",
    S.COMPLETED: "завершена",
    S.ENDED_EARLY: "прекращена досрочно",
    S.REPLACED: "наставник заменён",
    S.DECLINED: "отклонена",
}

MOVES: dict[PairingState, frozenset[PairingState]] = {
    S.PROPOSED: frozenset({S.AGREED, S.DECLINED}),
    S.AGREED: frozenset({S.PROPOSED, S.ORDERED, S.DECLINED}),
    S.ORDERED: frozenset({S.ACTIVE, S.ENDED_EARLY, S.REPLACED}),
    S.ACTIVE: frozenset({S.PAUSED, S.COMPLETED, S.ENDED_EARLY, S.REPLACED}),
    S.PAUSED: frozenset({S.ACTIVE, S.COMPLETED, S.ENDED_EARLY, S.REPLACED}),
    S.COMPLETED: frozenset(),
    S.ENDED_EARLY: frozenset(),
    S.REPLACED: frozenset(),
    S.DECLINED: frozenset(),
}

LIVE = frozenset({S.PROPOSED, S.AGREED, S.ORDERED, S.ACTIVE, S.PAUSED})
ANSWERABLE = frozenset({S.PROPOSED, S.AGREED})
BEFORE_ORDER = frozenset({S.PROPOSED, S.AGREED, S.DECLINED})
FIXED = frozenset({S.ORDERED, S.ACTIVE, S.PAUSED})


def may_move(now: PairingState, then: PairingState) -> bool:
    """Whether a pairing may go from the state `now` to the state `then`."""
    return then in MOVES[now]
