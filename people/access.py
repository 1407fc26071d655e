"""`Access`: who is asking, for which organisation, and when; made once per request, passed as an argument."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied

from people.domain.roles import Permission, Role, permissions_of
from people.models import Organisation


@dataclass(frozen=True, slots=True)
class Access:
    """The asking user, their roles in one organisation, and the moment of asking.

    `at` is an aware moment: operations take their dates from here instead of reading the clock.
    `via_link` means the person came by a personal link: only their own pages are open, whatever their roles.
    """

    user_id: int
    organisation: Organisation
    roles: frozenset[Role]
    person_id: int | None
    at: datetime
    via_link: bool = False
    has_other_organisations: bool = False

    @property
    def organisation_id(self) -> int:
        return self.organisation.pk

    @property
    def today(self) -> date:
        """Today where the organisation is."""
        return self.at.astimezone(ZoneInfo(self.organisation.time_zone)).date()

    @property
    def permissions(self) -> frozenset[Permission]:
        if self.via_link:
            return frozenset({Permission.OWN_PAGES})
        return permissions_of(self.roles)

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    def check(self, permission: Permission) -> None:
        """Raise PermissionDenied unless `permission` is held."""
        if not self.may(permission):
            raise PermissionDenied(permission)
