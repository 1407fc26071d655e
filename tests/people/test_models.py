"""Constraints of people by name, and the words of its querysets."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from people.domain.consent import Purpose
from people.domain.declension.cases import Case
from people.domain.roles import Role
from people.models import CaseCorrection, Consent, ConsentText, Person, PersonalLink
from tests.factories import (
    AT,
    ConsentFactory,
    HeadFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    UserFactory,
)

WITHOUT_A_WAY_TO_BREAK = {"person_belongs_to_one_organisation"}
"""A key for composite foreign keys: the primary key keeps it already."""


def two_texts() -> None:
    ConsentText.objects.create(purpose="sharing", version=1, title="Ещё один", body="…", issued_on=date(2026, 9, 1))


def unsigned_consent() -> None:
    ConsentFactory(signer_name="")


def withdrawn_without_a_day() -> None:
    ConsentFactory(state=Consent.State.WITHDRAWN)


def consent_that_ends_before_it_starts() -> None:
    ConsentFactory(valid_until=date(2026, 8, 31))


def two_open_consents() -> None:
    first = ConsentFactory()
    ConsentFactory(person=first.person, state=Consent.State.CLAIMED)


def head_who_leaves_before_coming() -> None:
    HeadFactory(until=date(2020, 8, 31))


def two_permanent_heads() -> None:
    first = HeadFactory()
    HeadFactory(organisation=first.organisation)


def nameless() -> None:
    PersonFactory(surname="")


def methuselah() -> None:
    PersonFactory(birth_year=1057)


def same_role_twice() -> None:
    first = MembershipFactory(role=Role.CURATOR)
    MembershipFactory(user=first.user, organisation=first.organisation, role=Role.CURATOR)


def two_open_links() -> None:
    person, curator = PersonFactory(), UserFactory()
    for _ in range(2):
        PersonalLink.objects.create(
            organisation=person.organisation,
            person=person,
            issued_at=AT,
            issued_by=curator,
            expires_at=AT + timedelta(days=1),
        )


def two_corrections() -> None:
    person = PersonFactory()
    for text in ("Анне", "Анной"):
        CaseCorrection.objects.create(
            organisation=person.organisation, person=person, part="name", case=Case.DAT, nominative="Анна", text=text
        )


BREAKS: dict[str, Callable[[], None]] = {
    "one_consent_text_per_version": two_texts,
    "signed_consent_has_text_signer_and_date": unsigned_consent,
    "withdrawn_consent_has_a_day": withdrawn_without_a_day,
    "consent_period_is_not_reversed": consent_that_ends_before_it_starts,
    "one_open_consent_per_person_and_purpose": two_open_consents,
    "head_period_is_not_reversed": head_who_leaves_before_coming,
    "one_open_ended_head_per_organisation": two_permanent_heads,
    "person_has_a_surname": nameless,
    "person_birth_year_is_plausible": methuselah,
    "one_membership_per_role": same_role_twice,
    "one_open_link_per_person": two_open_links,
    "one_correction_per_person_part_case": two_corrections,
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", BREAKS)
def test_constraint_refuses(name: str) -> None:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        BREAKS[name]()

    assert refusal.value.__cause__.diag.constraint_name == name


def test_every_constraint_of_people_has_its_test() -> None:
    declared = {
        constraint.name
        for model in apps.get_app_config("people").get_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, models.BaseConstraint)
    }

    assert declared == set(BREAKS) | WITHOUT_A_WAY_TO_BREAK


@pytest.mark.django_db
def test_key_for_composite_foreign_keys_is_there() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_constraint WHERE conname = 'person_belongs_to_one_organisation'")

        assert cursor.fetchone() == (1,)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("searched", "is_found"),
    [
        ("алёхин", True),
        ("АЛЕХИН", True),
        ("фёдор алех", True),
        ("  фёдор   алехин ", True),
        ("алехина", False),
        ("", True),
        ("%", False),
    ],
)
def test_name_is_found_whatever_the_letter_case_and_yo(searched: str, is_found: bool) -> None:
    PersonFactory(surname="Алёхин", given="Фёдор", patronymic="")

    assert Person.objects.named_like(searched).exists() == is_found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "on", "is_in_force"),
    [
        ({}, date(2026, 8, 31), False),
        ({}, date(2026, 9, 1), True),
        ({}, date(2126, 9, 1), True),
        ({"valid_until": date(2026, 12, 31)}, date(2026, 12, 31), True),
        ({"valid_until": date(2026, 12, 31)}, date(2027, 1, 1), False),
        ({"state": "withdrawn", "withdrawn_on": date(2026, 10, 1)}, date(2026, 10, 1), False),
        ({"state": "claimed"}, date(2026, 10, 1), False),
    ],
)
def test_consent_is_in_force_between_its_days(values: dict[str, object], on: date, is_in_force: bool) -> None:
    consent = ConsentFactory(purpose=Purpose.PROCESSING, **values)

    assert Consent.objects.in_force(on).filter(pk=consent.pk).exists() == is_in_force
    assert Person.objects.consenting(Purpose.PROCESSING, on=on).exists() == is_in_force


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("left_on", "is_present"), [(None, True), (date(2026, 11, 21), True), (date(2026, 11, 20), False)]
)
def test_person_is_present_until_the_day_of_leaving(left_on: date | None, is_present: bool) -> None:
    PersonFactory(left_on=left_on)

    assert Person.objects.present(date(2026, 11, 20)).exists() == is_present


@pytest.mark.django_db
def test_newest_consent_texts_are_current() -> None:
    newer = ConsentText.objects.create(
        purpose=Purpose.SHARING, version=2, title="Новее", body="…", issued_on=date(2026, 10, 1)
    )

    current = list(ConsentText.objects.current())

    assert [text.purpose for text in current] == sorted(Purpose)
    assert newer in current


@pytest.mark.django_db
def test_organisation_with_people_is_not_deleted() -> None:
    organisation = OrganisationFactory()
    PersonFactory(organisation=organisation)

    with pytest.raises(models.ProtectedError):
        organisation.delete()
