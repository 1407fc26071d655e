"""`Access`: what its roles allow, what a personal link leaves of them, and which day it is where the school stands."""

from dataclasses import FrozenInstanceError, replace
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from people.access import Access
from people.domain.roles import Permission, Role
from people.models import Organisation

AT = datetime(2026, 11, 20, 21, 30, tzinfo=UTC)


def access(*roles: Role, time_zone: str = "Europe/Moscow", via_link: bool = False) -> Access:
    organisation = Organisation(pk=1, slug="licey", time_zone=time_zone)
    return Access(user_id=1, organisation=organisation, roles=frozenset(roles), person_id=1, at=AT, via_link=via_link)


def test_access_may_what_its_role_allows() -> None:
    asked = access(Role.CURATOR)

    assert asked.may(Permission.BANKS_EDIT)
    assert not asked.may(Permission.DOCUMENTS_SIGN)


def test_access_check_raises_without_the_permission() -> None:
    with pytest.raises(PermissionDenied):
        access(Role.PARTICIPANT).check(Permission.PEOPLE_VIEW)


def test_access_check_passes_with_the_permission() -> None:
    assert access(Role.PARTICIPANT).check(Permission.OWN_PAGES) is None


@pytest.mark.parametrize("role", Role)
def test_access_by_link_opens_own_pages_whatever_the_role(role: Role) -> None:
    assert access(role, via_link=True).permissions == {Permission.OWN_PAGES}


@pytest.mark.parametrize(
    ("time_zone", "today"),
    [
        ("Europe/Kaliningrad", date(2026, 11, 20)),
        ("Europe/Moscow", date(2026, 11, 21)),
        ("Asia/Vladivostok", date(2026, 11, 21)),
        ("America/New_York", date(2026, 11, 20)),
    ],
)
def test_today_is_the_day_where_the_organisation_is(time_zone: str, today: date) -> None:
    assert access(time_zone=time_zone).today == today


def test_access_cannot_be_changed_once_made() -> None:
    asked = access(Role.PARTICIPANT)

    with pytest.raises(FrozenInstanceError):
        asked.roles = frozenset(Role)

    assert replace(asked, person_id=2).person_id == 2
