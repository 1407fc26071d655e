"""Hard rules: what no number of points outweighs, as a table of all pairs and in words for one pair."""

from collections.abc import Iterable

import numpy as np

from mentoring.domain.matching.encoding import UNKNOWN, Encoded, Flags, Ints
from mentoring.domain.matching.points import form_is_named
from mentoring.domain.matching.values import Ban

NO_PLACES = "свободных мест нет"
SAME_PERSON = "это один и тот же человек"
AVOIDED = "кто-то из двоих просил: «лучше не»"
OTHER_FORM = "эту форму наставничества наставник не ведёт"
NOT_SHARED = "наставник другой организации, согласия на передачу сведений нет"


def is_possible(it: Encoded, rows: Ints, columns: Ints) -> Flags:
    """Whether hard rules allow pairs, bans and «лучше не» aside; rows and columns are arrays that fit together."""
    form = (it.form[rows] == UNKNOWN) | it.takes_any_form[columns] | form_is_named(it, rows, columns)
    near = it.is_shared[columns] | (it.mentee_organisation[rows] == it.mentor_organisation[columns])
    other = it.mentee_person[rows] != it.mentor_person[columns]
    possible: Flags = it.is_open[rows] & (it.capacity[columns] > 0) & form & near & other
    return possible


def forbidden_pairs(it: Encoded, bans: Iterable[Ban]) -> tuple[Ints, Ints]:
    """Rows and columns of the pairs that a ban or somebody's «лучше не» forbids."""
    pairs = [(it.row_of[ban.mentee], it.column_of[ban.mentor]) for ban in bans]
    rows = np.array([row for row, _ in pairs], dtype=np.int64)
    columns = np.array([column for _, column in pairs], dtype=np.int64)
    return np.concatenate([it.avoided[0], rows]), np.concatenate([it.avoided[1], columns])


def possible_pairs(it: Encoded, bans: Iterable[Ban]) -> Flags:
    """Which pairs hard rules allow, mentees × mentors."""
    table = is_possible(it, np.arange(len(it.mentees))[:, None], np.arange(len(it.mentors))[None, :])
    table[forbidden_pairs(it, bans)] = False
    return table


def obstacles(it: Encoded, bans: Iterable[Ban], mentee: str, mentor: str) -> tuple[str, ...]:
    """The rules that forbid one pair, in words, those of the people first; empty where it is possible.

    Raises KeyError for people who are not there.
    """
    row, column = it.row_of[mentee], it.column_of[mentor]
    one, other = it.mentees[row], it.mentors[column]
    found = [*other.obstacles, *one.obstacles]
    if other.capacity <= 0:
        found.append(NO_PLACES)
    if it.mentee_person[row] == it.mentor_person[column]:
        found.append(SAME_PERSON)
    if other.id in one.avoid or one.id in other.avoid:
        found.append(AVOIDED)
    if one.form and other.forms and one.form not in other.forms:
        found.append(OTHER_FORM)
    if not other.is_shared and (not one.organisation or one.organisation != other.organisation):
        found.append(NOT_SHARED)
    found += [ban.words for ban in bans if ban.mentee == mentee and ban.mentor == mentor]
    return tuple(dict.fromkeys(found))
