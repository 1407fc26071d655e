"""Problems and solutions as JSON: the files of `manage.py match`, and what a run keeps of its input and result."""

from collections.abc import Mapping, Sequence, Set
from typing import Any

from mentoring.domain.bank_sheet.values import Category
from mentoring.domain.matching.values import (
    DEFAULT_WEIGHTS,
    MOST_POINTS,
    Ban,
    Criterion,
    MatchingInputError,
    Mentee,
    Mentor,
    Objective,
    Pair,
    Problem,
    Solution,
)

Json = dict[str, Any]

PROBLEM_KEYS = frozenset({"objective", "weights", "mentors", "mentees", "pins", "bans"})
BOTH_KEYS = {"id", "subjects", "experience", "category", "organisation", "avoid", "prefers", "person", "obstacles"}
MENTOR_KEYS = frozenset(BOTH_KEYS | {"capacity", "topics", "forms", "hours", "taken", "shared"})
MENTEE_KEYS = frozenset(BOTH_KEYS | {"requests", "form"})
CATEGORY_WORDS = ", ".join(Category)
MOST = 1_000_000


def read_problem(given: object) -> Problem:
    """The problem of a parsed JSON file; raises MatchingInputError with the place of the first fault.

    A criterion that `weights` do not name has its default weight.
    """
    whole = _object(given, "файл", PROBLEM_KEYS)
    mentors = [
        _mentor(each, f"mentors[{place}]") for place, each in enumerate(_list(whole.get("mentors", []), "mentors"))
    ]
    mentees = [
        _mentee(each, f"mentees[{place}]") for place, each in enumerate(_list(whole.get("mentees", []), "mentees"))
    ]
    problem = Problem(
        tuple(mentors),
        tuple(mentees),
        _objective(whole.get("objective", Objective.COVER.value)),
        _weights(_told_or(whole, "weights", {})),
        tuple(_pin(each, f"pins[{place}]") for place, each in enumerate(_list(whole.get("pins", []), "pins"))),
        tuple(_ban(each, f"bans[{place}]") for place, each in enumerate(_list(whole.get("bans", []), "bans"))),
    )
    _demand_choices_known(problem)
    return problem


def _demand_choices_known(problem: Problem) -> None:
    mentors, mentees = {mentor.id for mentor in problem.mentors}, {mentee.id for mentee in problem.mentees}
    _demand_named("mentors", problem.mentors, mentees)
    _demand_named("mentees", problem.mentees, mentors)


def _demand_named(side: str, people: Sequence[Mentor | Mentee], others: set[str]) -> None:
    for place, each in enumerate(people):
        for chosen in (*each.avoid, *each.prefers):
            if chosen not in others:
                raise MatchingInputError(f"{side}[{place}] («{each.id}»): назван «{chosen}», кого в файле нет")


def _object(given: object, where: str, keys: frozenset[str]) -> Json:
    if not isinstance(given, dict):
        raise MatchingInputError(f"{where}: нужен объект {{…}}")
    unknown = sorted(key for key in given if key not in keys)
    if unknown:
        raise MatchingInputError(f"{where}: неизвестный ключ «{unknown[0]}»")
    return given


def _list(given: object, where: str) -> list[Any]:
    if not isinstance(given, list):
        raise MatchingInputError(f"{where}: нужен список […]")
    return given


def _told_or(whole: Json, key: str, default: object) -> object:
    """What a key says; null says as little as no key at all."""
    given = whole.get(key)
    return default if given is None else given


def _text(given: object, where: str) -> str:
    if isinstance(given, int) and not isinstance(given, bool):
        return str(given)
    if not isinstance(given, str):
        raise MatchingInputError(f"{where}: нужна строка")
    return given


def _texts(given: object, where: str) -> tuple[str, ...]:
    found = tuple(_text(each, where) for each in _list(given, where))
    if len(set(found)) < len(found):
        raise MatchingInputError(f"{where}: одно и то же названо дважды")
    return found


def _number(given: object, where: str, *, least: float = 0) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or not least <= given <= MOST:
        raise MatchingInputError(f"{where}: нужно число от {least:g} до {MOST}")
    return given


def _whole(given: object, where: str, *, most: int = MOST) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given <= most:
        raise MatchingInputError(f"{where}: нужно целое число от 0 до {most}")
    return given


def _amounts(given: object, where: str) -> dict[str, float]:
    if not isinstance(given, dict):
        raise MatchingInputError(f"{where}: нужен объект «тема»: число")
    found = {topic: _number(number, f"{where}.{topic}") for topic, number in given.items()}
    return {topic: number for topic, number in found.items() if number > 0}


def _objective(given: object) -> Objective:
    if not isinstance(given, str) or given not in list(Objective):
        raise MatchingInputError(f"objective: бывает {', '.join(Objective)}")
    return Objective(given)


def _weights(given: object) -> dict[Criterion, int]:
    found = _object(given, "weights", frozenset(Criterion))
    return {
        criterion: _whole(found.get(criterion, DEFAULT_WEIGHTS[criterion]), f"weights.{criterion}", most=MOST_POINTS)
        for criterion in Criterion
    }


