"""Who is offered to other organisations of the district, and what either side sees of a request."""

from dataclasses import replace

import pytest

from mentoring.models import MentorProfile, SharingRequest
from mentoring.queries.banks import bank_figures
from mentoring.queries.pairings import count_by_group
from mentoring.queries.sharing import (
    SharedMentor,
    incoming,
    lent,
    outgoing,
    outgoing_for_export,
    shared_mentor,
    shared_mentors,
    waiting_requests,
)
from mentoring.queries.steps import steps
from people.domain.consent import NEEDED_TO_ORDER, Purpose
from people.domain.roles import Role
from tests.conftest import make_persona
from tests.factories import (
    AT,
    TODAY,
    MentorProfileFactory,
    MentorTopicFactory,
    OrganisationFactory,
    PairingFactory,
    PairingMenteeFactory,
    PersonFactory,
    SharingRequestFactory,
    consents,
)
from tests.mentoring.sharing_steps import lend, offered, withdraw


def names(mentors):
    return [mentor.name for mentor in mentors]


def banked_with(person, *purposes):
    MentorProfileFactory(person=person)
    consents(person, *purposes)


def step_titles(persona):
    found = steps(persona.access, bank_figures(persona.access), count_by_group(persona.access))
    return [step.title.replace("\u00a0", " ") for step in found if "наставник" in step.title.lower()]


# The mentors


def test_shared_mentor_shows_what_was_consented_to_and_nothing_else(curator, other_school):
    profile = {"hours": 2, "forms": ["teacher_teacher"], "trained_on": TODAY, "achievements": "Победы"}
    card = {"category": "highest", "experience_years": 20, "email": "k@example.org", "phone": "1", "note": "тайна"}
    mentor = offered(other_school, profile=profile, **card)
    mentor_profile = mentor.mentor_profiles.get()

    assert shared_mentors(curator.access) == [
        SharedMentor(
            person_id=mentor.pk,
            profile_id=mentor_profile.pk,
            organisation="Чужая школа",
            name=mentor.full_name,
            post="учитель",
            subject="математика",
            category="highest",
            experience_years=20,
            hours=2.0,
            forms=("teacher_teacher",),
            topics=(mentor_profile.topics.get().topic,),
            free=2,
            is_trained=True,
            request_state="",
        )
    ]


def test_only_those_who_may_be_lent_are_offered(curator, other_school):
    wanted = offered(other_school)
    offered(curator.organisation)
    offered(OrganisationFactory(parent=OrganisationFactory(kind="authority")))
    banked_with(PersonFactory(organisation=other_school), *NEEDED_TO_ORDER)
    banked_with(PersonFactory(organisation=other_school), Purpose.SHARING)
    withdraw(offered(other_school))
    withdraw(offered(other_school), Purpose.PROCESSING)
    offered(other_school, left_on=TODAY)
    offered(other_school, kind="pupil")
    offered(other_school, birth_year=TODAY.year - 18)
    offered(other_school, profile={"left_on": TODAY})
    offered(other_school, profile={"standing": "candidate"})

    assert names(shared_mentors(curator.access)) == [wanted.full_name]


def test_school_without_a_district_is_offered_nobody(curator):
    offered(OrganisationFactory())
    alone = replace(curator.access, organisation=OrganisationFactory())

    assert shared_mentors(alone) == []


def test_places_taken_at_home_and_lent_elsewhere_are_not_free(curator, stranger, district):
    mentor = offered(stranger.organisation, profile={"capacity": 3})
    PairingMenteeFactory(pairing=PairingFactory(mentor=mentor))
    third = lend(stranger, OrganisationFactory(parent=district), mentor)

    before = shared_mentor(curator.access, mentor.pk).free
    MentorProfile.objects.filter(person=third.guest).update(left_on=TODAY)
    after = shared_mentor(curator.access, mentor.pk).free
    MentorProfile.objects.filter(person=mentor).update(capacity=1)

    assert (before, after) == (1, 2)
    assert shared_mentors(curator.access) == []
    with pytest.raises(MentorProfile.DoesNotExist):
        shared_mentor(curator.access, mentor.pk)


