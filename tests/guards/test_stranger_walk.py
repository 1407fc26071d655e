"""Nobody of another school reaches anything of a school, neither under its address nor by its numbers.

Both schools are furnished once; each page is walked in a savepoint of its own, so that no button spoils the next page.
"""

from copy import deepcopy
from dataclasses import dataclass, replace

import pytest
from django.http import HttpResponse
from django.test import Client

from mentoring.models import MatchingRun
from mentoring.queries.matching_board import Board
from mentoring.queries.matching_decisions import fingerprint
from people.domain.roles import Role
from people.models import Organisation
from tests.conftest import Persona, make_persona
from tests.factories import OrganisationFactory
from tests.guards.conftest import MARKER, School, everything_stored, furnished, text_of
from tests.guards.routes import Route, addresses, inside_routes

INSIDE = [pytest.param(route, id=route.name) for route in inside_routes()]
FORMS = [
    "ban_add",
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
    "event_invite",
    "measure_add",
    "measure_edit",
    "measure_hand_down",
    "occurrence_mark",
    "roadmap_approve",
    "roadmap_mark",
    "run_accept",
    "stage_add",
    "stage_edit",
    "statement_ask",
    "wave_edit",
    "wave_new",
    "wave_paper",
]


@dataclass(frozen=True)
class Neighbours:
    """A school whose every text bears the marker, and another with its own rows and the people who try to look."""

    school: School
    other: School
    curator: Persona
    director: Persona


@pytest.fixture(scope="module")
def furnished_once(one_transaction: None) -> Neighbours:
    district = OrganisationFactory(kind=Organisation.Kind.AUTHORITY, slug="okrug")
    school, other = (OrganisationFactory(parent=district, slug=slug) for slug in ("licey", "chuzhaya"))
    curator, director = (make_persona(role, other, surname="Чужакова") for role in (Role.CURATOR, Role.DIRECTOR))
    return Neighbours(furnished(school, MARKER), furnished(other, "Чужаков"), curator, director)


@pytest.fixture
def neighbours(furnished_once: Neighbours, db: None) -> Neighbours:
    """The same rows, and browsers that have seen no page yet."""
    each = furnished_once
    school, other = (replace(school, member=_unused(school.member)) for school in (each.school, each.other))
    return Neighbours(school, other, curator=_unused(each.curator), director=_unused(each.director))


def _unused(persona: Persona) -> Persona:
    client = Client()
    client.cookies = deepcopy(persona.client.cookies)
    return replace(persona, client=client)


def asked(persona: Persona, route: Route, address: str) -> HttpResponse:
    return getattr(persona.client, route.method)(address)


@pytest.mark.parametrize("route", INSIDE)
def test_stranger_finds_nothing_of_the_school(neighbours: Neighbours, route: Route) -> None:
    school, everybody = neighbours.school, neighbours.other.member
    strangers = [everybody, neighbours.curator, neighbours.director]
    theirs = addresses(route, school.slug, school.known)
    own = addresses(route, neighbours.other.slug, school.known)
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
    assert any(asked(school.member, route, address).status_code != 404 for address in theirs), (
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


def foreign_wave(school: School) -> dict[str, object]:
    """A wave that would be taken, but for those it asks, the wave it is compared with and the reader of its words."""
    return {
        "title": "Довольны ли вы",
        "persons": school.known["person_id"],
        "left_out": school.known["person_id"],
        "standing": "",
        "opens_on": "2026-11-20",
        "closes_on": "2126-11-20",
        "naming": "nameless",
        "stage": "exit",
        "entry": school.known["wave_id"][3],
        "reader": school.member.user.pk,
    }


def foreign_pairs(school: School, stranger: School) -> dict[str, object]:
    """Proposals of the stranger's own board, but for the people of the school."""
    run = MatchingRun.objects.visible_to(stranger.member.access).get(pk=stranger.known["run_id"][0])
    return {"mentee": school.known["person_id"], "seen": fingerprint(Board(stranger.member.access, run).solution)}


def own_words(school: School, stranger: School, name: str) -> dict[str, object]:
    """What a form asks for by names that mean something else in other forms."""
    if name in ("wave_new", "wave_edit"):
        return foreign_wave(school)
    if name == "ban_add":
        return {"mentee": school.known["person_id"][1], "ground": "relatives"}
    if name == "run_accept":
        return foreign_pairs(school, stranger)
    if name == "statement_ask":
        return {"informant": school.known["person_id"][0], "relation": "классный руководитель"}
    if name == "wave_paper":
        return {"invitation": school.known["invitation_id"][0], "a.scale": "7"}
    return {}


def page_of_form(member: Persona, route: Route, found: list[str]) -> str:
    """The address at which the form is there: some rows are past it."""
    return next(each for each in found if route.method == "post" or member.client.get(each).status_code == 200)


@pytest.mark.parametrize("name", FORMS)
def test_stranger_gets_nothing_by_the_schools_numbers_in_a_form(neighbours: Neighbours, name: str) -> None:
    stranger = neighbours.other
    (route,) = (route for route in inside_routes() if route.name == name)
    address = page_of_form(stranger.member, route, addresses(route, stranger.slug, stranger.known))
    numbers = foreign_numbers(neighbours.school) | own_words(neighbours.school, stranger, name)
    before = everything_stored()

    answer = stranger.member.client.post(address, numbers)

    assert answer.status_code == 200
    assert MARKER not in text_of(answer)
    assert everything_stored() == before
