"""What the people of a proposed pair or group say to it, and the letters that ask them."""

from typing import TYPE_CHECKING, Self

import pghistory
from django.db import models
from django.db.models import Q

from mentoring.models.pairings import Pairing
from people.domain.roles import Permission
from people.models import Organisation, Person, User

if TYPE_CHECKING:
    from people.access import Access


class PairingReplyQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        """All of the organisation for who makes pairings, one's own otherwise."""
        own = self.filter(organisation_id=access.organisation_id)
        return own if access.may(Permission.PAIRINGS_EDIT) else own.filter(person_id=access.person_id)


@pghistory.track()
class PairingReply(models.Model):
    """One person's answer to a proposed pairing; the last one counts (domain reference 8.6: both consents)."""

    class Way(models.TextChoices):
        PORTAL = "portal", "в портале"
        PAPER = "paper", "куратору: на бумаге или лично"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    pairing = models.ForeignKey(Pairing, models.CASCADE, related_name="replies")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="кто ответил")
    is_willing = models.BooleanField("согласен")
    reason = models.CharField("почему нет", max_length=300, blank=True)
    way = models.CharField("как ответил", max_length=10, choices=Way.choices)
    replied_at = models.DateTimeField("когда")
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = PairingReplyQuerySet.as_manager()

    class Meta:
        verbose_name = "ответ на предложение пары"
        verbose_name_plural = "ответы на предложения пар"
        constraints = [
            models.UniqueConstraint(fields=["pairing", "person"], name="one_reply_per_person_and_pairing"),
            models.CheckConstraint(condition=Q(is_willing=False) | Q(reason=""), name="only_a_refusal_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.is_willing}"


class ProposalLetterQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        """Letters of the organisation, for who makes pairings."""
        own = self.filter(organisation_id=access.organisation_id)
        return own if access.may(Permission.PAIRINGS_EDIT) else own.none()


class ProposalLetter(models.Model):
    """That a person is told on a day, by e-mail, that proposals wait for their answer; one letter for all of them."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="кому")
    day = models.DateField("день")
    sent_at = models.DateTimeField("отправлено", null=True, blank=True)
    problem = models.CharField("почему не ушло", max_length=200, blank=True)

    objects = ProposalLetterQuerySet.as_manager()

    class Meta:
        verbose_name = "письмо о предложении пары"
        verbose_name_plural = "письма о предложениях пар"
        constraints = [
            models.UniqueConstraint(fields=["person", "day"], name="one_proposal_letter_a_day_per_person"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(problem=""), name="sent_proposal_letter_has_no_problem"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}, {self.day}"
