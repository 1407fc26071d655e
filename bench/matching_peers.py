"""What others need for the same matching: points by bare numpy, solvers of tables, the package mentor-match."""

from dataclasses import dataclass

import numpy as np
from lap import lapjvs
from matching.mentee import Mentee
from matching.mentor import Mentor
from matching.process import process_data
from matching.rules.rule import Rule
from munkres import Munkres
from scipy.optimize import linear_sum_assignment

from mentoring.domain.matching.encoding import HIGHEST_LEVEL, THOUSAND, Encoded
from mentoring.domain.matching.points import ENOUGH_YEARS
from mentoring.domain.matching.values import DEFAULT_WEIGHTS, Criterion


@dataclass(frozen=True)
class BareArrays:
    """People of a problem as plain tables, made beforehand: what bare numpy starts from."""

    it: Encoded
    requests: np.ndarray
    levels: np.ndarray
    asks: np.ndarray
    has: np.ndarray

    @classmethod
    def of(cls, it: Encoded) -> "BareArrays":
        tables = (it.requests, it.levels, it.asks_subject, it.has_subject)
        return cls(it, *(table.toarray().astype(np.float64) for table in tables))


def bare_points(arrays: BareArrays) -> np.ndarray:
    """Points of all pairs for the default weights, formula after formula; where the form does not fit, none."""
    it, weights = arrays.it, DEFAULT_WEIGHTS
    whole = arrays.requests.sum(axis=1)[:, None] * HIGHEST_LEVEL * THOUSAND
    points = np.floor(arrays.requests @ arrays.levels.T * weights[Criterion.TOPICS] / whole + 0.5)
    points += ((arrays.asks @ arrays.has.T) > 0) * weights[Criterion.SUBJECT]
    years = np.clip(it.mentor_years[None, :] - it.mentee_years[:, None], 0, ENOUGH_YEARS) / (2 * ENOUGH_YEARS)
    higher = (it.mentor_rank[None, :] > it.mentee_rank[:, None]) / 2
    points += np.floor((years + higher) * weights[Criterion.EXPERIENCE] + 0.5)
    fits = it.has_form[:, it.form].T
    points += fits * weights[Criterion.FORM]
    points += (it.mentee_organisation[:, None] == it.mentor_organisation[None, :]) * weights[Criterion.ORGANISATION]
    points += np.floor(it.hours_share * weights[Criterion.HOURS] / THOUSAND + 0.5)
    points += np.floor(it.free_share * weights[Criterion.BALANCE] / THOUSAND + 0.5)
    return points * fits


def by_scipy(points: np.ndarray) -> float:
    """The greatest sum; a mentor is as many columns as they have places."""
    rows, columns = linear_sum_assignment(points, maximize=True)
    return points[rows, columns].sum()


def by_lapx(points: np.ndarray) -> float:
    _, rows, columns = lapjvs(points.max() - points)
    return points[rows, columns].sum()


def by_munkres(points: np.ndarray) -> float:
    chosen = Munkres().compute((points.max() - points).tolist())
    return sum(points[row, column] for row, column in chosen)


class _Told(Rule):
    """mentor-match weighs by yes and no; here it is told the points, so that it works on the same."""

    def __init__(self, points: list[list[float]]) -> None:
        super().__init__()
        self.points = points

    def evaluate(self, match_object) -> bool:
        return True

    def apply(self, match_object) -> int:
        return self.points[match_object.mentee.row][match_object.mentor.column]


def by_mentor_match(points: np.ndarray) -> float:
    """Each column is a mentor of their own: the package knows no places."""
    table = points.astype(int).tolist()
    mentors = [Mentor(grade=1, email=f"m{column}") for column in range(points.shape[1])]
    mentees = [Mentee(grade=1, email=f"e{row}") for row in range(points.shape[0])]
    for people, number in ((mentors, "column"), (mentees, "row")):
        for place, person in enumerate(people):
            setattr(person, number, place)
    process_data(mentors, mentees, [[_Told(table)]])
    return sum(table[mentee.row][mentor.column] for mentee in mentees for mentor in mentee.mentors)
