"""`manage.py survey_results WAVE`: all figures of a wave that may be shown."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from people.access import Access
from people.domain.roles import Role
from surveys.domain.comparison import Compared
from surveys.domain.conclusions import change_words, conclusions, response_words, score_words
from surveys.domain.results import Cut, KeyResult, SectionResult, values_of
from surveys.models import Wave
from surveys.operations.closing import count_anew
from surveys.queries.results import WaveResults, wave_results, waves_with_results

SYSTEM_USER = 0
"""The command reads as a curator of the wave's organisation, and is nobody's reader of words."""


def results_of_wave(text: str) -> WaveResults:
    """The results of the wave with this number; raises CommandError where there is none to show."""
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise CommandError(f"«{text}» — не номер анкетирования: напишите его цифрами.")
    wave = Wave.objects.filter(pk=int(text)).select_related("organisation").first()  # unscoped: command
    if wave is None:
        raise CommandError(f"Анкетирования №\u00a0{text} нет.")
    access = Access(
        user_id=SYSTEM_USER,
        organisation=wave.organisation,
        roles=frozenset({Role.CURATOR}),
        person_id=None,
        at=timezone.now(),
    )
    shown = waves_with_results(access).filter(pk=wave.pk).first()
    if shown is None:
        raise CommandError(f"У анкетирования №\u00a0{text} нет итогов: оно не запущено или собирает сведения о людях.")
    count_anew(access, wave_id=wave.pk)
    return wave_results(access, shown)


def as_json(results: WaveResults) -> dict[str, Any]:
    """Everything the page shows, as plain values; what is hidden says why in `hidden`."""
    wave = results.wave
    return {
        "wave": wave.pk,
        "title": wave.title,
        "questionnaire": wave.version.questionnaire.title,
        "state": wave.state,
        "is_anonymous": wave.is_anonymous,
        "threshold": results.threshold,
        "invited": results.invited,
        "answered": results.answered,
        "rate": _number(results.rate),
        "sheets": results.sheets,
        "sides": [asdict(side) | {"rate": _number(side.rate)} for side in results.sides],
        "sections": [_section(section, results) for section in results.sections],
        "comparison": [_compared(row) for row in results.comparison],
        "unpaired": results.unpaired,
        "scores": [asdict(score) for score in results.scores],
    }


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _section(section: SectionResult, results: WaveResults) -> dict[str, Any]:
    return {
        "title": section.title,
        "mean": section.mean,
        "scale": [section.scale.low, section.scale.high] if section.scale else None,
        "sides": {side.value: mean for side, mean in section.side_means},
        "keys": [_key(each, results) for each in section.keys],
    }


def _key(result: KeyResult, results: WaveResults) -> dict[str, Any]:
    return {
        "key": result.key,
        "kind": result.question.kind.value,
        "text": result.text,
        **_cut(result, result.whole),
        "satisfied": _number(result.satisfied) if results.is_feedback else None,
        "earlier_mean": results.earlier_means.get(result.key),
        "sides": {cut.side.value: _cut(result, cut) for cut in result.sides if cut.side is not None},
    }


def _cut(result: KeyResult, cut: Cut) -> dict[str, Any]:
    figures = cut.figures
    return {
        "answered": cut.answered,
        "hidden": cut.hidden or None,
        "mean": figures.mean if figures else None,
        "median": figures.median if figures else None,
        "spread": figures.spread if figures else None,
        "share": _number(figures.share) if figures else None,
        "counts": {value.value: value.people for value in values_of(result.question, cut)},
    }


def _compared(row: Compared) -> dict[str, Any]:
    found = {"key": row.key, "text": row.text, "note": row.note or None}
    means = {"entry_mean": row.entry_mean, "exit_mean": row.exit_mean}
    if row.change is None:
        return found | {"pairs": None} | means
    hidden = {"before_mean", "after_mean", "difference", "spread"} if row.hides_means else set()
    change = {name: None if name in hidden else value for name, value in asdict(row.change).items()}
    return found | change | {"effect_words": row.change.effect_words} | means


def _lines(results: WaveResults) -> Iterator[str]:
    yield results.wave.title
    yield response_words(results.answered, results.invited, results.rate)
    if not results.sheets:
        yield "Посчитанных ответов пока нет."
        return
    yield from conclusions(results.sections, is_feedback=results.is_feedback)
    yield from change_words(results.comparison)
    yield from score_words([(score.points, score.most, score.level) for score in results.scores])


class Command(BaseCommand):
    help = "Итоги анкетирования: то, что можно показывать."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("wave", metavar="WAVE", help="номер анкетирования")
        parser.add_argument("--json", action="store_true", help="все числа в JSON")

    def handle(self, *args: object, **options: Any) -> None:
        results = results_of_wave(options["wave"])
        if options["json"]:
            self.stdout.write(json.dumps(as_json(results), ensure_ascii=False, indent=2))
            return
        for line in _lines(results):
            self.stdout.write(line)
