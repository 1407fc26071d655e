"""Personas, and what makes the tests stricter than the portal itself."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.test import Client

from people.access import Access
from people.domain.roles import Role
from people.models import Organisation, Person, User
from tests.factories import AT, HeadFactory, MembershipFactory, OrganisationFactory, PersonFactory, consents

pytest_plugins = ["tests.browser.portal", "tests.browser.visitors"]  # one real portal for browser and crash tests


class MissingVariable(str):
    """A misspelt template variable fails the test that renders it."""

    def __mod__(self, missing: object) -> str:
        raise AssertionError(f"template variable is not there: {missing}")

    def __contains__(self, text: object) -> bool:
        return text == "%s" or super().__contains__(text)


def pytest_configure() -> None:
    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = MissingVariable("%s")
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    # Else each new test client walks all static files: a quarter of a second.
    settings.WHITENOISE_AUTOREFRESH = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Signed documents refuse TRUNCATE; a test database must be emptied between tests all the same.
    settings.DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c portal.may_truncate=on"


@dataclass(frozen=True)
class Persona:
    """Somebody with a role: their account, person, access and a browser that is logged in."""

    user: User
    person: Person
    access: Access
    client: Client

    @property
    def organisation(self) -> Organisation:
        return self.access.organisation


def make_persona(role: Role, organisation: Organisation, **person: object) -> Persona:
    member = MembershipFactory(
        organisation=organisation, role=role, person=PersonFactory(organisation=organisation, **person)
    )
    client = Client()
    client.force_login(member.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    access = Access(
        user_id=member.user.pk,
        organisation=organisation,
        roles=frozenset({role}),
        person_id=member.person.pk,
        at=AT,
    )
    return Persona(user=member.user, person=member.person, access=access, client=client)


@pytest.fixture
def district(db: None) -> Organisation:
    return OrganisationFactory(kind=Organisation.Kind.AUTHORITY, slug="okrug", short_name="Управление образования")


@pytest.fixture
def school(district: Organisation) -> Organisation:
    return OrganisationFactory(parent=district, slug="licey", short_name="Лицей № 7")


@pytest.fixture
def other_school(district: Organisation) -> Organisation:
    return OrganisationFactory(parent=district, slug="chuzhaya", short_name="Чужая школа")


@pytest.fixture
def director(school: Organisation) -> Persona:
    persona = make_persona(Role.DIRECTOR, school, surname="Савельев", given="Олег", patronymic="Юрьевич")
    HeadFactory(organisation=school, person=persona.person)
    return persona


@pytest.fixture
def curator(school: Organisation) -> Persona:
    return make_persona(
        Role.CURATOR,
        school,
        surname="Орлова",
        given="Елена",
        patronymic="Викторовна",
        post="заместитель директора по учебно-воспитательной работе",
    )


@pytest.fixture
def psychologist(school: Organisation) -> Persona:
    return make_persona(Role.PSYCHOLOGIST, school, surname="Цой")


@pytest.fixture
def hr_officer(school: Organisation) -> Persona:
    return make_persona(Role.HR_OFFICER, school, surname="Кадрова")


@pytest.fixture
def mentor(school: Organisation) -> Persona:
    persona = make_persona(Role.PARTICIPANT, school, surname="Котова", given="Марина", patronymic="Сергеевна")
    consents(persona.person)
    return persona


@pytest.fixture
def mentee(school: Organisation) -> Persona:
    persona = make_persona(Role.PARTICIPANT, school, surname="Лисина", given="Дарья", patronymic="Андреевна")
    consents(persona.person)
    return persona


@pytest.fixture
def district_curator(district: Organisation) -> Persona:
    return make_persona(Role.DISTRICT_CURATOR, district)


@pytest.fixture
def stranger_as(other_school: Organisation) -> Callable[[Role], Persona]:
    """The same role in another school."""

    def stranger(role: Role) -> Persona:
        return make_persona(role, other_school, surname="Чужакова")

    return stranger


@pytest.fixture
def stranger(stranger_as: Callable[[Role], Persona]) -> Persona:
    """The curator of another school."""
    return stranger_as(Role.CURATOR)
