"""The gate: who comes in, what a link opens, when it closes, and what the refused read."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.domain.roles import Role
from people.models import Membership, Organisation, PersonalLink
from people.operations.links import issue_links, revoke_link
from people.queries.links import token_of
from tests.conftest import Persona
from tests.factories import MembershipFactory, PersonFactory


@pytest.fixture
def link(curator: Persona, mentor: Persona) -> PersonalLink:
    """The mentor's personal link."""
    (issued,) = issue_links(curator.access, person_ids=[mentor.person.pk])
    return issued


@pytest.fixture
def by_link(client: Client, link: PersonalLink) -> Client:
    """A browser that came in by the mentor's link."""
    client.post(reverse("link_enter", args=[token_of(link)]))
    return client


def own_page(organisation: Organisation) -> str:
    return reverse("my_page", args=[organisation.slug])


def test_member_comes_in(mentor: Persona) -> None:
    response = mentor.client.get(own_page(mentor.organisation))

    assert response.status_code == 200
    assert "Котова Марина Сергеевна" in response.content.decode()


def test_non_member_gets_404_like_an_unknown_address(mentor: Persona, other_school: Organisation) -> None:
    foreign = mentor.client.get(own_page(other_school))
    unknown = mentor.client.get("/o/net-takoi/my/")

    assert (foreign.status_code, unknown.status_code) == (404, 404)
    assert foreign.content == unknown.content


def test_role_taken_away_ends_access_with_the_next_request(mentor: Persona) -> None:
    Membership.objects.filter(user=mentor.user).delete()

    assert mentor.client.get(own_page(mentor.organisation)).status_code == 404


def test_member_without_the_permission_reads_403_in_russian(mentor: Persona) -> None:
    response = mentor.client.get(reverse("mentor_list", args=[mentor.organisation.slug]))

    assert response.status_code == 403
    assert "Эта страница для другой роли" in response.content.decode()


def test_form_without_a_token_is_refused_in_russian_with_a_way_on(curator: Persona) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(curator.user, backend="allauth.account.auth_backends.AuthenticationBackend")

    response = browser.post(reverse("link_sheet", args=[curator.organisation.slug]))

    page = response.content.decode()
    assert response.status_code == 403
    assert ("Страница устарела" in page, "На первую страницу" in page) == (True, True)


def test_roles_of_one_school_do_not_count_in_another(curator: Persona, other_school: Organisation) -> None:
    MembershipFactory(user=curator.user, organisation=other_school, role=Role.PARTICIPANT)

    response = curator.client.get(reverse("mentor_list", args=[other_school.slug]))

    assert response.status_code == 403


def test_several_roles_in_one_school_add_up(mentor: Persona) -> None:
    MembershipFactory(user=mentor.user, organisation=mentor.organisation, role=Role.CURATOR, person=mentor.person)

    response = mentor.client.get(reverse("mentor_list", args=[mentor.organisation.slug]))

    assert response.status_code == 200


def test_link_opens_own_pages(by_link: Client, mentor: Persona) -> None:
    response = by_link.get(own_page(mentor.organisation))

    assert response.status_code == 200
    assert "Котова Марина Сергеевна" in response.content.decode()


def test_link_opens_nothing_else_even_for_a_curator(client: Client, curator: Persona) -> None:
    (link,) = issue_links(curator.access, person_ids=[curator.person.pk])
    client.post(reverse("link_enter", args=[token_of(link)]))

    assert client.get(own_page(curator.organisation)).status_code == 200
    assert client.get(reverse("mentor_list", args=[curator.organisation.slug])).status_code == 403


def test_link_does_not_open_other_schools_of_the_same_account(
    by_link: Client, mentor: Persona, other_school: Organisation
) -> None:
    there = PersonFactory(organisation=other_school)
    MembershipFactory(user=mentor.user, organisation=other_school, role=Role.CURATOR, person=there)

    assert by_link.get(own_page(other_school)).status_code == 404
    home = by_link.get(reverse("home"))
    assert home["Location"] == reverse("now", args=[mentor.organisation.slug])


def test_revoked_link_ends_the_session(by_link: Client, curator: Persona, mentor: Persona) -> None:
    revoke_link(curator.access, person_id=mentor.person.pk)

    assert by_link.get(own_page(mentor.organisation)).status_code == 404


def test_expired_link_ends_the_session(by_link: Client, link: PersonalLink, mentor: Persona) -> None:
    PersonalLink.objects.filter(pk=link.pk).update(expires_at=timezone.now() - timedelta(seconds=1))

    assert by_link.get(own_page(mentor.organisation)).status_code == 404


def test_organisation_is_read_anew_on_each_request(mentor: Persona, school: Organisation) -> None:
    mentor.client.get(own_page(school))
    Organisation.objects.filter(pk=school.pk).update(short_name="Гимназия № 9")

    assert "Гимназия № 9" in mentor.client.get(own_page(school)).content.decode()
