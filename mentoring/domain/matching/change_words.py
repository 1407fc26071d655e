"""What a change of the board does, in Russian sentences with people's names."""

from collections.abc import Iterator, Mapping

from mentoring.domain.matching.values import Pair
from mentoring.domain.matching.what_if import Change, Move
from people.domain.plurals import counted

MOVES_SHOWN = 5
NOBODY = "без наставника"


def grouped(number: int) -> str:
    """1 214: thousands apart, as numbers are written in Russian."""
    return f"{number:,}".replace(",", "\u00a0")


def change_words(change: Change, total: int, *, is_done: bool) -> Iterator[str]:
    """Sentences on pairs, points and the worst pair; `total` are the points after the change."""
    if change.pairs < 0:
        people = counted(-change.pairs, "человек", "человека", "человек")
        yield f"Без наставника {'осталось' if is_done else 'останется'} на {people} больше."
    elif change.pairs > 0:
        people = counted(change.pairs, "человек", "человека", "человек")
        yield f"С наставником {'стало' if is_done else 'станет'} на {people} больше."
    if change.points:
        points = counted(abs(change.points), "балл", "балла", "баллов")
        less = (
            ("уменьшилась" if is_done else "уменьшится")
            if change.points < 0
            else ("выросла" if is_done else "вырастет")
        )
        yield f"Сумма {less} на {points}: {grouped(total)} вместо {grouped(total - change.points)}."
    else:
        yield f"Сумма {'не изменилась' if is_done else 'не изменится'}: {grouped(total)}."
    if change.worst_was != change.worst_now and change.worst_now is not None and change.worst_was is not None:
        yield f"Слабейшая пара: {change.worst_now} вместо {change.worst_was}."


def move_words(moves: tuple[Move, ...], names: Mapping[str, str]) -> Iterator[str]:
    """Who gets whom instead of whom, a few of them; `names` are those of both sides by id."""
    for move in moves[:MOVES_SHOWN]:
        yield f"{names[move.mentee]}: {_with_points(move.was, names)} → {_with_points(move.now, names)}"
    if len(moves) > MOVES_SHOWN:
        yield f"и ещё {counted(len(moves) - MOVES_SHOWN, 'человек', 'человека', 'человек')}"


def _with_points(pair: Pair | None, names: Mapping[str, str]) -> str:
    return f"{names[pair.mentor]} ({pair.points})" if pair else NOBODY
