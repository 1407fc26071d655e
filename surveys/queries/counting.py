"""Counting named sheets where they lie; the same figures that an anonymous wave is counted into."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from people.access import Access
from people.domain.roles import Permission
from surveys.domain.pairs import change_of
from surveys.domain.questionnaire import NAMELESS_PURPOSES, SCALED, QuestionKind, Questionnaire
from surveys.domain.score import score_of
from surveys.domain.statistics import counted_keys
from surveys.models import PairedScores, Sheet, Wave, WaveFigures

Tallies = dict[str, dict[str, dict[str, int]]]
"""Side, answer key, value, how many. The empty value counts who answered the key, the empty key all sheets."""

ALL = ""

_EACH = "FROM ({sheets}) AS sheet (side, answers) CROSS JOIN LATERAL jsonb_each(sheet.answers) AS each"

COUNTS = {
    "values": f"SELECT side, key, value #>> '{{{{}}}}', count(*) {_EACH} WHERE key = ANY(%s) GROUP BY 1, 2, 3",
    "answered": f"SELECT side, key, '', count(*) {_EACH} WHERE key = ANY(%s) GROUP BY 1, 2",
    "chosen": f"SELECT side, key, chosen, count(*) {_EACH} "
    "CROSS JOIN LATERAL jsonb_array_elements_text(value) AS chosen WHERE key = ANY(%s) GROUP BY 1, 2, 3",
}


def counted_sheets(wave: Wave, on: date) -> QuerySet[Sheet]:
    """The sheets of a named wave that count on the day `on`: of people who still allow it, where it takes allowing."""
    sheets = Sheet.objects.filter(wave=wave)  # unscoped: of a wave already scoped
    return sheets if wave.version.questionnaire.purpose in NAMELESS_PURPOSES else sheets.consenting(on)


def named_tallies(wave: Wave, questionnaire: Questionnaire, on: date) -> Tallies:
    """The tallies of a named wave's sheets on the day `on`, counted by the database."""
    found: Tallies = defaultdict(lambda: defaultdict(dict))
    sheets = counted_sheets(wave, on)
    lists = [question.code for question in questionnaire.asked if question.kind == QuestionKind.SEVERAL]
    scalars = [key for question in questionnaire.asked for key in counted_keys(question) if key not in lists]
    rest = [key for question in questionnaire.asked for key in question.keys if key not in scalars]
    sql, params = sheets.values("side", "answers").query.sql_with_params()
    with connection.cursor() as cursor:
        for how, keys in (("values", scalars), ("chosen", lists), ("answered", rest)):
            if not keys:
                continue
            cursor.execute(COUNTS[how].format(sheets=sql), [*params, keys])
            for side, key, value, count in cursor.fetchall():
                found[side][key][value] = count
        cursor.execute(f"SELECT side, count(*) FROM ({sql}) AS sheet (side, answers) GROUP BY 1", params)  # noqa: S608
        for side, count in cursor.fetchall():
            found[side][ALL][ALL] = count
    for keys in found.values():
        for key in scalars:
            if key in keys:
                keys[key][ALL] = sum(keys[key].values())
    return {side: dict(keys) for side, keys in found.items()}


def tallies_of_rows(rows: Iterable[tuple[str, str, str, int]]) -> Tallies:
    """Rows of (side, key, value, count) as tallies."""
    found: Tallies = {}
    for side, key, value, count in rows:
        found.setdefault(side, {}).setdefault(key, {})[value] = count
    return found


def sheets_in(tallies: Mapping[str, Mapping[str, Mapping[str, int]]]) -> int:
    """How many sheets were counted."""
    return sum(keys[ALL][ALL] for keys in tallies.values() if ALL in keys)


def scaled_keys(questionnaire: Questionnaire) -> list[str]:
    """The keys that entry and exit are compared by."""
    return [key for question in questionnaire.asked if question.kind in SCALED for key in question.keys]


def changes_of(wave: Wave, questionnaire: Questionnaire, on: date) -> tuple[list[dict[str, Any]], int]:
    """Entry against exit of an exit wave, key by key, and how many exit sheets met no entry.

    Named sheets meet by their person. Anonymous ones meet by their marks; two people who chose the same word leave
    both of their sheets unpaired, since nobody can tell which belongs to which.
    """
    before, after, total = _marked(wave.entry, on), _marked(wave, on), _exits(wave, on)
    met = sorted(before.keys() & after.keys())
    least = wave.threshold if wave.is_anonymous or wave.entry.is_anonymous else 1
    found = []
    for key in scaled_keys(questionnaire):
        pairs = [(before[mark][key], after[mark][key]) for mark in met if key in before[mark] and key in after[mark]]
        change = change_of(key, pairs, least)
        if change is not None:
            found.append(asdict(change))
    return found, total - len(met)


def _marked(wave: Wave, on: date) -> dict[object, dict[str, Any]]:
    """The answers of a wave by what makes entry and exit meet; ambiguous marks are left out."""
    if not wave.is_anonymous:
        return dict(counted_sheets(wave, on).values_list("person_id", "answers"))
    found: dict[object, dict[str, Any]] = {}
    twice = set()
    rows = PairedScores.objects.filter(wave=wave)  # unscoped: of a wave already scoped
    for mark, scores in rows.values_list("mark", "scores"):
        if mark in found:
            twice.add(mark)
        found[mark] = scores
    return {mark: scores for mark, scores in found.items() if mark not in twice}


def _exits(wave: Wave, on: date) -> int:
    if not wave.is_anonymous:
        return counted_sheets(wave, on).count()
    rows = wave.tallies.filter(key=ALL, value=ALL)
    return sum(rows.values_list("count", flat=True))


def scores_of(wave: Wave, questionnaire: Questionnaire, on: date) -> list[dict[str, Any]]:
    """The score of each named sheet of a questionnaire with levels, highest first."""
    if not questionnaire.levels or wave.is_anonymous:
        return []
    answers = counted_sheets(wave, on).values_list("answers", flat=True)
    scores = [score for each in answers if (score := score_of(questionnaire, each)) is not None]
    return [asdict(score) for score in sorted(scores, key=lambda score: -score.points)]


def figures_now(access: Access, wave: Wave) -> WaveFigures | None:
    """The stored figures of a wave; None as long as nothing is counted.

    An anonymous wave has none before it is closed.
    """
    access.check(Permission.SURVEYS_VIEW)
    return WaveFigures.objects.visible_to(access).filter(wave=wave).first()
