"""What the answers of a proposed pair or group make of it (domain reference 8.6, 8.9)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """`is_declined`: nothing is left of the proposal; otherwise `leaving` mentees free their places.

    `is_unanimous`: everybody who stays is willing.
    """

    is_declined: bool
    leaving: tuple[int, ...]
    is_unanimous: bool


def outcome_of(mentor_id: int, mentee_ids: Sequence[int], replies: Mapping[int, bool]) -> Outcome:
    """What becomes of a proposal to `mentor_id` and `mentee_ids` (ids of persons).

    `replies` says of each who has answered whether they are willing. Without its mentor, or without any mentee,
    there is no pairing; a group goes on without the mentees who refuse.
    """
    refused = {person_id for person_id, is_willing in replies.items() if not is_willing}
    staying = [mentee_id for mentee_id in mentee_ids if mentee_id not in refused]
    if mentor_id in refused or not staying:
        return Outcome(is_declined=True, leaving=(), is_unanimous=False)
    return Outcome(
        is_declined=False,
        leaving=tuple(mentee_id for mentee_id in mentee_ids if mentee_id in refused),
        is_unanimous=all(replies.get(person_id, False) for person_id in (mentor_id, *staying)),
    )
