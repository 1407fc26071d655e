"""`manage.py measures`: the 100 measures of the five roadmaps, and how far the portal carries each out."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.management.base import BaseCommand
from django.urls import NoReverseMatch, reverse

from roadmap.capabilities import BY_HAND, CAPABILITIES, Capability
from roadmap.patterns import patterns

SAMPLE_ORGANISATION, SAMPLE_ROW = "sample", 1


def has_page(capability: Capability) -> bool:
    """Whether the capability's button leads to a page that is there."""
    page = capability.page
    if page is None:
        return False
    arguments = [SAMPLE_ORGANISATION, *([SAMPLE_ROW] if page.takes else [])]
    try:
        reverse(page.url_name, args=arguments)
    except NoReverseMatch:
        return False
    return True


def measure_line(key: str, number: str | None, title: str, capabilities: Sequence[str]) -> dict[str, Any]:
    """One measure: its button works when that of each of its capabilities does, and so with its evidence."""
    parts = [CAPABILITIES[each] for each in capabilities]
    return {
        "key": key,
        "number": number,
        "title": title,
        "capabilities": [
            {"key": each.key, "label": each.label, "button": has_page(each), "evidence": each.rule is not None}
            for each in parts
        ],
        "button": all(has_page(each) for each in parts),
        "evidence": all(each.rule is not None for each in parts),
    }


def measure_lines() -> list[dict[str, Any]]:
    """All measures in the order of the documents."""
    return [
        measure_line(key, measure.number, measure.title, capabilities)
        for pattern in patterns()
        for key, measure, capabilities in zip(
            pattern.measure_keys, pattern.plan.measures, pattern.capabilities, strict=True
        )
    ]


def counts(lines: Sequence[dict[str, Any]]) -> dict[str, int]:
    """How many measures there are, and of how many the button, the evidence, and some part of each works."""
    return {
        "measures": len(lines),
        "button": sum(line["button"] for line in lines),
        "evidence": sum(line["evidence"] for line in lines),
        "button_in_part": sum(any(each["button"] for each in line["capabilities"]) for line in lines),
        "evidence_in_part": sum(any(each["evidence"] for each in line["capabilities"]) for line in lines),
    }


class Command(BaseCommand):
    help = "Prints the 100 measures with their capabilities, buttons and evidence."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="as JSON, the counts last")

    def handle(self, *args: object, **options: object) -> None:
        lines = measure_lines()
        if options["json"]:
            report = {"measures": lines, "counts": counts(lines)}
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
            return
        for text in _table(lines):
            self.stdout.write(text)


def _table(lines: Sequence[dict[str, Any]]) -> Iterator[str]:
    for line in lines:
        yield f"{line['key']}  {line['title']}"
        for each in line["capabilities"]:
            found = "подтверждение находится само" if each["evidence"] else BY_HAND
            yield f"    {each['key']} {each['label']}: {'есть страница' if each['button'] else 'страницы нет'}, {found}"
    found = counts(lines)
    yield ""
    yield f"Мероприятий: {found['measures']}"
    yield f"Кнопка работает: {found['button']}, хотя бы частью: {found['button_in_part']}"
    yield f"Подтверждение находится само: {found['evidence']}, хотя бы частью: {found['evidence_in_part']}"
