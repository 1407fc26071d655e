"""Points of pairs by criterion, many pairs at once, in whole numbers: the same pair gets the same everywhere.

A share of a criterion is a fraction of whole numbers; points are the criterion's weight times the share, rounded half
up. Floating point holds these whole numbers exactly: all are below 2^53, and so are quotient times divisor.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentoring.domain.matching.encoding import HIGHEST_LEVEL, THOUSAND, UNKNOWN, Encoded, Flags, Ints
from mentoring.domain.matching.kinds import Kinds, PairByPair, by_kind
from mentoring.domain.matching.values import Criterion

Floats = NDArray[np.float64]

ENOUGH_YEARS = 5 * THOUSAND
"""A mentor with five years more has all the points for experience (domain reference 8.1: commonly five)."""

SHARE_BY_PLACE = np.array([0, 50, 45, 40, 35, 30], dtype=np.int64)
"""Hundredths of the weight for being named first, second…; fifth and later count alike. Named by both, both count."""

BLOCK = 1 << 17
"""How many pairs are worked out at once: their numbers stay in the processor's cache."""

LEAST_BLOCK = 32
"""Fewer mentees at once would read the mentors' topics too often."""


def _rounded(weight: int, share: Any, whole: Any) -> Any:
    """weight · share / whole, half up, for whole numbers kept as floats; 0 where the whole is 0."""
    divisor = np.maximum(whole, 1) * 2.0
    return np.floor((share * (2.0 * weight) + whole) / divisor)


def _experience_share(it: Encoded, rows: Ints, columns: Ints) -> Any:
    """Tenths of ENOUGH_YEARS: the gap in years alone, or half of it and half for a higher category where both tell."""
    known = (it.mentee_years[rows] != UNKNOWN) & (it.mentor_years[columns] != UNKNOWN)
    years = np.clip(it.mentor_years[columns] - it.mentee_years[rows], 0, ENOUGH_YEARS) * known
    ranked = (it.mentee_rank[rows] != UNKNOWN) & (it.mentor_rank[columns] != UNKNOWN)
    higher = ranked & (it.mentor_rank[columns] > it.mentee_rank[rows])
    return np.where(ranked, years + higher * ENOUGH_YEARS, 2 * years)


def experience_points(it: Encoded, weights: Mapping[Criterion, int], rows: Ints, columns: Ints) -> Floats:
    """Points for experience and category, for arrays of rows and columns that fit together."""
    points: Floats = _rounded(weights[Criterion.EXPERIENCE], _experience_share(it, rows, columns), 2.0 * ENOUGH_YEARS)
    return points


def form_is_named(it: Encoded, rows: Ints, columns: Ints) -> Flags:
    """Whether the mentor names the form that the mentee needs; rows and columns are arrays that fit together."""
    form = it.form[rows]
    named: Flags = it.has_form[columns, np.maximum(form, 0)] & (form != UNKNOWN)
    return named


def subject_is_shared(it: Encoded, rows: Ints, columns: Ints) -> Flags:
    """Whether the mentor of each pair has a subject that the mentee asks for."""
    shared: Flags = np.asarray(it.asks_subject[rows].multiply(it.has_subject[columns]).sum(axis=1)) > 0
    return shared


def _of_pairs(it: Encoded, weights: Mapping[Criterion, int], rows: Ints, columns: Ints) -> dict[Criterion, Any]:
    """Points for form and organisation, for arrays of rows and columns that fit together."""
    organisation = it.mentee_organisation[rows] == it.mentor_organisation[columns]
    return {
        Criterion.FORM: form_is_named(it, rows, columns) * weights[Criterion.FORM],
        Criterion.ORGANISATION: organisation * weights[Criterion.ORGANISATION],
    }


def _of_mentors(it: Encoded, weights: Mapping[Criterion, int]) -> dict[Criterion, Any]:
    return {
        Criterion.HOURS: _rounded(weights[Criterion.HOURS], it.hours_share, THOUSAND),
        Criterion.BALANCE: _rounded(weights[Criterion.BALANCE], it.free_share, THOUSAND),
    }


