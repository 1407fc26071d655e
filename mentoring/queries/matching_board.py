"""What the board of a run shows: everybody's proposal, by mentees and by mentors, and as it leaves the portal."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from mentoring.domain.bank_analysis import Balance, BankedMentee, BankedMentor, Lack, analyse_banks
from mentoring.domain.matching.change_words import grouped
from mentoring.domain.matching.matching import Prepared, solve
from mentoring.domain.matching.problem_json import read_problem
from mentoring.domain.matching.sentences import reasons
from mentoring.domain.matching.values import Mentee, Mentor, Pair, Problem, Reason, Solution
from mentoring.domain.pairing_states import STATE_LABELS
from mentoring.models import MatchingRun, MatchingStep
from mentoring.queries.matching_decisions import Accepted, Decisions, board_prepared, decisions_of
from mentoring.queries.matching_input import DISTRICT
from mentoring.queries.sharing import shared_mentors
from people.access import Access
from people.domain.consent import Purpose
from people.models import Person
from people.models.persons import folded

FILTERS = {
    "alone": ("без наставника", lambda line: line.is_alone),
    "weak": ("слабые пары", lambda line: line.is_weak and line.accepted is None),
    "open": ("ещё не приняты", lambda line: line.is_open),
    "pinned": ("закреплённые", lambda line: line.is_pinned),
    "accepted": ("уже предложены", lambda line: line.accepted is not None),
}
"""What the list can be narrowed to: its words, and which lines it leaves."""

SHORTAGES = 5
"""How many topics in short supply are drawn beside the board."""

WEAK = 40
"""Percent of the points a pair could have at most: below, it is listed among the weak ones."""

GONE = "человек выбыл из организации"
NOT_SHOWN = "наставник района"


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One mentee of the run: the proposal where there is one, and how far it has come."""

    id: str
    name: str
    about: str
    pair: Pair | None
    mentor_name: str
    is_pinned: bool
    is_district: bool
    accepted: Accepted | None
    is_elsewhere: bool
    is_weak: bool

    @property
    def is_open(self) -> bool:
        """Whether it can be accepted now."""
        return self.pair is not None and not self.is_district and self.accepted is None

    @property
    def is_alone(self) -> bool:
        return self.pair is None and not self.is_elsewhere

    @property
    def state_words(self) -> str:
        if self.accepted is not None:
            return STATE_LABELS[self.accepted.state]
        return "уже есть наставник" if self.is_elsewhere else ""


def people_of(access: Access, ids: Iterable[str]) -> dict[str, Person]:
    """The people of the organisation among `ids` of an input, by id."""
    wanted = [int(each) for each in ids if not each.startswith(DISTRICT)]
    return {str(person.pk): person for person in Person.objects.visible_to(access).filter(pk__in=wanted)}


def names_of(
    access: Access, mentors: Sequence[Mentor], mentees: Sequence[Mentee], people: Mapping[str, Person]
) -> dict[str, str]:
    """Short names by id of an input; of the district those alone are named who are still shown outside."""
    found = {each.id: people[each.id].short_name if each.id in people else GONE for each in (*mentors, *mentees)}
    guests = [mentor for mentor in mentors if mentor.id.startswith(DISTRICT)]
    shared = {f"{DISTRICT}{each.person_id}": each.name for each in shared_mentors(access)} if guests else {}
    return found | {each.id: f"{shared.get(each.id, NOT_SHOWN)} ({each.organisation})" for each in guests}


