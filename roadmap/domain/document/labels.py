"""A stage's goal, task and result where they stand in its own cell: «Цель: …», «Задача: …», «Результат: …»."""

import re
from dataclasses import dataclass

from roadmap.domain.document.wording import one_line, tidy

_LABEL = re.compile(
    r"(?:^|(?<=[\s.;,]))(?:(?P<goal>Цел[ьи])|(?P<task>Задач[аи])|(?P<result>(?:(?:Ожидаем|Планируем)\w+\s+р|Р)езультаты?))"
    r"(?:\s+(?:этапа|раздела))?\s*[:–—]\s*"
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """The text before the first label, and what stands after each; None where there is no such label."""

    title: str
    goal: str | None = None
    task: str | None = None
    result: str | None = None

    @property
    def is_labelled(self) -> bool:
        """Whether there is any label."""
        return any(part is not None for part in (self.goal, self.task, self.result))

    @property
    def is_stage(self) -> bool:
        """Whether a goal or a task stands there, as stages have them; a result alone may be that of a measure."""
        return self.goal is not None or self.task is not None

    @property
    def purpose(self) -> str | None:
        """The task; the goal where there is no task; both, named, where the title is neither."""
        if self.title and self.goal and self.task:
            return f"Цель: {self.goal} Задача: {self.task}"
        return self.task or self.goal


def labelled(text: str) -> Labelled:
    """Take a cell apart at its labels, each text as one line."""
    whole = tidy(text)
    marks = list(_LABEL.finditer(whole))
    if not marks:
        return Labelled(one_line(whole))
    parts: dict[str, str] = {}
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        kind = mark.lastgroup or ""
        said = one_line(whole[mark.end() : after.start() if after else len(whole)]).rstrip(" ;")
        parts[kind] = f"{parts[kind]} {said}" if kind in parts else said
    return Labelled(
        one_line(whole[: marks[0].start()]).rstrip(" ;:"), parts.get("goal"), parts.get("task"), parts.get("result")
    )
