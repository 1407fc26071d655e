"""Settings of an organisation, its heads, and where a user may go."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from people.domain.refusal import RefusedError
from people.domain.roles import Role
from people.forms.organisations import HeadForm, OrganisationForm
from people.models import Head, Organisation, Person
from people.operations.organisations import appoint_head, change_organisation
from people.queries.organisations import heads_of, own_organisations
from people.queries.persons import head_on
from tests.conftest import Persona
from tests.factories import TODAY, HeadFactory, MembershipFactory, PersonFactory, consents


@pytest.fixture
def successor(school: Organisation) -> Person:
    person = PersonFactory(organisation=school, surname="Новикова")
    consents(person)
    return person


def appoint(persona: Persona, person: Person, **values: object) -> Head:
    usual = {"title": "Директор", "is_acting": False, "since": TODAY, "until": None}
    return appoint_head(persona.access, person_id=person.pk, **(usual | values))


def test_settings_are_stored(curator: Persona) -> None:
    change_organisation(curator.access, values={"inn": "7700000000", "places_per_mentor": 3})

    stored = Organisation.objects.get(pk=curator.organisation.pk)
    assert (stored.inn, stored.places_per_mentor) == ("7700000000", 3)


def test_participant_changes_no_settings(mentor: Persona) -> None:
    with pytest.raises(PermissionDenied):
        change_organisation(mentor.access, values={"inn": "7700000000"})


def test_successor_ends_the_predecessor_the_day_before(director: Persona, successor: Person) -> None:
    appoint(director, successor)

    assert Head.objects.get(person=director.person).until == date(2026, 11, 19)
    assert head_on(director.access, date(2026, 11, 19)).person == director.person
    assert head_on(director.access, TODAY).person == successor


def test_acting_head_stands_in_for_a_while(director: Persona, successor: Person) -> None:
    appoint(director, successor, is_acting=True, until=date(2026, 11, 30))

    assert head_on(director.access, TODAY).person == successor
    assert head_on(director.access, date(2026, 12, 1)).person == director.person
    assert Head.objects.get(person=director.person).until is None


def test_successor_before_the_predecessor_is_refused(director: Persona, successor: Person) -> None:
    with pytest.raises(RefusedError, match="назначен позже"):
        appoint(director, successor, since=date(2020, 9, 1))

    assert heads_of(director.access).get().person == director.person


def test_reversed_period_is_refused(director: Persona, successor: Person) -> None:
    with pytest.raises(RefusedError, match="раньше, чем начинается"):
        appoint(director, successor, is_acting=True, until=date(2026, 11, 19))


def test_nobody_heads_before_the_first_head(school: Organisation, director: Persona) -> None:
    assert head_on(director.access, date(2020, 8, 31)) is None


def test_curator_says_not_who_signs(curator: Persona, successor: Person) -> None:
    with pytest.raises(PermissionDenied):
        appoint(curator, successor)


def test_foreign_person_heads_nothing(director: Persona, stranger: Persona) -> None:
    with pytest.raises(Person.DoesNotExist):
        appoint(director, stranger.person)


def test_heads_of_another_school_are_not_seen(director: Persona, stranger: Persona) -> None:
    assert list(heads_of(stranger.access)) == []
    assert head_on(stranger.access, TODAY) is None


def test_heads_come_newest_first(director: Persona, successor: Person) -> None:
    appoint(director, successor)

    assert [head.person for head in heads_of(director.access)] == [successor, director.person]


def test_own_organisations_are_those_with_a_role(curator: Persona, other_school: Organisation) -> None:
    assert own_organisations(curator.user.pk, None) == [curator.organisation]

    MembershipFactory(user=curator.user, organisation=other_school, role=Role.PARTICIPANT)
    MembershipFactory(user=curator.user, organisation=other_school, role=Role.OBSERVER)

    assert set(own_organisations(curator.user.pk, None)) == {curator.organisation, other_school}
    assert len(own_organisations(curator.user.pk, None)) == 2


def test_district_sees_its_schools_and_a_school_only_itself(
    district_curator: Persona, curator: Persona, school: Organisation, other_school: Organisation
) -> None:
    seen = Organisation.objects.visible_to(district_curator.access)

    assert set(seen) == {district_curator.organisation, school, other_school}
    assert list(Organisation.objects.visible_to(curator.access)) == [school]


def test_head_form_offers_only_people_who_are_there(
    director: Persona, curator: Persona, stranger: Persona, school: Organisation
) -> None:
    PersonFactory(organisation=school, left_on=TODAY)
    HeadFactory(organisation=stranger.organisation, person=stranger.person)

    offered = set(HeadForm(access=curator.access).fields["person"].queryset)

    assert offered == {director.person, curator.person}


def test_settings_form_keeps_each_text_on_one_line(curator: Persona) -> None:
    typed = {"full_name": "Лицей\n№ 7", "short_name": "Лицей\r\n № 7 ", "place": "г. Приозёрск", "places_per_mentor": 2}

    form = OrganisationForm(typed, instance=curator.organisation, access=curator.access)

    assert form.is_valid()
    assert (form.cleaned_data["full_name"], form.cleaned_data["short_name"]) == ("Лицей № 7", "Лицей № 7")


def test_settings_form_does_not_move_an_organisation() -> None:
    assert {"slug", "parent", "kind"} & set(OrganisationForm._meta.fields) == set()
