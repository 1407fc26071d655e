"""All that is wrong with a questionnaire's file, gathered with places and refused in one message."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from people.domain.plurals import counted
from people.domain.refusal import RefusedError

MOST_NAMED = 20

Written = TypeVar("Written")
Meant = TypeVar("Meant")


class ShapeError(ValueError):
    """A cell or a field cannot be understood; the text is a Russian sentence without the place."""


@dataclass(slots=True)
class FileFaults:
    """Faults in the order they were found, each a line «строка 4, столбец «Вид»: …»."""

    lines: list[str] = field(default_factory=list)

    def add(self, place: str, message: str) -> None:
        self.lines.append(f"{place}: {message[:1].lower()}{message[1:]}")

    def read(self, place: str, reader: Callable[[Written], Meant], written: Written) -> Meant | None:
        """What `reader` makes of a cell or a field; None, and a fault more, where it raises ShapeError."""
        try:
            return reader(written)
        except ShapeError as error:
            self.add(place, str(error))
            return None

    def refuse(self) -> None:
        """Raise RefusedError with the first twenty, a line each, when there are any."""
        if not self.lines:
            return
        more = len(self.lines) - MOST_NAMED
        rest = [f"И ещё {counted(more, 'ошибка', 'ошибки', 'ошибок')}."] if more > 0 else []
        raise RefusedError("\n".join(["Анкета не прочитана.", *self.lines[:MOST_NAMED], *rest]))
