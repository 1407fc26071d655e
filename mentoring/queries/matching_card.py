"""What a mentee's card on the board tells: the proposal with its reasons, other mentors, and why not one of them."""

from dataclasses import dataclass

from mentoring.domain.matching.change_words import change_words, move_words
from mentoring.domain.matching.sentences import reasons
from mentoring.domain.matching.shortage import Shortage, shortages
from mentoring.domain.matching.values import Pair, Reason
from mentoring.domain.matching.what_if import next_best, why_not
from mentoring.queries.matching_board import Board, BoardLine
from mentoring.queries.matching_input import DISTRICT

OTHERS = 5
"""How many other mentors a card offers."""


@dataclass(frozen=True, slots=True)
class OtherMentor:
    """A mentor the mentee could have too: points of the two, and whose place it would be."""

    id: str
    name: str
    points: int
    about: str
    is_district: bool


@dataclass(frozen=True, slots=True)
class WhyNotPanel:
    """Why not this mentor: what forbids it, or the points and what would follow, in sentences."""

    mentor: str
    name: str
    obstacles: tuple[str, ...]
    points: int | None
    proposed_points: int | None
    consequences: tuple[str, ...]
    moves: tuple[str, ...]
    may_be_chosen: bool
    is_district: bool


@dataclass(frozen=True, slots=True)
class Help:
    """What would help a mentee without a mentor: whom to ask, by id of the input, and for what."""

    mentor: str
    name: str
    words: str

    @property
    def is_district(self) -> bool:
        return self.mentor.startswith(DISTRICT)


@dataclass(frozen=True, slots=True)
class MenteeCard:
    """A mentee's proposal with its reasons, or why there is none and what would help; and other mentors."""

    line: BoardLine
    requests: tuple[str, ...]
    mentor_about: str
    reasons: tuple[Reason, ...]
    causes: tuple[str, ...]
    helps: tuple[Help, ...]
    others: tuple[OtherMentor, ...]
    forbidden: tuple[tuple[str, str], ...]
    why: WhyNotPanel | None


def mentee_card(board: Board, mentee_id: str, *, why: str = "") -> MenteeCard | None:
    """A mentee's card, with the panel «почему не» for the mentor `why`; None for who is not there."""
    line = next((line for line in board.lines if line.id == mentee_id), None)
    if line is None:
        return None
    mentee = board.mentees[mentee_id]
    is_undecided = not line.is_elsewhere and line.accepted is None
    shortage = _shortage(board, mentee_id) if line.is_alone else None
    return MenteeCard(
        line=line,
        requests=tuple(sorted(mentee.requests, key=lambda topic: (-mentee.requests[topic], topic))),
        mentor_about=_about(board, line.pair.mentor) if line.pair else "",
        reasons=reasons(board.prepared, [line.pair])[0] if line.pair else (),
        causes=shortage.causes if shortage else (),
        helps=_helps(board, shortage) if shortage else (),
        others=_others(board, line) if is_undecided else (),
        # Names and reasons of the bans that keep mentors from this mentee.
        forbidden=tuple((board.names[ban.mentor], ban.words) for ban in board.decided.bans if ban.mentee == mentee_id),
        why=_why(board, line, why) if why in board.mentors and is_undecided else None,
    )


def _about(board: Board, mentor_id: str) -> str:
    mentor, person = board.mentors[mentor_id], board.people.get(mentor_id)
    about = [person.post, person.get_category_display() if person.category else ""] if person else [mentor.organisation]
    places = mentor.capacity + mentor.taken
    return " · ".join([*(part for part in about if part), f"мест {places}, занято {mentor.taken}"])


def _shortage(board: Board, mentee_id: str) -> Shortage:
    return shortages(board.prepared, board.decided.all_pins, board.solution, of=[mentee_id])[0]


def _helps(board: Board, shortage: Shortage) -> tuple[Help, ...]:
    places = [Help(mentor, board.names[mentor], "ещё одно место") for mentor in shortage.places_with]
    nearly = (Help(each.mentor, board.names[each.mentor], each.words) for each in shortage.nearly)
    return (*places, *nearly)


def _others(board: Board, line: BoardLine) -> tuple[OtherMentor, ...]:
    best = next_best(board.prepared, line.id, OTHERS + 1)
    found = [pair for pair in best if line.pair is None or pair.mentor != line.pair.mentor][:OTHERS]
    return tuple(_other(board, pair) for pair in found)


def _other(board: Board, pair: Pair) -> OtherMentor:
    is_district = pair.mentor.startswith(DISTRICT)
    return OtherMentor(pair.mentor, board.names[pair.mentor], pair.points, _given_to(board, pair.mentor), is_district)


def _given_to(board: Board, mentor_id: str) -> str:
    people = [board.names[pair.mentee] for pair in board.solution.pairs if pair.mentor == mentor_id]
    free = board.mentors[mentor_id].capacity - len(people)
    return f"предложен: {', '.join(people)}" if people and free <= 0 else f"свободно мест: {max(free, 0)}"


def _why(board: Board, line: BoardLine, mentor_id: str) -> WhyNotPanel:
    found = why_not(board.prepared, board.decided.all_pins, board.solution, line.id, mentor_id)
    is_district = mentor_id.startswith(DISTRICT)
    consequences, moves = (), ()
    if found.change is not None:
        consequences = tuple(change_words(found.change, board.solution.total + found.change.points, is_done=False))
        moves = tuple(move_words(found.change.moves, board.names))
    return WhyNotPanel(
        mentor=mentor_id,
        name=board.names[mentor_id],
        obstacles=found.obstacles,
        points=found.points,
        proposed_points=line.pair.points if line.pair else None,
        consequences=consequences,
        moves=moves,
        may_be_chosen=not found.obstacles and not is_district,
        is_district=is_district,
    )
