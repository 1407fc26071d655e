"""Nobody of another school reaches anything of a school, neither under its address nor by its numbers."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse

from people.domain.roles import Role
from people.models import Organisation
from tests.conftest import Persona
from tests.guards.conftest import MARKER, School, every_role, everything_stored, furnished, text_of
from tests.guards.routes import Route, addresses, inside_routes

INSIDE = [pytest.param(route, id=route.name) for route in inside_routes()]
NAMING_ROWS = [pytest.param(route, id=route.name) for route in inside_routes() if route.names_rows]
WITHOUT_ROWS = [pytest.param(route, id=route.name) for route in inside_routes() if not route.names_rows]


@pytest.fixture
def strangers(stranger_as: Callable[[Role], Persona], other_school: Organisation) -> list[Persona]:
    """A curator, a director and somebody with every role, all of another school."""
    return [stranger_as(Role.CURATOR), stranger_as(Role.DIRECTOR), every_role(other_school, surname="Чужакова")]


def asked(persona: Persona, route: Route, address: str) -> HttpResponse:
    return getattr(persona.client, route.method)(address)


@pytest.mark.parametrize("route", INSIDE)
def test_member_reaches_what_strangers_do_not(full_school: School, route: Route) -> None:
    found = [
        address
        for address in addresses(route, full_school.slug, full_school.known)
        if asked(full_school.member, route, address).status_code != 404
    ]

    assert found, f"{route.name}: the walk below would prove nothing, for this page is not there for its own school"


@pytest.mark.parametrize("route", INSIDE)
def test_stranger_finds_nothing_under_the_schools_address(
    full_school: School, strangers: list[Persona], route: Route
) -> None:
    before = everything_stored()

    answers = [
        asked(stranger, route, address)
        for address in addresses(route, full_school.slug, full_school.known)
        for stranger in strangers
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert not any(MARKER in text_of(answer) for answer in answers)
    assert everything_stored() == before


@pytest.mark.parametrize("route", NAMING_ROWS)
def test_stranger_finds_nothing_by_the_schools_numbers(
    full_school: School, strangers: list[Persona], route: Route
) -> None:
    before = everything_stored()

    for stranger in strangers:
        expected = 404 if stranger.access.may(route.view.permission) else 403
        for address in addresses(route, stranger.organisation.slug, full_school.known):
            answer = asked(stranger, route, address)

            assert answer.status_code == expected
            assert MARKER not in text_of(answer)
    assert everything_stored() == before


@pytest.mark.parametrize("route", WITHOUT_ROWS)
def test_strangers_own_pages_show_nothing_of_the_school(
    full_school: School, strangers: list[Persona], route: Route
) -> None:
    for stranger in strangers:
        for address in addresses(route, stranger.organisation.slug, full_school.known):
            assert MARKER not in text_of(asked(stranger, route, address))


FORMS = ["link_sheet", "order_draft", "profile_add", "pair_propose", "head_appoint", "pair_replace", "order_edit"]


def foreign_numbers(school: School) -> dict[str, object]:
    """What a form could be made to send: the school's rows under every name that a field has."""
    days = {name: "2026-11-20" for name in ("first_day", "entered_on", "since")} | {"last_day": "2027-05-01"}
    words = {"heading": "О чём", "preamble": "Зачем", "points": "Что", "title": "Директор"}
    return {
        "person": school.unbanked.pk,
        "mentor": school.member.person.pk,
        "mentees": [school.known["person_id"][1]],
        "pairing": school.known["pairing_id"],
        "journal": school.known["journal_id"][0],
        "form": "teacher_teacher",
        "kind": "traditional",
        **days,
        **words,
    }


@pytest.mark.parametrize("name", FORMS)
def test_stranger_gets_nothing_by_the_schools_numbers_in_a_form(
    full_school: School, other_school: Organisation, name: str
) -> None:
    stranger = furnished(other_school, "Чужаков")
    (route,) = (route for route in inside_routes() if route.name == name)
    address = addresses(route, stranger.slug, stranger.known)[0]
    before = everything_stored()

    answer = stranger.member.client.post(address, foreign_numbers(full_school))

    assert answer.status_code == 200
    assert MARKER not in text_of(answer)
    assert everything_stored() == before
