"""Asking another organisation for its mentor, and answering that."""

from datetime import date
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied

from mentoring.models import MentorProfile, SharingRequest
from mentoring.operations.sharing import ASKED_ALREADY, answer_request, ask_for_mentor, withdraw_request
from people.domain.refusal import RefusedError
from people.domain.roles import Role
from people.models import Consent, Person
from tests.conftest import make_persona
from tests.factories import AT, TODAY, OrganisationFactory, SharingRequestFactory
from tests.mentoring.at_once import at_once
from tests.mentoring.order_steps import fresh, refusal_of
from tests.mentoring.sharing_steps import lend, offered, withdraw

NOT_OFFERED = "Этого наставника другим школам сейчас не предлагают."
ANSWERED = "На эту просьбу уже ответили, или её отозвали. Вернитесь к списку."


@pytest.fixture
def mentor_there(stranger):
    """A mentor of the other school, whose curator is `stranger`."""
    return offered(stranger.organisation)


@pytest.fixture
def asked(curator, mentor_there):
    """The curator's school has asked for them."""
    return SharingRequestFactory(organisation=curator.organisation, mentor=mentor_there)


def ask(persona, mentor, topics="дисциплина"):
    return ask_for_mentor(persona.access, person_id=mentor.pk, topics=topics)


def agree(persona, request, **values):
    return answer_request(persona.access, request_id=request.pk, is_agreed=True, **values)


def refuse(persona, request, **values):
    return answer_request(persona.access, request_id=request.pk, is_agreed=False, **values)


# Asking


def test_request_goes_to_the_mentors_school(curator, mentor_there):
    request = fresh(ask(curator, mentor_there))

    assert (request.organisation, request.owner) == (curator.organisation, mentor_there.organisation)
    assert (request.mentor, request.topics, request.state) == (mentor_there, "дисциплина", "asked")
    assert (request.asked_at, request.asked_by) == (AT, curator.user)


def test_mentor_who_is_not_offered_cannot_be_asked_for(curator, mentor_there):
    withdraw(mentor_there)

    assert refusal_of(ask, curator, mentor_there) == NOT_OFFERED
    assert refusal_of(ask_for_mentor, curator.access, person_id=0, topics="x") == NOT_OFFERED


def test_mentor_is_asked_for_once_and_not_when_already_lent(curator, stranger, mentor_there):
    request = ask(curator, mentor_there)

    while_it_waits = refusal_of(ask, curator, mentor_there)
    agree(stranger, request)
    once_lent = refusal_of(ask, curator, mentor_there)

    assert [while_it_waits, once_lent] == [ASKED_ALREADY] * 2


def test_mentor_may_be_asked_for_again_after_a_refusal(curator, stranger, mentor_there):
    refuse(stranger, ask(curator, mentor_there))

    assert ask(curator, mentor_there).state == "asked"


@pytest.mark.parametrize("persona", ["director", "psychologist", "mentor"])
def test_only_who_puts_people_together_asks_and_answers(request, persona, stranger):
    access = request.getfixturevalue(persona).access

    for call in (
        partial(ask_for_mentor, access, person_id=1, topics="x"),
        partial(withdraw_request, access, request_id=1),
        partial(answer_request, access, request_id=1, is_agreed=True),
    ):
        with pytest.raises(PermissionDenied):
            call()


# Taking it back


def test_request_is_taken_back_once_however_often_it_is_pressed(curator, asked):
    for _ in range(2):
        withdraw_request(curator.access, request_id=asked.pk)

    assert (fresh(asked).state, asked.answered_at) == ("withdrawn", None)


def test_answered_request_is_not_taken_back(curator, stranger, asked):
    refuse(stranger, asked)

    assert refusal_of(withdraw_request, curator.access, request_id=asked.pk) == "Отозвать нельзя: вам уже ответили."


def test_each_side_does_only_its_own_part(curator, stranger, asked, district):
    third = make_persona(Role.CURATOR, OrganisationFactory(parent=district))

    for persona in (stranger, third):
        with pytest.raises(SharingRequest.DoesNotExist):
            withdraw_request(persona.access, request_id=asked.pk)
    for persona in (curator, third):
        with pytest.raises(SharingRequest.DoesNotExist):
            agree(persona, asked)
    assert fresh(asked).state == "asked"


# Answering


