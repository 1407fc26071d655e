"""Occurrences of measures, the evidence of their execution, and what has to be looked at anew."""

from typing import TYPE_CHECKING, Self

import pghistory
from django.db import models
from django.db.models import F, Q

from documents.models import Document
from people.domain.roles import Permission
from people.models import Organisation, User
from roadmap.domain.capability_keys import LABELS
from roadmap.models.plans import Measure

if TYPE_CHECKING:
    from people.access import Access


class OccurrenceQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        own = self.filter(organisation_id=access.organisation_id)
        return own if access.may(Permission.ROADMAP_EDIT) else own.filter(measure__roadmap__is_confirmed=True)

    def unfinished(self) -> Self:
        """Those that are neither done nor given up, in plans that work."""
        return self.filter(done_on__isnull=True, not_needed_reason="", measure__roadmap__is_confirmed=True)

    def in_order(self) -> Self:
        return self.order_by("measure__position", "measure_id", "position")


@pghistory.track()
class Occurrence(models.Model):
    """One time a measure is to be carried out: by when, from when facts count, and whether it is done.

    A measure without dates has one occurrence without dates.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="occurrences")
    position = models.PositiveSmallIntegerField()
    starts_on = models.DateField("с", null=True, blank=True)
    ends_on = models.DateField("по", null=True, blank=True)
    opens_on = models.DateField("открывается")
    counts_from = models.DateField("засчитывается с")
    counts_until = models.DateField("засчитывается по")
    done_on = models.DateField("выполнено", null=True, blank=True)
    not_needed_reason = models.CharField("почему не требуется", max_length=500, blank=True)

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        verbose_name = "срок мероприятия"
        verbose_name_plural = "сроки мероприятий"
        constraints = [
            models.UniqueConstraint(fields=["measure", "position"], name="one_occurrence_per_position"),
            models.UniqueConstraint(fields=["id", "organisation"], name="occurrence_belongs_to_one_organisation"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="occurrence_is_not_reversed",
                violation_error_message="Срок заканчивается раньше, чем начинается.",
            ),
            models.CheckConstraint(
                condition=Q(counts_until__gte=F("counts_from")), name="occurrence_counts_at_least_a_day"
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(not_needed_reason=""), name="occurrence_is_done_or_not_needed"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "ends_on"],
                condition=Q(done_on__isnull=True, not_needed_reason=""),
                name="unfinished_occurrences",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id}: {self.ends_on}"


class EvidenceFileQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        """All of the organisation for who runs plans or sees documents: a scan may name people; one's own otherwise."""
        own = self.filter(organisation_id=access.organisation_id)
        if access.may(Permission.ROADMAP_EDIT) or access.may(Permission.DOCUMENTS_VIEW):
            return own
        return own.filter(uploaded_by_id=access.user_id)


class EvidenceFile(models.Model):
    """A file brought as evidence; kept in the database beside what it proves."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    filename = models.CharField("файл", max_length=200)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = EvidenceFileQuerySet.as_manager()

    class Meta:
        verbose_name = "файл подтверждения"
        verbose_name_plural = "файлы подтверждений"
        constraints = [
            models.UniqueConstraint(fields=["id", "organisation"], name="evidence_file_belongs_to_one_organisation"),
        ]

    def __str__(self) -> str:
        return self.filename


class EvidenceQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        own = self.filter(organisation_id=access.organisation_id)
        return own if access.may(Permission.ROADMAP_VIEW) else own.none()

    def by_hand(self) -> Self:
        return self.filter(way=Evidence.Way.HAND)


@pghistory.track()
class Evidence(models.Model):
    """What shows that an occurrence is carried out: one row per occurrence and paper, so that both may have many.

    A row with an empty `capability` marks the measure as a whole. The portal's own rows come and go with the facts;
    `is_enough` tells a finding that completes the work from one that only shows how far it is.
    """

    class Way(models.TextChoices):
        PORTAL = "portal", "найдено порталом"
        HAND = "hand", "отмечено вручную"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="evidence")
    capability = models.CharField(max_length=3, blank=True, choices=list(LABELS.items()))
    way = models.CharField("как", max_length=10, choices=Way.choices)
    words = models.CharField("что подтверждает", max_length=500)
    is_enough = models.BooleanField("достаточно", default=True)
    happened_on = models.DateField("когда")
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    file = models.ForeignKey(EvidenceFile, models.PROTECT, null=True, blank=True, related_name="proves")
    recorded_at = models.DateTimeField("записано")
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "подтверждение"
        verbose_name_plural = "подтверждения"
        constraints = [
            models.UniqueConstraint(
                fields=["occurrence", "capability", "document"],
                condition=Q(way="portal"),
                nulls_distinct=False,
                name="one_finding_per_capability_and_document",
            ),
            models.UniqueConstraint(
                fields=["occurrence", "capability", "document"],
                condition=Q(way="hand", document__isnull=False),
                name="one_mark_per_capability_and_document",
            ),
            models.CheckConstraint(
                condition=Q(way="hand", recorded_by__isnull=False) | Q(way="portal", recorded_by__isnull=True),
                name="mark_by_hand_says_whose",
            ),
            models.CheckConstraint(condition=Q(way="hand") | ~Q(capability=""), name="finding_says_which_capability"),
        ]

    def __str__(self) -> str:
        return self.words


class PlannedDocumentQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        return self.filter(organisation_id=access.organisation_id)


class PlannedDocument(models.Model):
    """A document that is to carry out a measure: once it is signed, it is the evidence."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="planned_documents")
    document = models.ForeignKey(Document, models.CASCADE, related_name="+")

    objects = PlannedDocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "document"], name="one_row_per_measure_and_document"),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id}: {self.document_id}"


class Touch(models.Model):
    """That something evidence is counted from has changed in an organisation; written by triggers, eaten by the sweep.

    Rows are only added and deleted, never shared, so that two transactions never wait for each other here.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", db_constraint=False)
    source = models.CharField(max_length=20)

    class Meta:
        indexes = [models.Index(fields=["organisation"], name="touches_by_organisation")]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.source}"
