"""The form of a questionnaire compiled once into constant pieces with slots; a person's answers only fill the slots.

Templates are rendered once per wording with a mark in every slot, and cut at the marks. Opening a form is then a few
look-ups and one `join`, however many questions and tiles there are.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from secrets import token_hex

from django.template.loader import render_to_string
from django.utils.dateformat import format as format_date
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from surveys.domain.answer_values import LONGEST_LONG, LONGEST_SHORT, AnswerValue, as_sent
from surveys.domain.questionnaire import (
    AVOID,
    NAMELESS_PURPOSES,
    OTHER,
    Feed,
    Question,
    QuestionKind,
    Questionnaire,
    ShowIf,
)
from surveys.queries.answering import Candidate, Door
from surveys.seals import token_of

PREFIX = "a."
"""Before the answer key in the name of every field."""

USUAL_CHOICES = 3
"""How many persons may be chosen where the question does not say."""

CHECKED = " checked"
INVALID = mark_safe(' aria-invalid="true"')

Slot = tuple[str, ...]
Shown = Mapping[str, AnswerValue | Sequence[str]]

_BETWEEN_TAGS = re.compile(r">\s*\n\s*<")


class Slots:
    """Marks for the slots of one template: nobody can guess them, so no text of a questionnaire looks like one."""

    def __init__(self) -> None:
        self._sign = token_hex(8)
        self._slots: list[Slot] = []

    def mark(self, *slot: str) -> SafeString:
        """The mark to print where the slot is to be."""
        self._slots.append(slot)
        return mark_safe(f"@{self._sign}:{len(self._slots) - 1}@")

    def cut(self, html: str) -> "Pieces":
        """The rendered page cut at its marks."""
        texts = re.split(rf"@{self._sign}:(\d+)@", _BETWEEN_TAGS.sub("><", html).strip())
        places: dict[Slot, list[int]] = {}
        for place in range(1, len(texts), 2):
            places.setdefault(self._slots[int(texts[place])], []).append(place)
            texts[place] = ""
        return Pieces(tuple(texts), {slot: tuple(found) for slot, found in places.items()})


@dataclass(frozen=True, slots=True)
class Pieces:
    """Constant HTML with blank places between; `places` tells where each slot is, it may be in several."""

    texts: tuple[str, ...]
    places: Mapping[Slot, tuple[int, ...]]

    def joined(self, fillings: Mapping[Slot, str]) -> SafeString:
        """The whole with its slots filled. Plain text is escaped; a slot that is not there is passed over."""
        texts = list(self.texts)
        for slot, filling in fillings.items():
            for place in self.places.get(slot, ()):
                texts[place] = conditional_escape(filling)
        return mark_safe("".join(texts))


@dataclass(frozen=True, slots=True)
class Markup:
    """The compiled questions of one wording."""

    pieces: Pieces
    ranks: Mapping[str, int]
    avoiding: tuple[str, ...]

    def filled(
        self, answers: Shown, faults: Mapping[str, str] | None = None, candidates: Sequence[Candidate] = ()
    ) -> SafeString:
        """The questions with answers and faults, both by answer key, in their places; no `<form>` around them.

        On another page they stand in `<div class="questions">`, with answering.css for their look and answering.js
        for their conditions; the fields are named by `PREFIX` and the answer key.
        Answers are as they are kept or as they were sent. `candidates` are offered where persons are chosen.
        """
        fillings: dict[Slot, str] = {}
        for key, value in answers.items():
            texts = as_sent(value)
            fillings |= {("checked", key, text): CHECKED for text in texts}
            fillings["words", key] = texts[-1] if texts else ""
        for key, fault in (faults or {}).items():
            fillings |= {("fault", key): fault, ("invalid", key): INVALID, ("open", key): " open"}
        for key, number in self.ranks.items():
            chosen = as_sent(answers.get(key, []))
            for rank in range(number):
                choice = chosen[rank] if rank < len(chosen) else ""
                fillings["rank", key, str(rank)] = _options(candidates, choice)
        for key in self.avoiding:
            fillings["avoid", key] = _checks(key, candidates, as_sent(answers.get(key, [])))
        return self.pieces.joined(fillings)


@dataclass(frozen=True, slots=True)
class _Wording:
    """What a compiled form is remembered by: the version, not the whole text of its questions."""

    version_key: tuple[int, int]
    questionnaire: Questionnaire = field(compare=False)


@dataclass(frozen=True, slots=True)
class _Promise:
    """What the page promises; pages that promise the same are one page."""

    is_anonymous: bool
    is_statement: bool
    is_nameless: bool
    is_feeding: bool
    threshold: int
    asks_secret: bool
    is_exit: bool


def compiled(version_key: tuple[int, int], questionnaire: Questionnaire) -> Markup:
    """The form of a version, compiled once a process; `version_key` is its id and revision."""
    return _remembered(_Wording(version_key, questionnaire))


def compile_questions(questionnaire: Questionnaire) -> Markup:
    """The form of a questionnaire that is not kept yet, compiled anew."""
    slots = Slots()
    sections = [
        {
            "title": section.title,
            "note": section.note,
            "questions": [
                _question(question, questionnaire, slots, level="h3" if section.title else "h2")
                for question in section.questions
            ],
        }
        for section in questionnaire.sections
    ]
    ranks = {each.code: _ranks(each) for each in questionnaire.asked if each.kind == QuestionKind.PERSONS}
    avoiding = tuple(f"{each.code}.{AVOID}" for each in questionnaire.asked if each.has_avoid)
    return Markup(slots.cut(render_to_string("surveys/form/questions.html", {"sections": sections})), ranks, avoiding)


def form_page(
    door: Door,
    *,
    sent: Mapping[str, Sequence[str]],
    faults: Mapping[str, str],
    note: str = "",
    secret: str | None = None,
) -> str:
    """The page behind an open link: `sent` is what the person has just typed, over what the draft has.

    `note` is said on top, a list of `faults` with it. `secret` is the word just typed; None where none was.
    """
    wave, token = door.wave, token_of(door.invitation.nonce)
    promise = _Promise(
        wave.is_anonymous,
        door.invitation.about_id is not None,
        wave.version.questionnaire.purpose in NAMELESS_PURPOSES,
        any(question.feed != Feed.NOTHING for question in door.questionnaire.questions),
        wave.threshold,
        door.asks_secret,
        wave.stage == wave.Stage.EXIT,
    )
    wording = _Wording(door.version_key, door.questionnaire)
    fillings = {
        ("organisation",): door.organisation.short_name,
        ("until",): format_date(wave.closes_on, "j E"),
        ("about",): door.invitation.about.full_name if door.invitation.about else "",
        ("save",): f"/a/{token}/save/",
        ("send",): f"/a/{token}/send/",
        ("secret",): door.secret if secret is None else secret,
        ("note",): _note(door.questionnaire, faults, note),
        ("questions",): compiled(door.version_key, door.questionnaire).filled(
            {**door.answers, **sent}, faults, door.candidates
        ),
    }
    return _page(wording, promise).joined(fillings)


@lru_cache(maxsize=128)
def _remembered(wording: _Wording) -> Markup:
    return compile_questions(wording.questionnaire)


@lru_cache(maxsize=128)
def _page(wording: _Wording, promise: _Promise) -> Pieces:
    slots = Slots()
    names = ("organisation", "until", "about", "save", "send", "secret", "note", "questions")
    marks = {name: slots.mark(name) for name in names}
    context = {"questionnaire": wording.questionnaire, "promise": promise, "number": len(wording.questionnaire.asked)}
    return slots.cut(render_to_string("surveys/answer_form.html", context | {"slot": marks}))


def _note(questionnaire: Questionnaire, faults: Mapping[str, str], note: str) -> str:
    """What is said above the form; nothing, and no template rendered, where there is nothing to say."""
    if not (faults or note):
        return ""
    # A key begins with the code of its question.
    asked = ((questionnaire.question(key.partition(".")[0]), fault) for key, fault in faults.items())
    wrong = [(question, fault) for question, fault in asked if question is not None]
    return render_to_string("surveys/form/note.html", {"note": note, "wrong": wrong})


def _options(candidates: Sequence[Candidate], chosen: str) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((each.id, " selected" if str(each.id) == chosen else "", _told(each)) for each in candidates),
    )


def _checks(key: str, candidates: Sequence[Candidate], chosen: Sequence[str]) -> SafeString:
    rows = ((f"{PREFIX}{key}", each.id, CHECKED if str(each.id) in chosen else "", _told(each)) for each in candidates)
    tag = '<label><input type="checkbox" name="{}" value="{}"{}><span>{}</span></label>'
    return format_html_join("", tag, rows) or format_html("<p>{}</p>", "Выбирать пока не из кого.")


def _told(candidate: Candidate) -> str:
    return f"{candidate.name}, {candidate.post}" if candidate.post else candidate.name


def _question(question: Question, questionnaire: Questionnaire, slots: Slots, *, level: str) -> SafeString:
    """One question: its own way to answer inside the frame that all share."""
    hint = _hint(question)
    told = (("h", question.help), ("e", hint), ("f", question.kind != QuestionKind.MATRIX))
    context = {
        "question": question,
        "is_radio": question.kind in _RADIO,
        "described": " ".join(f"{letter}-{question.code}" for letter, is_there in told if is_there),
        "name": f"{PREFIX}{question.code}",
        "level": level,
        "condition": _condition(question.show_if, questionnaire),
        "invalid": slots.mark("invalid", question.code),
        "fault": slots.mark("fault", question.code),
        "hint": hint,
    }
    parts = _PARTS.get(question.kind)
    if parts is not None:
        template, more = parts
        context["body"] = render_to_string(f"surveys/form/{template}.html", context | more(question, slots))
    return mark_safe(render_to_string(f"surveys/form/{_FRAMES.get(question.kind, 'group')}.html", context))


def _condition(show_if: ShowIf | None, questionnaire: Questionnaire) -> dict[str, str] | None:
    asked = questionnaire.question(show_if.code) if show_if else None
    if show_if is None or asked is None:
        return None
    labels = {choice.code: choice.label for choice in asked.choices}
    words = " или ".join(f"«{labels.get(answer, answer)}»" for answer in show_if.answers)
    return {"code": show_if.code, "answers": " ".join(show_if.answers), "text": asked.text, "words": words}


def _hint(question: Question) -> str:
    """What may be answered, in words: the ends of a scale, the bounds of a number, how many may be chosen."""
    scale, least, most = question.scale, question.least, question.most
    if question.kind in (QuestionKind.SCALE, QuestionKind.MATRIX):
        ends = ((scale.low, scale.low_label), (scale.high, scale.high_label))
        return ", ".join(f"{point} — {label}" for point, label in ends if label)
    if question.kind == QuestionKind.NUMBER:
        bounds = (f"от {least}" if least is not None else "", f"до {most}" if most is not None else "")
        return " ".join(("Число", *filter(None, bounds)))
    if question.kind == QuestionKind.SEVERAL:
        return f"Можно выбрать несколько, не больше {most}." if most else "Можно выбрать несколько."
    return ""


def _choices(question: Question, slots: Slots) -> dict[str, object]:
    is_several = question.kind == QuestionKind.SEVERAL
    other = f"{question.code}.{OTHER}"
    return {
        "field": "checkbox" if is_several else "radio",
        "choices": [
            {"code": each.code, "label": each.label, "checked": slots.mark("checked", question.code, each.code)}
            for each in question.choices
        ],
        "other": _field(other, slots) | {"limit": LONGEST_SHORT} if question.has_other else None,
    }


def _tiles(question: Question, slots: Slots) -> dict[str, object]:
    if question.kind == QuestionKind.YES_NO:
        return {"choices": _choices(question, slots)["choices"]}
    return {"choices": _points(question, question.code, slots)}


def _rows(question: Question, slots: Slots) -> dict[str, object]:
    keys = {f"{question.code}.{row.code}": row.label for row in question.rows}
    return {
        "rows": [
            _field(key, slots) | {"label": label, "choices": _points(question, key, slots)}
            for key, label in keys.items()
        ]
    }


def _points(question: Question, key: str, slots: Slots) -> list[dict[str, object]]:
    values = question.scale.values
    return [{"code": each, "label": each, "checked": slots.mark("checked", key, str(each))} for each in values]


def _field(key: str, slots: Slots) -> dict[str, object]:
    return {
        "key": key,
        "name": f"{PREFIX}{key}",
        "words": slots.mark("words", key),
        "fault": slots.mark("fault", key),
        "invalid": slots.mark("invalid", key),
    }


def _words(question: Question, slots: Slots) -> dict[str, object]:
    limit = LONGEST_LONG if question.kind == QuestionKind.LONG else LONGEST_SHORT
    return {"words": slots.mark("words", question.code), "limit": limit}


def _ranks(question: Question) -> int:
    return question.most or USUAL_CHOICES


def _persons(question: Question, slots: Slots) -> dict[str, object]:
    avoid = f"{question.code}.{AVOID}"
    ranks = [
        {"number": rank + 1, "options": slots.mark("rank", question.code, str(rank))}
        for rank in range(_ranks(question))
    ]
    fields = _field(avoid, slots) | {"checks": slots.mark("avoid", avoid), "open": slots.mark("open", avoid)}
    return {"ranks": ranks, "avoid": fields if question.has_avoid else None}


_RADIO = frozenset({QuestionKind.SCALE, QuestionKind.YES_NO, QuestionKind.FREQUENCY, QuestionKind.ONE})
_PARTS = {
    QuestionKind.SCALE: ("tiles", _tiles),
    QuestionKind.YES_NO: ("tiles", _tiles),
    QuestionKind.FREQUENCY: ("lines", _choices),
    QuestionKind.ONE: ("lines", _choices),
    QuestionKind.SEVERAL: ("lines", _choices),
    QuestionKind.MATRIX: ("rows", _rows),
    QuestionKind.NUMBER: ("line", _words),
    QuestionKind.DATE: ("line", _words),
    QuestionKind.SHORT: ("line", _words),
    QuestionKind.LONG: ("text", _words),
    QuestionKind.PERSONS: ("persons", _persons),
}
_FRAMES = {
    QuestionKind.NUMBER: "field",
    QuestionKind.DATE: "field",
    QuestionKind.SHORT: "field",
    QuestionKind.LONG: "field",
    QuestionKind.NOTICE: "notice",
}
