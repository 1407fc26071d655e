"""Accounts, memberships and personal links."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

import pghistory
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q

from people.domain.roles import ROLE_LABELS, Permission
from people.models.organisations import Organisation

if TYPE_CHECKING:
    from people.access import Access


class User(AbstractUser):
    """An account: how somebody comes in. Who they are in an organisation is said by memberships."""

    class Meta:
        verbose_name = "учётная запись"
        verbose_name_plural = "учётные записи"


class MembershipQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        return self.filter(organisation_id=access.organisation_id)


@pghistory.track()
class Membership(models.Model):
    """A user's role in an organisation and, where they are one of its people, which."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name="учётная запись")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField("роль", max_length=20, choices=[(role.value, label) for role, label in ROLE_LABELS.items()])
    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name="человек"
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "роль в организации"
        verbose_name_plural = "роли в организациях"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                name="one_membership_per_role",
                violation_error_message="Эта роль у человека уже есть.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_role_display()


class PersonalLinkQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        own = self.filter(organisation_id=access.organisation_id)
        return own if access.may(Permission.LINKS_ISSUE) else own.none()

    def usable(self, at: datetime) -> Self:
        """Neither revoked nor expired at the moment `at`, and of a person who is still there."""
        there = Q(person__left_on__isnull=True) | Q(person__left_on__gt=at.date())
        return self.filter(there, revoked_at__isnull=True, expires_at__gt=at)


@pghistory.track()
class PersonalLink(models.Model):
    """A way in without a password, to one person's own pages. Its token is this row's number, signed."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="personal_links")
    issued_at = models.DateTimeField("выдана")
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField("действует до")
    revoked_at = models.DateTimeField("отозвана", null=True, blank=True)
    last_used_at = models.DateTimeField("последний вход", null=True, blank=True)

    objects = PersonalLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "личная ссылка"
        verbose_name_plural = "личные ссылки"
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(revoked_at__isnull=True), name="one_open_link_per_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"
