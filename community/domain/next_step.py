"""The one obvious next step of a group meeting, from the invitation to the preferences in the bank."""

from dataclasses import dataclass
from enum import StrEnum

from community.domain.vocabulary import EventState


class Asking(StrEnum):
    """How far the questions about preferences are."""

    NOT_YET = "not_yet"
    RUNNING = "running"
    ANSWERED = "answered"
    FED = "fed"


class NextStep(StrEnum):
    """What the curator does next."""

    INVITE = "invite"
    WRITE = "write"
    PRINT = "print"
    MARK = "mark"
    ASK = "ask"
    CLOSE = "close"
    WAIT = "wait"
    FEED = "feed"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Situation:
    """A meeting as the next step looks at it.

    `days_left` until its day, 0 on the day, negative after it; `letters` is how many guests a letter is due to.
    """

    state: EventState
    days_left: int
    guests: int
    came: int
    letters: int
    asking: Asking


def next_step(situation: Situation) -> NextStep:
    """The next step: people are asked what they prefer straight after the meeting, before it is even closed."""
    if situation.state == EventState.CANCELLED:
        return NextStep.WRITE if situation.letters and situation.days_left >= 0 else NextStep.NOTHING
    if situation.state == EventState.PLANNED and situation.days_left > 0:
        return _before(situation)
    if not situation.guests:
        return NextStep.INVITE
    if not situation.came:
        return NextStep.MARK
    return _after(situation)


def _before(situation: Situation) -> NextStep:
    if not situation.guests:
        return NextStep.INVITE
    return NextStep.WRITE if situation.letters else NextStep.PRINT


def _after(situation: Situation) -> NextStep:
    if situation.asking == Asking.NOT_YET:
        return NextStep.ASK
    if situation.state == EventState.PLANNED:
        return NextStep.CLOSE
    return {Asking.RUNNING: NextStep.WAIT, Asking.ANSWERED: NextStep.FEED, Asking.FED: NextStep.NOTHING}[
        situation.asking
    ]
