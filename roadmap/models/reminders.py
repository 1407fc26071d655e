"""Reminders: one digest a day per person, what the authority asks a school about, calendar feeds."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from people.models import Organisation, User
from roadmap.models.plans import Measure, Roadmap

if TYPE_CHECKING:
    from people.access import Access


class OwnQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        """The asker's own rows in the organisation."""
        return self.filter(organisation_id=access.organisation_id, user_id=access.user_id)


class ReminderDay(models.Model):
    """Up to which day an organisation's reminders are made; the row is locked while they are."""

    organisation = models.OneToOneField(Organisation, models.CASCADE, primary_key=True, related_name="+")
    last_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.last_on}"


class Digest(models.Model):
    """What one person is reminded of on one day, in one letter."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    day = models.DateField("день")
    text = models.TextField("текст")
    sent_at = models.DateTimeField("отправлено", null=True, blank=True)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = "напоминание"
        verbose_name_plural = "напоминания"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user", "day"], name="one_digest_a_day_per_person"),
        ]
        indexes = [models.Index(fields=["day"], condition=Q(sent_at__isnull=True), name="digests_to_send")]

    def __str__(self) -> str:
        return f"{self.user_id}, {self.day}"


class SchoolScopedQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        return self.filter(organisation_id=access.organisation_id)


class DistrictReminder(models.Model):
    """That the authority reminded a school of a measure it handed down; `organisation` is the school."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="district_reminders")
    day = models.DateField("день")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = SchoolScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "напоминание округа"
        verbose_name_plural = "напоминания округа"
        constraints = [
            models.UniqueConstraint(fields=["measure", "day"], name="one_district_reminder_a_day_per_measure"),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id}, {self.day}"


class Feed(models.Model):
    """A calendar subscription without login: of a person's own measures, or of a whole plan.

    Its address carries this row's number, signed; no names of people stand in it.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    roadmap = models.ForeignKey(Roadmap, models.CASCADE, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField("выдана")
    revoked_at = models.DateTimeField("отозвана", null=True, blank=True)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = "подписка на календарь"
        verbose_name_plural = "подписки на календарь"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user", "roadmap"],
                condition=Q(revoked_at__isnull=True),
                nulls_distinct=False,
                name="one_open_feed_per_person_and_plan",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.roadmap_id or 'свои'}"