def _preference(it: Encoded, weights: Mapping[Criterion, int]) -> Ints:
    """Points of the pairs in `choices`."""
    last = len(SHARE_BY_PLACE) - 1
    named = (
        SHARE_BY_PLACE[np.minimum(it.choices.by_mentee, last)] + SHARE_BY_PLACE[np.minimum(it.choices.by_mentor, last)]
    )
    points: Ints = _rounded(weights[Criterion.PREFERENCE], named, 100.0).astype(np.int64)
    return points


def pair_points(it: Encoded, weights: Mapping[Criterion, int], rows: Ints, columns: Ints) -> dict[Criterion, Ints]:
    """Points of the pairs (rows[k], columns[k]) by criterion."""
    overlap = it.requests[rows].multiply(it.levels[columns]).sum(axis=1)
    whole = it.request_sums[rows] * float(HIGHEST_LEVEL * THOUSAND)
    by_mentor = _of_mentors(it, weights)
    found = {
        Criterion.TOPICS: _rounded(weights[Criterion.TOPICS], np.asarray(overlap, dtype=np.float64), whole),
        Criterion.SUBJECT: subject_is_shared(it, rows, columns) * weights[Criterion.SUBJECT],
        Criterion.PREFERENCE: _preference_of(it, weights, rows, columns),
        Criterion.EXPERIENCE: experience_points(it, weights, rows, columns),
        **_of_pairs(it, weights, rows, columns),
        **{criterion: points[columns] for criterion, points in by_mentor.items()},
    }
    return {criterion: np.asarray(found[criterion]).astype(np.int64) for criterion in Criterion}


def _preference_of(it: Encoded, weights: Mapping[Criterion, int], rows: Ints, columns: Ints) -> Ints:
    keys = it.choices.rows * len(it.mentors) + it.choices.columns
    if not len(keys):
        return np.zeros(len(rows), dtype=np.int64)
    wanted = rows * len(it.mentors) + columns
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    points: Ints = np.where(keys[place] == wanted, _preference(it, weights)[place], 0)
    return points


@dataclass(frozen=True, slots=True)
class PointsTable:
    """Points of all pairs, worked out by rows when they are wanted: a region's table would not fit anywhere."""

    it: Encoded
    weights: Mapping[Criterion, int]
    levels: Floats
    had: NDArray[np.float32]
    by_mentor: Floats
    experience: Kinds | PairByPair

    @classmethod
    def of(cls, it: Encoded, weights: Mapping[Criterion, int]) -> "PointsTable":
        """The table of a problem; `weights` name every criterion."""
        levels = np.ascontiguousarray(it.levels.toarray().T, dtype=np.float64)
        had = np.ascontiguousarray(it.has_subject.toarray().T, dtype=np.float32)
        by_mentor = np.asarray(sum(_of_mentors(it, weights).values()), dtype=np.float64)
        experience = PairByPair(
            len(it.mentors),
            lambda rows, columns: experience_points(it, weights, rows, columns),
            weights[Criterion.EXPERIENCE],
        )
        experience_by_kind = by_kind((it.mentee_years, it.mentee_rank), experience.rows, experience)
        return cls(it, weights, levels, had, by_mentor, experience_by_kind)

    def rows(self, rows: Ints) -> Floats:
        """Points of the given mentees, in ascending order, with every mentor; rules are not looked at."""
        it, weights = self.it, self.weights
        whole = it.request_sums[rows].astype(np.float64)[:, None] * (HIGHEST_LEVEL * THOUSAND)
        found: Floats = _rounded(weights[Criterion.TOPICS], it.requests[rows].astype(np.float64) @ self.levels, whole)
        found += (it.asks_subject[rows].astype(np.float32) @ self.had > 0) * np.float64(weights[Criterion.SUBJECT])
        columns = np.arange(len(it.mentors))[None, :]
        found += self.experience.rows(rows)
        for part in _of_pairs(it, weights, rows[:, None], columns).values():
            found += part
        found += self.by_mentor
        places = np.minimum(np.searchsorted(rows, it.choices.rows), len(rows) - 1)
        is_here = rows[places] == it.choices.rows
        found[places[is_here], it.choices.columns[is_here]] += _preference(it, weights)[is_here]
        return found

    def blocks(self, rows: Ints) -> Iterator[tuple[Ints, Floats]]:
        """The same for many mentees, a block of them at a time."""
        height = max(LEAST_BLOCK, BLOCK // max(1, len(self.it.mentors)))
        for first in range(0, len(rows), height):
            block = rows[first : first + height]
            yield block, self.rows(block)
