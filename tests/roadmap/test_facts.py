"""What is so in an organisation, counted for its measures."""

from datetime import date, timedelta

import pytest

from mentoring.operations.pairings import agree_pairing
from people.domain.consent import Purpose
from people.models import Consent, Organisation
from roadmap.domain.evidence import Bank, Facts
from roadmap.queries.facts import facts_of
from tests.factories import (
    TODAY,
    ConsentFactory,
    DocumentFactory,
    MenteeProfileFactory,
    MentorProfileFactory,
    OrganisationFactory,
    PersonFactory,
    RoadmapFactory,
    banked,
    consents,
    pair,
)
from tests.mentoring.order_steps import drafted, ending, signed, working

BANKS = ["K05"]
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def banks_of(organisation, today=TODAY):
    facts = facts_of(organisation, BANKS, today)
    return facts.mentors, facts.mentees


# Banks


def test_banks_are_counted_with_their_consents(school):
    banked(school)
    MentorProfileFactory(person=PersonFactory(organisation=school))

    assert banks_of(school) == (Bank(people=2, with_consent=1), Bank(people=1, with_consent=1))


@pytest.mark.parametrize(
    ("values", "people"),
    [
        ({"entered_on": TODAY}, 1),
        ({"entered_on": TOMORROW}, 0),
        ({"left_on": TODAY}, 0),
        ({"left_on": TOMORROW}, 1),
        ({"person__left_on": TODAY}, 0),
        ({"person__left_on": TOMORROW}, 1),
    ],
)
@pytest.mark.parametrize("make", [MentorProfileFactory, MenteeProfileFactory])
def test_banks_count_who_is_there_that_day(school, make, values, people):
    make(person__organisation=school, **values)

    assert sum(bank.people for bank in banks_of(school)) == people


@pytest.mark.parametrize(
    ("values", "with_consent"),
    [
        ({}, 1),
        ({"signed_on": TOMORROW}, 0),
        ({"purpose": Purpose.PARTICIPATION}, 0),
        ({"state": Consent.State.WITHDRAWN, "withdrawn_on": YESTERDAY}, 0),
    ],
)
def test_consent_counts_while_it_is_in_force(school, values, with_consent):
    profile = MentorProfileFactory(person__organisation=school)
    ConsentFactory(person=profile.person, **values)

    mentors, _ = banks_of(school)

    assert mentors == Bank(people=1, with_consent=with_consent)


def test_person_with_two_consents_is_counted_once(school):
    profile = MentorProfileFactory(person__organisation=school)
    consents(profile.person)
    ConsentFactory(person=profile.person, state=Consent.State.WITHDRAWN, withdrawn_on=date(2026, 9, 2))

    mentors, _ = banks_of(school)

    assert mentors == Bank(people=1, with_consent=1)


def test_school_counts_its_own_alone(school, other_school, district):
    for organisation in (other_school, district):
        banked(organisation)

    assert banks_of(school) == (Bank(), Bank())


@pytest.mark.parametrize("kind", [Organisation.Kind.AUTHORITY, Organisation.Kind.METHODICAL_CENTRE])
def test_authority_counts_itself_and_its_schools(school, other_school, district, kind):
    district.kind = kind
    for organisation in (school, other_school, district, OrganisationFactory()):
        banked(organisation)

    assert banks_of(district) == (Bank(3, 3), Bank(3, 3))


# Pairs


def test_pairs_count_once_an_order_fixes_them(curator, director):
    proposed, agreed = pair(curator.organisation), pair(curator.organisation)
    agree_pairing(curator.access, pairing_id=agreed.pk)
    working(curator, director)

    facts = facts_of(curator.organisation, ["K12"], TODAY)

    assert (proposed.state, facts.pairs_running, facts.waiting) == ("proposed", 1, 0)


def test_pair_that_has_ended_is_not_counted(curator, director):
    pairing = working(curator, director)
    signed(curator, director, ending(curator, pairing, TODAY))
    pairing.refresh_from_db()

    facts = facts_of(curator.organisation, ["K12"], TODAY + timedelta(days=1))

    assert (pairing.state, facts.pairs_running) == ("ended_early", 0)


def test_mentee_without_a_mentor_waits(school):
    pair(school)
    MenteeProfileFactory(person__organisation=school)
    MenteeProfileFactory(person__organisation=school, left_on=TODAY)

    assert facts_of(school, ["K12"], TODAY).waiting == 1


# Papers


def test_signed_documents_come_out_in_the_order_of_their_days(curator, director):
    first = working(curator, director).basis
    second = signed(curator, director, drafted(curator, *[agreed_pair(curator) for _ in range(2)]))
    DocumentFactory(organisation=curator.organisation, journal=first.journal)

    papers = facts_of(curator.organisation, ["K02"], TODAY).papers

    assert [(each.document_id, each.number, each.issued_on, each.pairings) for each in papers] == [
        (first.pk, "1-од", TODAY, 1),
        (second.pk, "2-од", TODAY, 2),
    ]
    assert (papers[0].kind, papers[0].heading) == ("assignment_order", first.heading)


def agreed_pair(curator):
    return agree_pairing(curator.access, pairing_id=pair(curator.organisation).pk)


def test_order_that_ends_a_pair_fixes_none(curator, director):
    pairing = working(curator, director)
    signed(curator, director, ending(curator, pairing, TODAY))

    papers = facts_of(curator.organisation, ["K02"], TODAY).papers

    assert [each.pairings for each in papers] == [1, 0]


def test_documents_of_a_school_are_not_those_of_its_authority(curator, director, district):
    working(curator, director)

    assert facts_of(district, ["K01", "K02", "K31"], TODAY).papers == ()


# Schools of an authority


@pytest.mark.parametrize(
    ("plan", "with_plan"),
    [
        ({}, 1),
        ({"is_confirmed": False}, 0),
        ({"source": "district"}, 0),
        ({"ends_on": YESTERDAY}, 0),
        ({"starts_on": TOMORROW}, 0),
        ({"starts_on": TODAY, "ends_on": TODAY}, 1),
    ],
)
def test_school_works_by_a_plan_of_its_own(school, other_school, district, plan, with_plan):
    RoadmapFactory(organisation=school, **plan)
    RoadmapFactory(organisation=district)

    facts = facts_of(district, ["K28"], TODAY)

    assert (facts.schools, facts.schools_with_plan) == (2, with_plan)


def test_school_with_two_plans_is_one_school(school, district):
    for _ in range(2):
        RoadmapFactory(organisation=school)

    facts = facts_of(district, ["K28"], TODAY)

    assert (facts.schools, facts.schools_with_plan) == (1, 1)


def test_school_has_no_schools(school):
    facts = facts_of(school, ["K28"], TODAY)

    assert (facts.schools, facts.schools_with_plan) == (0, 0)


# Costs


@pytest.mark.parametrize(
    ("keys", "queries"),
    [
        ([], 0),
        (["K16", "K20"], 0),
        (["K04", "K05", "K06"], 2),
        (["K12"], 2),
        (["K01", "K02", "K31"], 1),
        (["K28"], 0),
        (["K07", "K08", "K09", "K11", "K22"], 1),
        (["K01", "K04", "K12", "K28", "K22"], 6),
    ],
)
def test_what_is_not_asked_for_costs_nothing(school, django_assert_num_queries, keys, queries):
    banked(school)

    with django_assert_num_queries(queries):
        facts = facts_of(school, keys, TODAY)

    if not queries:
        assert facts == Facts(today=TODAY)
