"""The evidence that the portal finds, capability by capability, from real rows."""

from datetime import date, timedelta

import pytest

from documents.operations.acts import draft_act
from mentoring.models import MenteeProfile
from people.models import Consent
from roadmap.domain.plan import Window
from roadmap.intake.occurrences import relay
from roadmap.models import Evidence, Measure
from roadmap.operations.approval import draft_approval, draft_measure_order
from roadmap.operations.refresh import refresh_measures
from surveys.operations.closing import close_wave
from tests.factories import (
    AT,
    TODAY,
    ConsentFactory,
    EvidenceFactory,
    InvitationFactory,
    MeasureFactory,
    MenteeProfileFactory,
    MentorProfileFactory,
    RoadmapFactory,
    WaveFactory,
    banked,
    pair,
    planned,
)
from tests.mentoring.order_steps import agreed, drafted, ending, signed, working
from tests.roadmap.operations.refreshing import done_on, evidence_of, look, sign

NBSP = "\u00a0"
ORDER = f"приказ №{NBSP}1-од от 20.11.2026"
ONE_MENTEE = f"в банке 1{NBSP}наставляемый, с согласием — 1"
ONE_MENTOR = f"в банке 1{NBSP}наставник, с согласием — 1"
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def roadmap(school):
    return RoadmapFactory(organisation=school)


def withdraw(person):
    Consent.objects.filter(person=person, purpose="processing").update(
        state=Consent.State.WITHDRAWN, withdrawn_on=TODAY
    )


# Banks and consents


@pytest.mark.parametrize(("capability", "words"), [("K05", ONE_MENTEE), ("K06", ONE_MENTOR)])
def test_bank_marks_its_measure_with_what_was_counted(school, roadmap, capability, words):
    measure = planned(roadmap, capability)
    banked(school)

    changed = look(school)

    assert changed == 1
    assert done_on(measure) == [TODAY]
    assert evidence_of(measure) == [(capability, words, True, TODAY)]
    row = Evidence.objects.get()
    assert (row.way, row.recorded_by, row.recorded_at, row.document, row.organisation) == (
        "portal",
        None,
        AT,
        None,
        school,
    )


@pytest.mark.parametrize("capability", ["K05", "K06", "K04", "K12", "K01", "K02", "K31", "K22", "K08"])
def test_nothing_there_marks_nothing(school, roadmap, capability):
    measure = planned(roadmap, capability)

    changed = look(school, everything=True)

    assert (changed, done_on(measure), evidence_of(measure)) == (0, [None], [])


def test_bank_that_is_emptied_takes_its_mark_back(school, roadmap):
    measure = planned(roadmap, "K05")
    banked(school)
    look(school)

    MenteeProfile.objects.update(left_on=TODAY)
    changed = look(school)

    assert (changed, done_on(measure), evidence_of(measure)) == (1, [None], [])


def test_bank_that_grows_keeps_the_day_it_was_done(school, roadmap):
    measure = planned(roadmap, "K05")
    banked(school)
    look(school)
    banked(school)

    changed = look(school, TOMORROW)

    assert (changed, done_on(measure)) == (0, [TODAY])
    assert evidence_of(measure) == [("K05", f"в банке 2{NBSP}наставляемых, с согласием — 2", True, TODAY)]


def test_consent_withdrawn_takes_the_mark_back_and_says_how_far_it_is(school, roadmap):
    measure = planned(roadmap, "K04")
    mentor, _ = banked(school)
    look(school)
    before = (done_on(measure), evidence_of(measure))

    withdraw(mentor)
    changed = look(school, TOMORROW)

    assert before == ([TODAY], [("K04", "согласия: 2 из 2", True, TODAY)])
    assert (changed, done_on(measure)) == (1, [None])
    assert evidence_of(measure) == [("K04", "согласия: 1 из 2", False, TOMORROW)]


