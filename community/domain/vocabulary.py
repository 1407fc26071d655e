"""Words of events: kinds, states, sides of guests, groups that are invited at once, what a guest was written."""

from enum import StrEnum


class EventKind(StrEnum):
    """What is held."""

    GROUP_MEETING = "group_meeting"


class EventState(StrEnum):
    """Where an event stands; only a planned one moves on, to one of the other two."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class GuestSide(StrEnum):
    """From which bank a guest comes."""

    MENTOR = "mentor"
    MENTEE = "mentee"


class GuestGroup(StrEnum):
    """Whom one tick of the invitation means."""

    MENTORS = "mentors"
    WAITING_MENTEES = "waiting_mentees"


class Mark(StrEnum):
    """Who says that a guest came."""

    QR = "qr"
    CURATOR = "curator"


class Told(StrEnum):
    """What the last letter to a guest said; an outdated invitation names another day, hour or place."""

    NOTHING = ""
    INVITATION = "invitation"
    OUTDATED = "outdated"
    CANCELLATION = "cancellation"


KIND_LABELS: dict[EventKind, str] = {EventKind.GROUP_MEETING: "групповая встреча"}

STATE_LABELS: dict[EventState, str] = {
    EventState.PLANNED: "запланирована",
    EventState.HELD: "проведена",
    EventState.CANCELLED: "отменена",
}

SIDE_LABELS: dict[GuestSide, str] = {GuestSide.MENTOR: "наставник", GuestSide.MENTEE: "наставляемый"}

GROUP_LABELS: dict[GuestGroup, str] = {
    GuestGroup.MENTORS: "все наставники из банка",
    GuestGroup.WAITING_MENTEES: "все наставляемые, у которых пока нет наставника",
}

MARK_LABELS: dict[Mark, str] = {Mark.QR: "по QR-коду", Mark.CURATOR: "куратор"}

TOLD_LABELS: dict[Told, str] = {
    Told.INVITATION: "приглашение отправлено",
    Told.OUTDATED: "отправлено до изменений",
    Told.CANCELLATION: "сообщили об отмене",
}

PREFERENCES: dict[GuestSide, str] = {
    GuestSide.MENTOR: "mentor-preferences",
    GuestSide.MENTEE: "mentee-preferences",
}
"""By which questionnaire of the library each side is asked with whom they would like to work."""

TO_BE_TOLD: dict[EventState, frozenset[Told]] = {
    EventState.PLANNED: frozenset({Told.NOTHING, Told.OUTDATED}),
    EventState.HELD: frozenset(),
    EventState.CANCELLED: frozenset({Told.INVITATION, Told.OUTDATED}),
}
"""To whom a letter is due, by what they know: who never heard of a meeting need not hear that it is off."""

NEWS: dict[EventState, Told] = {
    EventState.PLANNED: Told.INVITATION,
    EventState.CANCELLED: Told.CANCELLATION,
}
"""What a letter says."""
