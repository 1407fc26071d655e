"""Looking for evidence: what is found for each occurrence, and what is stored already."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from people.models import Organisation
from roadmap.capabilities import RULES
from roadmap.domain.evidence import Copies, Finding, Task, findings, plain_number
from roadmap.domain.execution import Span
from roadmap.models import Approval, Evidence, Measure, Occurrence, PlannedDocument
from roadmap.queries.facts import facts_of

HANDED_DOWN = "K28"
"""A measure handed down to schools is done when all of them have done it, whatever else it names."""

Found = dict[tuple[str, int | None], Finding]


@dataclass(frozen=True, slots=True)
class Looked:
    """The capabilities that an occurrence needs evidence for, and what is found, by capability and document."""

    needed: frozenset[str]
    found: Found


def look_for_evidence(
    organisation: Organisation, rows: Sequence[Occurrence], today: date
) -> Iterator[tuple[Occurrence, Looked]]:
    """What the portal finds for each of the occurrences, with `measure` read along; the facts are counted once."""
    copies = _copies(organisation, rows)
    facts = facts_of(organisation, {key for row in rows for key in row.measure.capabilities}, today)
    planned = _documents(PlannedDocument.objects.filter(organisation=organisation), "measure_id")  # unscoped: its own
    approvals = _documents(Approval.objects.filter(organisation=organisation), "roadmap_id")  # unscoped: its own
    for row in rows:
        measure, handed = row.measure, copies.get(row.measure_id)
        task = Task(
            span=Span(row.counts_from, row.counts_until),
            opens_on=row.opens_on,
            planned=planned.get(measure.pk, frozenset()),
            named=_named(measure),
            approvals=approvals.get(measure.roadmap_id, frozenset()),
            copies=handed.get(row.position, Copies(0, 0)) if handed else None,
        )
        needed = frozenset({HANDED_DOWN} if handed else measure.capabilities)
        found = findings(RULES, sorted(needed), facts, task)
        yield (
            row,
            Looked(needed, {(key, each.document_id): each for key, several in found.items() for each in several}),
        )


def stored_evidence(rows: Sequence[Occurrence]) -> dict[int, list[Evidence]]:
    """The evidence of the occurrences as it is stored, by their ids."""
    stored: dict[int, list[Evidence]] = defaultdict(list)
    evidence = Evidence.objects.filter(occurrence__in=[row.pk for row in rows])  # unscoped: of the organisation's rows
    for each in evidence.order_by("pk"):
        stored[each.occurrence_id].append(each)
    return stored


def _documents(rows: QuerySet, key: str) -> dict[int, frozenset[int]]:
    documents: dict[int, set[int]] = defaultdict(set)
    for owner, document in rows.values_list(key, "document_id"):
        documents[owner].add(document)
    return {owner: frozenset(each) for owner, each in documents.items()}


def _named(measure: Measure) -> frozenset[tuple[str, date]]:
    return frozenset(
        (plain_number(each["number"]), date.fromisoformat(each["date"]))
        for each in measure.documents
        if each.get("number") and each.get("date")
    )


def _copies(organisation: Organisation, rows: Sequence[Occurrence]) -> dict[int, dict[int, Copies]]:
    """How many schools have done each handed-down measure, by the position of the occurrence."""
    if not organisation.is_district:
        return {}
    over = Q(done_on__isnull=False) | ~Q(not_needed_reason="")
    figures = (
        Occurrence.objects.filter(measure__origin__in={row.measure_id for row in rows})  # unscoped: counts only
        .values("measure__origin_id", "position")
        .annotate(total=Count("pk"), done=Count("pk", filter=over))
        .order_by("measure__origin_id", "position")
    )
    copies: dict[int, dict[int, Copies]] = defaultdict(dict)
    for each in figures:
        copies[each["measure__origin_id"]][each["position"]] = Copies(each["done"], each["total"])
    return copies