def test_consent_given_again_marks_from_that_day(school, roadmap):
    measure = planned(roadmap, "K04")
    mentor, _ = banked(school)
    withdraw(mentor)
    look(school)

    ConsentFactory(person=mentor, signed_on=TOMORROW)
    look(school, TOMORROW)

    assert done_on(measure) == [TOMORROW]
    assert evidence_of(measure) == [("K04", "согласия: 2 из 2", True, TOMORROW)]


def test_measure_is_done_by_all_its_capabilities_together(school, roadmap):
    measure = planned(roadmap, "K05", "K04", "K16")
    banked(school)

    look(school)
    without_event = done_on(measure)
    EvidenceFactory(
        occurrence=measure.occurrences.get(), capability="K16", words="Круглый стол", happened_on=date(2026, 10, 1)
    )
    refresh_measures(school, [measure.pk], today=TODAY, at=AT)

    assert without_event == [None]
    assert done_on(measure) == [TODAY]
    assert [row[0] for row in evidence_of(measure)] == ["K04", "K05", "K16"]


def test_mark_of_the_whole_measure_stands_for_what_is_not_found(school, roadmap):
    measure = planned(roadmap, "K05", "K04")
    EvidenceFactory(occurrence=measure.occurrences.get(), happened_on=date(2026, 10, 1))

    refresh_measures(school, [measure.pk], today=TODAY, at=AT)

    assert done_on(measure) == [date(2026, 10, 1)]


def test_mark_by_hand_stays_whatever_the_portal_finds(school, roadmap):
    measure = planned(roadmap, "K05")
    EvidenceFactory(occurrence=measure.occurrences.get(), capability="K05", words="Список на бумаге")
    banked(school)
    look(school)
    with_bank = evidence_of(measure)

    MenteeProfile.objects.update(left_on=TODAY)
    look(school)

    assert with_bank == evidence_of(measure) == [("K05", "Список на бумаге", True, date(2026, 10, 1))]
    assert done_on(measure) == [date(2026, 10, 1)]


def test_measure_without_capabilities_is_never_marked_by_itself(school, roadmap):
    measure = planned(roadmap)
    banked(school)

    changed = look(school, everything=True)

    assert (changed, done_on(measure)) == (0, [None])


# Documents


def test_assignment_order_marks_its_measure_once_signed(curator, director, roadmap):
    measure = planned(roadmap, "K02")
    order = drafted(curator, agreed(curator))
    look(curator.organisation)
    as_a_draft = done_on(measure)

    document = signed(curator, director, order)
    look(curator.organisation)

    assert (as_a_draft, done_on(measure)) == ([None], [TODAY])
    assert evidence_of(measure) == [("K02", f"{ORDER}: 1{NBSP}пара", True, TODAY)]
    assert Evidence.objects.get().document == document


def test_several_orders_are_several_rows(curator, director, roadmap):
    measure = planned(roadmap, "K02")
    orders = [signed(curator, director, drafted(curator, agreed(curator))) for _ in range(2)]

    look(curator.organisation)

    assert list(Evidence.objects.order_by("document").values_list("document", flat=True)) == [
        order.pk for order in orders
    ]
    assert done_on(measure) == [TODAY]


def test_order_made_for_a_measure_marks_it_and_no_other(curator, director, roadmap):
    measure, other = planned(roadmap, "K01"), planned(roadmap, "K01")
    order = draft_measure_order(curator.access, measure_id=measure.pk, heading="О кураторе", points=["Назначить."])
    as_a_draft = done_on(measure)

    sign(curator, director, order)
    look(curator.organisation)

    assert as_a_draft == [None]
    assert (done_on(measure), done_on(other)) == ([TODAY], [None])
    assert evidence_of(measure) == [("K01", ORDER, True, TODAY)]


