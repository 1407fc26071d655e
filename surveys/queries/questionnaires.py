"""Reads of questionnaires: the list, the library beside it, and the builder's page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet

from people.access import Access
from surveys import catalogue
from surveys.catalogue import Template
from surveys.domain import questionnaire as domain
from surveys.domain.checking import Fault, faults_of
from surveys.domain.questionnaire import (
    FEED_LABELS,
    KIND_LABELS,
    PURPOSE_LABELS,
    SCALED,
    SIDE_LABELS,
    Feed,
    Option,
    Question,
    QuestionKind,
    Side,
)
from surveys.models import Questionnaire, Version, Wave

MOST_SHOWN = 6
"""As many answers of a list are shown in the builder; the whole list is in the question's form."""


@dataclass(frozen=True, slots=True)
class QuestionnaireLine:
    """One questionnaire in the list, as its newest version has it."""

    questionnaire: Questionnaire
    number: int
    questions: int
    minutes: int
    is_ready: bool


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """One questionnaire of the library, and whether the organisation has taken it already."""

    template: Template
    purpose: str
    side: str
    questions: int
    minutes: int
    taken_id: int | None


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question in the builder: its number among all, how it is answered and when it is shown, what is wrong."""

    number: int
    question: Question
    kind: str
    answers: str
    condition: str
    feed: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section in the builder, `index` from 0."""

    index: int
    title: str
    note: str
    questions: tuple[QuestionView, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BuilderPage:
    """The newest version of a questionnaire as it is built; `faults` are those of the whole."""

    questionnaire: Questionnaire
    version: Version
    asked: domain.Questionnaire
    side: str
    sections: tuple[SectionView, ...]
    faults: tuple[str, ...]
    number_of_faults: int
    waves: int
    source: str

    @property
    def is_open(self) -> bool:
        """Whether it may be changed: not while it is in the archive."""
        return self.questionnaire.archived_at is None

    @property
    def next_number(self) -> int:
        return self.version.number + 1


def questionnaire_list(access: Access, *, purpose: str = "", is_archived: bool = False) -> QuerySet:
    """Questionnaires by title, those in the archive apart, with their newest version and the number of their waves."""
    rows = Questionnaire.objects.visible_to(access).filter(archived_at__isnull=not is_archived)
    if purpose:
        rows = rows.filter(purpose=purpose)
    newest = Version.objects.visible_to(access).order_by("questionnaire_id", "-number").distinct("questionnaire_id")
    with_versions = rows.prefetch_related(Prefetch("versions", queryset=newest, to_attr="newest"))
    return with_versions.annotate(waves=Count("versions__waves")).order_by("title", "pk")


def questionnaire_lines(rows: Iterable[Questionnaire]) -> list[QuestionnaireLine]:
    """What the list says of the rows of `questionnaire_list`."""
    found = []
    for row in rows:
        (version,) = row.newest
        asked = version.asked()
        found.append(
            QuestionnaireLine(
                questionnaire=row,
                number=version.number,
                questions=len(asked.asked),
                minutes=asked.minutes,
                is_ready=not faults_of(asked),
            )
        )
    return found


def template_lines(access: Access, *, purpose: str = "") -> list[TemplateLine]:
    """The library in its own order; what was taken from the present version of a questionnaire is named."""
    taken = {
        (row.origin, row.origin_version): row.pk
        for row in Questionnaire.objects.visible_to(access)
        .filter(archived_at__isnull=True)
        .exclude(origin="")
        .order_by("-pk")
    }
    return [
        TemplateLine(
            template=each,
            purpose=PURPOSE_LABELS[each.purpose],
            side=side_words(each.side),
            questions=len(each.questionnaire.asked),
            minutes=each.questionnaire.minutes,
            taken_id=taken.get((each.key, each.version)),
        )
        for each in catalogue.templates()
        if purpose in ("", each.purpose)
    ]


def newest_versions(access: Access) -> QuerySet:
    """The newest version of each questionnaire, with the questionnaire."""
    later = Version.objects.visible_to(access).filter(
        questionnaire=OuterRef("questionnaire"), number__gt=OuterRef("number")
    )
    return Version.objects.visible_to(access).filter(~Exists(later)).select_related("questionnaire")


def builder_page(access: Access, version: Version) -> BuilderPage:
    """All that the builder shows of the newest version of a questionnaire."""
    asked = version.asked()
    faults = faults_of(asked)
    waves = Wave.objects.visible_to(access).filter(version__questionnaire_id=version.questionnaire_id)
    return BuilderPage(
        questionnaire=version.questionnaire,
        version=version,
        asked=asked,
        side=side_words(Side(version.questionnaire.side)),
        sections=tuple(_section_views(asked, faults)),
        faults=tuple(fault.message for fault in faults if fault.place == "Анкета"),
        number_of_faults=len(faults),
        waves=waves.count(),
        source=next((each.source for each in catalogue.templates() if each.key == version.questionnaire.origin), ""),
    )


def side_words(side: Side) -> str:
    """Who answers, in words; nothing where a questionnaire is of no side."""
    return SIDE_LABELS[side] if side != Side.NONE else ""


def _section_views(asked: domain.Questionnaire, faults: Sequence[Fault]) -> Iterable[SectionView]:
    by_section = _messages(fault for fault in faults if fault.question is None)
    by_question = _messages(fault for fault in faults if fault.question is not None)
    numbers = {question.code: number for number, question in reversed(list(enumerate(asked.questions, 1)))}
    number = 0
    for index, section in enumerate(asked.sections):
        views = []
        for question in section.questions:
            number += 1
            views.append(
                QuestionView(
                    number=number,
                    question=question,
                    kind=KIND_LABELS[question.kind],
                    answers=answer_words(question),
                    condition=condition_words(asked, question, numbers),
                    feed=FEED_LABELS[question.feed] if question.feed != Feed.NOTHING else "",
                    faults=by_question.get(f"Вопрос {number}", ()),
                )
            )
        place = f"Раздел {index + 1}"
        yield SectionView(index, section.title, section.note, tuple(views), by_section.get(place, ()))


def _messages(faults: Iterable[Fault]) -> dict[str, tuple[str, ...]]:
    ordered = sorted(faults, key=lambda fault: fault.place)
    return {
        place: tuple(fault.message for fault in group)
        for place, group in groupby(ordered, key=lambda fault: fault.place)
    }


def answer_words(question: Question) -> str:
    """How a question is answered, in brief: the ends of its scale, its answers, how many may be chosen."""
    parts = []
    if question.kind == QuestionKind.MATRIX:
        parts.append(f"строки: {_listed(question.rows)}")
    if question.kind in SCALED:
        parts.append(_scale_words(question))
    if question.options:
        parts.append(_listed(question.choices))
    if question.kind == QuestionKind.NUMBER:
        bounds = (("не меньше", question.least), ("не больше", question.most))
        parts += [f"{words} {bound}" for words, bound in bounds if bound is not None]
    elif question.most is not None:
        parts.append(f"можно выбрать не больше {question.most}")
    if question.has_avoid:
        parts.append("и «лучше не», его видит только куратор")
    return "; ".join(parts)


def _scale_words(question: Question) -> str:
    scale = question.scale
    low = f" ({scale.low_label})" if scale.low_label else ""
    high = f" ({scale.high_label})" if scale.high_label else ""
    return f"от {scale.low}{low} до {scale.high}{high}"


def _listed(options: Sequence[Option]) -> str:
    shown = ", ".join(option.label for option in options[:MOST_SHOWN])
    more = len(options) - MOST_SHOWN
    return f"{shown} и ещё {more}" if more > 0 else shown


def condition_words(asked: domain.Questionnaire, question: Question, numbers: dict[str, int]) -> str:
    """When a question is shown, by the number of the one it depends on; nothing where it always is.

    `numbers` are those of the questions by code, from 1.
    """
    condition = question.show_if
    target = asked.question(condition.code) if condition else None
    if condition is None or target is None:
        return ""
    labels = {option.code: f"«{option.label}»" for option in target.choices}
    answers = " или ".join(labels.get(answer, answer) for answer in condition.answers)
    return f"показать, если на вопрос {numbers[condition.code]} ответили {answers}"