class Board:
    """A run as decisions leave it today. Its parts are worked out when the page asks for them."""

    def __init__(self, access: Access, run: MatchingRun) -> None:
        """Read the run's decisions and people; the run must be solved."""
        self.access, self.run = access, run
        self.problem: Problem = read_problem(run.input)
        self.decided: Decisions = decisions_of(access, run, self.problem)
        self.mentors: Mapping[str, Mentor] = {mentor.id: mentor for mentor in self.problem.mentors}
        self.mentees: Mapping[str, Mentee] = {mentee.id: mentee for mentee in self.problem.mentees}

    @cached_property
    def prepared(self) -> Prepared:
        return board_prepared(self.problem, self.decided)

    @cached_property
    def solution(self) -> Solution:
        return solve(self.prepared, self.decided.all_pins)

    @cached_property
    def people(self) -> Mapping[str, Person]:
        """Those of the organisation, by id of the input."""
        return people_of(self.access, [*self.mentors, *self.mentees])

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Everybody's short name by id of the input."""
        return names_of(self.access, self.problem.mentors, self.problem.mentees, self.people)

    @cached_property
    def most_points(self) -> int:
        return sum(self.problem.weights.values())

    @cached_property
    def lines(self) -> list[BoardLine]:
        """All mentees by name."""
        pairs = {pair.mentee: pair for pair in self.solution.pairs}
        found = [self._line(mentee, pairs.get(mentee.id)) for mentee in self.problem.mentees]
        return sorted(found, key=lambda line: (folded(line.name), line.id))

    def _line(self, mentee: Mentee, pair: Pair | None) -> BoardLine:
        person = self.people.get(mentee.id)
        return BoardLine(
            id=mentee.id,
            name=self.names[mentee.id],
            about=(person.subject or person.post) if person else "",
            pair=pair,
            mentor_name=self.names[pair.mentor] if pair else "",
            is_pinned=mentee.id in self.decided.pins,
            is_district=bool(pair and pair.mentor.startswith(DISTRICT)),
            accepted=self.decided.accepted.get(mentee.id),
            is_elsewhere=mentee.id in self.decided.elsewhere,
            is_weak=bool(pair and pair.points * 100 < self.most_points * WEAK),
        )

    @property
    def open_count(self) -> int:
        return sum(line.is_open for line in self.lines)

    @property
    def filters(self) -> list[tuple[str, str]]:
        return [(code, label) for code, (label, _) in FILTERS.items()]

    @property
    def alone_count(self) -> int:
        return sum(line.is_alone for line in self.lines)

    @cached_property
    def shortages(self) -> list[Balance]:
        """Topics for which places are short in this run, the worst first."""
        kept_out = (Lack.CONSENT,)
        found = analyse_banks(
            [
                BankedMentor(
                    each.capacity + each.taken,
                    each.taken,
                    tuple(each.topics),
                    each.subjects,
                    kept_out if each.obstacles else (),
                )
                for each in self.problem.mentors
            ],
            [
                BankedMentee(
                    {topic: int(weight) for topic, weight in each.requests.items()},
                    each.subjects,
                    kept_out if each.obstacles else (),
                )
                for each in self.problem.mentees
                if each.id not in self.decided.elsewhere
            ],
        )
        return [balance for balance in found.asked_topics if balance.missing][:SHORTAGES]

    @property
    def most_asked(self) -> int:
        return max((max(each.asking, each.places) for each in self.shortages), default=1)

    @property
    def covered(self) -> int:
        return len(self.solution.pairs)

    @property
    def asked(self) -> int:
        """How many mentees the board is about."""
        return len(self.problem.mentees) - len(self.decided.elsewhere)

    @property
    def total(self) -> str:
        return grouped(self.solution.total)

    @cached_property
    def last_step(self) -> MatchingStep | None:
        steps = self.run.steps.filter(undone_at__isnull=True).select_related("mentee", "mentor")
        return steps.order_by("-number").first()

    def shown(self, *, search: str, only: str) -> list[BoardLine]:
        """The lines that a search by names and one of `FILTERS` leave; any other `only` leaves everybody."""
        _, test = FILTERS.get(only, ("", None))
        wanted = folded(search).split()
        return [
            line
            for line in self.lines
            if (test is None or test(line))
            and all(word in folded(f"{line.name} {line.mentor_name}") for word in wanted)
        ]


@dataclass(frozen=True, slots=True)
class MentorTile:
    """A mentor with the mentees proposed to them, as the board by mentors shows it."""

    id: str
    name: str
    about: str
    lines: tuple[BoardLine, ...]
    free: int
    obstacles: tuple[str, ...]

    @property
    def may_take(self) -> bool:
        """Whether people can be dragged here."""
        return not self.obstacles and not self.id.startswith(DISTRICT)


def mentor_tiles(board: Board, *, search: str) -> list[MentorTile]:
    """All mentors by name, those who cannot be proposed last."""
    given: dict[str, list[BoardLine]] = {}
    for line in board.lines:
        if line.pair:
            given.setdefault(line.pair.mentor, []).append(line)
    wanted = folded(search).split()
    tiles = [
        MentorTile(
            mentor.id,
            board.names[mentor.id],
            ", ".join(mentor.subjects),
            tuple(given.get(mentor.id, ())),
            0 if mentor.obstacles else max(mentor.capacity - len(given.get(mentor.id, ())), 0),
            mentor.obstacles,
        )
        for mentor in board.problem.mentors
    ]
    found = [
        tile
        for tile in tiles
        if all(word in folded(" ".join([tile.name, *(line.name for line in tile.lines)])) for word in wanted)
    ]
    return sorted(found, key=lambda tile: (bool(tile.obstacles), folded(tile.name), tile.id))


@dataclass(frozen=True, slots=True)
class ReasonedLine:
    """A line with the reasons of its pair, as it leaves the portal."""

    line: BoardLine
    reasons: tuple[Reason, ...]


def lines_going_out(access: Access, board: Board) -> list[BoardLine]:
    """The lines as they leave the house: only people whose consent to processing is in force."""
    own = [int(each) for each in board.people]
    people = Person.objects.visible_to(access).filter(pk__in=own).consenting(Purpose.PROCESSING, on=access.today)
    consenting = {str(pk) for pk in people.values_list("pk", flat=True)}
    return [
        line
        for line in board.lines
        if line.id in consenting
        and (line.pair is None or line.pair.mentor in consenting or line.pair.mentor.startswith(DISTRICT))
    ]


def with_reasons(board: Board, lines: Sequence[BoardLine]) -> list[ReasonedLine]:
    """Lines with the reasons of their pairs, in their order."""
    pairs = [line.pair for line in lines if line.pair]
    found = dict(zip((pair.mentee for pair in pairs), reasons(board.prepared, pairs), strict=True))
    return [ReasonedLine(line, found.get(line.id, ())) for line in lines]
