"""Whom the rows of a bank mean, and what they would do."""

from datetime import date
from decimal import Decimal

import pytest

from mentoring.domain.bank_sheet.fields import Bank
from mentoring.domain.bank_sheet.records import BankRow, Finding
from mentoring.domain.bank_sheet.values import Category, ClaimedConsent, MentoringForm
from mentoring.intake.plan import CANNOT_TELL, Outcome, hold_against_bank, planned
from people.models import Consent, Person
from tests.factories import (
    ConsentFactory,
    MenteeProfileFactory,
    MentorProfileFactory,
    MentorTopicFactory,
    PersonFactory,
)

NAME = {"surname": "Котова", "given": "Марина", "patronymic": "Сергеевна"}


def plan(organisation, *rows, bank=Bank.MENTORS):
    result = [planned(BankRow(**({"number": number} | NAME | row)), bank) for number, row in enumerate(rows, 2)]
    hold_against_bank(organisation, bank, result)
    return result


def kotova(school, **values):
    return PersonFactory(organisation=school, **NAME, **({"post": "", "subject": ""} | values))


def told(changes):
    return [(change["label"], change["old"], change["new"]) for change in changes]


def outcomes(rows):
    return [(row.outcome, row.person_id) for row in rows]


def messages(row):
    return [finding["message"] for finding in row.findings]


def test_row_of_nobody_known_is_new(school):
    (row,) = plan(school, {"post": "учитель"})

    assert (row.outcome, row.person_id, row.changes) == (Outcome.CREATE, None, [])
    assert row.name == "Котова Марина Сергеевна"


def test_row_with_a_fault_stays_one_whoever_it_means(school):
    kotova(school)
    fault = Finding(2, "B", "Стаж", "fault", "не удалось понять", "сто")

    (row,) = plan(school, {"findings": (fault,)})

    assert (row.outcome, row.person_id) == (Outcome.FAULT, None)
    assert messages(row) == ["не удалось понять"]


def test_row_that_tells_what_is_known_changes_nothing(school):
    person = kotova(school, email="k@example.org", post="учитель", hired_on=date(2020, 9, 1), category="first")
    profile = MentorProfileFactory(
        person=person, entered_on=date(2026, 9, 1), hours=Decimal("1.5"), forms=["teacher_teacher"], capacity=2
    )
    MentorTopicFactory(profile=profile, topic="ЕГЭ")

    (row,) = plan(
        school,
        {
            "email": "k@example.org",
            "post": "учитель",
            "hired_on": date(2020, 9, 1),
            "category": Category.FIRST,
            "entered_on": date(2026, 9, 1),
            "hours": Decimal("1.50"),
            "forms": (MentoringForm.TEACHER_TEACHER,),
            "capacity": 2,
            "competences": ("ЕГЭ",),
        },
    )

    assert (row.outcome, row.person_id, row.changes) == (Outcome.SAME, person.pk, [])


def test_row_of_a_known_person_says_what_would_change_from_what(school):
    person = kotova(school, email="old@example.org", post="учитель", birth_year=1985)
    profile = MentorProfileFactory(person=person, entered_on=date(2026, 9, 1), hours=Decimal("1.5"))
    MentorTopicFactory(profile=profile, topic="ЕГЭ")

    (row,) = plan(
        school,
        {
            "email": "new@example.org",
            "post": "учитель",
            "hours": Decimal(2),
            "entered_on": date(2026, 9, 4),
            "competences": ("ЕГЭ", "олимпиады"),
            "consent_processing": ClaimedConsent(claimed=True),
        },
    )

    assert (row.outcome, row.person_id) == (Outcome.CHANGE, person.pk)
    assert told(row.changes) == [
        ("эл. почта", "old@example.org", "new@example.org"),
        ("вошёл в программу", "2026-09-01", "2026-09-04"),
        ("часов в неделю", "1.5", "2"),
        ("темы", "", "олимпиады"),
        ("согласие отмечено в таблице", "", "да"),
    ]


def test_blank_cells_take_nothing_away(school):
    person = kotova(school, email="k@example.org", post="учитель")
    MentorProfileFactory(person=person, capacity=3)

    (row,) = plan(school, {})

    assert (row.outcome, row.changes) == (Outcome.SAME, [])


@pytest.mark.parametrize("age", ["25–35", "20 лет", "от 20", "3-й год работы", "1", "2.5e", "١"])
def test_text_that_starts_like_a_number_is_compared_as_text(school, age):
    profile = MentorProfileFactory(person=kotova(school), desired_age=age)

    same, changed = (
        plan(school, {"desired_age": age, "achievements": ""})[0],
        plan(school, {"desired_age": "любой"})[0],
    )

    assert same.outcome == Outcome.SAME
    assert told(changed.changes) == [("желаемый возраст наставляемых", profile.desired_age, "любой")]


def test_hours_finer_than_the_bank_keeps_are_no_change_the_next_time(school):
    MentorProfileFactory(person=kotova(school), hours=Decimal("1.3"))

    (row,) = plan(school, {"hours": Decimal("1.25")})

    assert row.outcome == Outcome.SAME


def test_person_of_the_other_bank_would_enter_this_one(school):
    person = kotova(school)
    MenteeProfileFactory(person=person)

    (row,) = plan(school, {})

    assert (row.outcome, row.person_id) == (Outcome.CHANGE, person.pk)
    assert told(row.changes) == [("банк", "", "войдёт в банк")]