def test_lent_mentor_is_the_schools_own_and_is_not_lent_on(curator, stranger, district):
    request = lend(stranger, curator.organisation, offered(stranger.organisation))
    consents(request.guest, *NEEDED_TO_ORDER, Purpose.SHARING)
    third = make_persona(Role.CURATOR, OrganisationFactory(parent=district))

    assert shared_mentors(curator.access) == []
    assert [mentor.person_id for mentor in shared_mentors(third.access)] == [request.mentor_id]


def test_mentors_tell_whether_they_were_asked_for(curator, other_school):
    mentors = [offered(other_school, surname=surname) for surname in ("Асеева", "Бунина", "Вагина")]
    SharingRequestFactory(organisation=curator.organisation, mentor=mentors[0])
    SharingRequestFactory(organisation=curator.organisation, mentor=mentors[1], state="refused", answered_at=AT)
    SharingRequestFactory(mentor=mentors[2])

    found = shared_mentors(curator.access)

    assert [mentor.request_state for mentor in found] == ["asked", "refused", ""]
    assert [mentor.may_be_asked_for for mentor in found] == [False, True, True]


def test_mentors_are_found_by_topic_and_subject(curator, other_school):
    physicist, other = (offered(other_school, surname=name, subject=name) for name in ("Физика", "Химия"))
    MentorTopicFactory(profile=other.mentor_profiles.get(), topic="Зачёт на уроке")

    found = {search: names(shared_mentors(curator.access, search=search)) for search in ("физика", "зачет урок", "зоо")}

    assert found == {"физика": [physicist.full_name], "зачет урок": [other.full_name], "зоо": []}


# The requests


def test_each_side_sees_its_part_and_a_third_school_nothing(curator, stranger, district):
    mentor = offered(stranger.organisation)
    SharingRequestFactory(organisation=curator.organisation, mentor=mentor, topics="дисциплина")
    third = make_persona(Role.CURATOR, OrganisationFactory(parent=district))
    parts = {who: (incoming(who.access), outgoing(who.access)) for who in (curator, stranger, third)}

    (line,) = parts[stranger][0]
    (own,) = parts[curator][1]
    assert (line.partner, line.name, line.topics) == ("Лицей № 7", mentor.full_name, "дисциплина")
    assert (own.partner, own.name, own.state_label) == ("Чужая школа", mentor.full_name, "ждёт ответа")
    assert (parts[stranger][1], parts[curator][0], parts[third]) == ([], [], ([], []))


def test_requests_are_seen_by_who_puts_people_together_alone(curator, director, other_school):
    SharingRequestFactory(organisation=curator.organisation, mentor=offered(other_school))

    seen = [SharingRequest.objects.visible_to(who.access).count() for who in (curator, director)]

    assert seen == [1, 0]


def test_mentor_who_no_longer_consents_is_not_named_to_who_asks(curator, other_school):
    request = SharingRequestFactory(organisation=curator.organisation, mentor=offered(other_school))
    withdraw(request.mentor)

    (line,) = outgoing(curator.access)

    assert (line.name, line.state) == ("", "asked")
    assert outgoing_for_export(curator.access) == []


def test_lent_mentor_goes_out_of_the_house_once_they_consent_there(curator, stranger):
    request = lend(stranger, curator.organisation, offered(stranger.organisation))

    before = outgoing_for_export(curator.access)
    consents(request.guest)
    after = outgoing_for_export(curator.access)

    assert before == []
    assert [(line.name, line.guest_id) for line in after] == [(request.guest.full_name, request.guest_id)]
    assert [line.partner for line in lent(stranger.access)] == ["Лицей № 7"]


# The steps


def test_steps_lead_through_a_request(curator, stranger):
    mentors = [offered(stranger.organisation) for _ in range(2)]
    first = SharingRequestFactory(organisation=curator.organisation, mentor=mentors[0])

    one = step_titles(stranger)
    SharingRequestFactory(organisation=curator.organisation, mentor=mentors[1])
    several = step_titles(stranger)
    first.delete()
    request = lend(stranger, curator.organisation, mentors[0])
    agreed = step_titles(curator)
    consents(request.guest)

    assert "Лицей № 7 просит наставника: ответьте" in one
    assert "Просят наставников: 2 просьбы, ответьте" in several
    assert "Наставник согласован: внесите согласия" in agreed
    assert waiting_requests(curator.access) == []
    assert [each.topics for each in waiting_requests(stranger.access)] == ["дисциплина на уроке"]
