"""Exports in the columns of the target model."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from mentoring.domain.bank_sheet.fields import Bank
from mentoring.models.pairings import days
from mentoring.operations.pairings import decline_pairing
from mentoring.queries.banks import BankFilter, bank_for_export, bank_for_print
from mentoring.resources import bank_xlsx
from people.domain.consent import Purpose
from people.models import Consent
from tests.factories import (
    MenteeProfileFactory,
    MenteeRequestFactory,
    MentorProfileFactory,
    MentorTopicFactory,
    PairingFactory,
    PairingMenteeFactory,
    PersonFactory,
    consents,
    pair,
)
from tests.mentoring.order_steps import in_bank

MENTOR_COLUMNS = [
    "№ п/п",
    "ФИО наставника",
    "Контактные данные для связи",
    "Место работы или учёбы наставника",
    "Основные компетенции наставника",
    "Важные для программы достижения наставника",
    "Интересы наставника",
    "Желаемый возраст наставляемых",
    "Ресурс времени на программу наставничества",
    "Дата вхождения в программу",
    "ФИО наставляемого (наставляемых)",
    "Форма наставничества",
    "Место работы или учёбы наставляемого",
    "Дата завершения программы",
    "Результаты программы",
    "Ссылка на кейс или отзыв наставника",
    "В банке как",
    "Прошёл подготовку",
]
MENTEE_COLUMNS = [
    "№ п/п",
    "ФИО наставляемого",
    "Контактные данные для связи (данные представителя)",
    "Год рождения наставляемого",
    "Основной запрос наставляемого",
    "Дата вхождения в программу",
    "ФИО наставника",
    "Форма наставничества",
    "Место работы или учёбы наставника",
    "Дата завершения программы",
    "Результаты программы",
    "Ссылка на кейс или отзыв наставляемого",
    "Отметка о прохождении программы",
]


def exported(access, bank):
    content = bank_xlsx(bank, bank_for_export(access, bank, BankFilter()))
    return [list(row) for row in openpyxl.load_workbook(BytesIO(content)).active.iter_rows()]


def values(row):
    return [cell.value for cell in row]


def withdraw(person):
    Consent.objects.filter(person=person, purpose=Purpose.PROCESSING).update(
        state=Consent.State.WITHDRAWN, withdrawn_on=date(2026, 10, 1)
    )


@pytest.mark.parametrize(("bank", "columns"), [(Bank.MENTORS, MENTOR_COLUMNS), (Bank.MENTEES, MENTEE_COLUMNS)])
def test_export_has_the_columns_of_the_target_model(curator, bank, columns):
    (header,) = exported(curator.access, bank)

    assert values(header) == columns


def test_mentor_goes_out_whole(curator):
    pairing = pair(curator.organisation)
    mentor = pairing.mentor
    mentor.email, mentor.phone = "k@example.org", "+7 900 000-00-00"
    mentor.save()
    profile = mentor.mentor_profiles.get()
    profile.achievements, profile.interests, profile.desired_age = "грамота", "шахматы", "25–35"
    profile.hours, profile.outcome, profile.case_url = Decimal("1.5"), "хорошо", "https://example.org/1"
    profile.left_on, profile.trained_on = date(2027, 5, 31), date(2026, 8, 25)
    profile.save()
    for topic in ("ЕГЭ", "урок"):
        MentorTopicFactory(profile=profile, topic=topic)

    _, row = exported(curator.access, Bank.MENTORS)

    assert values(row) == [
        1,
        mentor.full_name,
        "+7 900 000-00-00, k@example.org",
        "Лицей № 7",
        "ЕГЭ; урок",
        "грамота",
        "шахматы",
        "25–35",
        "1,5 ч в неделю",
        "01.09.2026",
        pairing.mentees.get().mentee.full_name,
        "педагог – педагог",
        "Лицей № 7",
        "31.05.2027",
        "хорошо",
        "https://example.org/1",
        "утверждён",
        "25.08.2026",
    ]


def test_mentee_goes_out_whole(curator):
    pairing = pair(curator.organisation, form="head_teacher")
    mentee = pairing.mentees.get().mentee
    mentee.birth_year, mentee.email = 1999, "l@example.org"
    mentee.save()
    profile = mentee.mentee_profiles.get()
    profile.outcome, profile.case_url, profile.left_on = "хорошо", "https://example.org/2", date(2027, 5, 31)
    profile.save()
    MenteeRequestFactory(profile=profile, topic="урок", weight=2)
    MenteeRequestFactory(profile=profile, topic="дисциплина", weight=5)

    _, row = exported(curator.access, Bank.MENTEES)

    assert values(row) == [
        1,
        mentee.full_name,
        "l@example.org",
        1999,
        "дисциплина; урок",
        "01.09.2026",
        pairing.mentor.full_name,
        "руководитель – педагог",
        "Лицей № 7",
        "31.05.2027",
        "хорошо",
        "https://example.org/2",
        "пройдена",
    ]


def test_mentee_without_a_mentor_goes_out_with_the_wished_form(curator):
    in_bank(curator.organisation, surname="Лисина")

    _, row = exported(curator.access, Bank.MENTEES)

    assert values(row)[6:9] == [None, "педагог – педагог", None]
    assert values(row)[12] is None


def test_mentees_of_a_declined_pair_do_not_go_out(curator):
    pairing = pair(curator.organisation)
    decline_pairing(curator.access, pairing_id=pairing.pk)

    _, row = exported(curator.access, Bank.MENTORS)

    assert values(row)[10] is None


@pytest.mark.parametrize(("bank", "column"), [(Bank.MENTORS, 10), (Bank.MENTEES, 6)])
def test_name_of_who_was_paired_twice_goes_out_once(curator, bank, column):
    pairing = pair(curator.organisation, period=days(date(2026, 9, 4), date(2026, 12, 31)))
    other = pairing.mentees.get().mentee if bank == Bank.MENTORS else pairing.mentor
    later = days(date(2027, 1, 1), date(2027, 5, 31))
    PairingMenteeFactory(
        pairing=PairingFactory(mentor=pairing.mentor, period=later),
        mentee=pairing.mentees.get().mentee,
        during=later,
    )

    _, row = exported(curator.access, bank)
    (profile,) = bank_for_print(curator.access, bank, BankFilter())

    assert values(row)[column] == other.full_name
    assert profile.print_people == [other]


@pytest.mark.parametrize(("bank", "column"), [(Bank.MENTORS, 10), (Bank.MENTEES, 6)])
def test_pair_that_is_over_goes_out_and_is_not_printed(curator, bank, column):
    pairing = pair(curator.organisation, period=days(date(2026, 9, 4), date(2026, 10, 31)))
    other = pairing.mentees.get().mentee if bank == Bank.MENTORS else pairing.mentor

    _, row = exported(curator.access, bank)
    (profile,) = bank_for_print(curator.access, bank, BankFilter())

    assert values(row)[column] == other.full_name
    assert profile.print_people == []


@pytest.mark.parametrize("bank", Bank)
def test_only_people_with_a_consent_in_force_go_out(curator, bank):
    make = MentorProfileFactory if bank == Bank.MENTORS else MenteeProfileFactory
    there, claimed, withdrawn = (
        make(person=PersonFactory(organisation=curator.organisation, surname=surname)).person
        for surname in ("Белова", "Громова", "Яшина")
    )
    consents(there)
    Consent.objects.create(
        person=claimed, organisation=curator.organisation, purpose=Purpose.PROCESSING, state="claimed",
        recorded_at=curator.access.at,
    )  # fmt: skip
    consents(withdrawn)
    withdraw(withdrawn)

    _, *rows = exported(curator.access, bank)

    assert [values(row)[1] for row in rows] == ["Белова Анна Ивановна"]


@pytest.mark.parametrize(("bank", "column"), [(Bank.MENTORS, 10), (Bank.MENTEES, 6)])
def test_other_side_without_a_consent_does_not_go_out_either(curator, bank, column):
    pairing = pair(curator.organisation)
    withdraw(pairing.mentees.get().mentee if bank == Bank.MENTORS else pairing.mentor)

    _, row = exported(curator.access, bank)

    assert values(row)[column : column + 3] == [None, "педагог – педагог" if bank == Bank.MENTEES else None, None]


def test_people_of_another_school_do_not_go_out(curator, other_school):
    pair(other_school)

    assert len(exported(curator.access, Bank.MENTORS)) == 1


@pytest.mark.parametrize("text", ["=cmd|'/c calc'!A0", "==1+1", '=HYPERLINK("https://e.ru?a=b")', "+7", "-1", "@a"])
def test_text_that_looks_like_a_formula_stays_text(curator, text):
    profile = in_bank(curator.organisation, mentor=True).mentor_profiles.get()
    profile.achievements = text
    profile.save()

    _, row = exported(curator.access, Bank.MENTORS)

    assert (row[5].value, row[5].data_type) == (text, "s")


def test_signs_that_a_spreadsheet_cannot_hold_are_left_out(curator):
    profile = in_bank(curator.organisation, mentor=True).mentor_profiles.get()
    profile.achievements = "гра\x0bмота"
    profile.save()

    _, row = exported(curator.access, Bank.MENTORS)

    assert row[5].value == "грамота"


def test_export_costs_the_same_however_many_rows(curator, django_assert_num_queries):
    pair(curator.organisation)

    with django_assert_num_queries(3):
        exported(curator.access, Bank.MENTORS)
    for _ in range(2):
        pair(curator.organisation)
    with django_assert_num_queries(3):
        exported(curator.access, Bank.MENTORS)
