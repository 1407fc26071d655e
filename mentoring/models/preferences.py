"""Whom people would like to work with after they have met: ranks, and the private «лучше не»."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from people.domain.roles import Permission
from people.models import Organisation, Person

if TYPE_CHECKING:
    from people.access import Access


class PreferenceQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        """All of the organisation for who makes pairings, one's own otherwise: the chosen never see them."""
        own = self.filter(organisation_id=access.organisation_id)
        return own if access.may(Permission.PAIRINGS_EDIT) else own.filter(chooser_id=access.person_id)


class Preference(models.Model):
    """One choice of one person in a school year; without a rank it means «лучше не»."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("учебный год", help_text="the year its September is in")
    chooser = models.ForeignKey(Person, models.CASCADE, related_name="preferences", verbose_name="кто выбирает")
    chosen = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name="кого")
    is_mentor = models.BooleanField("выбирает наставник")
    rank = models.PositiveSmallIntegerField("место", null=True, blank=True)

    objects = PreferenceQuerySet.as_manager()

    class Meta:
        verbose_name = "предпочтение"
        verbose_name_plural = "предпочтения"
        constraints = [
            models.UniqueConstraint(
                fields=["year", "chooser", "is_mentor", "chosen"], name="one_preference_per_person_and_year"
            ),
            models.UniqueConstraint(fields=["year", "chooser", "is_mentor", "rank"], name="one_preference_per_rank"),
            models.CheckConstraint(condition=~Q(chooser=F("chosen")), name="nobody_prefers_themselves"),
            models.CheckConstraint(condition=Q(rank__isnull=True) | Q(rank__gte=1), name="ranks_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.chooser_id}: {self.chosen_id}"
