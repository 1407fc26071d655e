"""Orders that change pairings: ending, prolonging, replacing the mentor."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from documents.models import Document
from mentoring.domain.vocabulary import EndGround
from mentoring.models import Pairing
from mentoring.models.pairings import days
from mentoring.operations.orders import discard_order, sign_order
from mentoring.operations.pairings import propose_pairing, set_pause
from mentoring.periodic import bring_orders_into_force
from people.domain.consent import Purpose
from people.models import Consent
from tests.factories import PASSWORD, TODAY, PairingMenteeFactory, banked, consents, pair
from tests.mentoring.order_steps import (
    FIRST,
    LAST,
    SOON,
    agreed,
    around_today,
    drafted,
    ending,
    extension,
    fresh,
    in_bank,
    refusal_of,
    replacement,
    signed,
    some_days_ago,
    terms,
    working,
)

# Ending


@pytest.mark.parametrize(
    ("ground", "state", "heading"),
    [
        (EndGround.DONE, "completed", "О прекращении наставничества"),
        (EndGround.MENTOR_REFUSED, "ended_early", "О досрочном прекращении наставничества"),
        (EndGround.DISMISSAL, "ended_early", "О досрочном прекращении наставничества"),
    ],
)
def test_ending_order_ends_the_pair_and_the_first_order(curator, director, ground, state, heading):
    pairing = working(curator, director)
    first = pairing.basis

    order = ending(curator, pairing, SOON, ground)
    before = fresh(pairing).state
    document = signed(curator, director, order)

    assert before == "active"
    assert (document.heading, document.state, order.action) == (heading, "in_force", "end")
    assert (fresh(pairing).state, pairing.ended_on, pairing.end_ground) == (state, SOON, ground)
    assert (pairing.basis, pairing.ends_on, pairing.period) == (first, SOON, days(FIRST, LAST))
    assert pairing.mentees.get().during == days(FIRST, SOON)
    assert (fresh(first).state, list(document.basis.all()), list(first.followed_by.all())) == (
        "ended",
        [first],
        [document],
    )
    assert f"приказом от 20.11.2026 №\u00a0{first.number}" in document.points


def test_order_with_another_pair_that_runs_on_is_amended_and_ends_with_the_last(curator, director):
    one, other = agreed(curator), agreed(curator)
    first = signed(curator, director, drafted(curator, one, other))

    signed(curator, director, ending(curator, one, SOON))
    after_one = fresh(first).state
    signed(curator, director, ending(curator, other, SOON))

    assert (after_one, fresh(first).state) == ("amended", "ended")


def test_mentee_of_an_ended_pair_gets_a_new_mentor_from_the_next_day(curator, director):
    pairing = working(curator, director)
    mentee = pairing.mentees.get().mentee
    signed(curator, director, ending(curator, pairing, SOON))
    mentor = in_bank(curator.organisation, mentor=True)
    people = {"mentor_id": mentor.pk, "mentee_ids": [mentee.pk]}

    too_early = refusal_of(propose_pairing, curator.access, **people, terms=terms(first_day=SOON))
    new = propose_pairing(curator.access, **people, terms=terms(first_day=SOON + timedelta(days=1)))

    assert too_early == "У кого-то из наставляемых на эти дни уже есть наставник."
    assert new.state == "proposed"


def test_paused_pair_is_ended_too(curator, director):
    pairing = working(curator, director)
    set_pause(curator.access, pairing_id=pairing.pk, is_paused=True)

    signed(curator, director, ending(curator, pairing, SOON))

    assert fresh(pairing).state == "ended_early"


def test_pair_ended_on_its_first_day_keeps_that_day(curator, director):
    pairing = working(curator, director)

    signed(curator, director, ending(curator, pairing, FIRST))

    assert pairing.mentees.get().during == days(FIRST, FIRST)


def test_ending_after_the_term_or_before_the_start_is_refused(curator, director):
    pairing = working(curator, director)

    late = refusal_of(ending, curator, pairing, LAST + timedelta(days=1))
    early = refusal_of(ending, curator, pairing, FIRST - timedelta(days=1))
    in_time = ending(curator, pairing, LAST, EndGround.DONE)

    assert late == "Пара заканчивается 31.05.2027: последний день не может быть позже."
    assert early == "Это раньше, чем пара началась."
    assert in_time.lines.get().last_day == LAST


@pytest.mark.parametrize("state", ["proposed", "agreed", "declined"])
def test_pair_without_an_order_is_not_changed_by_one(curator, state):
    pairing = pair(curator.organisation, state=state)

    words = refusal_of(ending, curator, pairing, SOON)

    assert words == "Изменить или прекратить приказом можно только пару, закреплённую приказом."
    assert refusal_of(extension, curator, pairing, date(2027, 8, 31)) == words


def test_second_open_order_on_a_pair_is_refused_until_the_first_is_gone(curator, director):
    pairing = working(curator, director)
    other = in_bank(curator.organisation, mentor=True)
    order = ending(curator, pairing, SOON)

    words = {
        refusal_of(ending, curator, pairing, SOON),
        refusal_of(extension, curator, pairing, date(2027, 8, 31)),
        refusal_of(replacement, curator, pairing, other.pk, SOON),
    }
    discard_order(curator.access, document_id=order.pk)
    second = extension(curator, pairing, date(2027, 8, 31))

    assert words == {"На эту пару уже есть неподписанный приказ. Подпишите его или уберите."}
    assert second.action == "change"
    assert Pairing.objects.count() == 1


def test_ended_pair_is_not_ended_again(curator, director):
    pairing = working(curator, director)
    signed(curator, director, ending(curator, pairing, SOON))

    assert refusal_of(ending, curator, pairing, SOON).startswith("Изменить или прекратить приказом можно только")


def test_ending_needs_no_consent(curator, director):
    pairing = working(curator, director)
    Consent.objects.filter(person=pairing.mentor).update(state=Consent.State.WITHDRAWN, withdrawn_on=date(2026, 10, 1))

    signed(curator, director, ending(curator, pairing, SOON))

    assert fresh(pairing).state == "ended_early"


def test_pair_ended_before_its_order_takes_effect_never_works(curator, director):
    curator, director = some_days_ago(curator), some_days_ago(director)
    today = timezone.localdate()
    ended, running = agreed(curator, period=around_today()), agreed(curator, period=around_today())
    first = signed(curator, director, drafted(curator, ended, running), on=today)
    last = signed(curator, director, ending(curator, ended, today), on=curator.access.today)
    before = (fresh(first).state, last.state)

    bring_orders_into_force()

    assert before == ("signed", "in_force")
    assert (fresh(ended).state, fresh(running).state) == ("ended_early", "active")
    assert fresh(first).state == "amended"


# Prolonging


def test_extension_prolongs_the_pair_and_amends_the_first_order(curator, director):
    pairing = working(curator, director)
    first, until = pairing.basis, date(2027, 8, 31)

    order = extension(curator, pairing, until)
    before = fresh(pairing).period
    document = signed(curator, director, order)

    assert before == days(FIRST, LAST)
    assert (document.heading, order.action) == ("О продлении срока наставничества", "change")
    assert (fresh(pairing).state, pairing.period, pairing.ends_on) == ("active", days(FIRST, until), until)
    assert pairing.mentees.get().during == days(FIRST, until)
    assert (fresh(first).state, list(document.basis.all()), pairing.basis) == ("amended", [first], first)


def test_pair_is_prolonged_twice_and_then_ended(curator, director):
    pairing = working(curator, director)
    first = pairing.basis

    signed(curator, director, extension(curator, pairing, date(2027, 6, 30)))
    signed(curator, director, extension(curator, pairing, date(2027, 8, 31)))
    signed(curator, director, ending(curator, pairing, date(2027, 8, 31), EndGround.DONE))

    assert (fresh(pairing).state, pairing.ends_on) == ("completed", date(2027, 8, 31))
    assert fresh(first).state == "ended"
    assert first.followed_by.count() == 3


@pytest.mark.parametrize("last_day", [LAST, SOON])
def test_extension_must_go_beyond_the_term(curator, director, last_day):
    pairing = working(curator, director)

    assert refusal_of(extension, curator, pairing, last_day) == "Новый срок должен быть позже прежнего."


def test_extension_into_days_of_another_mentor_is_refused_at_signing(curator, director):
    pairing = working(curator, director)
    mentee = pairing.mentees.get().mentee
    order = extension(curator, pairing, date(2027, 8, 31))
    later = pair(curator.organisation, period=days(date(2027, 6, 1), date(2027, 7, 1)))
    PairingMenteeFactory(pairing=later, mentee=mentee, slot=2)

    words = refusal_of(signed, curator, director, order)

    assert words == "У кого-то из наставляемых на эти дни уже есть наставник."
    assert (fresh(pairing).period, fresh(order.document).number) == (days(FIRST, LAST), "")


# Replacing the mentor


def test_replacement_hands_the_mentees_over(curator, director):
    pairing = working(curator, director)
    mentee, first = pairing.mentees.get().mentee, pairing.basis
    mentor = in_bank(curator.organisation, mentor=True)

    order = replacement(curator, pairing, mentor.pk, SOON)
    new = Pairing.objects.get(mentor=mentor)
    planned = (fresh(pairing).state, new.state, new.mentees.get().during.isempty)
    document = signed(curator, director, order)

    assert planned == ("active", "agreed", True)
    assert (document.heading, order.action) == ("О замене наставника", "change")
    assert sorted(order.lines.values_list("pairing", "action", "last_day", "ground")) == [
        (pairing.pk, "end", SOON, "replacement"),
        (new.pk, "assign", None, ""),
    ]
    assert (fresh(pairing).state, pairing.ended_on, pairing.end_ground) == ("replaced", SOON, "replacement")
    assert pairing.mentees.get().during == days(FIRST, SOON)
    assert (fresh(new).state, new.basis, new.period) == ("active", document, days(date(2027, 1, 1), LAST))
    place = new.mentees.get()
    assert (place.mentee, place.during) == (mentee, new.period)
    assert (fresh(first).state, list(document.basis.all())) == ("ended", [first])
    named = {pairing.mentor_id, mentor.pk, mentee.pk, curator.person.pk}
    assert set(document.acquaintances.values_list("person", flat=True)) == named


def test_replacement_keeps_form_kind_and_goal(curator, director):
    pairing = working(curator, director, form="head_teacher", kind="virtual", goal="адаптация")

    order = replacement(curator, pairing, in_bank(curator.organisation, mentor=True).pk, SOON)

    new = order.lines.get(action="assign").pairing
    assert (new.form, new.kind, new.goal) == ("head_teacher", "virtual", "адаптация")


def test_discarded_replacement_declines_the_planned_pair_and_frees_the_old(curator, director):
    pairing = working(curator, director)
    order = replacement(curator, pairing, in_bank(curator.organisation, mentor=True).pk, SOON)
    new = order.lines.get(action="assign").pairing

    for _ in range(2):
        discard_order(curator.access, document_id=order.pk)

    assert (fresh(new).state, fresh(pairing).state) == ("declined", "active")
    assert new.mentees.get().during.isempty
    assert Document.objects.count() == 1
    assert ending(curator, pairing, SOON).action == "end"


def test_replacement_by_a_mentor_without_consent_is_refused_whole(curator, director):
    pairing = working(curator, director)
    mentor = in_bank(curator.organisation, mentor=True)
    Consent.objects.filter(person=mentor, purpose=Purpose.PARTICIPATION).delete()

    words = refusal_of(replacement, curator, pairing, mentor.pk, SOON)

    assert words == f"{mentor.short_name}: нет действующего согласия (участие в наставничестве)."
    assert (Pairing.objects.count(), Document.objects.count()) == (1, 1)
    consents(mentor, Purpose.PARTICIPATION)
    assert replacement(curator, pairing, mentor.pk, SOON).action == "change"


def test_replacement_at_the_end_of_the_term_is_refused(curator, director):
    pairing = working(curator, director)

    words = refusal_of(replacement, curator, pairing, in_bank(curator.organisation, mentor=True).pk, LAST)

    assert words == "Замена должна наступить раньше, чем пара закончится сама."


def test_mentee_does_not_replace_their_mentor(curator, director):
    pairing = working(curator, director)
    mentee = pairing.mentees.get().mentee

    words = refusal_of(replacement, curator, pairing, mentee.pk, SOON)

    assert words == "Человек не может быть наставником самому себе."


def test_replacement_by_a_full_mentor_needs_a_reason(curator, director):
    pairing = working(curator, director)
    mentor = in_bank(curator.organisation, mentor=True)
    for _ in range(2):
        mentee = in_bank(curator.organisation)
        propose_pairing(curator.access, mentor_id=mentor.pk, mentee_ids=[mentee.pk], terms=terms())

    words = refusal_of(replacement, curator, pairing, mentor.pk, SOON)
    order = replacement(curator, pairing, mentor.pk, SOON, reason="больше некому")
    signed(curator, director, order)

    assert words == "У наставника столько мест нет. Напишите, почему их нужно больше."
    assert order.lines.get(action="assign").pairing.mentees.get().slot == 3


def test_planned_place_that_was_taken_meanwhile_becomes_the_next_one(curator, director):
    pairing = working(curator, director)
    mentor = in_bank(curator.organisation, mentor=True)
    order = replacement(curator, pairing, mentor.pk, SOON)
    mentee = in_bank(curator.organisation)
    propose_pairing(curator.access, mentor_id=mentor.pk, mentee_ids=[mentee.pk], terms=terms())

    signed(curator, director, order)

    assert order.lines.get(action="assign").pairing.mentees.get().slot == 2


def test_planned_places_that_are_all_taken_meanwhile_refuse_the_signature(curator, director):
    pairing = working(curator, director)
    mentor = in_bank(curator.organisation, mentor=True)
    order = replacement(curator, pairing, mentor.pk, SOON)
    for _ in range(2):
        mentee = in_bank(curator.organisation)
        propose_pairing(curator.access, mentor_id=mentor.pk, mentee_ids=[mentee.pk], terms=terms())

    words = refusal_of(signed, curator, director, order)

    assert words == "У наставника столько мест нет. Напишите, почему их нужно больше."
    assert (fresh(pairing).state, fresh(order.document).number) == ("active", "")


def test_group_is_handed_over_whole(curator, director):
    pairing = agreed(curator)
    PairingMenteeFactory(pairing=pairing, mentee=in_bank(curator.organisation), slot=2)
    signed(curator, director, drafted(curator, pairing))
    mentor, _ = banked(curator.organisation)

    signed(curator, director, replacement(curator, pairing, mentor.pk, SOON))

    new = Pairing.objects.get(mentor=mentor)
    old_mentees, new_mentees = (set(each.mentees.values_list("mentee", flat=True)) for each in (pairing, new))
    assert len(new_mentees) == 2
    assert (new.kind, new_mentees) == ("group", old_mentees)


def test_director_without_a_card_does_not_sign(curator, director):
    pairing = working(curator, director)
    order = ending(curator, pairing, SOON)

    words = refusal_of(signed, curator, replace(director, access=replace(director.access, person_id=None)), order)

    assert words == "Подписать может только руководитель, указанный в настройках организации на сегодня."
    assert sign_order(director.access, document_id=order.pk, password=PASSWORD, effective_on=TODAY).number == "2-од"
