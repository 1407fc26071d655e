"""History: who changed what is written by the database itself, raw SQL included."""

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.urls import reverse
from pghistory.models import Context

from people.domain.consent import Purpose
from people.models import Consent, Membership, Organisation, Person
from people.operations.links import issue_links
from people.queries.links import token_of
from tests.conftest import Persona
from tests.factories import ConsentFactory, MembershipFactory, OrganisationFactory, PersonFactory

TRACKED = {"Consent", "Head", "Membership", "Organisation", "Person", "PersonalLink"}


def events_of(row: models.Model) -> list[models.Model]:
    return list(row.events.order_by("pgh_id"))


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_everything_about_people_that_matters_has_a_history() -> None:
    tracked = {
        model.__name__.removesuffix("Event")
        for model in apps.get_app_config("people").get_models()
        if model.__name__.endswith("Event")
    }

    assert tracked == TRACKED


@pytest.mark.django_db
def test_new_row_and_its_change_are_written() -> None:
    person = PersonFactory(post="учитель")
    person.post = "методист"
    person.save()

    events = events_of(person)

    assert [(event.pgh_label, event.post) for event in events] == [("insert", "учитель"), ("update", "методист")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "table", "column", "value"),
    [
        (PersonFactory, "people_person", "surname", "Тайная"),
        (OrganisationFactory, "people_organisation", "short_name", "Иная"),
        (MembershipFactory, "people_membership", "role", "director"),
        (ConsentFactory, "people_consent", "signer_name", "Кто-то другой"),
    ],
)
def test_change_by_raw_sql_is_written(make: type, table: str, column: str, value: str) -> None:
    row = make()

    sql(f"UPDATE {table} SET {column} = %s WHERE id = %s", value, row.pk)

    last = events_of(row)[-1]
    assert (last.pgh_label, getattr(last, column)) == ("update", value)


@pytest.mark.django_db
def test_row_put_in_by_raw_sql_is_written() -> None:
    person = PersonFactory()
    columns = "organisation_id, kind, surname, given, patronymic, gender, post, subject, class_name, category"

    sql(
        f"INSERT INTO people_person ({columns}, email, phone, note)"
        " VALUES (%s, 'staff', 'Подложная', '', '', '', '', '', '', '', '', '', '')",
        person.organisation_id,
    )

    assert [event.pgh_label for event in events_of(Person.objects.get(surname="Подложная"))] == ["insert"]


@pytest.mark.django_db
def test_bulk_changes_are_written_row_by_row() -> None:
    people = [PersonFactory() for _ in range(2)]

    Person.objects.update(note="разом")

    assert [events_of(person)[-1].note for person in people] == ["разом", "разом"]


@pytest.mark.django_db
def test_change_that_changes_nothing_is_not_written() -> None:
    person = PersonFactory()

    Person.objects.filter(pk=person.pk).update(surname=person.surname)

    assert len(events_of(person)) == 1


@pytest.mark.django_db
def test_request_leaves_the_account_beside_the_change(curator: Persona) -> None:
    consent = ConsentFactory(person=curator.person, purpose=Purpose.SHARING)

    curator.client.post(reverse("consent_withdraw", args=[curator.organisation.slug, consent.pk]))

    last = events_of(Consent.objects.get(pk=consent.pk))[-1]
    assert (last.pgh_label, last.state) == ("update", "withdrawn")
    assert Context.objects.get(pk=last.pgh_context_id).metadata["user"] == curator.user.pk


@pytest.mark.django_db
def test_history_of_a_visit_by_link_does_not_keep_what_opens_it(
    curator: Persona, mentee: Persona, client: Client
) -> None:
    (link,) = issue_links(curator.access, person_ids=[mentee.person.pk])

    client.post(reverse("link_enter", args=[token_of(link)]))

    last = events_of(link)[-1]
    assert (last.pgh_label, Context.objects.get(pk=last.pgh_context_id).metadata["url"]) == ("update", "/l/…/")


@pytest.mark.django_db
def test_history_outlives_a_role_that_was_taken_back() -> None:
    membership = MembershipFactory(role="curator")
    row = membership.pk

    membership.delete()

    events = apps.get_model("people", "MembershipEvent").objects.filter(pgh_obj_id=row)
    assert not Membership.objects.filter(pk=row).exists()
    assert events.get().role == "curator"


@pytest.mark.django_db
def test_organisation_settings_have_a_history(curator: Persona) -> None:
    Organisation.objects.filter(pk=curator.organisation.pk).update(electronic_flow_act="приказ № 1")

    assert events_of(curator.organisation)[-1].electronic_flow_act == "приказ № 1"
