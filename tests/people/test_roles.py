"""Roles, read as a table: a row is a permission, a column a role."""

import pytest

from people.domain.roles import ROLE_LABELS, ROLE_PERMISSIONS, Permission, Role, permissions_of

COLUMNS = [
    Role.DIRECTOR,
    Role.ACTING_DIRECTOR,
    Role.CURATOR,
    Role.PSYCHOLOGIST,
    Role.METHODOLOGIST,
    Role.HR_OFFICER,
    Role.SITE_EDITOR,
    Role.PARTICIPANT,
    Role.DISTRICT_CURATOR,
    Role.OBSERVER,
]

TABLE = """
                    dir act cur psy met hr  sit par dis obs
own_pages            +   +   +   +   +   +   +   +   +   +
people_view          +   +   +   +   +   +   .   .   .   .
people_edit          .   .   +   .   .   +   .   .   .   .
consents_record      .   .   +   .   .   +   .   .   .   .
links_issue          .   .   +   .   .   .   .   .   .   .
organisation_edit    +   +   +   .   .   .   .   .   .   .
banks_view           +   +   +   +   +   .   .   .   .   .
banks_edit           .   .   +   .   .   .   .   .   .   .
pairings_view        +   +   +   +   +   .   .   .   .   .
pairings_edit        .   .   +   .   .   .   .   .   .   .
documents_view       +   +   +   .   .   +   .   .   +   .
documents_draft      .   .   +   .   .   .   .   .   +   .
documents_agree      +   +   .   .   .   +   .   .   .   .
documents_sign       +   +   .   .   .   .   .   .   .   .
roadmap_view         +   +   +   +   +   +   +   .   +   +
roadmap_mark         +   +   +   +   +   +   +   .   +   .
roadmap_edit         .   .   +   .   .   .   .   .   +   .
surveys_view         +   +   +   +   +   .   .   .   .   .
surveys_edit         .   .   +   .   .   .   .   .   .   .
statements_read      .   .   +   +   .   .   .   .   .   .
events_view          +   +   +   +   +   .   .   .   .   .
events_edit          .   .   +   .   .   .   .   .   .   .
district_view        .   .   .   .   .   .   .   .   +   +
district_edit        .   .   .   .   .   .   .   .   +   .
"""

ROWS = {line.split()[0]: line.split()[1:] for line in TABLE.strip().splitlines()[1:]}


@pytest.mark.parametrize("permission", Permission)
def test_permission_is_held_by_the_roles_of_its_row(permission: Permission) -> None:
    expected = {role for role, mark in zip(COLUMNS, ROWS[permission], strict=True) if mark == "+"}

    assert {role for role in Role if permission in ROLE_PERMISSIONS[role]} == expected


def test_table_has_every_permission_and_role() -> None:
    assert list(ROWS) == [permission.value for permission in Permission]
    assert sorted(COLUMNS) == sorted(Role)
    assert set(ROLE_LABELS) == set(ROLE_PERMISSIONS) == set(Role)


def test_several_roles_add_up() -> None:
    both = permissions_of(frozenset({Role.CURATOR, Role.DIRECTOR}))

    assert both == ROLE_PERMISSIONS[Role.CURATOR] | ROLE_PERMISSIONS[Role.DIRECTOR]


def test_no_role_allows_nothing() -> None:
    assert permissions_of(frozenset()) == frozenset()


def test_nobody_both_drafts_and_signs_by_one_role() -> None:
    both = {Permission.DOCUMENTS_DRAFT, Permission.DOCUMENTS_SIGN}

    assert [role for role in Role if both <= ROLE_PERMISSIONS[role]] == []


def test_who_sees_the_district_sees_no_persons() -> None:
    persons = {Permission.PEOPLE_VIEW, Permission.BANKS_VIEW, Permission.PAIRINGS_VIEW}
    district = [role for role in Role if Permission.DISTRICT_VIEW in ROLE_PERMISSIONS[role]]

    assert district
    assert [role for role in district if persons & ROLE_PERMISSIONS[role]] == []