def _pin(given: object, where: str) -> tuple[str, str]:
    words = _texts_of_pair(given, where, 2)
    return words[0], words[1]


def _ban(given: object, where: str) -> Ban:
    return Ban(*_texts_of_pair(given, where, 3))


def _texts_of_pair(given: object, where: str, most: int) -> list[str]:
    words = [_text(each, where) for each in _list(given, where)]
    if not 2 <= len(words) <= most:
        raise MatchingInputError(f"{where}: нужна пара [наставляемый, наставник]")
    return words


def _common(whole: Json, where: str) -> Json:
    if whole.get("id") in (None, ""):
        raise MatchingInputError(f"{where}: нет id")
    experience, category = whole.get("experience"), whole.get("category")
    if category is not None and category not in list(Category):
        raise MatchingInputError(f"{where}.category: бывает {CATEGORY_WORDS}")
    return {
        "id": _text(whole["id"], f"{where}.id"),
        "experience": None if experience is None else _number(experience, f"{where}.experience"),
        "category": None if category is None else Category(category),
        "organisation": _text(_told_or(whole, "organisation", ""), f"{where}.organisation"),
        "person": _text(_told_or(whole, "person", ""), f"{where}.person"),
        **{
            key: _texts(_told_or(whole, key, []), f"{where}.{key}")
            for key in ("subjects", "avoid", "prefers", "obstacles")
        },
    }


def _mentor(given: object, where: str) -> Mentor:
    whole = _object(given, where, MENTOR_KEYS)
    shared, hours = whole.get("shared", True), whole.get("hours")
    if not isinstance(shared, bool):
        raise MatchingInputError(f"{where}.shared: бывает true или false")
    return Mentor(
        **_common(whole, where),
        capacity=_whole(whole.get("capacity", 1), f"{where}.capacity"),
        topics=_amounts(_told_or(whole, "topics", {}), f"{where}.topics"),
        forms=_texts(_told_or(whole, "forms", []), f"{where}.forms"),
        hours=None if hours is None else _number(hours, f"{where}.hours"),
        taken=_whole(whole.get("taken", 0), f"{where}.taken"),
        is_shared=shared,
    )


def _mentee(given: object, where: str) -> Mentee:
    whole = _object(given, where, MENTEE_KEYS)
    return Mentee(
        **_common(whole, where),
        requests=_amounts(_told_or(whole, "requests", {}), f"{where}.requests"),
        form=_text(_told_or(whole, "form", ""), f"{where}.form"),
    )


def problem_json(problem: Problem) -> Json:
    """A problem as `read_problem` reads it; what is not told is left out, and so are choices of who is not there."""
    mentors, mentees = {mentor.id for mentor in problem.mentors}, {mentee.id for mentee in problem.mentees}
    return {
        "objective": problem.objective.value,
        "weights": {criterion.value: points for criterion, points in problem.weights.items()},
        "mentors": [_mentor_json(mentor, mentees) for mentor in problem.mentors],
        "mentees": [_mentee_json(mentee, mentors) for mentee in problem.mentees],
        "pins": [list(pin) for pin in problem.pins],
        "bans": [[ban.mentee, ban.mentor, ban.words] for ban in problem.bans],
    }


def _told(given: Mapping[str, Any]) -> Json:
    return {key: value for key, value in given.items() if value not in (None, "", [], {})}


def _common_json(each: Mentor | Mentee, others: Set[str]) -> Json:
    return {
        "id": each.id,
        "subjects": list(each.subjects),
        "experience": each.experience,
        "category": each.category and each.category.value,
        "organisation": each.organisation,
        "avoid": [chosen for chosen in each.avoid if chosen in others],
        "prefers": [chosen for chosen in each.prefers if chosen in others],
        "person": each.person,
        "obstacles": list(each.obstacles),
    }


def _mentor_json(mentor: Mentor, mentees: Set[str]) -> Json:
    own = {"capacity": mentor.capacity, "taken": mentor.taken, "topics": dict(mentor.topics), "hours": mentor.hours}
    return _told({**_common_json(mentor, mentees), **own, "forms": list(mentor.forms), "shared": mentor.is_shared})


def _mentee_json(mentee: Mentee, mentors: Set[str]) -> Json:
    return _told({**_common_json(mentee, mentors), "requests": dict(mentee.requests), "form": mentee.form})


def solution_json(solution: Solution) -> Json:
    """A solution as a run keeps it."""
    return {
        "pairs": [[pair.mentee, pair.mentor, pair.points] for pair in solution.pairs],
        "unmatched": list(solution.unmatched),
        "total": solution.total,
        "worst": solution.worst,
        "optimal": solution.is_optimal,
        "tied": solution.is_tied,
        "most_lost": solution.most_lost,
    }


def read_solution(kept: Json) -> Solution:
    """A solution that `solution_json` made."""
    return Solution(
        pairs=tuple(Pair(*each) for each in kept["pairs"]),
        unmatched=tuple(kept["unmatched"]),
        total=kept["total"],
        worst=kept["worst"],
        is_optimal=kept["optimal"],
        is_tied=kept["tied"],
        most_lost=kept["most_lost"],
    )
