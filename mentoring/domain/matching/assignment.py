"""The best matching over given possible pairs, worth a whole number above 0 each, with its proof."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from mentoring.domain.matching.certificate import NOBODY, Certificate, Edges, certificate, certificate_by
from mentoring.domain.matching.descent import descended, guessed_prices
from mentoring.domain.matching.encoding import Ints
from mentoring.domain.matching.points import Floats
from mentoring.domain.matching.seating import useful_places

TABLE = 1_000_000
"""Up to so many mentees × places the whole table is assigned at once; above, prices are found among possible pairs."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """`mate[i]` is the mentor of mentee i or NOBODY."""

    mate: Ints
    proof: Certificate


def greatest_worth(
    edges: Edges, capacity: Ints, height: int, *, unit: float = 1.0, start: Floats | None = None
) -> Assignment:
    """A matching of the greatest worth altogether.

    `capacity` are places per mentor, `height` is the number of mentees, `unit` is what a point is worth; `start` are
    whole prices of mentors that may be near the best ones. Equal input gives equal output.
    """
    if not edges.count:
        nobody = np.full(height, NOBODY, dtype=np.int64)
        return Assignment(nobody, certificate_by(edges, capacity, nobody, np.zeros(len(capacity))))
    if height * int(useful_places(edges, capacity).sum()) <= TABLE:
        mate = _by_table(edges, useful_places(edges, capacity), height)
        return Assignment(mate, certificate(edges, capacity, mate))
    start = guessed_prices(edges, capacity, height, unit) if start is None else start
    mate, prices = descended(edges, capacity, height, start)
    return Assignment(mate, certificate_by(edges, capacity, mate, prices))


def _by_table(edges: Edges, places: Ints, height: int) -> Ints:
    """Every place a column (Crouse 2016, as in scipy); a pair that is impossible is worth nothing."""
    table = np.zeros((height, len(places)))
    table[edges.rows, edges.columns] = edges.worth
    mentor = np.repeat(np.arange(len(places)), places)
    rows, columns = linear_sum_assignment(table[:, mentor], maximize=True)
    mate = np.full(height, NOBODY, dtype=np.int64)
    is_pair = table[rows, mentor[columns]] > 0
    mate[rows[is_pair]] = mentor[columns[is_pair]]
    return mate
