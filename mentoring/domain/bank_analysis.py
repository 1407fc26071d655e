"""What both banks have for each other: demand against free places, load, and who cannot be proposed yet."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from mentoring.domain.topics import folded, usual_spellings


class Lack(StrEnum):
    """What keeps a person of a bank from being proposed (hard rules, domain reference 8.1 and 8.5)."""

    CONSENT = "consent"
    APPROVAL = "approval"
    TRAINING = "training"


LACK_LABELS: dict[Lack, str] = {
    Lack.CONSENT: "нет согласия на обработку данных",
    Lack.APPROVAL: "кандидат: ещё не утверждён",
    Lack.TRAINING: "нет отметки о подготовке",
}


def lacks_of_mentor(
    *, has_consent: bool, is_approved: bool, is_trained: bool, demands_training: bool
) -> tuple[Lack, ...]:
    """Everything that a mentor lacks, the law first; training counts only where the organisation demands it."""
    found = {
        Lack.CONSENT: not has_consent,
        Lack.APPROVAL: not is_approved,
        Lack.TRAINING: demands_training and not is_trained,
    }
    return tuple(lack for lack, is_lacking in found.items() if is_lacking)


@dataclass(frozen=True, slots=True)
class BankedMentor:
    """A mentor in the bank: places in all and places taken, strong topics and subjects as written."""

    places: int
    taken: int = 0
    topics: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    lacks: tuple[Lack, ...] = ()

    @property
    def free(self) -> int:
        """Places left; none, not fewer, where more are taken than there are."""
        return max(self.places - self.taken, 0)


@dataclass(frozen=True, slots=True)
class BankedMentee:
    """A mentee who waits for a mentor: requests with their weights (1 to 5) and subjects, as written."""

    requests: Mapping[str, int] = field(default_factory=dict)
    subjects: tuple[str, ...] = ()
    lacks: tuple[Lack, ...] = ()


@dataclass(frozen=True, slots=True)
class Balance:
    """Demand and supply of one topic or subject.

    `asking` mentees ask for it, with requests of `weight` together; mentors strong in it have `places` free, and
    those of them who cannot be proposed yet would add `held`.
    """

    label: str
    asking: int
    weight: int
    places: int
    held: int

    @property
    def missing(self) -> int:
        """How many of those who ask find no place."""
        return max(self.asking - self.places, 0)

    @property
    def state(self) -> str:
        """«none»: nobody to give; «short»: not for all; «enough»."""
        if self.missing and not self.places:
            return "none"
        return "short" if self.missing else "enough"


@dataclass(frozen=True, slots=True)
class Load:
    """Mentors of the bank and their places.

    `free` places are of those who may be proposed, `held` free ones of those who may not yet. Of all mentors `idle`
    have nobody, `full` no place left.
    """

    mentors: int
    places: int
    taken: int
    free: int
    held: int
    idle: int
    full: int


@dataclass(frozen=True, slots=True)
class BankAnalysis:
    """The analysis: topics and subjects with the worst shortage first, load, and how many wait.

    Of those `waiting` for a mentor `ready` may be proposed.
    """

    topics: tuple[Balance, ...]
    subjects: tuple[Balance, ...]
    load: Load
    waiting: int
    ready: int

    @property
    def asked_topics(self) -> tuple[Balance, ...]:
        """Topics that somebody asks for."""
        return tuple(each for each in self.topics if each.asking)

    @property
    def asked_subjects(self) -> tuple[Balance, ...]:
        """Subjects of those who wait."""
        return tuple(each for each in self.subjects if each.asking)

    @property
    def missing_places(self) -> int:
        """How many places fewer than mentees to be proposed, whatever the topics."""
        return max(self.ready - self.load.free, 0)


def analyse_banks(mentors: Iterable[BankedMentor], waiting: Iterable[BankedMentee]) -> BankAnalysis:
    """Demand, supply and load of the two banks.

    Only people who lack nothing count in demand and supply. A mentor's free places count in every topic of theirs:
    whoever takes one takes it from all. The order of the input does not matter.
    """
    mentors, waiting = tuple(mentors), tuple(waiting)
    ready = [mentee for mentee in waiting if not mentee.lacks]
    return BankAnalysis(
        topics=_balances([mentee.requests for mentee in ready], mentors, lambda mentor: mentor.topics),
        subjects=_balances(
            [dict.fromkeys(mentee.subjects, 1) for mentee in ready], mentors, lambda mentor: mentor.subjects
        ),
        load=_load(mentors),
        waiting=len(waiting),
        ready=len(ready),
    )


def _balances(
    asked: Sequence[Mapping[str, int]],
    mentors: Sequence[BankedMentor],
    offered_by: Callable[[BankedMentor], tuple[str, ...]],
) -> tuple[Balance, ...]:
    asking, weight, places, held = (defaultdict[str, int](int) for _ in range(4))
    for each in asked:
        heaviest: dict[str, int] = {}
        for topic, much in each.items():
            heaviest[folded(topic)] = max(much, heaviest.get(folded(topic), 0))
        for key, much in heaviest.items():
            asking[key] += 1
            weight[key] += much
    for mentor in mentors:
        counted = held if mentor.lacks else places
        for key in {folded(topic) for topic in offered_by(mentor)}:
            counted[key] += mentor.free
    written = [topic for each in asked for topic in each] + [topic for each in mentors for topic in offered_by(each)]
    found = (
        Balance(label, asking[key], weight[key], places[key], held[key])
        for key, label in usual_spellings(written).items()
        if key
    )
    return tuple(sorted(found, key=_worst_first))


def _worst_first(balance: Balance) -> tuple[bool, int, int, str]:
    return not balance.asking, balance.places - balance.asking, -balance.weight, balance.label


def _load(mentors: Sequence[BankedMentor]) -> Load:
    return Load(
        mentors=len(mentors),
        places=sum(mentor.places for mentor in mentors),
        taken=sum(mentor.taken for mentor in mentors),
        free=sum(mentor.free for mentor in mentors if not mentor.lacks),
        held=sum(mentor.free for mentor in mentors if mentor.lacks),
        idle=sum(not mentor.taken for mentor in mentors),
        full=sum(not mentor.free for mentor in mentors),
    )
