"""A plan as it was read → rows: stages, measures, dates, whom its words for a responsible mean."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from roadmap.domain.duty_words import roles_meant
from roadmap.domain.plan import Approval, DocumentNamed, Plan
from roadmap.domain.plan import Measure as MeasureRead
from roadmap.intake.occurrences import lay_out, read_terms
from roadmap.models import Duty, Measure, Occurrence, Roadmap, Stage

STEP = 10
"""Positions leave room, so that a line can be put between two others."""


def write_rows(roadmap: Roadmap, plan: Plan, capabilities: Sequence[Sequence[str]]) -> None:
    """Write the stages and measures of a plan into an empty roadmap; `capabilities` go by the order of measures."""
    stages = _stages(roadmap, plan)
    measures = [
        _measure(roadmap, index, read, stages[read.section] if read.section is not None else None, keys)
        for index, (read, keys) in enumerate(zip(plan.measures, capabilities, strict=True))
    ]
    write_measures(roadmap, measures)


def write_measures(roadmap: Roadmap, measures: Sequence[Measure]) -> None:
    """Write new measures with their dates, and make their responsible known."""
    windows = read_terms(measures, roadmap)
    Measure.objects.bulk_create(measures)
    Occurrence.objects.bulk_create(
        occurrence
        for index, measure in enumerate(measures)
        for occurrence in lay_out(measure, roadmap, windows.get(index, ()))
    )
    know_responsible(roadmap.organisation_id, (words for measure in measures for words in measure.responsible))


def know_responsible(organisation_id: int, words: Iterable[str]) -> None:
    """Store what words for a responsible mean at first sight; what is known already stays as it is.

    The same words in other letters mean the same people.
    """
    wanted = dict.fromkeys(words)
    known: dict[str, set[tuple[str, int | None]]] = defaultdict(set)
    there = set()
    for duty in Duty.objects.filter(organisation_id=organisation_id).order_by("pk"):  # unscoped: of a scoped row
        there.add(duty.words)
        known[duty.words.casefold()].add((duty.role, duty.person_id))
    Duty.objects.bulk_create(
        (
            Duty(organisation_id=organisation_id, words=each, role=role, person_id=person_id)
            for each in wanted
            if each not in there
            for role, person_id in sorted(known[each.casefold()], key=str)
            or [(role, None) for role in roles_meant(each)]
        ),
        ignore_conflicts=True,
    )


def approval_json(approval: Approval) -> dict[str, str | None]:
    """A stamp as a roadmap stores it."""
    return {
        "kind": approval.kind,
        "body": approval.body,
        "act": approval.act,
        "number": approval.number,
        "date": approval.issued_on and approval.issued_on.isoformat(),
        "person": approval.person,
    }


def document_json(named: DocumentNamed) -> dict[str, str | None]:
    """A document that a measure names, as the measure stores it."""
    return {"kind": named.kind, "number": named.number, "date": named.issued_on and named.issued_on.isoformat()}


def _stages(roadmap: Roadmap, plan: Plan) -> list[Stage]:
    stages: list[Stage] = []
    for index, section in enumerate(plan.sections):
        stages.append(
            Stage.objects.create(
                organisation_id=roadmap.organisation_id,
                roadmap=roadmap,
                parent=stages[section.parent] if section.parent is not None else None,
                number=(section.number or "")[:20],
                title=section.title[:1000],
                task=section.task or "",
                result=section.result or "",
                position=STEP * (index + 1),
            )
        )
    return stages


def _measure(
    roadmap: Roadmap, index: int, read: MeasureRead, stage: Stage | None, capabilities: Sequence[str]
) -> Measure:
    return Measure(
        organisation_id=roadmap.organisation_id,
        roadmap=roadmap,
        stage=stage,
        number=(read.number or "")[:20],
        title=read.title[:4000],
        details=list(read.details),
        term_text=read.term.text[:500],
        responsible=[words[:300] for words in read.responsible],
        result=read.result or "",
        documents=[document_json(each) for each in read.documents],
        capabilities=list(capabilities),
        position=STEP * (index + 1),
    )