def test_person_who_left_the_bank_would_enter_it_again(school):
    person = kotova(school)
    MentorProfileFactory(person=person, left_on=date(2026, 9, 2))

    (row,) = plan(school, {})

    assert told(row.changes) == [("банк", "", "войдёт в банк")]


def test_person_who_left_the_organisation_is_not_meant(school):
    kotova(school, left_on=date(2026, 6, 1))

    assert outcomes(plan(school, {})) == [(Outcome.CREATE, None)]


def test_person_of_another_organisation_is_not_meant(school, other_school):
    kotova(other_school)

    assert outcomes(plan(school, {})) == [(Outcome.CREATE, None)]


@pytest.mark.parametrize("surname", ["котова", "КОТОВА"])
def test_letter_case_does_not_hide_a_person(school, surname):
    person = kotova(school)

    (row,) = plan(school, {"surname": surname})

    assert row.person_id == person.pk


def test_yo_does_not_hide_a_person_and_is_put_right(school):
    person = PersonFactory(organisation=school, surname="Королев", given="Петр", patronymic="", post="", subject="")
    MentorProfileFactory(person=person)

    (row,) = plan(school, {"surname": "Королёв", "given": "Пётр", "patronymic": None})

    assert row.person_id == person.pk
    assert told(row.changes) == [("фамилия", "Королев", "Королёв"), ("имя", "Петр", "Пётр")]


@pytest.mark.parametrize("parts", [{"given": None, "patronymic": None}, {"patronymic": None}])
def test_person_known_by_part_of_the_name_is_found_again(school, parts):
    name = {key: value or "" for key, value in (NAME | parts).items()}
    person = PersonFactory(organisation=school, **name)

    (row,) = plan(school, parts)

    assert row.person_id == person.pk


@pytest.mark.parametrize(
    ("one", "other", "telling"),
    [
        ({"email": "a@example.org"}, {"email": "b@example.org"}, {"email": "b@example.org"}),
        ({"phone": "+7 1"}, {"phone": "+7 2"}, {"phone": "+7 2"}),
        ({"birth_year": 1970}, {"birth_year": 1990}, {"birth_year": 1990}),
        ({"hired_on": date(2001, 9, 1)}, {"hired_on": date(2020, 9, 1)}, {"hired_on": date(2020, 9, 1)}),
    ],
)
def test_namesakes_are_told_apart(school, one, other, telling):
    kotova(school, **one)
    meant = kotova(school, **other)

    (row,) = plan(school, telling)

    assert row.person_id == meant.pk


@pytest.mark.parametrize("telling", [{}, {"email": "c@example.org"}, {"birth_year": 1970}])
def test_row_that_may_mean_several_namesakes_is_a_fault(school, telling):
    kotova(school, email="a@example.org", birth_year=1970)
    kotova(school, email="b@example.org", birth_year=1970)

    (row,) = plan(school, telling)

    assert (row.outcome, row.person_id) == (Outcome.FAULT, None)
    assert messages(row) == [CANNOT_TELL]


def test_two_rows_of_namesakes_mean_the_known_one_and_a_new_one(school):
    person = kotova(school, email="a@example.org")

    rows = plan(school, {"email": "b@example.org"}, {"email": "a@example.org"})

    assert outcomes(rows) == [(Outcome.CREATE, None), (Outcome.CHANGE, person.pk)]


def test_two_rows_of_namesakes_that_cannot_be_held_against_the_known_one_are_faults(school):
    kotova(school)

    rows = plan(school, {"email": "b@example.org"}, {"email": "a@example.org"})

    assert outcomes(rows) == [(Outcome.FAULT, None), (Outcome.FAULT, None)]


def test_second_row_that_means_the_same_person_is_a_fault(school):
    person = kotova(school, email="a@example.org", phone="+7 1")

    rows = plan(
        school,
        {"email": "a@example.org", "hired_on": date(2020, 9, 1)},
        {"phone": "+7 1", "hired_on": date(2021, 9, 1)},
    )

    assert outcomes(rows) == [(Outcome.CHANGE, person.pk), (Outcome.FAULT, None)]
    assert messages(rows[1]) == ["тот же человек, что в строке 2: оставьте одну из них"]


@pytest.mark.parametrize("state", [Consent.State.CLAIMED, Consent.State.SIGNED])
def test_claimed_consent_beside_one_that_is_there_is_no_change(school, state):
    person = kotova(school)
    MentorProfileFactory(person=person)
    ConsentFactory(person=person, purpose="processing", state=state)

    (row,) = plan(school, {"consent_processing": ClaimedConsent(claimed=True)})

    assert row.outcome == Outcome.SAME


def test_consent_that_the_table_denies_is_not_claimed(school):
    MentorProfileFactory(person=kotova(school))

    (row,) = plan(school, {"consent_processing": ClaimedConsent(claimed=False)})

    assert (row.outcome, row.values.consents) == (Outcome.SAME, [])


def test_row_with_a_class_makes_a_pupil(school):
    (row,) = plan(school, {"class_name": "7 Б"}, bank=Bank.MENTEES)

    assert row.values.person["kind"] == Person.Kind.PUPIL


def test_plan_costs_the_same_however_many_rows(school, django_assert_num_queries):
    for letter in "абв":
        MentorProfileFactory(person=kotova(school, email=f"{letter}@example.org"))

    with django_assert_num_queries(4):
        plan(school, {"email": "а@example.org"})
    with django_assert_num_queries(4):
        plan(school, *[{"email": f"{letter}@example.org"} for letter in "абв"])
