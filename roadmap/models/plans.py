"""Roadmaps, their stages and measures, and who the words of a plan mean by a responsible."""

from datetime import date
from typing import TYPE_CHECKING, Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from documents.models import Document
from people.domain.roles import Permission
from people.models import Organisation, Person, User
from roadmap.domain.capability_keys import LABELS
from roadmap.domain.duty_words import DUTY_LABELS
from roadmap.domain.plan import TermKind
from roadmap.domain.wording import KIND_LABELS

if TYPE_CHECKING:
    from people.access import Access


class RoadmapQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        """Plans of the organisation; those not confirmed yet only for who works on plans."""
        own = self.filter(organisation_id=access.organisation_id)
        return own if access.may(Permission.ROADMAP_EDIT) else own.filter(is_confirmed=True)

    def in_work_on(self, day: date) -> Self:
        """Confirmed plans whose period holds the day `day`."""
        return self.filter(is_confirmed=True, starts_on__lte=day, ends_on__gte=day)


@pghistory.track(exclude=["approvals", "doubts"])
class Roadmap(models.Model):
    """A plan over a period. It works from the moment it is confirmed; approval is by an order, here or on paper."""

    class Source(models.TextChoices):
        FILE = "file", "из документа"
        PATTERN = "pattern", "по образцу"
        COPY = "copy", "из прошлого года"
        HAND = "hand", "составлена вручную"
        DISTRICT = "district", "поручения округа"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="roadmaps")
    title = models.CharField("название", max_length=500)
    starts_on = models.DateField("действует с", null=True, blank=True)
    ends_on = models.DateField("по", null=True, blank=True)
    is_confirmed = models.BooleanField("в работе", default=False)
    source = models.CharField("откуда", max_length=10, choices=Source.choices, default=Source.HAND)
    source_name = models.CharField("файл или образец", max_length=200, blank=True)
    approvals = models.JSONField("утверждающие блоки", default=list, blank=True)
    doubts = models.JSONField("замечания чтения", default=list, blank=True)
    previous = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="following")
    changed_at = models.DateTimeField("изменена", null=True, blank=True)
    created_at = models.DateTimeField("создана")
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = RoadmapQuerySet.as_manager()

    class Meta:
        verbose_name = "дорожная карта"
        verbose_name_plural = "дорожные карты"
        constraints = [
            models.UniqueConstraint(fields=["id", "organisation"], name="roadmap_belongs_to_one_organisation"),
            models.CheckConstraint(
                condition=Q(is_confirmed=False) | Q(starts_on__isnull=False, ends_on__isnull=False),
                name="confirmed_roadmap_has_a_period",
                violation_error_message="Укажите, с какого и по какое число действует дорожная карта.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="roadmap_period_is_not_reversed",
                violation_error_message="Дорожная карта заканчивается раньше, чем начинается.",
            ),
            models.UniqueConstraint(
                fields=["organisation", "starts_on"],
                condition=Q(source="district"),
                name="one_roadmap_of_district_tasks_per_year",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "ends_on"], name="roadmaps_by_period")]

    def __str__(self) -> str:
        return self.title


class ApprovalQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        return self.filter(organisation_id=access.organisation_id)


class Approval(models.Model):
    """An order that approves a plan, or its next version: a draft at first, in force once it is signed."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="orders")
    document = models.OneToOneField(Document, models.CASCADE, related_name="+")

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = "утверждение дорожной карты"
        verbose_name_plural = "утверждения дорожных карт"

    def __str__(self) -> str:
        return f"{self.roadmap_id}: {self.document_id}"


class ScopedQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        """Rows of the organisation, of plans the asker may see."""
        own = self.filter(organisation_id=access.organisation_id)
        return own if access.may(Permission.ROADMAP_EDIT) else own.filter(roadmap__is_confirmed=True)


class Stage(models.Model):
    """A section of a plan, nested where the document nests it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="stages")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="parts")
    number = models.CharField("номер", max_length=20, blank=True)
    title = models.CharField("название", max_length=1000)
    task = models.TextField("задача", blank=True)
    result = models.TextField("результат", blank=True)
    position = models.PositiveIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "раздел"
        verbose_name_plural = "разделы"
        constraints = [
            models.UniqueConstraint(fields=["id", "roadmap"], name="stage_belongs_to_one_roadmap"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="stage_is_not_its_own_part"),
        ]

    def __str__(self) -> str:
        return self.title


