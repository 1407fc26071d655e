"""Measuring several ways of doing the same in turn, so that a noisy machine is noisy for all of them."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Figure:
    """Our seconds against those of a reference, round by round; the goal is the largest ratio that will do."""

    name: str
    reference: str
    ours: list[float]
    theirs: list[float]
    goal: float
    note: str = ""

    @property
    def ratio(self) -> float:
        return median(self.ours) / median(self.theirs)

    @property
    def ratios(self) -> list[float]:
        return [mine / other for mine, other in zip(self.ours, self.theirs, strict=True)]

    def line(self) -> str:
        words = "met" if self.ratio <= self.goal else "MISSED"
        spread = f"{min(self.ratios):.2f}–{max(self.ratios):.2f}"
        return (
            f"{self.name:<44} {_seconds(self.ours):>12} {_seconds(self.theirs):>12}"
            f" {self.ratio:>6.2f} {spread:>11} {self.goal:>6.2f} {words:<6}  vs {self.reference}"
            + (f"; {self.note}" if self.note else "")
        )


HEADING = f"{'measure':<44} {'ours':>12} {'reference':>12} {'ratio':>6} {'min–max':>11} {'goal':>6}"


def _seconds(rounds: list[float]) -> str:
    middle = median(rounds)
    return f"{middle * 1000:.1f} ms" if middle < 1 else f"{middle:.2f} s"


def seconds_of(action: Callable[[], float | None]) -> float:
    """How long one call takes, or what it says itself; rubbish of earlier calls is collected before, not during it."""
    gc.collect()
    start = time.perf_counter()
    told = action()
    return time.perf_counter() - start if told is None else told


def in_turn(rounds: int, *actions: Callable[[], float | None]) -> list[list[float]]:
    """Seconds of each action in each round, after one call of each that is not counted."""
    for action in actions:
        action()
    taken: list[list[float]] = [[] for _ in actions]
    for _ in range(rounds):
        for action, seconds in zip(actions, taken, strict=True):
            seconds.append(seconds_of(action))
    return taken
