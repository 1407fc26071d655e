"""Consents and the versions of their text."""

from datetime import date
from typing import TYPE_CHECKING, Self

import pghistory
from django.db import models
from django.db.models import F, Q

from people.domain.consent import PURPOSE_LABELS
from people.domain.roles import Permission
from people.models.organisations import Organisation

if TYPE_CHECKING:
    from people.access import Access

PURPOSE_CHOICES = [(purpose.value, label) for purpose, label in PURPOSE_LABELS.items()]


class ConsentTextQuerySet(models.QuerySet):
    def current(self) -> Self:
        """The newest version of each purpose."""
        return self.order_by("purpose", "-version").distinct("purpose")


class ConsentText(models.Model):
    """One version of the wording of one purpose; never edited, only followed by the next version."""

    purpose = models.CharField("цель", max_length=15, choices=PURPOSE_CHOICES)
    version = models.PositiveSmallIntegerField("версия")
    title = models.CharField("заголовок", max_length=200)
    body = models.TextField("текст")
    issued_on = models.DateField("действует с")

    objects = ConsentTextQuerySet.as_manager()

    class Meta:
        verbose_name = "текст согласия"
        verbose_name_plural = "тексты согласий"
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "version"],
                name="one_consent_text_per_version",
                violation_error_message="Такая версия текста уже есть.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, версия {self.version}"


class ConsentQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        """All of the organisation for who records consents, one's own otherwise."""
        own = self.filter(organisation_id=access.organisation_id)
        if access.may(Permission.CONSENTS_RECORD):
            return own
        return own.filter(person_id=access.person_id)

    def in_force(self, on: date) -> Self:
        """Signed, not withdrawn, and not run out on the day `on`."""
        return self.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=on),
            Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on),
            state=Consent.State.SIGNED,
            signed_on__lte=on,
        )


@pghistory.track()
class Consent(models.Model):
    """One person's consent to one purpose; a mark in a spreadsheet is only a claim that it exists."""

    class State(models.TextChoices):
        CLAIMED = "claimed", "отмечено в таблице, бумаги нет"
        SIGNED = "signed", "подписано"
        WITHDRAWN = "withdrawn", "отозвано"
        EXPIRED = "expired", "срок истёк, дано новое"

    class Way(models.TextChoices):
        PAPER = "paper", "на бумаге"
        PORTAL = "portal", "в портале простой подписью"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="consents")
    purpose = models.CharField("цель", max_length=15, choices=PURPOSE_CHOICES)
    state = models.CharField("состояние", max_length=10, choices=State.choices)
    text = models.ForeignKey(ConsentText, models.PROTECT, null=True, blank=True, verbose_name="текст")
    way = models.CharField("как подписано", max_length=10, choices=Way.choices, blank=True)
    signer_name = models.CharField("кто подписал", max_length=320, blank=True)
    signer_relation = models.CharField(
        "кем приходится и по какому документу", max_length=200, blank=True, help_text="для законного представителя"
    )
    signed_on = models.DateField("подписано", null=True, blank=True)
    valid_until = models.DateField("действует по", null=True, blank=True)
    withdrawn_on = models.DateField("отозвано", null=True, blank=True)
    evidence = models.JSONField("обстоятельства подписания", default=dict, blank=True)
    recorded_at = models.DateTimeField("внесено")
    recorded_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = "согласие"
        verbose_name_plural = "согласия"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="claimed")
                | (Q(text__isnull=False, signed_on__isnull=False) & ~Q(signer_name="") & ~Q(way="")),
                name="signed_consent_has_text_signer_and_date",
                violation_error_message="У подписанного согласия есть текст, подписавший, способ и дата.",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_on__isnull=False)
                | (~Q(state="withdrawn") & Q(withdrawn_on__isnull=True)),
                name="withdrawn_consent_has_a_day",
                violation_error_message="День отзыва указывают у отозванного согласия, и только у него.",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("signed_on")),
                name="consent_period_is_not_reversed",
                violation_error_message="Срок согласия заканчивается раньше подписания.",
            ),
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=~Q(state__in=["withdrawn", "expired"]),
                name="one_open_consent_per_person_and_purpose",
                violation_error_message="Такое согласие уже есть.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_purpose_display()
