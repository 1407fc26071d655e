"""The life of a document."""

from enum import StrEnum


class DocumentState(StrEnum):
    DRAFT = "draft"
    ON_AGREEMENT = "on_agreement"
    SIGNED = "signed"
    IN_FORCE = "in_force"
    AMENDED = "amended"
    ENDED = "ended"


STATE_LABELS: dict[DocumentState, str] = {
    DocumentState.DRAFT: "проект",
    DocumentState.ON_AGREEMENT: "на согласовании",
    DocumentState.SIGNED: "подписан",
    DocumentState.IN_FORCE: "действует",
    DocumentState.AMENDED: "изменён другим приказом",
    DocumentState.ENDED: "прекращён",
}

MOVES: dict[DocumentState, frozenset[DocumentState]] = {
    DocumentState.DRAFT: frozenset({DocumentState.ON_AGREEMENT}),
    DocumentState.ON_AGREEMENT: frozenset({DocumentState.DRAFT, DocumentState.SIGNED}),
    DocumentState.SIGNED: frozenset({DocumentState.IN_FORCE}),
    DocumentState.IN_FORCE: frozenset({DocumentState.AMENDED, DocumentState.ENDED}),
    DocumentState.AMENDED: frozenset({DocumentState.ENDED}),
    DocumentState.ENDED: frozenset(),
}

FROZEN_STATES = frozenset({DocumentState.SIGNED, DocumentState.IN_FORCE, DocumentState.AMENDED, DocumentState.ENDED})


def may_move(now: DocumentState, then: DocumentState) -> bool:
    """Whether a document may go from the state `now` to the state `then`."""
    return then in MOVES[now]
