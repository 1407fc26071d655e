"""A problem as arrays: people in the order of their ids, topics and subjects as columns of sparse tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from mentoring.domain.bank_sheet.values import Category
from mentoring.domain.matching.values import Mentee, Mentor, Problem

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

THOUSAND = 1000
HIGHEST_LEVEL = 5
UNKNOWN = -1
UNTOLD = (-1, -2)
"""Organisations nobody told, of a mentee and of a mentor: not the same one."""

CATEGORY_RANK: dict[Category, int] = {
    Category.NONE: 0,
    Category.FITS: 1,
    Category.FIRST: 2,
    Category.HIGHEST: 3,
    Category.METHODOLOGIST: 4,
    Category.MENTOR: 4,
}
"""Order 196 of 2023: the last two are given beside the highest category, neither above the other."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Who named whom, as (row, column) in ascending order, with the places given; 0 means not named."""

    rows: Ints
    columns: Ints
    by_mentee: Ints
    by_mentor: Ints


@dataclass(frozen=True, slots=True)
class Encoded:
    """Mentees are rows, mentors columns, both in the order of their ids. Measures are whole thousandths.

    `requests` and `levels` are people × topics, `asks_subject` and `has_subject` people × subjects; `is_open` are
    mentees without obstacles of their own, `form` is the column of `has_form` a mentee needs, and UNKNOWN where any
    will do. Organisations and persons are numbers that are equal for the same text.
    """

    mentees: tuple[Mentee, ...]
    mentors: tuple[Mentor, ...]
    row_of: Mapping[str, int]
    column_of: Mapping[str, int]
    requests: Any
    request_sums: Ints
    levels: Any
    asks_subject: Any
    has_subject: Any
    mentee_years: Ints
    mentor_years: Ints
    mentee_rank: Ints
    mentor_rank: Ints
    form: Ints
    has_form: Flags
    takes_any_form: Flags
    mentee_organisation: Ints
    mentor_organisation: Ints
    is_shared: Flags
    is_open: Flags
    mentee_person: Ints
    mentor_person: Ints
    capacity: Ints
    hours_share: Ints
    free_share: Ints
    choices: Choices
    avoided: tuple[Ints, Ints]


def encoded(problem: Problem) -> Encoded:
    """The arrays of a problem, whose ids are unique on each side."""
    mentees = tuple(sorted(problem.mentees, key=lambda mentee: mentee.id))
    mentors = tuple(sorted(problem.mentors, key=lambda mentor: mentor.id))
    row_of = {mentee.id: row for row, mentee in enumerate(mentees)}
    column_of = {mentor.id: column for column, mentor in enumerate(mentors)}
    topics = _numbers(topic for mentee in mentees for topic in mentee.requests)
    subjects = _numbers(subject for mentee in mentees for subject in mentee.subjects)
    forms = _numbers(mentee.form for mentee in mentees if mentee.form)
    everybody: tuple[Mentee | Mentor, ...] = (*mentees, *mentors)
    organisations = _numbers(each.organisation for each in everybody if each.organisation)
    persons = _numbers(each.person or each.id for each in everybody)
    requests = _table([mentee.requests for mentee in mentees], topics, most=None)
    return Encoded(
        mentees=mentees,
        mentors=mentors,
        row_of=row_of,
        column_of=column_of,
        requests=requests,
        request_sums=np.asarray(requests.sum(axis=1), dtype=np.int64),
        levels=_table([mentor.topics for mentor in mentors], topics, most=HIGHEST_LEVEL),
        asks_subject=_table([dict.fromkeys(mentee.subjects, 1) for mentee in mentees], subjects, most=1),
        has_subject=_table([dict.fromkeys(mentor.subjects, 1) for mentor in mentors], subjects, most=1),
        mentee_years=_thousandths(mentee.experience for mentee in mentees),
        mentor_years=_thousandths(mentor.experience for mentor in mentors),
        mentee_rank=_ranks(mentee.category for mentee in mentees),
        mentor_rank=_ranks(mentor.category for mentor in mentors),
        form=_ints(forms.get(mentee.form, UNKNOWN) for mentee in mentees),
        has_form=_form_table(mentors, forms),
        takes_any_form=_flags(not mentor.forms for mentor in mentors),
        mentee_organisation=_ints(organisations.get(mentee.organisation, UNTOLD[0]) for mentee in mentees),
        mentor_organisation=_ints(organisations.get(mentor.organisation, UNTOLD[1]) for mentor in mentors),
        is_shared=_flags(mentor.is_shared for mentor in mentors),
        is_open=_flags(not mentee.obstacles for mentee in mentees),
        mentee_person=_ints(persons[mentee.person or mentee.id] for mentee in mentees),
        mentor_person=_ints(persons[mentor.person or mentor.id] for mentor in mentors),
        capacity=_ints(0 if mentor.obstacles else mentor.capacity for mentor in mentors),
        hours_share=_ints(_hours_share(mentor) for mentor in mentors),
        free_share=_ints(_free_share(mentor) for mentor in mentors),
        choices=_choices(mentees, mentors, row_of, column_of),
        avoided=_avoided(mentees, mentors, row_of, column_of),
    )


