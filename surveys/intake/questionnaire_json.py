"""A questionnaire's way out of the JSON that the portal exports, or that somebody has written by hand."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from people.domain.refusal import RefusedError
from surveys.domain.questionnaire import Questionnaire
from surveys.intake.file_faults import FileFaults, ShapeError
from surveys.intake.finishing import finished
from surveys.intake.words import LONGEST_QUOTED, feed_named, kind_named, tidy

FORMAT = "mentoring-portal-questionnaire"
VERSION = 1

Readers = Mapping[str, Callable[[Any], Any]]


def read_json(content: bytes) -> Questionnaire:
    """The questionnaire of a JSON file; raises RefusedError with the places of all faults."""
    faults = FileFaults()
    stored = _fields("Анкета", _opened(content), _WHOLE, faults)
    sections = []
    for number, section in enumerate(stored.get("sections", ()), 1):
        found = _fields(f"Раздел {number}", section, _SECTION, faults)
        sections.append(found | {"questions": found.get("questions", [])})
    number = 0
    for section in sections:
        questions = []
        for question in section["questions"]:
            number += 1
            found = _fields(f"Вопрос {number}", question, _QUESTION, faults)
            if "kind" not in found:
                faults.add(f"Вопрос {number}", "не указан вид вопроса, поле «kind».")
            questions.append({"code": "", "text": ""} | found)
        section["questions"] = questions
    faults.refuse()
    whole = Questionnaire.from_json({"title": ""} | stored | {"sections": sections})
    return finished(whole, faults, lambda position: f"Вопрос {position + 1}")


def _opened(content: bytes) -> Any:
    try:
        stored = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise RefusedError("Файл JSON повреждён: его не удалось прочитать. Выгрузите анкету заново.") from error
    if not isinstance(stored, dict) or stored.get("format") != FORMAT:
        raise RefusedError("Это JSON, но не анкета портала. Загрузите файл, выгруженный со страницы анкеты.")
    if stored.get("version") != VERSION:
        raise RefusedError(f"Портал читает анкеты версии {VERSION}, а в файле другая. Выгрузите анкету заново.")
    return stored.get("questionnaire")


def _fields(place: str, stored: Any, readers: Readers, faults: FileFaults) -> dict[str, Any]:
    """The known fields as `readers` understand them; null counts as left out."""
    if not isinstance(stored, dict):
        faults.add(place, "здесь нужен объект с полями.")
        return {}
    found = {}
    for name, value in stored.items():
        at = f"{place}, поле «{tidy(name)[:LONGEST_QUOTED]}»"
        if name not in readers:
            faults.add(at, f"порталу не знакомо. Бывают: {', '.join(readers)}.")
        elif value is not None and (meant := faults.read(at, readers[name], value)) is not None:
            found[name] = meant
    return found


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ShapeError("нужен текст в кавычках.")
    return tidy(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ShapeError("нужно true или false.")
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ShapeError("нужно целое число.")
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ShapeError("нужен список.")
    return value


def _options(value: Any) -> list[tuple[str, str]]:
    """Pairs of code and label; a label alone gets a code later."""
    return [("", tidy(each)) if isinstance(each, str) else _option(each) for each in _list(value)]


def _option(value: Any) -> tuple[str, str]:
    if not isinstance(value, list) or [type(each) for each in value] != [str, str]:
        raise ShapeError("нужны пары [«код», «подпись»].")
    return tidy(value[0]), tidy(value[1])


def _levels(value: Any) -> list[tuple[int, str]]:
    for each in _list(value):
        if not isinstance(each, list) or [type(part) for part in each] != [int, str]:
            raise ShapeError("нужны пары [балл, «название»].")
    return [(least, tidy(label)) for least, label in value]


def _scale(value: Any) -> dict[str, Any]:
    return _inner(value, {"low": _number, "high": _number, "low_label": _text, "high_label": _text})


def _condition(value: Any) -> dict[str, Any]:
    found = _inner(value, {"code": _text, "answers": lambda answers: [_text(answer) for answer in _list(answers)]})
    if len(found) < 2:
        raise ShapeError("нужны поля «code» и «answers».")
    return found


def _inner(value: Any, readers: Readers) -> dict[str, Any]:
    if not isinstance(value, dict) or not set(value) <= set(readers):
        raise ShapeError(f"нужен объект с полями {', '.join(readers)}.")
    return {name: readers[name](each) for name, each in value.items()}


_WHOLE: Readers = {"title": _text, "intro": _text, "levels": _levels, "sections": _list}
_SECTION: Readers = {"title": _text, "note": _text, "questions": _list}
_QUESTION: Readers = {
    "code": _text,
    "kind": lambda value: kind_named(_text(value)).value,
    "text": _text,
    "help": _text,
    "required": _flag,
    "options": _options,
    "rows": _options,
    "scale": _scale,
    "other": _flag,
    "avoid": _flag,
    "least": _number,
    "most": _number,
    "show_if": _condition,
    "feed": lambda value: feed_named(_text(value)).value,
}