@pytest.mark.parametrize(
    ("number", "day", "is_found"),
    [
        ("№ 1-ОД", "2026-11-20", True),
        ("1", "2026-11-20", True),
        ("2", "2026-11-20", False),
        ("1", "2026-11-19", False),
        ("1", None, False),
        (None, "2026-11-20", False),
    ],
)
def test_order_that_the_plan_names_marks_its_measure(curator, director, roadmap, number, day, is_found):
    named = [{"kind": "order", "number": number, "date": day}]
    measure = planned(roadmap, "K01", documents=named)

    sign(curator, director, draft_act(curator.access, heading="О работе", preamble="В целях", points=["Начать."]))
    look(curator.organisation)

    assert done_on(measure) == ([TODAY] if is_found else [None])


def test_document_that_the_plan_names_no_more_takes_its_mark_back(curator, director, roadmap):
    named = [{"kind": "order", "number": "1", "date": "2026-11-20"}]
    measure = planned(roadmap, "K01", documents=named)
    sign(curator, director, draft_act(curator.access, heading="О работе", preamble="В целях", points=["Начать."]))
    look(curator.organisation)

    Measure.objects.filter(pk=measure.pk).update(documents=[])
    refresh_measures(curator.organisation, [measure.pk], today=TODAY, at=AT)

    assert (done_on(measure), evidence_of(measure)) == ([None], [])


def test_approving_order_marks_the_measure_about_the_plan_itself(curator, director, roadmap):
    measure, of_another_plan = (
        planned(roadmap, "K31"),
        planned(RoadmapFactory(organisation=roadmap.organisation), "K31"),
    )
    order = draft_approval(curator.access, roadmap_id=roadmap.pk, with_regulation=True, measure_ids=[])

    sign(curator, director, order)
    look(curator.organisation)

    assert (done_on(measure), done_on(of_another_plan)) == ([TODAY], [None])
    assert evidence_of(measure) == [("K31", ORDER, True, TODAY)]


def test_approving_order_carries_out_the_measures_it_is_made_for(curator, director, roadmap):
    acts, other = planned(roadmap, "K01", "K31"), planned(roadmap, "K01")
    order = draft_approval(curator.access, roadmap_id=roadmap.pk, with_regulation=True, measure_ids=[acts.pk])

    sign(curator, director, order)
    look(curator.organisation)

    assert (done_on(acts), done_on(other)) == ([TODAY], [None])
    assert [row[0] for row in evidence_of(acts)] == ["K01", "K31"]


def test_order_of_another_school_marks_nothing(curator, director, roadmap, other_school):
    theirs = planned(RoadmapFactory(organisation=other_school), "K02", "K01", "K31")
    working(curator, director)

    look(other_school, everything=True)

    assert evidence_of(theirs) == []


# Questionnaires


def test_feedback_marks_its_measure_once_its_wave_has_closed(curator, roadmap):
    measure = planned(roadmap, "K22")
    wave = WaveFactory(version__questionnaire__organisation=curator.organisation, title="Итоги")
    InvitationFactory(wave=wave, is_answered=True, answered_on=TODAY)
    InvitationFactory(wave=wave)
    look(curator.organisation)
    while_it_runs = (done_on(measure), evidence_of(measure))

    close_wave(curator.access, wave_id=wave.pk)
    look(curator.organisation)

    words = f"анкета «Итоги»: ответили 1 из 2 (50{NBSP}%)"
    assert while_it_runs == ([None], [("K22", words, False, TODAY)])
    assert (done_on(measure), evidence_of(measure)) == ([TODAY], [("K22", words, True, TODAY)])


# Pairs


def test_pairs_at_work_mark_their_measure_until_they_end(curator, director, roadmap):
    measure = planned(roadmap, "K12")
    pair(curator.organisation)
    pairing = working(curator, director)
    look(curator.organisation)
    at_work = (done_on(measure), evidence_of(measure))

    signed(curator, director, ending(curator, pairing, TODAY))
    look(curator.organisation, TOMORROW)

    assert at_work == ([TODAY], [("K12", f"1{NBSP}пара в работе, без наставника — 0", True, TODAY)])
    assert (done_on(measure), evidence_of(measure)) == ([None], [])


