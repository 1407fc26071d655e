"""Pairs and groups before an order, and what the database itself refuses about them."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied

from mentoring.domain.pairing_states import PairingState
from mentoring.domain.vocabulary import MentoringKind
from mentoring.models import (
    MenteeProfile,
    MentorProfile,
    Pairing,
    PairingMentee,
)
from mentoring.models.pairings import days
from mentoring.operations.order_drafts import draft_assignment
from mentoring.operations.orders import send_order, sign_order
from mentoring.operations.pairings import (
    CONSTRAINT_WORDS,
    agree_pairing,
    decline_pairing,
    propose_pairing,
    set_pause,
)
from people.domain.consent import Purpose
from people.domain.refusal import RefusedError
from people.domain.roles import Role
from people.models import Consent
from tests.conftest import make_persona
from tests.factories import (
    AT,
    PASSWORD,
    TODAY,
    ConsentFactory,
    MenteeProfileFactory,
    MentorProfileFactory,
    banked,
    pair,
)
from tests.mentoring.at_once import at_once
from tests.mentoring.order_steps import FIRST, LAST, in_bank, refusal_of, terms


def propose(access, mentor, *mentees, **values):
    return propose_pairing(access, mentor_id=mentor.pk, mentee_ids=[each.pk for each in mentees], terms=terms(**values))


# Proposing


def test_proposed_pair_takes_the_mentees_place(curator):
    mentor, mentee = banked(curator.organisation)

    pairing = propose(curator.access, mentor, mentee, goal="адаптация")

    assert (pairing.organisation, pairing.mentor, pairing.state) == (curator.organisation, mentor, "proposed")
    assert (pairing.form, pairing.kind, pairing.goal) == ("teacher_teacher", "traditional", "адаптация")
    assert (pairing.starts_on, pairing.ends_on) == (FIRST, LAST)
    assert (pairing.created_by_id, pairing.created_at) == (curator.user.pk, AT)
    place = pairing.mentees.get()
    assert (place.mentee, place.mentor, place.slot, place.places) == (mentee, mentor, 1, 2)
    assert place.during == days(FIRST, LAST)


def test_group_is_a_group_whatever_kind_was_chosen(curator):
    mentor, one = banked(curator.organisation)

    pairing = propose(curator.access, mentor, one, in_bank(curator.organisation))

    assert pairing.kind == MentoringKind.GROUP
    assert sorted(pairing.mentees.values_list("slot", flat=True)) == [1, 2]


@pytest.mark.parametrize("persona", ["director", "psychologist", "hr_officer", "mentor"])
def test_only_who_edits_pairings_may_change_them(request, persona, curator):
    access = request.getfixturevalue(persona).access
    pairing = pair(curator.organisation)

    with pytest.raises(PermissionDenied):
        propose_pairing(access, mentor_id=1, mentee_ids=[2], terms=terms())
    for press in (agree_pairing, decline_pairing, partial(set_pause, is_paused=True)):
        with pytest.raises(PermissionDenied):
            press(access, pairing_id=pairing.pk)


def test_reversed_period_is_refused(curator):
    mentor, mentee = banked(curator.organisation)

    words = refusal_of(propose, curator.access, mentor, mentee, last_day=FIRST - timedelta(days=1))

    assert words == "Период заканчивается раньше, чем начинается."


def test_pair_of_one_day_is_a_pair(curator):
    mentor, mentee = banked(curator.organisation)

    pairing = propose(curator.access, mentor, mentee, last_day=FIRST)

    assert pairing.ends_on == FIRST


def test_pair_without_mentees_is_refused(curator):
    mentor, _ = banked(curator.organisation)

    assert refusal_of(propose, curator.access, mentor) == "Выберите хотя бы одного наставляемого."


def test_nobody_is_proposed_to_themselves(curator):
    both, _ = banked(curator.organisation)
    MenteeProfileFactory(person=both)

    assert refusal_of(propose, curator.access, both, both) == "Человек не может быть наставником самому себе."


def test_mentor_outside_the_bank_is_refused(curator):
    mentor, mentee = banked(curator.organisation)
    MentorProfile.objects.filter(person=mentor).update(left_on=TODAY)

    assert refusal_of(propose, curator.access, mentor, mentee) == "Этого наставника нет в банке."


def test_mentee_outside_the_bank_is_refused(curator):
    mentor, mentee = banked(curator.organisation)
    MenteeProfile.objects.filter(person=mentee).update(left_on=TODAY)

    words = refusal_of(propose, curator.access, mentor, mentee)

    assert words == "Кого-то из выбранных уже нет в банке наставляемых. Обновите страницу."


def test_people_of_another_school_are_refused(curator, other_school):
    mentor, mentee = banked(curator.organisation)
    alien_mentor, alien_mentee = banked(other_school)

    assert refusal_of(propose, curator.access, alien_mentor, mentee) == "Этого наставника нет в банке."
    assert refusal_of(propose, curator.access, mentor, alien_mentee).startswith("Кого-то из выбранных уже нет")


@pytest.mark.parametrize("side", [0, 1])
def test_person_whose_consent_is_only_claimed_is_refused_by_name(curator, side):
    people = banked(curator.organisation)
    person = people[side]
    Consent.objects.filter(person=person).delete()
    ConsentFactory(person=person, purpose=Purpose.PROCESSING, state=Consent.State.CLAIMED)

    words = refusal_of(propose, curator.access, *people)

    assert words == f"{person.short_name}: нет действующего согласия (обработка персональных данных)."
    assert Pairing.objects.count() == 0


def test_consent_to_take_part_is_not_needed_to_propose(curator):
    mentor, mentee = banked(curator.organisation)
    Consent.objects.filter(purpose=Purpose.PARTICIPATION).delete()

    assert propose(curator.access, mentor, mentee).state == PairingState.PROPOSED


def test_mentee_who_has_a_mentor_on_those_days_is_refused(curator):
    first = pair(curator.organisation)
    mentee = first.mentees.get().mentee
    other = in_bank(curator.organisation, mentor=True)

    words = refusal_of(propose, curator.access, other, mentee, first_day=LAST)

    assert words == "У кого-то из наставляемых на эти дни уже есть наставник."
    assert Pairing.objects.count() == 1


def test_mentee_gets_the_next_mentor_from_the_day_after(curator):
    first = pair(curator.organisation)
    mentee = first.mentees.get().mentee
    other = in_bank(curator.organisation, mentor=True)

    pairing = propose(
        curator.access, other, mentee, first_day=LAST + timedelta(days=1), last_day=LAST + timedelta(days=9)
    )

    assert pairing.mentees.get().mentee == mentee


def test_third_mentee_of_a_mentor_needs_a_reason(curator):
    mentor = in_bank(curator.organisation, mentor=True)
    for _ in range(2):
        propose(curator.access, mentor, in_bank(curator.organisation))
    third = in_bank(curator.organisation)

    words = refusal_of(propose, curator.access, mentor, third)
    pairing = propose(curator.access, mentor, third, over_capacity_reason="единственный физик")

    assert words == "У наставника столько мест нет. Напишите, почему их нужно больше."
    assert (pairing.over_capacity_reason, pairing.mentees.get().slot) == ("единственный физик", 3)


def test_mentors_own_number_of_places_wins_over_the_schools(curator):
    mentor = in_bank(curator.organisation, mentor=True)
    MentorProfile.objects.filter(person=mentor).update(capacity=1)
    propose(curator.access, mentor, in_bank(curator.organisation))

    words = refusal_of(propose, curator.access, mentor, in_bank(curator.organisation))

    assert words == CONSTRAINT_WORDS["capacity_is_exceeded_only_with_a_reason"]


def test_group_larger_than_the_places_is_refused_whole(curator):
    mentor = in_bank(curator.organisation, mentor=True)

    words = refusal_of(propose, curator.access, mentor, *[in_bank(curator.organisation) for _ in range(3)])

    assert words == CONSTRAINT_WORDS["capacity_is_exceeded_only_with_a_reason"]
    assert (Pairing.objects.count(), PairingMentee.objects.count()) == (0, 0)


def test_place_that_a_declined_pair_leaves_is_taken_again(curator):
    mentor = in_bank(curator.organisation, mentor=True)
    first, _ = (propose(curator.access, mentor, in_bank(curator.organisation)) for _ in range(2))
    decline_pairing(curator.access, pairing_id=first.pk)

    pairing = propose(curator.access, mentor, in_bank(curator.organisation))

    assert pairing.mentees.get().slot == 1


def test_person_is_mentor_in_one_pair_and_mentee_in_another(curator):
    older, younger = banked(curator.organisation)
    MenteeProfileFactory(person=older)
    MentorProfileFactory(person=younger)

    usual = propose(curator.access, older, younger)
    reverse = propose(curator.access, younger, older, kind=MentoringKind.REVERSE)

    assert (usual.mentor, usual.mentees.get().mentee) == (older, younger)
    assert (reverse.mentor, reverse.mentees.get().mentee) == (younger, older)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_curators_who_propose_one_mentee_at_once_get_one_pair(curator):
    other = make_persona(Role.CURATOR, curator.organisation)
    mentor, mentee = banked(curator.organisation)
    second_mentor = in_bank(curator.organisation, mentor=True)

    results = at_once(
        partial(propose, curator.access, mentor, mentee),
        partial(propose, other.access, second_mentor, mentee),
    )

    assert sorted(type(result).__name__ for result in results) == ["Pairing", "RefusedError"]
    (refusal,) = [result for result in results if isinstance(result, RefusedError)]
    assert str(refusal) == "У кого-то из наставляемых на эти дни уже есть наставник."
    assert (Pairing.objects.count(), PairingMentee.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_last_places_of_a_mentor_wanted_at_once_go_to_two(curator):
    mentor = in_bank(curator.organisation, mentor=True)
    mentees = [in_bank(curator.organisation) for _ in range(3)]

    results = at_once(*[partial(propose, curator.access, mentor, mentee) for mentee in mentees])

    assert sorted(type(result).__name__ for result in results) == ["Pairing", "Pairing", "RefusedError"]
    assert sorted(PairingMentee.objects.values_list("slot", flat=True)) == [1, 2]


# Agreeing, declining, pausing


def test_pair_is_agreed_once_however_often_it_is_pressed(curator):
    pairing = pair(curator.organisation)

    for _ in range(2):
        assert agree_pairing(curator.access, pairing_id=pairing.pk).state == PairingState.AGREED


def test_pair_is_not_agreed_without_the_consent_to_take_part(curator):
    pairing = pair(curator.organisation)
    mentee = pairing.mentees.get().mentee
    Consent.objects.filter(person=mentee, purpose=Purpose.PARTICIPATION).delete()

    words = refusal_of(agree_pairing, curator.access, pairing_id=pairing.pk)

    assert words == f"{mentee.short_name}: нет действующего согласия (участие в наставничестве)."


def test_missing_consents_are_named_together(curator):
    pairing = pair(curator.organisation)
    Consent.objects.filter(person=pairing.mentor).delete()

    words = refusal_of(agree_pairing, curator.access, pairing_id=pairing.pk)

    assert words.endswith("(обработка персональных данных; участие в наставничестве).")


def test_declined_pair_gives_the_mentee_back_once(curator):
    pairing = pair(curator.organisation)

    for _ in range(2):
        assert decline_pairing(curator.access, pairing_id=pairing.pk).state == PairingState.DECLINED
    assert pairing.mentees.get().during.isempty


def test_declined_pair_cannot_be_agreed(curator):
    pairing = pair(curator.organisation)
    decline_pairing(curator.access, pairing_id=pairing.pk)

    words = refusal_of(agree_pairing, curator.access, pairing_id=pairing.pk)

    assert words == "Сейчас пара «отклонена»: кто-то уже сделал этот шаг."


def test_pair_in_a_draft_order_is_not_declined(curator):
    pairing = pair(curator.organisation)
    agree_pairing(curator.access, pairing_id=pairing.pk)
    draft_assignment(curator.access, pairing_ids=[pairing.pk])

    words = refusal_of(decline_pairing, curator.access, pairing_id=pairing.pk)

    assert words == "Пара стоит в проекте приказа. Сначала уберите проект."


def test_only_a_working_pair_is_paused(curator):
    pairing = pair(curator.organisation)

    for is_paused in (True, False):
        words = refusal_of(set_pause, curator.access, pairing_id=pairing.pk, is_paused=is_paused)
        assert words == "Приостановить можно только работающую пару."


def test_working_pair_is_paused_and_works_on(curator, director):
    pairing = pair(curator.organisation)
    agree_pairing(curator.access, pairing_id=pairing.pk)
    order = draft_assignment(curator.access, pairing_ids=[pairing.pk])
    send_order(curator.access, document_id=order.pk)
    sign_order(director.access, document_id=order.pk, password=PASSWORD, effective_on=TODAY)

    states = [
        set_pause(curator.access, pairing_id=pairing.pk, is_paused=is_paused).state
        for is_paused in (True, True, False, False)
    ]

    assert states == ["paused", "paused", "active", "active"]


def test_stranger_reaches_no_pair(curator, stranger):
    pairing = pair(curator.organisation)

    for press in (agree_pairing, decline_pairing, partial(set_pause, is_paused=True)):
        with pytest.raises(Pairing.DoesNotExist):
            press(stranger.access, pairing_id=pairing.pk)


def test_every_constraint_of_mentoring_that_a_person_may_meet_has_words():
    assert set(CONSTRAINT_WORDS) == {
        "one_mentor_at_a_time_per_mentee",
        "one_mentee_at_a_time_per_slot",
        "capacity_is_exceeded_only_with_a_reason",
        "nobody_mentors_themselves",
    }
