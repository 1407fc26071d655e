"""The life of a document, read as a table: a row is the state now, a column the next."""

import pytest

from documents.domain.states import FROZEN_STATES, STATE_LABELS, DocumentState, may_move

TABLE = """
                draft on_agreement signed in_force amended ended
draft             .        +         .       .        .      .
on_agreement      +        .         +       .        .      .
signed            .        .         .       +        .      .
in_force          .        .         .       .        +      +
amended           .        .         .       .        .      +
ended             .        .         .       .        .      .
"""

LINES = [line.split() for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize("row", LINES[1:], ids=lambda row: row[0])
def test_document_moves_only_as_the_table_says(row: list[str]) -> None:
    now, *marks = row
    allowed = {then for then, mark in zip(LINES[0], marks, strict=True) if mark == "+"}

    assert {then.value for then in DocumentState if may_move(DocumentState(now), then)} == allowed


def test_table_and_labels_know_every_state() -> None:
    states = {state.value for state in DocumentState}

    assert set(LINES[0]) == {line[0] for line in LINES[1:]} == states
    assert {state.value for state in STATE_LABELS} == states


def test_nothing_frozen_becomes_a_draft_again() -> None:
    open_states = set(DocumentState) - FROZEN_STATES

    assert [(now, then) for now in FROZEN_STATES for then in open_states if may_move(now, then)] == []
