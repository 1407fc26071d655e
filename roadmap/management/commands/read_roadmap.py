"""`manage.py read_roadmap FILE`: a document read as a roadmap, without a database."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from people.domain.refusal import RefusedError
from roadmap.domain.document.as_json import plan_json
from roadmap.domain.document.understanding import understand
from roadmap.domain.plan import Doubt, Measure, Plan
from roadmap.reading.file import reading_of_file

UNTITLED = "Без названия"


def read_plan(path: Path, until: date | None) -> Plan:
    """The plan in a file, with the notes on its reading among the doubts; a refusal becomes a CommandError."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CommandError(f"Файл «{path}» не открывается: {error.strerror}.") from error
    try:
        reading = reading_of_file(content, path.name)
        plan = understand(reading.blocks, until=until)
    except RefusedError as error:
        raise CommandError(str(error)) from error
    notes = tuple(Doubt(None, note) for note in reading.notes)
    return replace(plan, doubts=(*notes, *plan.doubts))


def outline(plan: Plan) -> Iterator[str]:
    """The plan in lines for people to read: title, stamps, sections with their measures, doubts."""
    yield plan.title or UNTITLED
    if plan.organisation:
        yield f"Организация: {plan.organisation}"
    if any(plan.period):
        yield f"Период: {' – '.join(f'{day:%d.%m.%Y}' if day else '…' for day in plan.period)}"
    shown: int | None = None
    for measure in plan.measures:
        if measure.section is not None and measure.section != shown:
            yield ""
            yield _path(plan, measure.section)
            shown = measure.section
        yield from _measure_lines(measure)
    yield ""
    yield f"Мероприятий: {len(plan.measures)}, замечаний: {len(plan.doubts)}"
    for doubt in plan.doubts:
        yield f"  {f'строка {doubt.line}: ' if doubt.line else ''}{doubt.message}"


def _path(plan: Plan, index: int | None) -> str:
    """A section with those it stands in, from the outermost."""
    names: list[str] = []
    while index is not None:
        section = plan.sections[index]
        names.insert(0, f"{section.number}. {section.title}" if section.number else section.title)
        index = section.parent
    return " / ".join(names)


def _measure_lines(measure: Measure) -> Iterator[str]:
    yield f"  {measure.number or '–'}  {measure.title}"
    yield from (f"       – {detail}" for detail in measure.details)
    told = {
        "срок": measure.term.text,
        "ответственные": "; ".join(measure.responsible),
        "результат": measure.result,
    }
    yield from (f"       {name}: {text}" for name, text in told.items() if text)


class Command(BaseCommand):
    help = "Читает дорожную карту из файла .docx, .pdf, .html или .txt; базы данных не нужно"
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="файл с дорожной картой")
        parser.add_argument("--json", action="store_true", help="вывести JSON")
        parser.add_argument(
            "--until", type=_day, metavar="YYYY-MM-DD", help="по какой день считать сроки, если конец периода не указан"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        plan = read_plan(options["file"], options["until"])
        if options["json"]:
            self.stdout.write(json.dumps(plan_json(plan), ensure_ascii=False, indent=2))
        else:
            for line in outline(plan):
                self.stdout.write(line)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"«{text}» — не дата: напишите её как 2025-08-31.") from error
