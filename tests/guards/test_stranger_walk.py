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
FORMS = [
    "link_sheet",
    "order_draft",
    "profile_add",
    "pair_propose",
    "head_appoint",
    "member_list",
    "pair_replace",
    "order_edit",
    "act_edit",
    "duty_edit",
    "measure_add",
    "measure_edit",
    "measure_hand_down",
    "occurrence_mark",
    "roadmap_approve",
    "roadmap_mark",
    "stage_add",
    "stage_edit",
]


def asked(persona: Persona, route: Route, address: str) -> HttpResponse:
    return getattr(persona.client, route.method)(address)


@pytest.mark.parametrize("route", INSIDE)
def test_stranger_finds_nothing_of_the_school(
    full_school: School, other_school: Organisation, stranger_as: Callable[[Role], Persona], route: Route
) -> None:
    everybody = every_role(other_school, surname="Чужакова")
    strangers = [everybody, stranger_as(Role.CURATOR), stranger_as(Role.DIRECTOR)]
    theirs = addresses(route, full_school.slug, full_school.known)
    own = addresses(route, other_school.slug, full_school.known)
    before = everything_stored()

    under_their_address = [asked(stranger, route, theirs[0]) for stranger in strangers]
    under_own_address = [asked(everybody, route, address) for address in own]
    by_roles = {stranger: asked(stranger, route, own[0]) for stranger in strangers[1:]}

    answers = [*under_their_address, *under_own_address, *by_roles.values()]
    assert not any(MARKER in text_of(answer) for answer in answers)
    assert {answer.status_code for answer in under_their_address} == {404}
    if route.names_rows:
        assert {answer.status_code for answer in under_own_address} == {404}
        for stranger, answer in by_roles.items():
            assert answer.status_code == (404 if stranger.access.may(route.view.permission) else 403)
        assert everything_stored() == before
    assert any(asked(full_school.member, route, address).status_code != 404 for address in theirs), (
        "the page is not there for its own school either, so the stranger's 404 proves nothing"
    )


def foreign_numbers(school: School) -> dict[str, object]:
    """What a form could be made to send: the school's rows under every name that a field has."""
    days = {name: "2026-11-20" for name in ("first_day", "entered_on", "since", "happened_on")} | {
        "last_day": "2027-05-01"
    }
    words = {"heading": "О чём", "preamble": "Зачем", "points": "Что", "title": "Директор", "login": "novyi"}
    return {
        "person": school.unbanked.pk,
        "mentor": school.member.person.pk,
        "mentees": [school.known["person_id"][1]],
        "named": school.known["person_id"],
        "pairing": school.known["pairing_id"],
        "journal": school.known["journal_id"][0],
        "form": "teacher_teacher",
        "kind": "traditional",
        "role": "curator",
        "stage": school.known["stage_id"][0],
        "parent": school.known["stage_id"][0],
        "measures": school.known["measure_id"],
        "occurrences": school.known["occurrence_id"],
        "document": school.known["document_id"][0],
        "persons": school.known["person_id"],
        "schools": school.known["school_id"],
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
