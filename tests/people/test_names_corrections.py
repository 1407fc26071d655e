"""Names in their cases: what the rules make, and what somebody put right by hand."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.domain.declension.cases import Case
from people.models import CaseCorrection, Organisation, Person
from people.operations.persons import correct_cases
from people.queries.names import Part, cases_of, rule_forms
from tests.conftest import Persona
from tests.factories import PersonFactory


@pytest.fixture
def person(school: Organisation) -> Person:
    return PersonFactory(
        organisation=school, surname="Черных", given="Пётр", patronymic="Ильич", gender="m", post="учитель физики"
    )


def dative(persona: Persona, person: Person, part: Part = Part.NAME) -> str:
    return cases_of(persona.access, [person])[person.pk][part].dat


def test_rules_decline_name_initials_and_post(curator: Persona, person: Person) -> None:
    forms = cases_of(curator.access, [person])[person.pk]

    assert forms[Part.NAME].dat == "Черных Петру Ильичу"
    assert forms[Part.INITIALS].dat == "П. И. Черных"
    assert forms[Part.POST].dat == "учителю физики"


def test_gender_on_the_card_outweighs_the_name(curator: Persona, school: Organisation) -> None:
    woman = PersonFactory(organisation=school, surname="Кравец", given="Женя", patronymic="", gender="f")
    man = PersonFactory(organisation=school, surname="Кравец", given="Женя", patronymic="", gender="m")

    assert dative(curator, woman).startswith("Кравец ")
    assert dative(curator, man).startswith("Кравцу ")


def test_correction_wins_over_the_rules(curator: Persona, person: Person) -> None:
    correct_cases(curator.access, person_id=person.pk, part=Part.NAME, texts={Case.DAT: "Черныху Петру Ильичу"})

    assert dative(curator, person) == "Черныху Петру Ильичу"
    assert cases_of(curator.access, [person])[person.pk][Part.NAME].gen == rule_forms(person, Part.NAME).gen


def test_correction_of_one_part_leaves_the_others(curator: Persona, person: Person) -> None:
    correct_cases(curator.access, person_id=person.pk, part=Part.POST, texts={Case.DAT: "учителю-физику"})

    assert dative(curator, person, Part.POST) == "учителю-физику"
    assert dative(curator, person) == "Черных Петру Ильичу"


def test_second_correction_replaces_the_first(curator: Persona, person: Person) -> None:
    for text in ("Первому", "Второму"):
        correct_cases(curator.access, person_id=person.pk, part=Part.NAME, texts={Case.DAT: text})

    assert dative(curator, person) == "Второму"
    assert CaseCorrection.objects.count() == 1


def test_text_equal_to_the_rules_takes_the_correction_back(curator: Persona, person: Person) -> None:
    by_rules = rule_forms(person, Part.NAME)
    correct_cases(curator.access, person_id=person.pk, part=Part.NAME, texts={Case.DAT: "Иначе"})

    correct_cases(curator.access, person_id=person.pk, part=Part.NAME, texts={Case.DAT: by_rules.dat})

    assert not CaseCorrection.objects.exists()
    assert dative(curator, person) == by_rules.dat


def test_new_surname_ends_the_correction(curator: Persona, person: Person) -> None:
    correct_cases(curator.access, person_id=person.pk, part=Part.NAME, texts={Case.DAT: "Черныху Петру Ильичу"})

    person.surname = "Белых"
    person.save()

    assert dative(curator, person) == "Белых Петру Ильичу"


def test_correction_after_a_new_surname_counts_from_it(curator: Persona, person: Person) -> None:
    correct_cases(curator.access, person_id=person.pk, part=Part.NAME, texts={Case.DAT: "А", Case.GEN: "Б"})
    person.surname = "Белых"
    person.save()

    correct_cases(curator.access, person_id=person.pk, part=Part.NAME, texts={Case.DAT: "В"})

    assert dative(curator, person) == "В"
    assert cases_of(curator.access, [person])[person.pk][Part.NAME].gen == rule_forms(person, Part.NAME).gen


def test_corrections_of_many_people_cost_one_query(curator: Persona, school: Organisation) -> None:
    people = [PersonFactory(organisation=school) for _ in range(3)]

    with CaptureQueriesContext(connection) as captured:
        forms = cases_of(curator.access, people)

    assert set(forms) == {each.pk for each in people}
    assert len(captured) == 1


def test_corrections_of_another_school_do_not_count(curator: Persona, stranger: Persona, person: Person) -> None:
    correct_cases(curator.access, person_id=person.pk, part=Part.NAME, texts={Case.DAT: "Секрет"})

    assert dative(stranger, person) == "Черных Петру Ильичу"


def test_stranger_corrects_nothing(stranger: Persona, person: Person) -> None:
    with pytest.raises(Person.DoesNotExist):
        correct_cases(stranger.access, person_id=person.pk, part=Part.NAME, texts={Case.DAT: "Чужое"})


def test_director_corrects_nothing(director: Persona, person: Person) -> None:
    with pytest.raises(PermissionDenied):
        correct_cases(director.access, person_id=person.pk, part=Part.NAME, texts={Case.DAT: "Иначе"})
