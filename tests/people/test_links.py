"""Personal links: issuing, sending, revoking, and the door they open."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.domain.refusal import RefusedError
from people.domain.roles import Role
from people.models import Membership, Organisation, Person, PersonalLink, User
from people.operations.links import LINK_LIFETIME, enter_by_link, issue_links, revoke_link, send_link
from people.queries.links import link_cards, link_of, token_of, url_of
from people.queries.persons import open_link
from tests.conftest import Persona
from tests.factories import AT, PersonFactory

LETTER_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEAD_PORT = 1


@pytest.fixture
def person(school: Organisation) -> Person:
    return PersonFactory(organisation=school, surname="Новикова", email="novikova@example.org")


@pytest.fixture
def link(curator: Persona, person: Person) -> PersonalLink:
    (issued,) = issue_links(curator.access, person_ids=[person.pk])
    return issued


def door(token: str) -> str:
    return reverse("link_enter", args=[token])


def is_logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_issued_link_opens_for_a_year(link: PersonalLink, person: Person) -> None:
    assert link.expires_at == AT + LINK_LIFETIME
    assert link_of(token_of(link), AT) == link
    assert link_of(token_of(link), AT + LINK_LIFETIME) is None


def test_newcomer_gets_an_account_without_a_password(link: PersonalLink, person: Person) -> None:
    membership = Membership.objects.get(person=person)

    assert (membership.role, membership.organisation) == (Role.PARTICIPANT, person.organisation)
    assert not membership.user.has_usable_password()


def test_who_has_an_account_keeps_it(curator: Persona, mentor: Persona) -> None:
    before = User.objects.count()

    issue_links(curator.access, person_ids=[mentor.person.pk])

    assert User.objects.count() == before
    assert Membership.objects.get(person=mentor.person).user == mentor.user


def test_open_link_is_given_again(curator: Persona, link: PersonalLink, person: Person) -> None:
    assert issue_links(curator.access, person_ids=[person.pk]) == [link]
    assert open_link(curator.access, person) == link


def test_expired_link_is_followed_by_a_new_one(curator: Persona, link: PersonalLink, person: Person) -> None:
    next_year = replace(curator.access, at=AT + LINK_LIFETIME)

    (fresh,) = issue_links(next_year, person_ids=[person.pk])

    assert fresh != link
    assert link_of(token_of(fresh), next_year.at) == fresh


def test_revoked_link_is_followed_by_a_new_one(curator: Persona, link: PersonalLink, person: Person) -> None:
    revoke_link(curator.access, person_id=person.pk)

    (fresh,) = issue_links(curator.access, person_ids=[person.pk])

    assert token_of(fresh) != token_of(link)
    assert link_of(token_of(link), AT) is None


def test_links_come_in_the_order_of_names(curator: Persona, school: Organisation) -> None:
    ids = [PersonFactory(organisation=school, surname=surname).pk for surname in ("Юдина", "Ёлкина", "Жукова")]

    cards = link_cards(issue_links(curator.access, person_ids=ids))

    assert [card.name.split()[0] for card in cards] == ["Ёлкина", "Жукова", "Юдина"]
    assert all(card.qr.startswith("data:image/svg+xml") for card in cards)


def test_links_are_not_issued_to_who_left_or_to_strangers(
    curator: Persona, stranger: Persona, school: Organisation
) -> None:
    left = PersonFactory(organisation=school, left_on=AT.date())

    assert issue_links(curator.access, person_ids=[left.pk, stranger.person.pk]) == []


def test_director_issues_no_links(director: Persona, person: Person) -> None:
    with pytest.raises(PermissionDenied):
        issue_links(director.access, person_ids=[person.pk])


def test_stranger_revokes_nothing(stranger: Persona, link: PersonalLink, person: Person) -> None:
    revoke_link(stranger.access, person_id=person.pk)

    assert link_of(token_of(link), AT) == link


@pytest.mark.parametrize(
    "forge",
    [
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: f"{int(token.split('.')[0]) + 1}.{token.split('.')[1]}",
        lambda token: token.split(".")[0],
        lambda token: Signer(salt="another", sep=".").sign(token.split(".")[0]),
        lambda token: Signer(salt="people.personal_link", sep=".").sign("word"),
        lambda token: "",
    ],
)
def test_forged_token_opens_nothing(link: PersonalLink, forge: Callable[[str], str]) -> None:
    forged = forge(token_of(link))

    assert link_of(forged, AT) is None
    with pytest.raises(RefusedError):
        enter_by_link(token=forged, at=AT)


def test_switched_off_account_does_not_come_in(link: PersonalLink, person: Person) -> None:
    User.objects.filter(memberships__person=person).update(is_active=False)

    with pytest.raises(RefusedError):
        enter_by_link(token=token_of(link), at=AT)


def test_visit_is_noted(link: PersonalLink, person: Person) -> None:
    user, entered = enter_by_link(token=token_of(link), at=AT)

    assert user.memberships.get().person == person
    assert PersonalLink.objects.get(pk=entered.pk).last_used_at == AT


def test_link_is_sent_without_personal_data(settings, curator: Persona, person: Person) -> None:
    settings.EMAIL_BACKEND = LETTER_BACKEND

    send_link(curator.access, person_id=person.pk)

    (letter,) = mail.outbox
    assert letter.to == [person.email]
    assert url_of(open_link(curator.access, person)) in letter.body
    assert person.surname not in letter.body + letter.subject


def test_link_is_not_sent_without_an_address(curator: Persona, school: Organisation) -> None:
    person = PersonFactory(organisation=school)

    with pytest.raises(RefusedError, match="не указана электронная почта"):
        send_link(curator.access, person_id=person.pk)


def test_dead_mail_server_is_told_in_words(settings, curator: Persona, person: Person) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", DEAD_PORT

    with pytest.raises(RefusedError, match="Почтовый сервер не принял"):
        send_link(curator.access, person_id=person.pk)


def test_door_shows_a_button_and_lets_nobody_in_by_get(client: Client, link: PersonalLink) -> None:
    response = client.get(door(token_of(link)))

    assert response.status_code == 200
    assert "Вход без пароля" in response.content.decode()
    assert not is_logged_in(client)
    assert PersonalLink.objects.get(pk=link.pk).last_used_at is None


def test_door_does_not_say_whose_link_it_is(client: Client, link: PersonalLink, person: Person) -> None:
    assert person.surname not in client.get(door(token_of(link))).content.decode()


def test_door_opens_by_post(client: Client, link: PersonalLink, person: Person) -> None:
    response = client.post(door(token_of(link)))

    assert response["Location"] == reverse("now", args=[person.organisation.slug])
    assert is_logged_in(client)
    assert client.get(response["Location"]).status_code == 200


def test_door_needs_the_csrf_token(link: PersonalLink) -> None:
    client = Client(enforce_csrf_checks=True)

    assert client.post(door(token_of(link))).status_code == 403
    assert not is_logged_in(client)


@pytest.mark.parametrize("method", ["get", "post"])
def test_door_says_the_same_of_a_forged_and_a_revoked_link(
    client: Client, curator: Persona, link: PersonalLink, person: Person, method: str
) -> None:
    revoke_link(curator.access, person_id=person.pk)

    revoked = getattr(client, method)(door(token_of(link)))
    forged = getattr(client, method)(door("1.forged"))

    assert (revoked.status_code, forged.status_code) == (404, 404)
    assert revoked.content == forged.content
    assert not is_logged_in(client)


@pytest.mark.parametrize("method", ["get", "post"])
def test_twenty_tries_close_the_door_for_true_and_false_alike(client: Client, link: PersonalLink, method: str) -> None:
    tries = [getattr(client, method)(door(f"{number}.forged")).status_code for number in range(20)]

    false, true = getattr(client, method)(door("1.forged")), getattr(client, method)(door(token_of(link)))

    assert set(tries) == {404}
    assert (false.status_code, true.status_code) == (429, 429)
    assert false.content == true.content
    assert not is_logged_in(client)


def test_class_comes_in_from_one_address(link: PersonalLink) -> None:
    doors = [Client().post(door(token_of(link))).status_code for _ in range(25)]

    assert set(doors) == {302}


def test_link_of_a_year_ago_does_not_come_in(client: Client, link: PersonalLink) -> None:
    PersonalLink.objects.filter(pk=link.pk).update(expires_at=timezone.now() - timedelta(seconds=1))

    assert client.post(door(token_of(link))).status_code == 404
