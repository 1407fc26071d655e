"""The database refuses rows that point at a person of another school."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from people.domain.roles import Role
from people.models import CaseCorrection, Membership, Organisation, Person, PersonalLink
from people.queries.links import link_of, token_of
from tests.conftest import Persona
from tests.factories import AT, TODAY, ConsentFactory, HeadFactory, PersonFactory, UserFactory

CROSSINGS: dict[str, Callable[[Organisation, Person], object]] = {
    "consent_stays_in_its_organisation": lambda ours, alien: ConsentFactory(organisation=ours, person=alien),
    "head_is_of_the_same_organisation": lambda ours, alien: HeadFactory(organisation=ours, person=alien),
    "member_is_of_the_same_organisation": lambda ours, alien: Membership.objects.create(
        organisation=ours, person=alien, user=UserFactory(), role=Role.CURATOR
    ),
    "link_stays_in_its_organisation": lambda ours, alien: PersonalLink.objects.create(
        organisation=ours, person=alien, issued_at=AT, issued_by=UserFactory(), expires_at=AT
    ),
    "case_stays_in_its_organisation": lambda ours, alien: CaseCorrection.objects.create(
        organisation=ours, person=alien, part="name", case="gen", nominative="а", text="б"
    ),
}


@pytest.mark.parametrize("constraint", CROSSINGS)
def test_row_that_points_into_another_school_is_refused(
    constraint: str, school: Organisation, other_school: Organisation
) -> None:
    alien = PersonFactory(organisation=other_school)

    def cross() -> None:
        CROSSINGS[constraint](school, alien)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        cross()


def test_link_of_somebody_who_has_left_opens_no_more(curator: Persona) -> None:
    person = PersonFactory(organisation=curator.organisation)
    link = PersonalLink.objects.create(
        organisation=curator.organisation,
        person=person,
        issued_at=AT,
        issued_by=curator.user,
        expires_at=AT.replace(year=2027),
    )
    token = token_of(link)

    Person.objects.filter(pk=person.pk).update(left_on=TODAY)

    assert link_of(token, AT) is None
