"""Answers to proposed pairings, whoever gives them and whenever, and asking for them."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied

from jobs.models import Job
from mentoring.domain.pairing_states import PairingState
from mentoring.models import Pairing, PairingMentee, PairingReply, ProposalLetter
from mentoring.operations.order_drafts import draft_assignment, draft_replacement
from mentoring.operations.pairings import agree_pairing, decline_pairing, propose_pairing
from mentoring.operations.replies import (
    agree_unanimous,
    ask_participants,
    record_reply,
    reply_to_pairing,
)
from mentoring.queries.banks import queue
from people.domain.consent import Purpose
from people.domain.refusal import RefusedError
from people.models import Consent, Person, PersonalLink
from tests.factories import AT, TODAY, ConsentFactory, PairingReplyFactory, pair
from tests.mentoring.at_once import at_once
from tests.mentoring.order_steps import SOON, drafted, fresh, in_bank, refusal_of, terms, working
from tests.mentoring.reply_steps import answer, group, mentee_of

FOR_MINORS = "За несовершеннолетнего отвечает законный представитель: его ответ на бумаге вносит куратор."


def record(curator, pairing, person, is_willing, reason=""):
    return record_reply(
        curator.access, pairing_id=pairing.pk, person_id=person.pk, is_willing=is_willing, reason=reason
    )


def without(person, purpose=Purpose.PARTICIPATION):
    Consent.objects.filter(person=person, purpose=purpose).delete()


def addressed(person, **values):
    """The person with an e-mail address."""
    Person.objects.filter(pk=person.pk).update(email="somebody@example.org", **values)


# One's own answer


def test_pair_is_agreed_once_both_are_willing(curator):
    pairing = pair(curator.organisation)

    first = answer(curator, pairing, pairing.mentor, True).state
    second = answer(curator, pairing, mentee_of(pairing), True).state

    assert (first, second, fresh(pairing).state) == ("proposed", "agreed", "agreed")
    replies = PairingReply.objects.order_by("pk").values_list("person", "is_willing", "way", "replied_at", "reason")
    assert list(replies) == [(each.pk, True, "portal", AT, "") for each in (pairing.mentor, mentee_of(pairing))]


def test_same_answer_twice_changes_nothing(curator):
    pairing = pair(curator.organisation)

    states = [answer(curator, pairing, mentee_of(pairing), False, "далеко ехать").state for _ in range(2)]

    assert states == ["declined", "declined"]
    assert list(pairing.replies.values_list("is_willing", "reason")) == [(False, "далеко ехать")]


@pytest.mark.parametrize("is_mentor", [True, False])
def test_refusal_declines_the_pair_and_gives_the_mentee_back(curator, is_mentor):
    pairing = pair(curator.organisation)

    answer(curator, pairing, pairing.mentor if is_mentor else mentee_of(pairing), False)

    assert fresh(pairing).state == "declined"
    assert pairing.mentees.get().during.isempty
    assert [profile.person for profile in queue(curator.access)] == [mentee_of(pairing)]


def test_who_agreed_may_refuse_while_the_pair_is_proposed(curator):
    pairing = pair(curator.organisation)
    answer(curator, pairing, pairing.mentor, True)

    answer(curator, pairing, pairing.mentor, False, "передумал")

    assert list(pairing.replies.values_list("is_willing", "reason")) == [(False, "передумал")]
    assert fresh(pairing).state == "declined"


def test_refusal_is_not_taken_back_by_oneself(curator):
    pairing, (mentee, _) = group(curator)
    answer(curator, pairing, mentee, False)

    words = refusal_of(answer, curator, pairing, mentee, True)

    assert words == "Вы уже отказались. Если передумали, скажите куратору."


def test_pair_that_lacks_a_paper_stays_proposed_until_it_is_there(curator):
    pairing = pair(curator.organisation)
    without(pairing.mentor)
    for person in (pairing.mentor, mentee_of(pairing)):
        answer(curator, pairing, person, True)

    early = agree_unanimous(on=TODAY)
    waiting = fresh(pairing).state
    ConsentFactory(person=pairing.mentor, purpose=Purpose.PARTICIPATION)
    agreed = [agree_unanimous(on=TODAY), agree_unanimous(on=TODAY)]

    assert (early, waiting, agreed, fresh(pairing).state) == (0, "proposed", [1, 0], "agreed")


def test_clock_leaves_pairs_alone_that_somebody_has_not_answered(curator):
    pairing = pair(curator.organisation)
    answer(curator, pairing, pairing.mentor, True)

    assert agree_unanimous(on=TODAY) == 0
    assert fresh(pairing).state == "proposed"


def test_minor_does_not_answer_and_their_paper_does(curator):
    pairing = pair(curator.organisation)
    mentee = mentee_of(pairing)
    Person.objects.filter(pk=mentee.pk).update(kind=Person.Kind.PUPIL)
    answer(curator, pairing, pairing.mentor, True)

    words = refusal_of(answer, curator, pairing, mentee, True)

    assert words == FOR_MINORS
    assert record(curator, pairing, mentee, True).state == "agreed"


def test_agreed_or_declined_pair_needs_no_answer(curator):
    pairing, other = pair(curator.organisation), pair(curator.organisation)
    agree_pairing(curator.access, pairing_id=pairing.pk)
    decline_pairing(curator.access, pairing_id=other.pk)

    words = [refusal_of(answer, curator, each, each.mentor, True) for each in (pairing, other)]

    assert words == [
        f"Отвечать уже не нужно: сейчас пара «{state}». Если передумали, скажите куратору."
        for state in ("согласована", "отклонена")
    ]


def test_nobody_answers_for_a_pair_of_others(curator, stranger, mentor):
    pairing = pair(curator.organisation)

    for access in (mentor.access, curator.access, stranger.access):
        with pytest.raises(Pairing.DoesNotExist):
            reply_to_pairing(access, pairing_id=pairing.pk, is_willing=True)


def test_replacement_that_waits_for_its_order_asks_nobody(curator, director):
    pairing = working(curator, director)
    mentor = in_bank(curator.organisation, mentor=True)
    draft_replacement(
        curator.access, pairing_id=pairing.pk, mentor_id=mentor.pk, last_day=SOON, over_capacity_reason=""
    )
    planned = Pairing.objects.get(mentor=mentor)

    with pytest.raises(Pairing.DoesNotExist):
        answer(curator, planned, mentor, False)


# Groups


def test_group_goes_on_without_a_mentee_who_refuses(curator):
    pairing, (first, second, third) = group(curator, mentees=3)

    for person in (pairing.mentor, second, third):
        answer(curator, pairing, person, True)
    state = answer(curator, pairing, first, False, "нет времени").state

    assert (state, fresh(pairing).kind) == ("agreed", "group")
    assert set(pairing.mentees.values_list("mentee", flat=True)) == {second.pk, third.pk}
    assert pairing.replies.get(person=first).reason == "нет времени"
    assert [profile.person for profile in queue(curator.access)] == [first]


def test_group_of_one_is_a_pair(curator):
    pairing, (first, second) = group(curator)

    answer(curator, pairing, first, False)

    assert (fresh(pairing).state, pairing.kind) == ("proposed", "traditional")
    assert mentee_of(pairing) == second


def test_group_that_all_mentees_refuse_is_declined(curator):
    pairing, mentees = group(curator)

    states = [answer(curator, pairing, mentee, False).state for mentee in mentees]

    assert states == ["proposed", "declined"]
    assert PairingMentee.objects.taken(TODAY).count() == 0


def test_group_that_its_mentor_refuses_is_declined_whole(curator):
    pairing, _ = group(curator)

    answer(curator, pairing, pairing.mentor, False)

    assert fresh(pairing).state == "declined"
    assert [place.during.isempty for place in pairing.mentees.all()] == [True, True]


# Recorded from paper


def test_paper_is_recorded_with_who_recorded_it(curator):
    pairing = pair(curator.organisation)

    states = [record(curator, pairing, pairing.mentor, True).state for _ in range(2)]

    reply = pairing.replies.get()
    assert states == ["proposed", "proposed"]
    assert (reply.way, reply.recorded_by, reply.is_willing) == ("paper", curator.user, True)


def test_paper_may_still_decline_an_agreed_pair(curator):
    pairing = pair(curator.organisation)
    agree_pairing(curator.access, pairing_id=pairing.pk)

    assert record(curator, pairing, mentee_of(pairing), False).state == "declined"


def test_refusal_waits_until_the_draft_order_is_gone(curator):
    pairing = pair(curator.organisation)
    agree_pairing(curator.access, pairing_id=pairing.pk)
    draft_assignment(curator.access, pairing_ids=[pairing.pk])

    words = refusal_of(record, curator, pairing, mentee_of(pairing), False)

    assert words == "Пара стоит в проекте приказа. Сначала уберите проект."
    assert (PairingReply.objects.count(), fresh(pairing).state) == (0, "agreed")


def test_mentee_of_a_group_in_a_draft_order_is_not_let_go(curator):
    pairing, (mentee, _) = group(curator)
    agree_pairing(curator.access, pairing_id=pairing.pk)
    drafted(curator, pairing)

    words = refusal_of(record, curator, pairing, mentee, False)

    assert words == "Пара стоит в проекте приказа. Сначала уберите проект."
    assert pairing.mentees.count() == 2


def test_paper_for_a_pair_that_works_is_refused(curator, director):
    pairing = working(curator, director)

    words = refusal_of(record, curator, pairing, pairing.mentor, True)

    assert words == "Ответы вносят до приказа, а сейчас пара «работает»."


def test_who_has_refused_is_proposed_anew(curator):
    pairing, (mentee, _) = group(curator)
    record(curator, pairing, mentee, False)

    words = refusal_of(record, curator, pairing, mentee, True)

    assert words == "Человек уже отказался, и его место свободно. Предложите пару заново."


@pytest.mark.parametrize("persona", ["director", "psychologist", "hr_officer", "mentor"])
def test_only_who_edits_pairings_records_and_asks(request, curator, persona):
    access = request.getfixturevalue(persona).access
    pairing = pair(curator.organisation)

    with pytest.raises(PermissionDenied):
        record_reply(access, pairing_id=pairing.pk, person_id=pairing.mentor_id, is_willing=True)
    with pytest.raises(PermissionDenied):
        ask_participants(access, pairing_ids=[pairing.pk])


def test_paper_of_somebody_who_is_no_part_is_not_recorded(curator, stranger):
    pairing, alone = pair(curator.organisation), in_bank(curator.organisation)

    for persona, person in ((curator, alone), (stranger, pairing.mentor)):
        with pytest.raises(Pairing.DoesNotExist):
            record(persona, pairing, person, True)


# At the same moment


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_both_sides_who_agree_at_once_agree_the_pair(curator):
    pairing = pair(curator.organisation)
    people = [pairing.mentor, mentee_of(pairing)]

    at_once(*[partial(answer, curator, pairing, person, True) for person in people])

    assert (fresh(pairing).state, pairing.replies.count()) == ("agreed", 2)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_answer_given_while_the_curator_declines_leaves_no_agreed_pair(curator):
    pairing = pair(curator.organisation)
    answer(curator, pairing, pairing.mentor, True)

    results = at_once(
        partial(answer, curator, pairing, mentee_of(pairing), True),
        partial(decline_pairing, curator.access, pairing_id=pairing.pk),
    )

    assert fresh(pairing).state in {"agreed", "declined"}
    refusals = [str(each) for each in results if isinstance(each, RefusedError)]
    late = "Отвечать уже не нужно: сейчас пара «отклонена». Если передумали, скажите куратору."
    assert refusals in ([], [late])
    assert pairing.mentees.get().during.isempty == (pairing.state == PairingState.DECLINED)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_mentor_who_refuses_while_they_are_proposed_anew_blocks_nobody(curator):
    pairing = pair(curator.organisation)
    propose = partial(
        propose_pairing,
        curator.access,
        mentor_id=pairing.mentor_id,
        mentee_ids=[mentee_of(pairing).pk],
        terms=terms(),
    )

    results = at_once(partial(answer, curator, pairing, pairing.mentor, False), propose)

    assert fresh(pairing).state == "declined"
    assert {type(each) for each in results} <= {Pairing, RefusedError}


# Asking


def test_who_has_an_address_gets_a_letter_and_a_link_once_a_day(curator):
    first, second = pair(curator.organisation), pair(curator.organisation)
    addressed(first.mentor)
    ids = [first.pk, second.pk]

    asked = [ask_participants(curator.access, pairing_ids=ids) for _ in range(2)]

    letter = ProposalLetter.objects.get()
    assert (letter.person, letter.day, letter.sent_at, letter.organisation) == (
        first.mentor,
        TODAY,
        None,
        curator.organisation,
    )
    silent = {second.mentor, mentee_of(first), mentee_of(second)}
    assert [(each.letters, set(each.without_address), each.minors) for each in asked] == [(1, silent, [])] * 2
    assert PersonalLink.objects.count() == 4
    assert set(Job.objects.values_list("kind", flat=True)) == {"mentoring.send_proposal_letters"}


def test_letter_that_could_not_be_sent_is_tried_again(curator):
    pairing = pair(curator.organisation)
    addressed(pairing.mentor)
    ask_participants(curator.access, pairing_ids=[pairing.pk])
    ProposalLetter.objects.update(problem="адрес")

    asked = ask_participants(curator.access, pairing_ids=[pairing.pk])

    assert (asked.letters, ProposalLetter.objects.get().problem) == (1, "")


def test_letter_that_has_gone_today_does_not_go_again(curator):
    pairing = pair(curator.organisation)
    addressed(pairing.mentor)
    ask_participants(curator.access, pairing_ids=[pairing.pk])
    ProposalLetter.objects.update(sent_at=AT)
    Job.objects.all().delete()

    asked = ask_participants(curator.access, pairing_ids=[pairing.pk])

    assert (asked.letters, ProposalLetter.objects.count(), Job.objects.count()) == (0, 1, 0)


def test_nobody_is_asked_who_answered_left_withdrew_or_is_answered_for(curator, stranger):
    answered, left, withdrew, minor, agreed = (pair(curator.organisation) for _ in range(5))
    PairingReplyFactory(pairing=answered, person=mentee_of(answered))
    addressed(left.mentor, left_on=TODAY - timedelta(days=1))
    without(withdrew.mentor, Purpose.PROCESSING)
    addressed(minor.mentor, kind=Person.Kind.PUPIL)
    agree_pairing(curator.access, pairing_id=agreed.pk)
    foreign = pair(stranger.organisation)
    ids = [answered.pk, left.pk, withdrew.pk, minor.pk, agreed.pk, foreign.pk]

    asked = ask_participants(curator.access, pairing_ids=ids)

    assert asked.letters == 0
    assert set(asked.without_address) == {
        answered.mentor,
        mentee_of(left),
        mentee_of(withdrew),
        mentee_of(minor),
    }
    assert asked.minors == [minor.mentor]
    assert set(PersonalLink.objects.values_list("person", flat=True)) == {each.pk for each in asked.without_address}
