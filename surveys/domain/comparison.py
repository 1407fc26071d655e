"""Entry against exit as it may be shown: changes of pairs, and the means of both waves beside them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from surveys.domain.pairs import LEAST_PAIRS, Change
from surveys.domain.questionnaire import QuestionKind, Scale
from surveys.domain.results import KeyResult, SectionResult

FEW_PAIRS = "мало ответов"
MEANS_HIDDEN = "средние пар не показываем: по ним видны ответы тех, кто ответил один раз"

NOTICEABLE = 0.1
"""From which size of effect a change is told as one; below it there is none (Cohen 1988, for r)."""

COMPARED_KINDS = frozenset({QuestionKind.SCALE, QuestionKind.MATRIX, QuestionKind.NUMBER})


@dataclass(frozen=True, slots=True)
class Compared:
    """One key in both waves: `change` of the pairs (None: too few), the means of all who answered in each wave.

    `hides_means`: mean, difference and spread of the pairs stay hidden, the rest of the change is shown.
    """

    key: str
    text: str
    scale: Scale | None
    change: Change | None
    hides_means: bool
    entry_mean: float | None
    exit_mean: float | None

    @property
    def before(self) -> float | None:
        """The mean at the entry as it is drawn: of the pairs where it is shown, else of the whole wave."""
        return self.change.before_mean if self.change and not self.hides_means else self.entry_mean

    @property
    def after(self) -> float | None:
        """The mean at the exit as it is drawn."""
        return self.change.after_mean if self.change and not self.hides_means else self.exit_mean

    @property
    def note(self) -> str:
        """What is missing and why, in Russian; blank where nothing is."""
        if self.change is None:
            return FEW_PAIRS
        return MEANS_HIDDEN if self.hides_means else ""


def changes_from(stored: Iterable[Mapping[str, Any]]) -> dict[str, Change]:
    """Changes by key, as `dataclasses.asdict` stored them; other entries of a row are passed over."""
    names = [field.name for field in fields(Change)]
    return {row["key"]: Change(**{name: row[name] for name in names}) for row in stored}


def compared(
    entry: Sequence[SectionResult], exit_: Sequence[SectionResult], changes: Mapping[str, Change], threshold: int | None
) -> tuple[Compared, ...]:
    """The keys that both waves ask as a number on the same scale, in the order of the exit.

    `threshold` is None where both waves are named. Fewer pairs than it, or than `LEAST_PAIRS`, are too few. Where it
    is given, the means of pairs are shown only if in each wave those who are in no pair are nobody or at least
    `threshold`: the mean of a wave and that of its pairs together give the mean of the rest.
    """
    before = {result.key: result for result in _numeric(entry)}
    return tuple(
        _compared(before[result.key], result, changes.get(result.key), threshold)
        for result in _numeric(exit_)
        if result.key in before and _is_same_measure(before[result.key], result)
    )


def _numeric(sections: Iterable[SectionResult]) -> list[KeyResult]:
    return [result for section in sections for result in section.keys if result.question.kind in COMPARED_KINDS]


def _is_same_measure(one: KeyResult, other: KeyResult) -> bool:
    ends = [(each.question.scale.low, each.question.scale.high) if each.is_scaled else None for each in (one, other)]
    return ends[0] == ends[1]


def _compared(before: KeyResult, after: KeyResult, change: Change | None, threshold: int | None) -> Compared:
    if change is not None and change.pairs < max(threshold or 0, LEAST_PAIRS):
        change = None
    answered = (before.whole.answered, after.whole.answered)
    return Compared(
        key=after.key,
        text=after.text,
        scale=after.question.scale if after.is_scaled else None,
        change=change,
        hides_means=change is not None and threshold is not None and _rest_is_small(change.pairs, answered, threshold),
        entry_mean=before.whole.figures.mean if before.whole.figures else None,
        exit_mean=after.whole.figures.mean if after.whole.figures else None,
    )


def _rest_is_small(pairs: int, answered: Iterable[int], threshold: int) -> bool:
    return any(0 < people - pairs < threshold for people in answered)