def _numbers(words: Iterable[str]) -> dict[str, int]:
    return {word: number for number, word in enumerate(dict.fromkeys(words))}


def _ints(numbers: Iterable[int]) -> Ints:
    return np.fromiter(numbers, dtype=np.int64)


def _flags(claims: Iterable[bool]) -> Flags:
    return np.fromiter(claims, dtype=np.bool_)


def _thousandths(numbers: Iterable[float | None]) -> Ints:
    return _ints(UNKNOWN if number is None else round(number * THOUSAND) for number in numbers)


def _ranks(categories: Iterable[Category | None]) -> Ints:
    return _ints(UNKNOWN if category is None else CATEGORY_RANK[category] for category in categories)


def _table(rows: Sequence[Mapping[str, float]], columns: Mapping[str, int], *, most: float | None) -> Any:
    """People × words in thousandths, sparse; words that have no column count for nothing, numbers stop at `most`."""
    starts, indices, values = [0], [], []
    for row in rows:
        for word, number in row.items():
            column = columns.get(word)
            if column is not None:
                indices.append(column)
                values.append(round(min(number, most) * THOUSAND if most is not None else number * THOUSAND))
        starts.append(len(indices))
    shape = (len(rows), max(len(columns), 1))
    return csr_array((np.array(values, dtype=np.int64), np.array(indices, dtype=np.int64), starts), shape=shape)


def _form_table(mentors: Sequence[Mentor], forms: Mapping[str, int]) -> Flags:
    table = np.zeros((len(mentors), max(len(forms), 1)), dtype=np.bool_)
    for column, mentor in enumerate(mentors):
        for form in mentor.forms:
            if form in forms:
                table[column, forms[form]] = True
    return table


def _hours_share(mentor: Mentor) -> int:
    """Thousandths of an hour a week for each mentee, when all places are taken; an hour is enough."""
    places = mentor.capacity + mentor.taken
    if mentor.hours is None or not places:
        return 0
    return min(THOUSAND, round(mentor.hours * THOUSAND) // places)


def _free_share(mentor: Mentor) -> int:
    """Thousandths of the mentor's places that are free."""
    places = mentor.capacity + mentor.taken
    return THOUSAND * mentor.capacity // places if places else 0


def _choices(
    mentees: Sequence[Mentee], mentors: Sequence[Mentor], row_of: Mapping[str, int], column_of: Mapping[str, int]
) -> Choices:
    by_mentee = {
        (row, column_of[chosen]): place
        for row, mentee in enumerate(mentees)
        for place, chosen in enumerate(mentee.prefers, start=1)
        if chosen in column_of
    }
    by_mentor = {
        (row_of[chosen], column): place
        for column, mentor in enumerate(mentors)
        for place, chosen in enumerate(mentor.prefers, start=1)
        if chosen in row_of
    }
    pairs = sorted(by_mentee.keys() | by_mentor.keys())
    return Choices(
        _ints(row for row, _ in pairs),
        _ints(column for _, column in pairs),
        _ints(by_mentee.get(pair, 0) for pair in pairs),
        _ints(by_mentor.get(pair, 0) for pair in pairs),
    )


def _avoided(
    mentees: Sequence[Mentee], mentors: Sequence[Mentor], row_of: Mapping[str, int], column_of: Mapping[str, int]
) -> tuple[Ints, Ints]:
    pairs = {
        (row, column_of[other]) for row, mentee in enumerate(mentees) for other in mentee.avoid if other in column_of
    } | {(row_of[other], column) for column, mentor in enumerate(mentors) for other in mentor.avoid if other in row_of}
    in_order = sorted(pairs)
    return _ints(row for row, _ in in_order), _ints(column for _, column in in_order)
