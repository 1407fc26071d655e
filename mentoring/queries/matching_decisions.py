"""What people have decided about a run: pins, bans, accepted pairs; and the best solution around all that."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from mentoring.domain.matching.matching import Prepared, prepare, solve
from mentoring.domain.matching.values import Ban, Problem, Solution
from mentoring.domain.pairing_states import PairingState
from mentoring.models import MatchingRun, MatchingStep, PairingMentee
from mentoring.queries.matching_input import bans_between
from people.access import Access

Kind = MatchingStep.Kind


@dataclass(frozen=True, slots=True)
class Decisions:
    """Decisions by the ids of a run's input.

    `accepted` are pairs of this run that stand as pairings, by mentee; `elsewhere` are mentees who have got a mentor in
    another way since. `pins` hold only those who are free; `bans` are those that stand now, whoever set them where.
    """

    pins: Mapping[str, str]
    bans: tuple[Ban, ...]
    accepted: Mapping[str, "Accepted"]
    elsewhere: frozenset[str]

    @property
    def taken(self) -> frozenset[str]:
        """Mentees who need no decision any more."""
        return self.elsewhere | frozenset(self.accepted)

    @property
    def all_pins(self) -> tuple[tuple[str, str], ...]:
        """Every pair that stands, (mentee, mentor)."""
        return (*((mentee, pair.mentor) for mentee, pair in self.accepted.items()), *self.pins.items())

    def ban_of(self, mentee: str, mentor: str) -> Ban | None:
        """What forbids a pair, if anything does."""
        return next((ban for ban in self.bans if (ban.mentee, ban.mentor) == (mentee, mentor)), None)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A pair of a run that has become a pairing."""

    mentor: str
    pairing_id: int
    state: PairingState


def decisions_of(access: Access, run: MatchingRun, problem: Problem) -> Decisions:
    """What has been decided about a run, whose input is `problem`; in the same few queries whatever its size."""
    people = [int(mentee.id) for mentee in problem.mentees]
    places = PairingMentee.objects.visible_to(access).filter(mentee__in=people).taken(access.today)
    standing = list(places.select_related("pairing").order_by("pk"))
    accepted = {
        str(place.mentee_id): Accepted(str(place.mentor_id), place.pairing_id, PairingState(place.pairing.state))
        for place in standing
        if place.pairing.run_id == run.pk
    }
    elsewhere = frozenset(str(place.mentee_id) for place in standing) - frozenset(accepted)
    mentors = frozenset(mentor.id for mentor in problem.mentors)
    bans = bans_between(access, mentors, {mentee.id: mentee.form for mentee in problem.mentees})
    forbidden = {(ban.mentee, ban.mentor) for ban in bans}
    taken = elsewhere | frozenset(accepted)
    pins = {pin[0]: pin[1] for pin in _pins(run).items() if pin[0] not in taken and pin not in forbidden}
    places = Counter({mentor.id: mentor.capacity for mentor in problem.mentors})
    places.subtract(pair.mentor for pair in accepted.values())
    return Decisions(_fitting(pins, places), bans, accepted, elsewhere)


def _pins(run: MatchingRun) -> dict[str, str]:
    pins: dict[str, str] = {}
    for step in run.steps.filter(undone_at__isnull=True).order_by("number"):
        mentee, mentor = str(step.mentee_id), str(step.mentor_id)
        if step.kind == Kind.PIN:
            pins.pop(mentee, None)  # the newest stands last
            pins[mentee] = mentor
        elif pins.get(mentee) == mentor:
            del pins[mentee]
    return pins


def _fitting(pins: Mapping[str, str], places: Counter[str]) -> dict[str, str]:
    """Of the pins those that `places` are left for, the newest first.

    A fixed mentee who had got a mentor elsewhere and is back may find the place given away.
    """
    found = {}
    for mentee, mentor in reversed(pins.items()):
        if places[mentor] > 0:
            places[mentor] -= 1
            found[mentee] = mentor
    return found


def board_problem(problem: Problem, decided: Decisions) -> Problem:
    """The problem of a run as decisions leave it: without those who have a mentor elsewhere, by the bans of now.

    Of pairs that are accepted nothing forbids anything any more.
    """
    mentees = tuple(mentee for mentee in problem.mentees if mentee.id not in decided.elsewhere)
    settled = decided.taken
    return replace(problem, mentees=mentees, bans=tuple(ban for ban in decided.bans if ban.mentee not in settled))


def board_prepared(problem: Problem, decided: Decisions) -> Prepared:
    """The board's problem with its points, for questions about it."""
    return prepare(board_problem(problem, decided))


def solved(problem: Problem, decided: Decisions) -> Solution:
    """The best solution around decisions; raises MatchingInputError where a pin is impossible."""
    return solve(board_prepared(problem, decided), decided.all_pins)


def fingerprint(solution: Solution) -> str:
    """Tells whether a board still proposes what somebody has seen: a short text that is the same for the same pairs."""
    pairs = ",".join(sorted(f"{pair.mentee}-{pair.mentor}" for pair in solution.pairs))
    return sha256(pairs.encode()).hexdigest()[:16]
