"""What is matched and what comes out: mentors, mentees, weights, proposals, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from mentoring.domain.bank_sheet.values import Category


class Objective(StrEnum):
    """What a matching is the best by."""

    COVER = "cover"
    SUM = "sum"
    STABLE = "stable"


OBJECTIVE_LABELS: dict[Objective, str] = {
    Objective.COVER: "наставник для каждого, затем самая слабая пара, затем сумма баллов",
    Objective.SUM: "наибольшая сумма баллов",
    Objective.STABLE: "прочные пары: никто не сменил бы свою пару на другую по взаимному желанию",
}


class Criterion(StrEnum):
    """What a pair gets points for (domain reference 8.5)."""

    TOPICS = "topics"
    PREFERENCE = "preference"
    SUBJECT = "subject"
    EXPERIENCE = "experience"
    FORM = "form"
    HOURS = "hours"
    ORGANISATION = "organisation"
    BALANCE = "balance"


CRITERION_LABELS: dict[Criterion, str] = {
    Criterion.TOPICS: "запросы и сильные темы",
    Criterion.PREFERENCE: "взаимный выбор после встречи",
    Criterion.SUBJECT: "предмет",
    Criterion.EXPERIENCE: "стаж и категория",
    Criterion.FORM: "форма наставничества",
    Criterion.HOURS: "время наставника",
    Criterion.ORGANISATION: "одна организация",
    Criterion.BALANCE: "равная нагрузка",
}

DEFAULT_WEIGHTS: dict[Criterion, int] = {
    Criterion.TOPICS: 40,
    Criterion.PREFERENCE: 20,
    Criterion.SUBJECT: 15,
    Criterion.EXPERIENCE: 10,
    Criterion.FORM: 5,
    Criterion.HOURS: 3,
    Criterion.ORGANISATION: 5,
    Criterion.BALANCE: 2,
}
"""Points of a pair that is the best by a criterion; together 100."""

MOST_POINTS = 1000
"""The most points one criterion can be given."""


@dataclass(frozen=True, slots=True)
class Mentor:
    """A mentor as matching sees them.

    `id` is any text that is unique among mentors; `capacity` how many more mentees they can take, `taken` how many
    they have. `topics` are competences with a level above 0, 5 and more being the highest. `forms` are codes of forms,
    none meaning any. `hours` a week are for mentoring altogether. `avoid` and `prefers` are ids of mentees, the latter
    best first. `is_shared` says that other organisations may have them. `person` tells people apart across both
    sides, by default `id`. `obstacles` are hard rules that keep this mentor from everybody, in words.
    """

    id: str
    capacity: int = 1
    topics: Mapping[str, float] = field(default_factory=dict)
    subjects: tuple[str, ...] = ()
    experience: float | None = None
    category: Category | None = None
    forms: tuple[str, ...] = ()
    organisation: str = ""
    hours: float | None = None
    taken: int = 0
    avoid: tuple[str, ...] = ()
    prefers: tuple[str, ...] = ()
    is_shared: bool = True
    person: str = ""
    obstacles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mentee:
    """A mentee as matching sees them; `requests` are topics with a weight above 0, the rest as in `Mentor`."""

    id: str
    requests: Mapping[str, float] = field(default_factory=dict)
    subjects: tuple[str, ...] = ()
    experience: float | None = None
    category: Category | None = None
    form: str = ""
    organisation: str = ""
    avoid: tuple[str, ...] = ()
    prefers: tuple[str, ...] = ()
    person: str = ""
    obstacles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ban:
    """A mentor a mentee must not have, and the words why."""

    mentee: str
    mentor: str
    words: str = "запрещено куратором"


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything a matching depends on. Ids are unique on each side; `pins` are (mentee, mentor)."""

    mentors: tuple[Mentor, ...]
    mentees: tuple[Mentee, ...]
    objective: Objective = Objective.COVER
    weights: Mapping[Criterion, int] = field(default_factory=lambda: DEFAULT_WEIGHTS)
    pins: tuple[tuple[str, str], ...] = ()
    bans: tuple[Ban, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """What a pair gets for one criterion: points, never negative, and a Russian sentence."""

    criterion: Criterion
    points: int
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A mentee with the mentor proposed for them, and the points of the two."""

    mentee: str
    mentor: str
    points: int


@dataclass(frozen=True, slots=True)
class Solution:
    """The best pairs, by the id of the mentee.

    `worst` is None without pairs. `is_optimal` tells that optimality was proved by a certificate, not assumed;
    `most_lost` is the greatest number of points that could be missing where it was not. `is_tied` says that other
    solutions are as good.
    """

    pairs: tuple[Pair, ...]
    unmatched: tuple[str, ...]
    total: int
    worst: int | None
    is_optimal: bool
    is_tied: bool
    most_lost: float = 0


class MatchingInputError(ValueError):
    """What was given cannot be matched; the message is Russian and names the place."""
