"""Questionnaires of an organisation and their versions; one that people answer by never changes (migration 0002)."""

from typing import TYPE_CHECKING, Self

import pghistory
from django.db import models
from django.db.models import Q

from people.models import Organisation, User
from surveys.domain import questionnaire as domain
from surveys.domain.questionnaire import PURPOSE_LABELS, SIDE_LABELS, Side

if TYPE_CHECKING:
    from people.access import Access

SIDES = [(side.value, label) for side, label in SIDE_LABELS.items() if side != Side.NONE]


class ScopedQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        return self.filter(organisation_id=access.organisation_id)


@pghistory.track()
class Questionnaire(models.Model):
    """What is asked, over all its versions; `title` is the newest version's. `origin` is its key in the library."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    title = models.CharField("название", max_length=200)
    purpose = models.CharField(
        "для чего", max_length=20, choices=[(purpose.value, label) for purpose, label in PURPOSE_LABELS.items()]
    )
    side = models.CharField("кто отвечает", max_length=10, choices=SIDES, blank=True)
    origin = models.CharField("из библиотеки", max_length=60, blank=True)
    origin_version = models.PositiveSmallIntegerField("версия в библиотеке", null=True, blank=True)
    created_at = models.DateTimeField("создана")
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    archived_at = models.DateTimeField("убрана в архив", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "анкета"
        verbose_name_plural = "анкеты"
        constraints = [
            models.UniqueConstraint(fields=["id", "organisation"], name="questionnaire_belongs_to_one_organisation"),
        ]

    def __str__(self) -> str:
        return self.title


class Version(models.Model):
    """One wording of a questionnaire; `revision` counts its edits, so that nobody writes over another's unseen."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("версия", default=1)
    content = models.JSONField("что спрашивается")
    revision = models.PositiveIntegerField(default=1)
    frozen_at = models.DateTimeField("больше не меняется с", null=True, blank=True)
    made_at = models.DateTimeField("создана")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "версия анкеты"
        verbose_name_plural = "версии анкет"
        constraints = [
            models.UniqueConstraint(fields=["id", "organisation"], name="version_belongs_to_one_organisation"),
            models.UniqueConstraint(fields=["questionnaire", "number"], name="one_version_per_number"),
            models.UniqueConstraint(
                fields=["questionnaire"], condition=Q(frozen_at__isnull=True), name="one_version_in_work"
            ),
        ]

    def __str__(self) -> str:
        return f"версия {self.number}"

    def asked(self) -> domain.Questionnaire:
        """The version as the formulas know it."""
        return domain.Questionnaire.from_json(self.content)