def test_mentee_who_waits_is_said_beside_the_pairs(curator, director, roadmap):
    measure = planned(roadmap, "K12")
    working(curator, director)
    MenteeProfileFactory(person__organisation=curator.organisation)

    look(curator.organisation)

    assert evidence_of(measure) == [("K12", f"1{NBSP}пара в работе, без наставника — 1", True, TODAY)]


# Several terms of one measure


DECEMBER, APRIL = Window(date(2026, 12, 1), date(2026, 12, 31)), Window(date(2027, 4, 1), date(2027, 4, 30))
SEPTEMBERS = [Window(date(year, 9, 1), date(year, 9, 30)) for year in (2026, 2027, 2028)]


def recurring(roadmap, windows, *capabilities):
    measure = MeasureFactory(roadmap=roadmap, capabilities=list(capabilities))
    relay(measure, roadmap, windows)
    return measure


@pytest.mark.parametrize(
    ("today", "done"),
    [
        (date(2026, 8, 31), [False, False, False]),
        (date(2026, 9, 1), [True, False, False]),
        (date(2027, 8, 31), [True, False, False]),
        (date(2027, 9, 1), [False, True, False]),
        (date(2029, 8, 31), [False, False, True]),
    ],
)
def test_yearly_measure_is_marked_in_the_year_that_is_open(school, today, done):
    roadmap = RoadmapFactory(organisation=school, ends_on=date(2029, 8, 31))
    measure = recurring(roadmap, SEPTEMBERS, "K06")
    MentorProfileFactory(person__organisation=school, entered_on=date(2026, 1, 1))

    look(school, today)

    assert done_on(measure) == [today if each else None for each in done]


def test_bank_of_november_does_not_carry_out_december(school, roadmap):
    measure = recurring(roadmap, [DECEMBER, APRIL], "K05")
    banked(school)

    look(school)

    assert done_on(measure) == [None, None]


def test_term_that_is_over_keeps_what_was_counted(school, roadmap):
    measure = recurring(roadmap, [DECEMBER, APRIL], "K05")
    banked(school)
    look(school, date(2026, 12, 5))

    MenteeProfile.objects.update(left_on=date(2027, 3, 1))
    look(school, date(2027, 4, 10))

    assert done_on(measure) == [date(2026, 12, 5), None]
    assert evidence_of(measure) == [("K05", ONE_MENTEE, True, date(2026, 12, 5))]
    assert evidence_of(measure, 1) == []


def test_term_that_is_over_gains_nothing(school, roadmap):
    measure = recurring(roadmap, [DECEMBER, APRIL], "K05")
    look(school, date(2026, 12, 5))
    banked(school)

    look(school, date(2027, 4, 10))

    assert done_on(measure) == [None, date(2027, 4, 10)]


def test_term_that_is_over_loses_a_document_that_carries_it_out_no_more(curator, director, roadmap):
    named = [{"kind": "order", "number": "1", "date": "2026-11-20"}]
    measure = MeasureFactory(roadmap=roadmap, capabilities=["K01"], documents=named)
    relay(measure, roadmap, [Window(date(2026, 11, 1), date(2026, 11, 30)), APRIL])
    sign(curator, director, draft_act(curator.access, heading="О работе", preamble="В целях", points=["Начать."]))
    look(curator.organisation)
    before = done_on(measure)

    Measure.objects.filter(pk=measure.pk).update(documents=[])
    refresh_measures(curator.organisation, [measure.pk], today=date(2027, 4, 10), at=AT)

    assert (before, done_on(measure)) == ([TODAY, None], [None, None])


def test_order_counts_for_the_term_in_whose_days_it_was_signed(curator, director, roadmap):
    measure = recurring(roadmap, [Window(None, date(2026, 9, 15)), APRIL], "K02")
    working(curator, director)

    look(curator.organisation, date(2027, 4, 10))

    assert done_on(measure) == [TODAY, None]