def test_lent_mentor_becomes_an_outside_participant_without_contacts_and_consents(curator, stranger):
    profile = {"trained_on": date(2026, 10, 1), "forms": ["teacher_teacher"], "hours": 2, "achievements": "Победы"}
    card = {"category": "highest", "experience_years": 20, "email": "k@example.org", "phone": "+7 900", "note": "тайна"}
    mentor = offered(stranger.organisation, profile=profile, **card, birth_year=1980)
    request = SharingRequestFactory(organisation=curator.organisation, mentor=mentor)

    guest = agree(stranger, request, answer="По средам").guest

    assert (fresh(request).state, request.answer, request.guest) == ("agreed", "По средам", guest)
    assert (request.answered_at, request.answered_by) == (AT, stranger.user)
    assert (guest.organisation, guest.kind, guest.full_name) == (curator.organisation, "external", mentor.full_name)
    shown = (guest.post, guest.subject, guest.category, guest.experience_years)
    assert shown == (mentor.post, mentor.subject, "highest", 20)
    assert (guest.email, guest.phone, guest.note, guest.birth_year) == ("", "", "", None)
    there = MentorProfile.objects.get(person=guest)
    assert (there.organisation, there.entered_on, there.capacity) == (curator.organisation, TODAY, 1)
    assert (there.standing, there.trained_on, there.forms) == ("approved", date(2026, 10, 1), ["teacher_teacher"])
    assert (there.hours, there.achievements) == (None, "")
    (topic,) = mentor.mentor_profiles.get().topics.all()
    assert list(there.topics.values_list("topic", flat=True)) == [topic.topic]
    assert not Consent.objects.filter(person=guest).exists()


def test_second_agreement_changes_nothing(stranger, asked):
    first = agree(stranger, asked).guest

    second = agree(stranger, asked, places=2, answer="ещё раз").guest

    assert second == first
    assert (fresh(asked).answer, Person.objects.filter(kind="external").count()) == ("", 1)


def test_refusal_keeps_its_words_and_brings_nobody(stranger, asked):
    for _ in range(2):
        refuse(stranger, asked, answer="Он занят")

    assert (fresh(asked).state, asked.answer, asked.guest) == ("refused", "Он занят", None)
    assert refusal_of(agree, stranger, asked) == ANSWERED


def test_request_taken_back_is_not_answered(curator, stranger, asked):
    withdraw_request(curator.access, request_id=asked.pk)

    assert [refusal_of(answer, stranger, asked) for answer in (agree, refuse)] == [ANSWERED] * 2


def test_mentor_who_no_longer_consents_is_not_lent_but_may_be_refused(stranger, asked):
    withdraw(asked.mentor)

    words = "Согласовать нельзя: у наставника нет действующего согласия (передача сведений другим организациям)."
    assert refusal_of(agree, stranger, asked) == words
    assert refuse(stranger, asked).state == "refused"


@pytest.mark.parametrize("change", [{"left_on": TODAY}, {"standing": "candidate"}])
def test_mentor_who_is_no_longer_in_the_bank_is_not_lent(stranger, asked, change):
    MentorProfile.objects.filter(person=asked.mentor).update(**change)

    words = "Согласовать нельзя: наставник вышел из банка или ещё не утверждён."
    assert refusal_of(agree, stranger, asked) == words


def test_no_more_places_are_lent_than_are_free(curator, stranger, asked):
    too_many = refusal_of(agree, stranger, asked, places=3)
    third = OrganisationFactory(parent=stranger.organisation.parent)
    lend(stranger, third, asked.mentor, places=2)
    none_left = refusal_of(agree, stranger, asked)

    assert too_many.replace("\u00a0", " ") == "У наставника 2 свободных места: столько отдать нельзя."
    assert none_left == "Согласовать нельзя: у наставника нет свободных мест."


def test_school_that_has_left_the_district_gets_nobody(curator, stranger, asked):
    curator.organisation.parent = None
    curator.organisation.save()

    assert refusal_of(agree, stranger, asked) == "Согласовать нельзя: школа больше не в вашем районе."


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_curators_who_agree_at_once_lend_one_mentor(curator, stranger):
    other = make_persona(Role.CURATOR, stranger.organisation)
    request = SharingRequestFactory(organisation=curator.organisation, mentor=offered(stranger.organisation))

    results = at_once(partial(agree, stranger, request), partial(agree, other, request))

    assert len({result.guest_id for result in results}) == 1
    assert Person.objects.filter(kind="external").count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_last_place_agreed_to_two_schools_at_once_goes_to_one(curator, stranger, district):
    mentor = offered(stranger.organisation, profile={"capacity": 1})
    schools = [curator.organisation, OrganisationFactory(parent=district)]
    requests = [SharingRequestFactory(organisation=school, mentor=mentor) for school in schools]

    results = at_once(*[partial(agree, stranger, request) for request in requests])

    assert sorted(type(result).__name__ for result in results) == ["RefusedError", "SharingRequest"]
    (refusal,) = [result for result in results if isinstance(result, RefusedError)]
    assert str(refusal) == "Согласовать нельзя: у наставника нет свободных мест."
    assert Person.objects.filter(kind="external").count() == 1
