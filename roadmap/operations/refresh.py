"""Evidence found by the portal: looked for anew when something it is counted from has changed.

Nobody asks here but the portal itself: triggers write what was touched, the page or the clock calls `refresh`.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from people.models import Organisation
from roadmap.capabilities import RULES, counted_from
from roadmap.domain.evidence import Finding
from roadmap.domain.execution import is_done
from roadmap.locks import wait_for_writers
from roadmap.models import Evidence, Measure, Occurrence, Touch
from roadmap.queries.looking import Looked, look_for_evidence, stored_evidence


@transaction.atomic
def refresh(organisation: Organisation, *, today: date, at: datetime, everything: bool = False) -> int:
    """Bring the evidence of an organisation's measures up to date; gives how many occurrences changed.

    Without `everything`, only what the touches written so far concern. Two at once wait for each other.
    """
    wait_for_writers(organisation.pk)
    touched = _eat_touches(organisation)
    keys = frozenset(RULES) if everything else frozenset().union(*map(counted_from, touched))
    if not keys and "copies" not in touched:
        return 0
    return _refresh(_occurrences(organisation, keys, everything or "copies" in touched), organisation, today, at)


@transaction.atomic
def refresh_measures(organisation: Organisation, measure_ids: Collection[int], *, today: date, at: datetime) -> int:
    """Bring the evidence of these measures up to date: they are new, or were edited, marked, or given a document."""
    wait_for_writers(organisation.pk)
    occurrences = _base(organisation).filter(measure__in=list(measure_ids))
    return _refresh(occurrences, organisation, today, at)


def touched_organisations() -> list[Organisation]:
    """Those with something to look at anew."""
    touched = Touch.objects.values("organisation_id")  # unscoped: clock
    return list(Organisation.objects.filter(pk__in=touched).order_by("pk"))  # unscoped: clock


def is_touched(organisation: Organisation) -> bool:
    """Whether something changed since the last look."""
    return Touch.objects.filter(organisation=organisation).exists()  # unscoped: holds no data


def touch(organisation_ids: Iterable[int], source: str) -> None:
    """Write down that the organisations' evidence has to be looked at anew."""
    Touch.objects.bulk_create(Touch(organisation_id=each, source=source) for each in organisation_ids)


def _eat_touches(organisation: Organisation) -> set[str]:
    """What was touched; rows of transactions that are still open come the next time."""
    rows = list(Touch.objects.filter(organisation=organisation).values_list("pk", "source"))  # unscoped: no data
    Touch.objects.filter(pk__in=[pk for pk, _ in rows]).delete()  # unscoped: holds no data
    return {source for _, source in rows}


def _base(organisation: Organisation) -> QuerySet[Occurrence]:
    return Occurrence.objects.filter(  # unscoped: the portal looks for the organisation itself
        organisation=organisation, measure__roadmap__is_confirmed=True
    )


def _occurrences(organisation: Organisation, keys: Collection[str], with_copies: bool) -> QuerySet[Occurrence]:
    concerned = Q(measure__capabilities__overlap=sorted(keys))
    if with_copies:
        concerned |= Q(measure__in=Measure.objects.filter(copies__isnull=False).values("pk"))  # unscoped: narrows
    return _base(organisation).filter(concerned)


def _refresh(occurrences: QuerySet[Occurrence], organisation: Organisation, today: date, at: datetime) -> int:
    rows = list(occurrences.select_related("measure"))
    if not rows:
        return 0
    stored = stored_evidence(rows)
    changes = _Changes(at=at, today=today)
    for row, looked in look_for_evidence(organisation, rows, today):
        changes.compare(row, looked, stored[row.pk])
    changes.write()
    report_upwards(changes.occurrences)
    return len(changes.occurrences)


def report_upwards(changed: Iterable[Occurrence]) -> None:
    """Touch the authorities whose measures these are: what a school did of a measure is evidence for them."""
    handed_down = {row.measure_id for row in changed if row.measure.origin_id}
    origins = Measure.objects.filter(copies__in=handed_down)  # unscoped: only whose it is
    touch(set(origins.values_list("organisation_id", flat=True)), "copies")


class _Changes:
    """The rows of evidence to add, change and delete, gathered to be written at once."""

    def __init__(self, *, at: datetime, today: date) -> None:
        self.at, self.today = at, today
        self.new: list[Evidence] = []
        self.changed: list[Evidence] = []
        self.gone: list[int] = []
        self.occurrences: list[Occurrence] = []

    def compare(self, row: Occurrence, looked: Looked, stored: Sequence[Evidence]) -> None:
        """Note what has to be written for one occurrence.

        What was so while an occurrence counted stays when its days are over; what a document said goes with it, and
        what schools did of a measure handed down to them counts however late.
        """
        found = dict(looked.found)
        is_past = row.counts_until < self.today
        kept: list[Evidence] = []
        for evidence in stored:
            finding = found.pop((evidence.capability, evidence.document_id), None)
            if evidence.way == Evidence.Way.PORTAL and finding is not None:
                kept.append(self._renewed(evidence, finding))
            elif evidence.way == Evidence.Way.HAND or (is_past and evidence.document_id is None):
                kept.append(evidence)
            else:
                self.gone.append(evidence.pk)
        kept += [self._new(row, key, finding) for (key, _), finding in found.items()]
        self._conclude(row, looked.needed, kept)

    def _renewed(self, evidence: Evidence, finding: Finding) -> Evidence:
        """The row with what is found now; the day on which it became enough stays."""
        if (evidence.words, evidence.is_enough) != (finding.words, finding.is_enough):
            if not (evidence.is_enough and finding.is_enough):
                evidence.happened_on = finding.happened_on
            evidence.words, evidence.is_enough = finding.words, finding.is_enough
            self.changed.append(evidence)
        return evidence

    def _new(self, row: Occurrence, key: str, finding: Finding) -> Evidence:
        evidence = Evidence(
            organisation_id=row.organisation_id,
            occurrence=row,
            capability=key,
            way=Evidence.Way.PORTAL,
            words=finding.words[:500],
            is_enough=finding.is_enough,
            happened_on=finding.happened_on,
            document_id=finding.document_id,
            recorded_at=self.at,
        )
        self.new.append(evidence)
        return evidence

    def _conclude(self, row: Occurrence, needed: frozenset[str], kept: Sequence[Evidence]) -> None:
        enough = [evidence for evidence in kept if evidence.is_enough]
        evidenced = {evidence.capability for evidence in enough}
        done = not row.not_needed_reason and is_done(needed, evidenced, as_a_whole="" in evidenced)
        done_on = max((evidence.happened_on for evidence in enough), default=None) if done else None
        if done_on != row.done_on:
            row.done_on = done_on
            self.occurrences.append(row)

    def write(self) -> None:
        """Write what was noted."""
        Evidence.objects.filter(pk__in=self.gone).delete()  # unscoped: of rows that are scoped
        Evidence.objects.bulk_update(self.changed, ["words", "is_enough", "happened_on"])  # unscoped: the same
        Evidence.objects.bulk_create(self.new)
        Occurrence.objects.bulk_update(self.occurrences, ["done_on"])  # unscoped: the same
