"""Free texts, lists of topics, posts with subjects."""

import re

from mentoring.domain.bank_sheet.cells.parsed import (
    LONGEST_TEXT,
    Parsed,
    common_fault,
    looks_like_formula,
    one_line,
    says_nothing,
    too_long,
)
from mentoring.domain.bank_sheet.sheet import Cell, is_blank, shown
from mentoring.domain.bank_sheet.values import PostSubject

LONGEST_POST = 200
LONGEST_TOPIC = 200
LONGEST_CLASS = 40
LONGEST_AGE = 100

_FORMULA_DOUBT = "текст похож на формулу; он взят как обычный текст"
_BULLET = re.compile(r"(?:[-–—•*·▪]+|\d{1,2}[.)])\s+")
_POST_WORDS = (
    "учитель",
    "педагог",
    "заместитель",
    "зам",
    "директор",
    "воспитатель",
    "преподаватель",
    "руководитель",
    "классный",
    "психолог",
    "логопед",
    "советник",
    "методист",
    "тьютор",
    "библиотекарь",
)


def parse_text(cell: Cell, limit: int = LONGEST_TEXT) -> Parsed[str]:
    """A text with spaces put right; «-» and blanks are None."""
    if fault := common_fault(cell):
        return Parsed(fault=fault)
    if says_nothing(cell):
        return Parsed()
    text = one_line(cell)
    if fault := too_long(text, limit):
        return Parsed(fault=fault)
    return Parsed(text, doubt=_FORMULA_DOUBT if looks_like_formula(text) else None)


def parse_note(cell: Cell) -> Parsed[str]:
    """A note: as a text, but its lines are kept."""
    if fault := common_fault(cell):
        return Parsed(fault=fault)
    if is_blank(cell):
        return Parsed()
    lines = (" ".join(line.split()) for line in shown(cell).splitlines())
    text = "\n".join(line for line in lines if line)
    return Parsed(text or None, doubt=_FORMULA_DOUBT if looks_like_formula(text) else None)


def parse_post(cell: Cell) -> Parsed[str]:
    """A post, at most 200 characters."""
    return parse_text(cell, LONGEST_POST)


def parse_class(cell: Cell) -> Parsed[str]:
    """A class or group such as «7 Б»."""
    return parse_text(cell, LONGEST_CLASS)


def parse_desired_age(cell: Cell) -> Parsed[str]:
    """The age of mentees that a mentor wishes, in the mentor's own words, at most 100 characters."""
    return parse_text(cell, LONGEST_AGE)


def parse_topics(cell: Cell) -> Parsed[tuple[str, ...]]:
    """Topics divided by semicolons or line ends, or, where there are no semicolons, by commas too.

    Commas in brackets divide nothing; repeated topics are taken once, the first spelling stays.
    """
    if fault := common_fault(cell):
        return Parsed(fault=fault)
    if says_nothing(cell):
        return Parsed(())
    text = shown(cell)
    dividers = ";\n\r" if ";" in text else ",\n\r"
    topics: dict[str, str] = {}
    for part in _split_outside_brackets(text, dividers):
        topic = _BULLET.sub("", " ".join(part.split()), count=1).strip(" .,;")
        if topic:
            topics.setdefault(topic.lower().replace("ё", "е"), topic)
    if any(len(topic) > LONGEST_TOPIC for topic in topics.values()):
        return Parsed(fault=f"тема длиннее {LONGEST_TOPIC} знаков: разделите темы точкой с запятой")
    formula = any(looks_like_formula(topic) for topic in topics.values())
    return Parsed(tuple(topics.values()), doubt=_FORMULA_DOUBT if formula else None)


def _split_outside_brackets(text: str, dividers: str) -> list[str]:
    if text.count("(") != text.count(")"):
        return re.split(f"[{dividers}]", text)
    parts, depth = [""], 0
    for sign in text:
        depth = max(0, depth + (sign == "(") - (sign == ")"))
        if sign in dividers and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def parse_post_subject(cell: Cell) -> Parsed[PostSubject]:
    """«учитель, математика» or «учитель (математика)» in two; «учитель математики» stays a post."""
    text = parse_text(cell)
    if text.value is None:
        return Parsed(fault=text.fault)
    post, subject = _post_and_subject(text.value)
    if fault := too_long(post, LONGEST_POST) or too_long(subject or "", LONGEST_POST):
        return Parsed(fault=fault)
    return Parsed(PostSubject(post, subject), doubt=text.doubt)


def _post_and_subject(text: str) -> tuple[str, str | None]:
    match = re.fullmatch(r"([^,;/(]+?)\s*(?:[,;/]|\s[-–—]\s)\s*(.+)", text) or re.fullmatch(
        r"([^,;/(]+?)\s*\(([^()]+)\)", text
    )
    if match is None:
        return text, None
    post, subject = match[1].strip(), match[2].strip(" ,;.")
    if not subject or _tells_post(subject) or post.lower().startswith("учитель "):
        return text, None
    return post, subject


def _tells_post(text: str) -> bool:
    return any(word.startswith(_POST_WORDS) for word in re.split(r"[\s,;./-]+", text.lower()))
