"""The built-in plans: five real roadmaps, read by hand, to start one's own from."""

import json
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from people.domain.school_year import SchoolYear
from roadmap.domain.capability_words import KnownMeasure
from roadmap.domain.execution import PREPARATION_MONTH
from roadmap.domain.plan import Measure, Plan, Section, Term, TermKind
from roadmap.domain.terms.horizon import Horizon
from roadmap.domain.terms.moving import move_words
from roadmap.domain.terms.reading import read_term

FOLDER = Path(__file__).with_name("plans")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A built-in plan: its key, name and one sentence about it, its measures with their keys and capabilities.

    `school_year` is the first year of its school year, None where it names no dates; `years` how long it runs.
    """

    key: str
    name: str
    about: str
    school_year: int | None
    years: int
    plan: Plan
    measure_keys: tuple[str, ...]
    capabilities: tuple[tuple[str, ...], ...]

    def moved_to(self, year: SchoolYear) -> Plan:
        """The plan with the years in its words moved so that it begins in the school year `year`."""
        shift = year.start - self.school_year if self.school_year else 0
        measures = tuple(
            replace(measure, term=Term(_moved(measure.term.text, shift, year), TermKind.UNKNOWN), documents=())
            for measure in self.plan.measures
        )
        return replace(self.plan, measures=measures)

    def written_for(self, organisation: str, year: SchoolYear) -> Plan:
        """The plan moved to `year`; where a wording names its own organisation, it names the one that starts from it.

        `organisation` is that one's short name.
        """
        plan, own = self.moved_to(year), self.plan.organisation
        if not own:
            return plan
        measures = tuple(
            replace(
                measure,
                title=measure.title.replace(own, organisation),
                details=tuple(detail.replace(own, organisation) for detail in measure.details),
            )
            for measure in plan.measures
        )
        return replace(plan, measures=measures)

    def period_from(self, year: SchoolYear) -> tuple[date, date]:
        """The days a plan made from this one covers, when it begins in the school year `year`."""
        return year.first_day, SchoolYear(year.start + self.years - 1).last_day


def _moved(words: str, shift: int, year: SchoolYear) -> str:
    """A term moved by `shift` years; one that would be over before the summer of preparation, by one year more."""
    moved = move_words(words, shift)
    windows = read_term(moved, Horizon(year.first_day, year.last_day)).windows
    is_over = bool(windows) and windows[-1].last < date(year.start, PREPARATION_MONTH, 1)
    return move_words(moved, 1) if is_over else moved


@cache
def patterns() -> tuple[Pattern, ...]:
    """The built-in plans in the order of their keys."""
    read = (json.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.json"))
    return tuple(sorted(map(_pattern, read), key=lambda pattern: pattern.key))


@cache
def known_measures() -> tuple[KnownMeasure, ...]:
    """All measures of the built-in plans with their capabilities."""
    return tuple(
        KnownMeasure(measure.title, keys)
        for pattern in patterns()
        for measure, keys in zip(pattern.plan.measures, pattern.capabilities, strict=True)
    )


def _pattern(stored: dict[str, Any]) -> Pattern:
    first, last = stored["source"]["period"]
    return Pattern(
        key=stored["key"],
        name=stored["name"],
        about=stored["about"],
        school_year=stored["school_year"],
        years=max(1, date.fromisoformat(last).year - date.fromisoformat(first).year) if first and last else 1,
        plan=Plan(
            title=stored["source"]["title"],
            organisation=stored["source"]["organisation"],
            period=(None, None),
            sections=tuple(Section(**section) for section in stored["sections"]),
            measures=tuple(map(_measure, stored["measures"])),
        ),
        measure_keys=tuple(measure["key"] for measure in stored["measures"]),
        capabilities=tuple(tuple(measure["capabilities"]) for measure in stored["measures"]),
    )


def _measure(stored: dict[str, Any]) -> Measure:
    return Measure(
        number=stored["number"],
        section=stored["section"],
        title=stored["title"],
        details=tuple(stored["details"]),
        term=Term(stored["term"] or "", TermKind.UNKNOWN),
        responsible=tuple(stored["responsible"]),
        result=stored["result"],
    )
