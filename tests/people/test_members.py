"""Giving and taking roles."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from people.domain.refusal import RefusedError
from people.domain.roles import Role
from people.models import Membership, User
from people.operations.links import issue_links
from people.operations.members import grant_role, revoke_role
from tests.conftest import Persona
from tests.factories import PersonFactory, UserFactory, consents


def test_role_given_to_a_newcomer_makes_an_account_with_a_first_password(curator: Persona) -> None:
    person = PersonFactory(organisation=curator.organisation, surname="Новикова")

    granted = grant_role(curator.access, person_id=person.pk, role=Role.METHODOLOGIST, login="novikova")

    account = User.objects.get(username="novikova")
    assert account.check_password(granted.password)
    assert granted.membership.role == Role.METHODOLOGIST


def test_role_given_to_somebody_with_a_password_leaves_it(curator: Persona, psychologist: Persona) -> None:
    before = psychologist.user.password

    granted = grant_role(curator.access, person_id=psychologist.person.pk, role=Role.METHODOLOGIST, login="")

    psychologist.user.refresh_from_db()
    assert (granted.password, psychologist.user.password) == ("", before)


def test_account_made_for_a_personal_link_gets_the_login(curator: Persona) -> None:
    person = PersonFactory(organisation=curator.organisation)
    issue_links(curator.access, person_ids=[person.pk])

    grant_role(curator.access, person_id=person.pk, role=Role.CURATOR, login="second-curator")

    accounts = User.objects.filter(memberships__person=person).distinct()
    assert [account.username for account in accounts] == ["second-curator"]


def test_newcomer_without_a_login_is_refused(curator: Persona) -> None:
    person = PersonFactory(organisation=curator.organisation)

    with pytest.raises(RefusedError, match="логин"):
        grant_role(curator.access, person_id=person.pk, role=Role.CURATOR, login="")


def test_login_that_is_taken_is_refused(curator: Persona) -> None:
    UserFactory(username="taken")
    person = PersonFactory(organisation=curator.organisation)

    with pytest.raises(RefusedError, match="занят"):
        grant_role(curator.access, person_id=person.pk, role=Role.CURATOR, login="taken")

    assert not Membership.objects.filter(person=person).exists()


def test_curator_cannot_make_a_director(curator: Persona) -> None:
    with pytest.raises(PermissionDenied):
        grant_role(curator.access, person_id=curator.person.pk, role=Role.DIRECTOR, login="")


def test_director_gives_the_role_of_an_acting_director(director: Persona) -> None:
    person = PersonFactory(organisation=director.organisation)
    consents(person)

    grant_role(director.access, person_id=person.pk, role=Role.ACTING_DIRECTOR, login="acting")

    assert Membership.objects.get(person=person).role == Role.ACTING_DIRECTOR


def test_role_taken_back_twice_is_gone_once(curator: Persona, psychologist: Persona) -> None:
    membership = Membership.objects.get(user=psychologist.user)

    revoke_role(curator.access, membership_id=membership.pk)
    revoke_role(curator.access, membership_id=membership.pk)

    assert not Membership.objects.filter(user=psychologist.user).exists()


def test_own_role_stays(curator: Persona) -> None:
    membership = Membership.objects.get(user=curator.user)

    with pytest.raises(RefusedError, match="Свою роль"):
        revoke_role(curator.access, membership_id=membership.pk)


def test_member_list_shows_the_first_password_once(curator: Persona) -> None:
    person = PersonFactory(organisation=curator.organisation)
    url = reverse("member_list", args=[curator.organisation.slug])

    answer = curator.client.post(url, {"person": person.pk, "role": "methodologist", "login": "newcomer"})

    assert "первый пароль" in answer.content.decode()
    assert "первый пароль: " not in curator.client.get(url).content.decode()


def test_member_list_offers_no_director_to_a_curator(curator: Persona) -> None:
    url = reverse("member_list", args=[curator.organisation.slug])

    form = curator.client.get(url).context["form"]

    assert "director" not in dict(form.fields["role"].choices)


def test_member_revoke_takes_the_role_back(curator: Persona, psychologist: Persona) -> None:
    membership = Membership.objects.get(user=psychologist.user)
    url = reverse("member_revoke", args=[curator.organisation.slug, membership.pk])

    answer = curator.client.post(url, follow=True)

    assert "Роль снята" in answer.content.decode()
    assert psychologist.client.get(reverse("now", args=[curator.organisation.slug])).status_code == 302


def test_login_of_who_lost_the_last_role_is_free_again(curator: Persona) -> None:
    person = PersonFactory(organisation=curator.organisation)
    granted = grant_role(curator.access, person_id=person.pk, role=Role.METHODOLOGIST, login="metodist")
    revoke_role(curator.access, membership_id=granted.membership.pk)

    again = grant_role(curator.access, person_id=person.pk, role=Role.METHODOLOGIST, login="metodist")

    assert User.objects.get(username="metodist").check_password(again.password)


def test_whoever_comes_to_sign_gets_a_new_password(curator: Persona, director: Persona) -> None:
    person = PersonFactory(organisation=curator.organisation)
    consents(person)
    known_to_the_curator = grant_role(curator.access, person_id=person.pk, role=Role.METHODOLOGIST, login="acting")

    granted = grant_role(director.access, person_id=person.pk, role=Role.ACTING_DIRECTOR, login="")

    account = User.objects.get(username="acting")
    assert not account.check_password(known_to_the_curator.password)
    assert account.check_password(granted.password)


def test_role_of_a_participant_is_not_revoked_by_its_number(curator: Persona, mentor: Persona) -> None:
    membership = Membership.objects.get(user=mentor.user)

    answer = curator.client.post(reverse("member_revoke", args=[curator.organisation.slug, membership.pk]))

    assert answer.status_code == 404
    assert Membership.objects.filter(pk=membership.pk).exists()
