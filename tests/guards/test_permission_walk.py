"""Every page carries its permission or stands in the short list of public doors."""

from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from people.domain.roles import Permission
from tests.guards.conftest import School
from tests.guards.routes import POST_ONLY, addresses, inside_routes, routes

PUBLIC = {
    "account_change_password",
    "account_login",
    "account_logout",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_signup",
    "answer_form",
    "answer_save",
    "answer_send",
    "document_check",
    "feed_ics",
    "healthz",
    "home",
    "link_enter",
}


def test_pages_of_an_organisation_carry_a_permission() -> None:
    marks = {route.name: getattr(route.view, "permission", None) for route in inside_routes()}

    assert marks
    assert {name: mark for name, mark in marks.items() if not isinstance(mark, Permission)} == {}


def test_pages_outside_organisations_are_the_known_doors() -> None:
    outside = {route.name for route in routes() if not route.is_inside}

    assert {name for name in outside if not name.startswith("admin:")} == PUBLIC


def test_url_names_are_not_given_twice() -> None:
    names = [route.name for route in routes() if not route.name.startswith("admin:")]

    assert sorted(names) == sorted(set(names))


def test_admin_sends_a_stranger_to_its_own_login(client: Client) -> None:
    response = client.get(reverse("admin:index"))

    assert response.status_code == 302
    assert reverse(settings.LOGIN_URL) in response["Location"] or "/admin/login/" in response["Location"]


@pytest.mark.parametrize("method", ["get", "post"])
def test_anonymous_visitor_is_sent_to_login(client: Client, method: str) -> None:
    anything = {name: [1] for route in inside_routes() for name in route.arguments if name.endswith("_id")}
    words = {"bank": ["mentors"], "part": ["name"], "purpose": ["processing"], "file_format": ["pdf"]}
    words |= {"key": ["request"], "code": ["topic"], "index": [0], "text_id": [UUID(int=1)], "chart": ["means"]}
    words |= {"table_format": ["csv"], "export_format": ["json"], "seal": ["x"], "mentor": [1]}
    words |= {"questions": {"duty_edit": {"words": "директор"}}}
    login = reverse(settings.LOGIN_URL)

    answers = {
        route.name: getattr(client, method)(addresses(route, "licey", anything | words)[0]) for route in inside_routes()
    }

    assert answers
    let_in = {name for name, answer in answers.items() if not answer.get("Location", "").startswith(f"{login}?next=")}
    assert let_in == set()


def test_pages_pressed_by_a_button_lead_whoever_comes_by_address_to_the_page_above(full_school: School) -> None:
    client = full_school.member.client
    answers = {
        route.name: client.get(addresses(route, full_school.slug, full_school.known)[0])
        for route in inside_routes()
        if getattr(route.view, "is_post_only", False) or route.name in POST_ONLY
    }

    assert set(answers) == POST_ONLY
    assert {answer.status_code for answer in answers.values()} == {302}
    assert {client.get(answer["Location"]).status_code for answer in answers.values()} == {200}
