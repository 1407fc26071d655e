"""Who must not be put together, whatever the points: bans, relatives, the superior who assesses."""

from typing import TYPE_CHECKING, Self

import pghistory
from django.db import models
from django.db.models import F, Q

from people.domain.roles import Permission
from people.models import Organisation, Person, User

if TYPE_CHECKING:
    from people.access import Access


class PairBanQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        """Rows of the organisation for who puts people together; those named never see them."""
        own = self.filter(organisation_id=access.organisation_id)
        return own if access.may(Permission.PAIRINGS_EDIT) else own.none()

    def standing(self) -> Self:
        """Those that nobody has lifted."""
        return self.filter(lifted_at__isnull=True)


@pghistory.track()
class PairBan(models.Model):
    """A mentor who must not be given to a mentee, and why (hard rules of domain reference 8.5)."""

    class Ground(models.TextChoices):
        CURATOR = "curator", "решение куратора"
        SUPERIOR = "superior", "руководитель, который оценивает"
        RELATIVES = "relatives", "родственники"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    mentor = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="наставник")
    mentee = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="наставляемый")
    ground = models.CharField("основание", max_length=10, choices=Ground.choices)
    reason = models.CharField("причина", max_length=300, blank=True)
    made_at = models.DateTimeField("когда")
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField("снят", null=True, blank=True)

    objects = PairBanQuerySet.as_manager()

    class Meta:
        verbose_name = "запрет пары"
        verbose_name_plural = "запреты пар"
        constraints = [
            models.UniqueConstraint(
                fields=["mentor", "mentee", "ground"],
                condition=Q(lifted_at__isnull=True),
                name="one_standing_ban_per_pair_and_ground",
                violation_error_message="Такой запрет уже есть.",
            ),
            models.CheckConstraint(condition=~Q(mentor=F("mentee")), name="nobody_is_banned_from_themselves"),
            models.CheckConstraint(
                condition=~Q(ground="curator") | ~Q(reason=""),
                name="ban_by_the_curator_has_a_reason",
                violation_error_message="Напишите причину запрета.",
            ),
        ]

    def __str__(self) -> str:
        return f"запрет {self.mentor_id}: {self.mentee_id}"
