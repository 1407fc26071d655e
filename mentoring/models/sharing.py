"""Mentors of other organisations: asking their curator, and the answer."""

from typing import TYPE_CHECKING, Self

import pghistory
from django.db import models
from django.db.models import F, Q

from people.domain.roles import Permission
from people.models import Organisation, Person, User

if TYPE_CHECKING:
    from people.access import Access


class SharingRequestQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        """Those one's organisation asks, and those it is asked; for who puts people together."""
        either = self.filter(Q(organisation_id=access.organisation_id) | Q(owner_id=access.organisation_id))
        return either if access.may(Permission.PAIRINGS_EDIT) else either.none()

    def open(self) -> Self:
        return self.filter(state=SharingRequest.State.ASKED)


@pghistory.track()
class SharingRequest(models.Model):
    """A school asks the curator of another for one of its mentors, who has consented to be shown outside.

    It names no mentee: only what help is wanted. Once agreed to, the mentor becomes an outside participant of the
    asking organisation (`guest`), where consents are asked anew.
    """

    class State(models.TextChoices):
        ASKED = "asked", "ждёт ответа"
        AGREED = "agreed", "согласовано"
        REFUSED = "refused", "отказано"
        WITHDRAWN = "withdrawn", "просьба отозвана"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="кто просит")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="у кого")
    mentor = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="наставник")
    topics = models.CharField("с чем помочь", max_length=500)
    state = models.CharField("состояние", max_length=10, choices=State.choices, default=State.ASKED)
    answer = models.CharField("ответ", max_length=300, blank=True)
    guest = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="внешний участник"
    )
    asked_at = models.DateTimeField("когда просили")
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField("когда ответили", null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = SharingRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "просьба о наставнике"
        verbose_name_plural = "просьбы о наставниках"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "mentor"],
                condition=Q(state__in=["asked", "agreed"]),
                name="one_standing_request_per_mentor",
                violation_error_message="Об этом наставнике уже попросили.",
            ),
            models.CheckConstraint(condition=~Q(organisation=F("owner")), name="one_asks_another_organisation"),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "withdrawn"], answered_at__isnull=True)
                | Q(state__in=["agreed", "refused"], answered_at__isnull=False),
                name="sharing_request_is_answered_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="agreed", guest__isnull=False) | (~Q(state="agreed") & Q(guest__isnull=True)),
                name="agreed_sharing_brings_a_guest",
            ),
        ]

    def __str__(self) -> str:
        return f"просьба {self.pk}"
