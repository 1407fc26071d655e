"""One line of «Что делать сейчас»."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """What waits for a person, and the one button that leads to it.

    `urgency` orders the steps, smaller first; `tone` is one of blue, amber, teal, red.
    """

    urgency: int
    icon: str
    title: str
    detail: str
    button: str
    url: str
    tone: str = "blue"
