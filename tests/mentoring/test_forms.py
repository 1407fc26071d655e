"""Forms offer the rows of one's own organisation only, and clean what comes in."""

from datetime import date

import pytest

from mentoring.domain.bank_sheet.fields import Bank
from mentoring.forms.banks import PROFILE_FORMS, BankFilterForm, MappingForm, UploadForm, WhoForm
from mentoring.forms.pairings import EndingForm, ExtensionForm, PairingForm, ReplacementForm
from mentoring.queries.banks import BankFilter
from people.domain.consent import Purpose
from people.domain.school_year import SchoolYear
from people.models import Consent
from tests.factories import TODAY, MenteeProfileFactory, MentorProfileFactory, PersonFactory, banked, pair
from tests.mentoring.bank_uploads import read, sheet

BANKS = pytest.mark.parametrize("bank", Bank)


def offered(form, field):
    return list(form.fields[field].queryset)


@BANKS
def test_who_may_enter_a_bank_is_of_the_organisation_and_not_in_it(curator, other_school, bank):
    PersonFactory(organisation=other_school)
    PersonFactory(organisation=curator.organisation, left_on=TODAY)
    mentor, mentee = banked(curator.organisation)
    outside = PersonFactory(organisation=curator.organisation, surname="Яшина")

    people = offered(WhoForm(access=curator.access, bank=bank), "person")

    assert set(people) == {curator.person, outside, mentee if bank == Bank.MENTORS else mentor}


@BANKS
def test_years_to_choose_are_those_of_the_own_bank(curator, other_school, bank):
    make = MentorProfileFactory if bank == Bank.MENTORS else MenteeProfileFactory
    make(person__organisation=other_school, entered_on=date(2020, 9, 1))
    make(person__organisation=curator.organisation, entered_on=date(2025, 9, 1))

    form = BankFilterForm({}, access=curator.access, bank=bank)

    assert form.fields["year"].choices == [("2026", "2026/27"), ("2025", "2025/26")]


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ({}, BankFilter()),
        (
            {"q": " Ёлкина ", "year": "2026", "consent": "no", "load": "free", "sort": "-name"},
            BankFilter("Ёлкина", SchoolYear(2026), "no", "free", "-name"),
        ),
        ({"year": "1999", "consent": "?", "load": "?", "q": "я" * 101}, BankFilter()),
    ],
)
def test_filter_leaves_out_what_is_out_of_range(curator, values, wanted):
    assert BankFilterForm(values, access=curator.access, bank=Bank.MENTORS).wanted() == wanted


@BANKS
def test_topics_are_divided_cleaned_and_taken_once(curator, bank):
    values = {"entered_on": "01.09.2026", "topics": " ЕГЭ ; урок\n\nЕГЭ;  классное   руководство"}

    form = PROFILE_FORMS[bank](values, access=curator.access)

    assert form.is_valid(), form.errors
    assert form.cleaned_data["topics"] == ["ЕГЭ", "урок", "классное руководство"]


@BANKS
def test_topic_that_is_too_long_is_refused(curator, bank):
    form = PROFILE_FORMS[bank]({"entered_on": "01.09.2026", "topics": "я" * 201}, access=curator.access)

    assert form.errors["topics"] == ["Тема длиннее 200 знаков."]


def test_upload_takes_the_kinds_of_spreadsheets(curator):
    assert UploadForm(access=curator.access).fields["file"].widget.attrs["accept"] == ".xlsx,.xls,.ods,.csv"


def test_mapping_offers_the_fields_of_the_bank_for_each_column(curator):
    upload = read(curator.access, sheet("Котова Анна;да", header="ФИО;Что-то"))

    form = MappingForm({"column_0": "full_name", "column_1": ""}, access=curator.access, upload=upload)

    assert [field.label for field in form.fields.values()] == ["A: ФИО", "B: Что-то"]
    assert form.fields["column_0"].initial == "full_name"
    assert form.is_valid()
    assert form.mapping() == {0: "full_name", 1: ""}
    assert ("requests" in dict(form.fields["column_1"].choices)) is False


def test_pair_offers_people_of_the_banks_with_a_consent(curator, other_school):
    mentor, mentee = banked(curator.organisation)
    banked(other_school)
    silent_mentor, silent_mentee = banked(curator.organisation)
    Consent.objects.filter(person__in=[silent_mentor, silent_mentee], purpose=Purpose.PROCESSING).delete()
    gone_mentor, gone_mentee = banked(curator.organisation)
    gone_mentor.mentor_profiles.update(left_on=TODAY)
    gone_mentee.mentee_profiles.update(left_on=TODAY)

    form = PairingForm(access=curator.access)

    assert (offered(form, "mentor"), offered(form, "mentees")) == ([mentor], [mentee])
    assert (form.fields["first_day"].initial, form.fields["last_day"].initial) == (TODAY, date(2027, 8, 31))


def test_group_of_one_is_refused_on_the_form_and_of_two_is_not(curator):
    mentor, mentee = banked(curator.organisation)
    other = banked(curator.organisation)[1]
    values = {"mentor": mentor.pk, "form": "teacher_teacher", "kind": "group"}
    values |= {"first_day": "20.11.2026", "last_day": "31.05.2027"}

    one, two = (
        PairingForm(values | {"mentees": mentees}, access=curator.access)
        for mentees in ([mentee.pk], [mentee.pk, other.pk])
    )

    assert list(one.errors) == ["kind"]
    assert two.is_valid(), two.errors


def test_pair_of_a_person_with_themselves_is_refused_on_the_form(curator):
    both, _ = banked(curator.organisation)
    MenteeProfileFactory(person=both)
    values = {"mentor": both.pk, "mentees": [both.pk], "form": "peer", "kind": "reverse"}

    form = PairingForm(values | {"first_day": "01.12.2026", "last_day": "01.12.2026"}, access=curator.access)

    assert form.errors == {"mentees": ["Человек не может быть наставником самому себе."]}


def test_pair_form_gives_clean_terms(curator):
    mentor, mentee = banked(curator.organisation)
    values = {"mentor": mentor.pk, "mentees": [mentee.pk], "form": "peer", "kind": "reverse", "goal": "цель"}
    period = {"first_day": "01.12.2026", "last_day": "31.05.2027"}

    form = PairingForm(values | period | {"over_capacity_reason": "  "}, access=curator.access)

    assert form.is_valid(), form.errors
    terms = form.terms()
    assert (terms.form, terms.kind, terms.goal, terms.over_capacity_reason) == ("peer", "reverse", "цель", "")
    assert (terms.first_day, terms.last_day) == (date(2026, 12, 1), date(2027, 5, 31))


def test_replacement_offers_other_mentors_of_the_organisation(curator, other_school):
    pairing = pair(curator.organisation)
    other, _ = banked(curator.organisation)
    banked(other_school)

    form = ReplacementForm(access=curator.access, pairing=pairing)

    assert offered(form, "mentor") == [other]


@pytest.mark.parametrize(
    ("form", "errors"),
    [
        (EndingForm, {"last_day", "ground"}),
        (ExtensionForm, {"last_day"}),
    ],
)
def test_form_without_values_asks_for_each(curator, form, errors):
    assert set(form({}, access=curator.access).errors) == errors
