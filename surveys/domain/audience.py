"""Whom a wave asks: what a curator chose, as a frozen value and as the JSON it is kept in."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self


class Standing(StrEnum):
    """Whether people of the banks are asked with or without a pair."""

    ANY = ""
    PAIRED = "paired"
    WAITING = "waiting"


STANDING_LABELS: dict[Standing, str] = {
    Standing.ANY: "все, кто в банке",
    Standing.PAIRED: "только те, кто в паре или группе",
    Standing.WAITING: "только те, у кого пары ещё нет",
}


@dataclass(frozen=True, slots=True)
class Audience:
    """Groups add up, `left_out_ids` are taken away last.

    `sides` are the banks asked ("mentor", "mentee"), narrowed by `standing`, by `forms` of mentoring and by
    `categories` of mentees where these are given. `roles` are roles of members, `kinds` kinds of people ("staff",
    "pupil", "external"), `person_ids` those picked by hand.
    """

    sides: tuple[str, ...] = ()
    standing: Standing = Standing.ANY
    forms: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    person_ids: tuple[int, ...] = ()
    left_out_ids: tuple[int, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nobody can be meant."""
        return not (self.sides or self.roles or self.kinds or self.person_ids)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """The audience as `as_json` wrote it."""
        lists = {name: tuple(value) for name, value in stored.items() if name != "standing"}
        return cls(standing=Standing(stored.get("standing", "")), **lists)

    def as_json(self) -> dict[str, Any]:
        """The audience as it is kept."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}