class MeasureQuerySet(ScopedQuerySet):
    def handed_down_by(self, access: "Access") -> Self:
        """Copies, in the plans of schools, of the asker's own organisation's measures: for who watches a district."""
        if not access.may(Permission.DISTRICT_VIEW):
            return self.none()
        return self.filter(
            origin__organisation_id=access.organisation_id, organisation__parent_id=access.organisation_id
        )

    def in_order(self) -> Self:
        return self.order_by("position", "pk")


@pghistory.track()
class Measure(models.Model):
    """A line of a plan. A measure that an authority handed down names its `origin`."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="measures")
    stage = models.ForeignKey(Stage, models.PROTECT, null=True, blank=True, related_name="measures")
    origin = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="copies")
    number = models.CharField("номер", max_length=20, blank=True)
    title = models.TextField("мероприятие", max_length=4000)
    details = ArrayField(models.TextField(), default=list, blank=True, verbose_name="подробности")
    term_text = models.CharField("срок", max_length=500, blank=True)
    term_kind = models.CharField(
        max_length=20, choices=[(kind.value, label) for kind, label in KIND_LABELS.items()], default=TermKind.NONE
    )
    term_assumed = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    term_doubt = models.CharField(max_length=500, blank=True)
    is_dated_by_hand = models.BooleanField("даты исправлены", default=False)
    responsible = ArrayField(models.CharField(max_length=300), default=list, blank=True, verbose_name="ответственные")
    result = models.TextField("результат", blank=True)
    documents = models.JSONField("названные документы", default=list, blank=True)
    capabilities = ArrayField(
        models.CharField(max_length=3, choices=list(LABELS.items())),
        default=list,
        blank=True,
        verbose_name="чем выполняется",
    )
    position = models.PositiveIntegerField()

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = "мероприятие"
        verbose_name_plural = "мероприятия"
        constraints = [
            models.UniqueConstraint(fields=["id", "organisation"], name="measure_belongs_to_one_organisation"),
            models.UniqueConstraint(
                fields=["organisation", "origin"],
                condition=Q(origin__isnull=False),
                name="one_copy_of_a_measure_per_school",
            ),
            models.CheckConstraint(
                condition=~Q(title=""), name="measure_has_a_title", violation_error_message="Напишите мероприятие."
            ),
        ]
        indexes = [
            models.Index(fields=["roadmap", "position"], name="measures_in_order"),
            GinIndex(fields=["responsible"], name="measures_by_responsible"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def short_title(self) -> str:
        """The first words, for links and letters."""
        return self.title if len(self.title) <= 120 else self.title[:118].rsplit(" ", 1)[0] + "…"


class DutyQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        return self.filter(organisation_id=access.organisation_id)


class Duty(models.Model):
    """Whom a plan's words for a responsible mean in an organisation: a role, a bank, a person, or several of them."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    words = models.CharField("слова плана", max_length=300)
    role = models.CharField("роль", max_length=20, blank=True, choices=list(DUTY_LABELS.items()))
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="человек")

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = "ответственный"
        verbose_name_plural = "ответственные"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "words", "role", "person"],
                nulls_distinct=False,
                name="one_duty_per_words_and_person",
            ),
            models.CheckConstraint(
                condition=(Q(role="") & Q(person__isnull=False)) | (~Q(role="") & Q(person__isnull=True)),
                name="duty_is_of_a_role_or_a_person",
            ),
        ]

    def __str__(self) -> str:
        return self.words
