"""Who may read the free words of a wave."""

from django.db.models import QuerySet

from people.access import Access
from people.domain.roles import Permission, Role
from people.models import Membership, User
from surveys.models import Wave

READER_ROLES = (Role.CURATOR,)
"""Roles that run waves, and so may read the words of one."""


def possible_readers(access: Access) -> QuerySet[User]:
    """The accounts that may read the words of a wave of this organisation, oldest first."""
    access.check(Permission.SURVEYS_EDIT)
    members = Membership.objects.visible_to(access).filter(role__in=READER_ROLES).values("user_id")
    return User.objects.filter(pk__in=members).order_by("pk")  # unscoped: narrowed above


def next_readers(access: Access, wave: Wave) -> QuerySet[User]:
    """To whom the asker may hand over the reading of a wave.

    Nobody unless they read it themselves; whose reader is a curator here no longer may be taken over by any of them.
    """
    readers = possible_readers(access)
    if wave.reader_id != access.user_id and readers.filter(pk=wave.reader_id).exists():
        return readers.none()
    return readers.exclude(pk=wave.reader_id)
