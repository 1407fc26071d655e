"""Editing a plan by hand: measures, their dates, their order, stages."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from roadmap.domain.plan import Window
from roadmap.intake.occurrences import MOST_OCCURRENCES, read_terms, relay
from roadmap.intake.rows import STEP, know_responsible, write_measures
from roadmap.locks import wait_for_writers
from roadmap.models import Measure, Roadmap, Stage
from roadmap.operations.pass_down import pass_down
from roadmap.operations.plans import changed, locked_roadmap

FIELDS = ("number", "title", "details", "term_text", "responsible", "result", "documents", "capabilities")
OWN_OF_SCHOOL = ("number", "responsible")
"""What a school may change of a measure that the authority handed down to it, beside its place in the plan."""


@dataclass(frozen=True, slots=True)
class MeasureWords:
    """What a measure says, as a form cleans it."""

    number: str
    title: str
    details: Sequence[str]
    term_text: str
    responsible: Sequence[str]
    result: str
    documents: Sequence[dict[str, str | None]]
    capabilities: Sequence[str]
    stage_id: int | None


def locked_measure(access: Access, measure_id: int) -> Measure:
    """The measure with its plan locked; raises Measure.DoesNotExist.

    It is read when nobody else writes any more: what was read before could be deleted or moved meanwhile.
    """
    wait_for_writers(access.organisation_id)
    measure = Measure.objects.visible_to(access).get(pk=measure_id)
    measure.roadmap = locked_roadmap(access, measure.roadmap_id)
    return measure


@transaction.atomic
def add_measure(access: Access, *, roadmap_id: int, words: MeasureWords) -> Measure:
    """Put a measure at the end of its stage, with its dates read from the words."""
    access.check(Permission.ROADMAP_EDIT)
    roadmap = locked_roadmap(access, roadmap_id)
    measure = Measure(
        organisation=access.organisation,
        roadmap=roadmap,
        stage=_stage(access, roadmap, words.stage_id),
        position=(roadmap.measures.aggregate(last=Max("position"))["last"] or 0) + STEP,
        **{name: getattr(words, name) for name in FIELDS},
    )
    write_measures(roadmap, [measure])
    changed(access, roadmap, measure.pk)
    return measure


@transaction.atomic
def edit_measure(access: Access, *, measure_id: int, words: MeasureWords) -> Measure:
    """Change what a measure says; other words for its term read the dates anew, as does the authority's copy.

    Refuses to reword what the authority handed down: there only the responsible are the school's own.
    """
    access.check(Permission.ROADMAP_EDIT)
    measure = locked_measure(access, measure_id)
    if measure.origin_id and _wording(words) != _wording(measure):
        raise RefusedError("Это мероприятие поручил округ: его формулировку и срок меняет округ.")
    own = OWN_OF_SCHOOL if measure.origin_id else FIELDS
    has_other_term = "term_text" in own and measure.term_text != words.term_text
    for name in own:
        setattr(measure, name, getattr(words, name))
    measure.stage = _stage(access, measure.roadmap, words.stage_id)
    if has_other_term:
        measure.is_dated_by_hand = False
        windows = read_terms([measure], measure.roadmap)
        relay(measure, measure.roadmap, windows[0])
    measure.save()
    know_responsible(access.organisation_id, measure.responsible)
    pass_down(access, [measure])
    changed(access, measure.roadmap, measure.pk)
    return measure


def _wording(said: MeasureWords | Measure) -> list[list[str]]:
    """What only the authority may change, word by word: a form may break its lines differently."""
    return [text.split() for text in (said.title, said.term_text, said.result, *said.details)]


@transaction.atomic
def correct_dates(access: Access, *, measure_id: int, windows: Sequence[Window]) -> Measure:
    """Set the dates of a measure by hand; no windows read them from the words again."""
    access.check(Permission.ROADMAP_EDIT)
    measure = locked_measure(access, measure_id)
    if measure.origin_id:
        raise RefusedError("Срок этого мероприятия задаёт округ.")
    if len(windows) > MOST_OCCURRENCES:
        raise RefusedError(f"Больше {MOST_OCCURRENCES} сроков у одного мероприятия быть не может.")
    ordered = sorted(windows, key=lambda window: (window.last, window.first or window.last))
    measure.is_dated_by_hand = bool(ordered)
    measure.term_doubt, measure.term_assumed = "", []
    if not ordered:
        ordered = list(read_terms([measure], measure.roadmap)[0])
    relay(measure, measure.roadmap, ordered)
    measure.save(update_fields=["is_dated_by_hand", "term_kind", "term_doubt", "term_assumed"])
    pass_down(access, [measure])
    changed(access, measure.roadmap, measure.pk)
    return measure


@transaction.atomic
def delete_measure(access: Access, *, measure_id: int) -> Roadmap:
    """Take a measure out of its plan; refuses one that is marked by hand, handed down, or from the authority."""
    access.check(Permission.ROADMAP_EDIT)
    measure = locked_measure(access, measure_id)
    if measure.origin_id:
        raise RefusedError("Это мероприятие поручил округ. Если оно не нужно, отметьте «не требуется» с причиной.")
    if measure.copies.exists():
        raise RefusedError("Мероприятие поручено школам: сначала отзовите его.")
    if measure.occurrences.filter(evidence__way="hand").exists():
        raise RefusedError("На мероприятии стоит отметка о выполнении. Сначала снимите её.")
    measure.delete()
    changed(access, measure.roadmap)
    return measure.roadmap


@transaction.atomic
def move_measure(access: Access, *, measure_id: int, is_up: bool) -> Measure:
    """Swap a measure with its neighbour in its stage; at the end of the stage nothing changes."""
    access.check(Permission.ROADMAP_EDIT)
    measure = locked_measure(access, measure_id)
    beside = measure.roadmap.measures.filter(stage_id=measure.stage_id)
    if _swap(list(beside.in_order()), measure, is_up=is_up):
        changed(access, measure.roadmap, measure.pk)
    return measure


def _swap(order: Sequence[Measure] | Sequence[Stage], row: Measure | Stage, *, is_up: bool) -> bool:
    """Change the places of a row and its neighbour; whether there was one."""
    place = next(index for index, each in enumerate(order) if each.pk == row.pk)
    other = place - 1 if is_up else place + 1
    if not 0 <= other < len(order):
        return False
    one, two = order[place], order[other]
    one.position, two.position = two.position, one.position
    one.save(update_fields=["position"])
    two.save(update_fields=["position"])
    return True


@transaction.atomic
def add_stage(
    access: Access, *, roadmap_id: int, number: str, title: str, task: str, result: str, parent_id: int | None
) -> Stage:
    """Put a stage at the end of a plan."""
    access.check(Permission.ROADMAP_EDIT)
    roadmap = locked_roadmap(access, roadmap_id)
    last = roadmap.stages.aggregate(last=Max("position"))["last"] or 0
    stage = Stage.objects.create(
        organisation=access.organisation,
        roadmap=roadmap,
        parent=_stage(access, roadmap, parent_id),
        number=number,
        title=title,
        task=task,
        result=result,
        position=last + STEP,
    )
    changed(access, roadmap)
    return stage


@transaction.atomic
def edit_stage(
    access: Access, *, stage_id: int, number: str, title: str, task: str, result: str, parent_id: int | None
) -> Stage:
    """Change a stage; refuses to put it into itself or one of its parts."""
    access.check(Permission.ROADMAP_EDIT)
    stage, roadmap = _locked_stage(access, stage_id)
    parent = _stage(access, roadmap, parent_id)
    above = parent
    while above is not None:
        if above.pk == stage.pk:
            raise RefusedError("Раздел не может входить сам в себя.")
        above = above.parent
    stage.number, stage.title, stage.task, stage.result, stage.parent = number, title, task, result, parent
    stage.save()
    changed(access, roadmap)
    return stage


@transaction.atomic
def move_stage(access: Access, *, stage_id: int, is_up: bool) -> Stage:
    """Swap a stage and all its parts with its neighbour on the same level; at the end nothing changes."""
    access.check(Permission.ROADMAP_EDIT)
    stage, roadmap = _locked_stage(access, stage_id)
    beside = roadmap.stages.filter(parent_id=stage.parent_id)
    if _swap(list(beside.order_by("position", "pk")), stage, is_up=is_up):
        changed(access, roadmap)
    return stage


@transaction.atomic
def delete_stage(access: Access, *, stage_id: int) -> Roadmap:
    """Take an empty stage out of its plan."""
    access.check(Permission.ROADMAP_EDIT)
    stage, roadmap = _locked_stage(access, stage_id)
    if stage.measures.exists() or stage.parts.exists():
        raise RefusedError("В разделе есть мероприятия или подразделы: сначала перенесите или удалите их.")
    stage.delete()
    changed(access, roadmap)
    return roadmap


def _locked_stage(access: Access, stage_id: int) -> tuple[Stage, Roadmap]:
    wait_for_writers(access.organisation_id)
    stage = Stage.objects.visible_to(access).get(pk=stage_id)
    return stage, locked_roadmap(access, stage.roadmap_id)


def _stage(access: Access, roadmap: Roadmap, stage_id: int | None) -> Stage | None:
    if stage_id is None:
        return None
    return Stage.objects.visible_to(access).get(pk=stage_id, roadmap=roadmap)
