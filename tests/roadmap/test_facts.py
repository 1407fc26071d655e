"""What is so in an organisation, counted for its measures."""

from datetime import date, timedelta

import pytest

from mentoring.operations.pairings import agree_pairing
from people.domain.consent import Purpose
from people.models import Consent, Organisation
from roadmap.domain.evidence import Bank, Facts, Matching, Meeting, Survey
from roadmap.queries.facts import facts_of
from tests.factories import (
    AT,
    TODAY,
    ConsentFactory,
    DocumentFactory,
    EventFactory,
    EventGuestFactory,
    InvitationFactory,
    MatchingRunFactory,
    MenteeProfileFactory,
    MentorProfileFactory,
    OrganisationFactory,
    PersonFactory,
    RoadmapFactory,
    WaveFactory,
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


# Questionnaires


def wave_in(organisation, *, purpose="feedback", **values):
    return WaveFactory(
        version__questionnaire__organisation=organisation, version__questionnaire__purpose=purpose, **values
    )


def surveys_of(organisation, today=TODAY):
    return facts_of(organisation, ["K22"], today).surveys


def test_waves_are_counted_with_those_asked_and_those_who_answered(school):
    wave = wave_in(school, stage="entry", title="Вход")
    InvitationFactory.create_batch(2, wave=wave, is_answered=True, answered_on=TODAY)
    InvitationFactory(wave=wave)
    InvitationFactory(wave=wave, revoked_at=AT)
    wave_in(school, draft=True)

    assert surveys_of(school) == (Survey("feedback", "entry", "Вход", TODAY, None, asked=3, answered=2),)


def test_summary_of_a_wave_is_told(school):
    summary = DocumentFactory(organisation=school)
    wave_in(school, closed=True, summary=summary)

    assert [each.document_id for each in surveys_of(school)] == [summary.pk]


@pytest.mark.parametrize(
    ("values", "opened_on", "closed_on"),
    [
        ({}, TODAY, TODAY),
        ({"closes_on": YESTERDAY}, YESTERDAY, YESTERDAY),
        ({"opened_at": AT - timedelta(days=9)}, date(2026, 11, 16), TODAY),
        ({"opened_at": AT - timedelta(days=2)}, date(2026, 11, 18), TODAY),
        ({"opens_on": TOMORROW}, TODAY, TODAY),
        ({"closed_at": AT.replace(hour=21, minute=30)}, TODAY, TOMORROW),
    ],
    ids=[
        *("same day", "closed by the clock after its last day", "launched before its first day"),
        *("launched after its first day", "closed before its first day", "night where the school is"),
    ],
)
def test_wave_ended_when_it_closed_and_not_later_than_its_last_day(school, values, opened_on, closed_on):
    wave_in(school, closed=True, **values)

    assert [(each.opened_on, each.closed_on) for each in surveys_of(school)] == [(opened_on, closed_on)]


def test_statements_of_this_school_year_are_counted_and_are_no_survey(school):
    for opened_at in (AT, AT.replace(month=8)):
        wave = wave_in(school, purpose="statement", opened_at=opened_at, opens_on=opened_at.date())
        InvitationFactory(wave=wave, is_answered=True, answered_on=TODAY)
        InvitationFactory(wave=wave)

    facts = facts_of(school, ["K08"], TODAY)

    assert (facts.statements, facts.surveys) == (1, ())


def test_authority_has_no_questionnaires_of_its_schools(school, other_school, district):
    for purpose in ("feedback", "statement"):
        InvitationFactory(wave=wave_in(school, purpose=purpose), is_answered=True, answered_on=TODAY)

    for organisation in (district, other_school):
        facts = facts_of(organisation, ["K07", "K08", "K22"], TODAY)
        assert (facts.surveys, facts.statements) == ((), 0)


# Meetings


def test_held_meetings_are_counted_on_their_day_where_the_school_is(school):
    held = EventFactory(organisation=school, held=True, starts_at=AT.replace(hour=21, minute=30))
    EventGuestFactory(event=held, attended=True)
    EventGuestFactory(event=held)
    EventFactory(organisation=school)
    EventFactory(organisation=school, state="cancelled")

    assert facts_of(school, ["K11"], TODAY).meetings == (Meeting(TOMORROW, invited=2, came=1),)


def test_authority_has_no_meetings_of_its_schools(school, district):
    EventFactory(organisation=school, held=True)

    assert facts_of(district, ["K11"], TODAY).meetings == ()


# Matching


def test_solved_runs_are_counted_on_their_day_with_the_pairings_made_of_them(school):
    run = MatchingRunFactory(
        organisation=school,
        solved=True,
        solved_at=AT.replace(hour=21, minute=30),
        result={"pairs": [[], []], "unmatched": ["7"]},
    )
    pair(school, run=run)
    MatchingRunFactory(organisation=school, solved=True, result={"pairs": [], "unmatched": []})
    MatchingRunFactory(organisation=school)

    facts = facts_of(school, ["K10"], TODAY)

    assert facts.matchings == (
        Matching(TODAY, proposed=0, alone=0, made=0),
        Matching(TOMORROW, proposed=2, alone=1, made=1),
    )


def test_authority_has_no_runs_of_its_schools(school, district):
    MatchingRunFactory(organisation=school, solved=True, result={"pairs": [], "unmatched": []})

    assert facts_of(district, ["K10"], TODAY).matchings == ()


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
        (["K07", "K08", "K09", "K22"], 1),
        (["K10"], 1),
        (["K11"], 2),
        (["K01", "K04", "K12", "K28", "K22"], 6),
    ],
)
def test_what_is_not_asked_for_costs_nothing(school, django_assert_num_queries, keys, queries):
    banked(school)

    with django_assert_num_queries(queries):
        facts = facts_of(school, keys, TODAY)

    if not queries:
        assert facts == Facts(today=TODAY)
