"""`manage.py decline`: names and posts from the standard input in six cases."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError

from people.domain.declension.cases import Case, Forms, Gender
from people.domain.declension.names import decline_initials, decline_name, gender_of, split_full_name
from people.domain.declension.posts import decline_post

CASE_NAMES = {
    Case.NOM: "именительный",
    Case.GEN: "родительный",
    Case.DAT: "дательный",
    Case.ACC: "винительный",
    Case.INS: "творительный",
    Case.PRE: "предложный",
}
GENDER_NAMES = {Gender.MASCULINE: "мужской род", Gender.FEMININE: "женский род", None: "род неизвестен"}
BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class Declined:
    """A person's name, initials and post in six cases, and the gender that was understood."""

    gender: Gender | None
    name: Forms
    initials: Forms
    post: Forms

    def as_dict(self) -> dict[str, Any]:
        """Return what one line of the JSON answer holds."""
        return {
            "gender": self.gender.value if self.gender else None,
            "name": self.name.as_dict(),
            "initials": self.initials.as_dict(),
            "post": self.post.as_dict(),
        }


def decline_line(line: str) -> Declined | None:
    """Decline «Фамилия Имя Отчество<TAB>должность»; either part may be missing, of a blank line None."""
    if not line.strip():
        return None
    name_text, _, post_text = line.partition("\t")
    name = split_full_name(name_text)
    return Declined(gender_of(name), decline_name(name), decline_initials(name), decline_post(post_text))


def table(declined: Declined) -> str:
    """Return the six cases as a table for people to read."""
    columns = [forms for forms in (declined.name, declined.initials, declined.post) if forms.nom]
    widths = [max(map(len, forms.as_dict().values())) for forms in columns]
    lines = [f"{declined.name.nom or declined.post.nom} ({GENDER_NAMES[declined.gender]})"]
    for case, case_name in CASE_NAMES.items():
        cells = (forms.get(case).ljust(width) for forms, width in zip(columns, widths, strict=True))
        lines.append("  ".join((f"  {case_name:<14}", *cells)).rstrip())
    return "\n".join(lines)


class Command(BaseCommand):
    help = "Склоняет имена и должности: строки «Фамилия Имя Отчество<TAB>должность» со стандартного ввода в UTF-8"
    requires_system_checks = []
    stealth_options = ("stdin",)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="по одной строке JSON на человека")

    def handle(self, *args: Any, **options: Any) -> None:
        for line in _lines(options.get("stdin") or sys.stdin):
            declined = decline_line(line)
            if declined is None:
                continue
            if options["json"]:
                self.stdout.write(json.dumps(declined.as_dict(), ensure_ascii=False))
            else:
                self.stdout.write(table(declined))
                self.stdout.write()


def _lines(stream: TextIO) -> Iterator[str]:
    """Read lines as UTF-8, whatever encoding the terminal has."""
    raw: Iterable[bytes] | None = getattr(stream, "buffer", None)
    lines: Iterable[str] = stream if raw is None else map(_decoded, raw)
    for line in lines:
        yield line.removeprefix(BYTE_ORDER_MARK)


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CommandError("Ввод должен быть в кодировке UTF-8.") from error
