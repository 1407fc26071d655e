"""`manage.py match --input FILE`: the best pairs of a file of mentors and mentees, without a database."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from django.core.management.base import BaseCommand, CommandError

from mentoring.domain.matching.matching import Prepared, prepare, solve
from mentoring.domain.matching.problem_json import read_problem
from mentoring.domain.matching.sentences import reasons
from mentoring.domain.matching.shortage import Shortage, shortages
from mentoring.domain.matching.values import MatchingInputError, Solution

EXPLAINED = 1_000
TOO_MANY_ALONE = f"без наставника остались многие: причины разобраны у первых {EXPLAINED}"

MOST_SCORES = 20_000_000
"""More points than this are no table anybody reads."""


def read_file(path: str) -> Any:
    """The parsed JSON of a file; raises CommandError in Russian."""
    try:
        written = Path(path).read_text(encoding="utf-8-sig")
        given = json.loads(written)
        if "\\ud" in written.lower():
            json.dumps(given, ensure_ascii=False).encode()
    except OSError as error:
        raise CommandError(f"Файл «{path}» не открывается: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"Файл «{path}» не в кодировке UTF-8: байт {error.start}.") from error
    except UnicodeEncodeError as error:
        raise CommandError(f"В файле «{path}» есть половина знака: \\ud8xx без второй половины.") from error
    except json.JSONDecodeError as error:
        raise CommandError(f"Файл «{path}» — не JSON: строка {error.lineno}, знак {error.colno}.") from error
    except ValueError as error:
        raise CommandError(f"Файл «{path}» не читается: в числе слишком много цифр.") from error
    except RecursionError as error:
        raise CommandError(f"Файл «{path}» слишком глубоко вложен.") from error
    return given


def shortage_causes(shortage: Shortage) -> list[str]:
    """Why a mentee stays alone, and what would help, in sentences that name mentors by their ids."""
    found = list(shortage.causes)
    if shortage.places_with:
        mentors = ", ".join(f"«{mentor}»" for mentor in shortage.places_with)
        found.append(f"поможет ещё одно место у одного из наставников: {mentors}")
    found += [f"поможет устранить препятствие у «{each.mentor}»: {each.words}" for each in shortage.nearly]
    return found


def unmatched_causes(prepared: Prepared, solution: Solution) -> Iterator[tuple[str, list[str]]]:
    """Every unmatched mentee with the causes; of very many only the first are looked into one by one."""
    first = solution.unmatched[:EXPLAINED]
    for each in shortages(prepared, prepared.problem.pins, solution, of=frozenset(first)):
        yield each.mentee, shortage_causes(each)
    for mentee in solution.unmatched[EXPLAINED:]:
        yield mentee, [TOO_MANY_ALONE]


def as_json(prepared: Prepared, solution: Solution, seconds: float, ids: Mapping[str, Mapping[str, Any]]) -> Any:
    """What the command prints; `ids` give people back the ids the file has, numbers included."""
    mentees, mentors = ids["mentees"], ids["mentors"]
    doubt = {} if solution.is_optimal else {"most_lost": solution.most_lost}
    return {
        "proposals": [
            {
                "mentee": mentees[pair.mentee],
                "mentor": mentors[pair.mentor],
                "points": pair.points,
                "reasons": [
                    {"criterion": reason.criterion.value, "points": reason.points, "text": reason.text}
                    for reason in why
                ],
            }
            for pair, why in zip(solution.pairs, reasons(prepared, solution.pairs), strict=True)
        ],
        "unmatched": [
            {"mentee": mentees[mentee], "causes": causes} for mentee, causes in unmatched_causes(prepared, solution)
        ],
        "total": solution.total,
        "worst": solution.worst,
        "optimal": solution.is_optimal,
        **doubt,
        "tied": solution.is_tied,
        "seconds": round(seconds, 4),
    }


def score_table(prepared: Prepared) -> list[list[int | None]]:
    """Points of all pairs in the order of the input, None where a hard rule forbids; raises CommandError."""
    problem, it = prepared.problem, prepared.it
    if len(problem.mentees) * len(problem.mentors) > MOST_SCORES:
        raise CommandError("Для таблицы баллов людей слишком много: уберите --scores.")
    columns = [it.column_of[mentor.id] for mentor in problem.mentors]
    by_row: list[list[int | None]] = []
    for _, points in prepared.pool.blocks(np.arange(len(it.mentees))):
        ordered = points[:, columns].astype(int).tolist()
        by_row += [[number if number >= 0 else None for number in row] for row in ordered]
    return [by_row[it.row_of[mentee.id]] for mentee in problem.mentees]


def lines(solution: Solution) -> Iterator[str]:
    """The result for somebody who reads it."""
    for pair in solution.pairs:
        yield f"{pair.mentee} — {pair.mentor}: {pair.points}"
    for mentee in solution.unmatched:
        yield f"{mentee} — без наставника"
    proof = "лучше не бывает" if solution.is_optimal else f"могло бы быть лучше не более чем на {solution.most_lost:g}"
    others = "есть и другие столь же хорошие решения" if solution.is_tied else "других столь же хороших решений нет"
    worst = "" if solution.worst is None else f", слабейшая {solution.worst}"
    yield f"Пар {len(solution.pairs)}, сумма {solution.total}{worst}; {proof}; {others}."


class Command(BaseCommand):
    help = "Подбор пар по файлу JSON: формат и формула описаны в docs/matching.md."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--input", required=True, metavar="FILE", help="файл JSON с наставниками и наставляемыми")
        parser.add_argument("--json", action="store_true", help="пары с объяснениями в JSON")
        parser.add_argument("--scores", action="store_true", help="в JSON ещё и баллы всех пар")

    def handle(self, *args: object, **options: Any) -> None:
        given = read_file(options["input"])
        began = perf_counter()
        try:
            problem = read_problem(given)
            prepared = prepare(problem)
            solution = solve(prepared, problem.pins)
        except MatchingInputError as error:
            raise CommandError(f"{error}.") from error
        if not options["json"]:
            for line in lines(solution):
                self.stdout.write(line)
            return
        ids = {side: {str(each["id"]): each["id"] for each in given.get(side, [])} for side in ("mentors", "mentees")}
        found = as_json(prepared, solution, perf_counter() - began, ids)
        if options["scores"]:
            found["scores"] = score_table(prepared)
        self.stdout.write(json.dumps(found, ensure_ascii=False))
