"""Reading banks, the queue, pairs, cards, and the counts of the district."""

from datetime import date, timedelta

import pytest

from mentoring.domain.bank_sheet.fields import Bank
from mentoring.models.pairings import days
from mentoring.operations.imports import confirm_import
from mentoring.operations.orders import send_order
from mentoring.operations.pairings import decline_pairing
from mentoring.papers import order_paper
from mentoring.queries.banks import (
    BankFilter,
    bank_figures,
    bank_list,
    hidden_count,
    mentee_list,
    mentor_list,
    queue,
    years_of_bank,
)
from mentoring.queries.cards import own_page, person_card
from mentoring.queries.imports import import_list, import_preview
from mentoring.queries.order_page import order_page
from mentoring.queries.orders import agreed_pairings, line_views, lines_of
from mentoring.queries.pairings import count_by_group, own_pairings, pair_list, party_lines, school_lines
from mentoring.queries.steps import steps
from people.domain.consent import Purpose
from people.domain.roles import Role
from people.domain.school_year import SchoolYear
from people.models import Consent
from tests.conftest import make_persona
from tests.factories import (
    TODAY,
    MenteeProfileFactory,
    MentorProfileFactory,
    PairingMenteeFactory,
    PersonFactory,
    consents,
    pair,
)
from tests.mentoring.bank_uploads import read, sheet
from tests.mentoring.order_steps import SOON, agreed, drafted, ending, in_bank, signed, working

BANKS = pytest.mark.parametrize("bank", Bank)


def entered(school, bank, surname, **profile):
    make = MentorProfileFactory if bank == Bank.MENTORS else MenteeProfileFactory
    return make(person=PersonFactory(organisation=school, surname=surname), **profile)


def surnames(profiles):
    return [profile.person.surname for profile in profiles]


def listed(access, bank, **wanted):
    return surnames(bank_list(access, bank, BankFilter(**wanted)))


# Both banks


@BANKS
@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("name", ["Белова", "Ёлкина", "Жукова"]),
        ("-name", ["Жукова", "Ёлкина", "Белова"]),
        ("entered", ["Жукова", "Белова", "Ёлкина"]),
        ("-entered", ["Ёлкина", "Белова", "Жукова"]),
        ("чепуха", ["Белова", "Ёлкина", "Жукова"]),
    ],
)
def test_bank_is_sorted_as_asked(curator, bank, sort, order):
    for day, surname in enumerate(["Жукова", "Белова", "Ёлкина"], 1):
        entered(curator.organisation, bank, surname, entered_on=date(2026, 9, day))

    assert listed(curator.access, bank, sort=sort) == order


@BANKS
@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("елк", ["Ёлкина"]),
        ("ЁЛК", ["Ёлкина"]),
        ("  анна   елкина ", ["Ёлкина"]),
        ("анна", ["Белова", "Ёлкина"]),
        ("нет такой", []),
        ("%", []),
        ("", ["Белова", "Ёлкина"]),
    ],
)
def test_bank_is_searched_by_every_word_of_the_name(curator, bank, search, found):
    for surname in ("Ёлкина", "Белова"):
        entered(curator.organisation, bank, surname)

    assert listed(curator.access, bank, search=search) == found


@BANKS
def test_bank_of_a_year_holds_who_was_there_on_any_of_its_days(curator, bank):
    school = curator.organisation
    entered(school, bank, "Давняя", entered_on=date(2024, 9, 1), left_on=date(2026, 6, 1))
    entered(school, bank, "Долгая", entered_on=date(2024, 9, 1))
    entered(school, bank, "Новая", entered_on=date(2026, 9, 1))
    entered(school, bank, "Вышла в первый день", entered_on=date(2025, 9, 1), left_on=date(2026, 9, 1))

    assert listed(curator.access, bank) == ["Долгая", "Новая"]
    assert listed(curator.access, bank, year=SchoolYear(2024)) == ["Давняя", "Долгая"]
    assert listed(curator.access, bank, year=SchoolYear(2025)) == ["Вышла в первый день", "Давняя", "Долгая"]


@BANKS
def test_bank_is_narrowed_by_consent(curator, bank):
    consents(entered(curator.organisation, bank, "Белова").person)
    entered(curator.organisation, bank, "Жукова")

    assert listed(curator.access, bank, consent="yes") == ["Белова"]
    assert listed(curator.access, bank, consent="no") == ["Жукова"]
    assert listed(curator.access, bank) == ["Белова", "Жукова"]


@BANKS
def test_person_without_a_consent_is_seen_by_who_must_collect_it_only(curator, psychologist, director, bank):
    consents(entered(curator.organisation, bank, "Белова").person)
    entered(curator.organisation, bank, "Жукова")

    assert listed(curator.access, bank) == ["Белова", "Жукова"]
    assert listed(psychologist.access, bank) == listed(director.access, bank) == ["Белова"]
    assert [hidden_count(each.access, bank) for each in (curator, psychologist)] == [0, 1]


@BANKS
def test_bank_of_another_school_is_not_seen(curator, stranger, bank):
    entered(curator.organisation, bank, "Белова")

    assert listed(stranger.access, bank) == []


def test_mentors_are_narrowed_by_free_places(curator):
    busy = pair(curator.organisation).mentor
    busy.mentor_profiles.update(capacity=1)
    half = pair(curator.organisation).mentor
    free = in_bank(curator.organisation, mentor=True)

    def found(load):
        return {profile.person: profile.taken for profile in mentor_list(curator.access, BankFilter(load=load))}

    assert found("free") == {half: 1, free: 0}
    assert found("busy") == {busy: 1}
    assert len(found("")) == 3


def test_mentees_are_narrowed_by_having_a_mentor(curator):
    with_mentor = pair(curator.organisation).mentees.get()
    waiting = in_bank(curator.organisation)

    busy = mentee_list(curator.access, BankFilter(load="busy")).get()
    free = mentee_list(curator.access, BankFilter(load="free")).get()

    assert (busy.person, free.person) == (with_mentor.mentee, waiting)
    assert [place.mentor for place in busy.person.places] == [with_mentor.mentor]
    assert (free.person.places, free.waits, busy.waits) == ([], True, False)


def test_place_that_is_over_is_not_taken(curator):
    past = pair(curator.organisation, period=days(date(2026, 9, 4), TODAY - timedelta(days=1)))
    last_day = pair(curator.organisation, period=days(date(2026, 9, 4), TODAY))

    taken = {profile.person: profile.taken for profile in mentor_list(curator.access, BankFilter())}

    assert taken == {past.mentor: 0, last_day.mentor: 1}


@BANKS
def test_years_of_a_bank_run_from_the_first_entry_to_this_one(curator, bank):
    assert years_of_bank(curator.access, bank) == [SchoolYear(2026)]

    entered(curator.organisation, bank, "Давняя", entered_on=date(2024, 10, 1))

    assert years_of_bank(curator.access, bank) == [SchoolYear(2026), SchoolYear(2025), SchoolYear(2024)]


@BANKS
def test_list_costs_the_same_however_many_rows(curator, bank, django_assert_num_queries):
    pair(curator.organisation)

    with django_assert_num_queries(2 if bank == Bank.MENTORS else 3):
        list(bank_list(curator.access, bank, BankFilter()))
    for _ in range(2):
        pair(curator.organisation)
    with django_assert_num_queries(2 if bank == Bank.MENTORS else 3):
        list(bank_list(curator.access, bank, BankFilter()))


# The queue


def test_queue_starts_with_who_waits_longest(curator):
    school = curator.organisation
    for surname, day in (("Белова", 10), ("Жукова", 1), ("Абрамова", 10)):
        entered(school, Bank.MENTEES, surname, entered_on=date(2026, 9, day))
    pair(school)

    rows = list(queue(curator.access))

    assert surnames(rows) == ["Жукова", "Абрамова", "Белова"]
    assert [row.waits_since.day for row in rows] == [1, 10, 10]


def test_waiting_starts_anew_when_a_pair_has_ended(curator, director):
    pairing = working(curator, director)
    mentee = pairing.mentees.get().mentee
    signed(curator, director, ending(curator, pairing, TODAY - timedelta(days=3)))

    (row,) = queue(curator.access)

    assert (row.person, row.waits_since) == (mentee, TODAY - timedelta(days=2))
    assert (TODAY - row.waits_since).days == 2


def test_queue_says_how_many_days_each_waits_and_who_has_a_consent(curator):
    for surname, days_ago in (("Белова", 3), ("Жукова", 21)):
        entered(curator.organisation, Bank.MENTEES, surname, entered_on=TODAY - timedelta(days=days_ago))
    consents(queue(curator.access)[0].person)

    rows = queue(curator.access)

    assert [(row.days_waiting, row.has_consent) for row in rows] == [(21, True), (3, False)]


@BANKS
def test_who_has_left_the_school_is_not_in_the_bank(curator, bank):
    for surname, left_on in (("Белова", None), ("Жукова", TODAY), ("Яшина", TODAY + timedelta(days=1))):
        profile = entered(curator.organisation, bank, surname)
        profile.person.left_on = left_on
        profile.person.save()

    profiles = type(profile).objects.visible_to(curator.access).in_bank(TODAY).order_by("pk")

    assert surnames(profiles) == ["Белова", "Яшина"]


def test_mentee_whose_pair_ends_later_does_not_wait_yet(curator, director):
    pairing = working(curator, director)
    signed(curator, director, ending(curator, pairing, TODAY))

    assert list(queue(curator.access)) == []


def test_mentee_of_a_declined_pair_waits_since_entering(curator):
    pairing = pair(curator.organisation)
    decline_pairing(curator.access, pairing_id=pairing.pk)

    (row,) = queue(curator.access)

    assert row.waits_since == date(2026, 9, 1)


def test_who_has_not_entered_or_has_left_does_not_wait(curator):
    entered(curator.organisation, Bank.MENTEES, "Будущая", entered_on=TODAY + timedelta(days=1))
    entered(curator.organisation, Bank.MENTEES, "Ушедшая", left_on=TODAY)

    assert list(queue(curator.access)) == []


def test_figures_count_banks_queue_and_consents(curator):
    pair(curator.organisation)
    entered(curator.organisation, Bank.MENTEES, "Жукова", entered_on=TODAY - timedelta(days=40))
    entered(curator.organisation, Bank.MENTEES, "Белова")

    figures = bank_figures(curator.access)

    assert (figures.mentors, figures.mentees, figures.people) == (1, 3, 4)
    assert (figures.waiting, figures.longest_waiting) == (2, "Белова\u00a0А.\u00a0И.")
    assert figures.longest_wait_days == (TODAY - date(2026, 9, 1)).days
    assert (figures.with_consent, figures.consent_percent) == (2, 50)


def test_figures_of_empty_banks_are_zeros(curator):
    figures = bank_figures(curator.access)

    assert (figures.people, figures.waiting, figures.longest_wait_days, figures.consent_percent) == (0, 0, 0, 0)


# Pairs, orders, cards


@pytest.mark.parametrize(
    ("states", "found"),
    [("", 3), ("before", 1), ("running", 1), ("over", 1), ("чепуха", 3)],
)
def test_pairs_are_narrowed_by_state(curator, director, states, found):
    pair(curator.organisation)
    working(curator, director)
    decline_pairing(curator.access, pairing_id=pair(curator.organisation).pk)

    assert pair_list(curator.access, states=states).count() == found


def test_pairs_are_found_by_either_side_once(curator):
    pairing = pair(curator.organisation)
    pairing.mentor.surname = "Ёлкина"
    pairing.mentor.save()
    for slot, surname in enumerate(("Елкина", "Жукова"), 2):
        PairingMenteeFactory(
            pairing=pairing, mentee=in_bank(curator.organisation, surname=surname), slot=slot, places=3
        )
    pair(curator.organisation)

    for search in ("елкина", "жукова", "ЁЛКИНА анна"):
        assert list(pair_list(curator.access, search=search)) == [pairing]


def test_mentees_of_a_pair_come_by_name(curator):
    pairing = pair(curator.organisation)
    PairingMenteeFactory(pairing=pairing, mentee=in_bank(curator.organisation, surname="Абрамова"), slot=2)

    (found,) = pair_list(curator.access)

    assert found.places[0].mentee.surname == "Абрамова"


def test_pairs_of_another_school_are_not_seen(curator, stranger):
    pair(curator.organisation)

    assert list(pair_list(stranger.access)) == []


def test_participant_sees_own_pairs_only(curator, mentor, mentee):
    pairing = pair(curator.organisation)
    pairing.mentees.update(mentor=mentor.person, mentee=mentee.person)
    pairing.mentor = mentor.person
    pairing.save()
    pair(curator.organisation)
    stays_apart = make_persona(Role.PARTICIPANT, curator.organisation)

    assert list(own_pairings(mentor.access)) == list(pair_list(mentor.access)) == [pairing]
    assert list(own_pairings(mentee.access)) == list(pair_list(mentee.access)) == [pairing]
    assert list(pair_list(stays_apart.access)) == []


def test_declined_pair_is_not_on_ones_own_page(curator, mentor):
    pairing = pair(curator.organisation)
    pairing.mentees.update(mentor=mentor.person)
    pairing.mentor = mentor.person
    pairing.save()
    decline_pairing(curator.access, pairing_id=pairing.pk)

    assert list(own_pairings(mentor.access)) == []


def test_parties_say_which_consents_they_lack(curator):
    pairing = pair(curator.organisation)
    Consent.objects.filter(person=pairing.mentor, purpose=Purpose.PARTICIPATION).delete()

    lines = party_lines(curator.access, pair_list(curator.access).get())

    assert [(line.is_mentor, line.missing) for line in lines] == [(True, ["участие в наставничестве"]), (False, [])]


def test_pairs_are_counted_by_what_waits_for_them(curator, director):
    pair(curator.organisation)
    drafted(curator, agreed(curator))
    agreed(curator)
    working(curator, director)

    assert count_by_group(curator.access) == {
        "before": 3,
        "proposed": 1,
        "unanimous": 0,
        "agreed": 1,
        "running": 1,
        "no_consent": 0,
    }
    assert agreed_pairings(curator.access).count() == 1


def test_pair_that_two_orders_name_is_counted_once(curator, director):
    ending(curator, working(curator, director), SOON)

    assert count_by_group(curator.access)["running"] == 1


def test_lines_of_an_order_count_who_has_read_it(curator, director):
    pairing = working(curator, director)
    lines = lines_of(curator.access, pairing.basis.assignment_order)

    (view,) = line_views(lines, {pairing.mentor_id})

    assert (view.named, view.acquainted) == (2, 1)


@pytest.mark.parametrize(
    ("step", "states"),
    [
        ("draft", ["now", "", "", "", ""]),
        ("sent", ["done", "now", "", "", ""]),
        ("later", ["done", "done", "now", "", "now"]),
        ("in force", ["done", "done", "done", "done", "now"]),
    ],
)
def test_page_of_an_order_shows_where_its_life_is(curator, director, step, states):
    order = drafted(curator)
    if step == "sent":
        order.document.state = "on_agreement"
        order.document.save()
    elif step != "draft":
        order.document = signed(curator, director, order, on=TODAY + timedelta(days=step == "later"))

    page = order_page(curator.access, order, order_paper(curator.access, order))

    assert [each.state for each in page.life] == states
    assert page.life[4].detail == ("0 из 3" if states[4] else "")


def test_card_shows_both_banks_pairs_and_consents(curator, psychologist):
    pairing = pair(curator.organisation)
    mentor = pairing.mentor
    MenteeProfileFactory(person=mentor, left_on=TODAY)

    card = person_card(curator.access, mentor)
    seen = person_card(psychologist.access, mentor)

    assert card.mentor_now == mentor.mentor_profiles.get()
    assert (card.mentee_now, len(card.mentee_profiles)) == (None, 1)
    assert (card.pairings, card.has_processing, len(card.consents)) == ([pairing], True, 4)
    assert (seen.pairings, seen.consents, seen.mentor_now) == ([pairing], [], card.mentor_now)


def test_card_for_the_hr_officer_keeps_banks_and_pairs_closed(curator, hr_officer):
    mentor = pair(curator.organisation).mentor

    card = person_card(hr_officer.access, mentor)

    assert (card.mentor_profiles, card.mentee_profiles, card.pairings) == ([], [], [])
    assert len(card.consents) == 4


def test_own_page_of_somebody_without_a_card_is_empty(curator):
    access = make_persona(Role.PARTICIPANT, curator.organisation).access

    page = own_page(type(access)(access.user_id, access.organisation, access.roles, None, access.at))

    assert (page.person, page.pairings, page.documents, page.consents) == (None, [], [], [])


def test_own_page_shows_orders_once_they_are_signed(curator, director, mentor):
    pairing = agreed(curator)
    pairing.mentees.update(mentor=mentor.person)
    pairing.mentor = mentor.person
    pairing.save()
    order = drafted(curator, pairing)
    before = own_page(mentor.access)

    document = signed(curator, director, order)

    assert (before.pairings, before.documents) == ([pairing], [])
    assert [row.document for row in own_page(mentor.access).documents] == [document]


# Uploads


def test_preview_narrows_rows_by_outcome(curator):
    upload = read(
        curator.access,
        sheet(
            "Котова Марина Сергеевна;учитель;k@example.org;18",
            "Громов Пётр Ильич;завуч;не адрес;18",
            "Цой Анна Ильинична;учитель;c@example.org;менее года",
            header="ФИО;Должность;E-mail;Стаж",
        ),
    )

    def shown(outcome):
        return [row.name.split()[0] for row in import_preview(upload, outcome).rows]

    assert [shown(outcome) for outcome in ("", "create", "fault", "doubts", "same", "чепуха")] == [
        ["Котова", "Громов", "Цой"],
        ["Котова", "Цой"],
        ["Громов"],
        ["Цой"],
        [],
        ["Котова", "Громов", "Цой"],
    ]
    preview = import_preview(upload, "")
    assert [(code, number) for code, _, number in preview.tabs] == [
        ("", 3), ("fault", 1), ("doubts", 1), ("create", 2), ("change", 0), ("same", 0),
    ]  # fmt: skip
    assert (preview.faults, preview.acting) == (1, 2)


def test_uploads_of_the_organisation_come_newest_first(curator, stranger):
    first, second = (read(curator.access, sheet("Котова Анна;;"), filename=name) for name in ("a.csv", "b.csv"))
    read(stranger.access, sheet("Котова Анна;;"))
    confirm_import(curator.access, import_id=first.pk)

    assert list(import_list(curator.access)) == [second, first]


# What to do now


def steps_of(persona):
    figures = bank_figures(persona.access) if persona.access.may("banks_view") else None
    pairs = count_by_group(persona.access) if persona.access.may("pairings_view") else None
    return steps(persona.access, figures, pairs)


def titles(persona):
    return [step.title.replace("\u00a0", " ") for step in steps_of(persona)]


def test_step_of_consents_leads_to_as_many_people_as_it_says(curator):
    for surname in ("Белова", "Жукова"):
        entered(curator.organisation, Bank.MENTORS, surname)
    entered(curator.organisation, Bank.MENTEES, "Яшина")
    entered(curator.organisation, Bank.MENTORS, "Ушедшая", left_on=TODAY)
    entered(curator.organisation, Bank.MENTEES, "Выбывшая").person.__class__.objects.filter(surname="Выбывшая").update(
        left_on=TODAY
    )
    pair(curator.organisation)

    found = [step for step in steps_of(curator) if "без согласия" in step.title]

    assert [(step.title.replace("\u00a0", " "), step.url) for step in found] == [
        ("2 наставника без согласия на обработку данных", "/o/licey/mentors/?consent=wanted"),
        ("1 наставляемый без согласия на обработку данных", "/o/licey/mentees/?consent=wanted"),
    ]
    assert listed(curator.access, Bank.MENTORS, consent="wanted") == ["Белова", "Жукова"]
    assert listed(curator.access, Bank.MENTEES, consent="wanted") == ["Яшина"]


def test_curator_with_empty_banks_is_sent_to_the_upload(curator):
    assert titles(curator) == ["Банки пока пусты"]


def test_steps_lead_through_the_life_of_an_order(curator, director):
    pairing = pair(curator.organisation)
    proposed = titles(curator)
    agreed_pair = agreed(curator)
    ready = titles(curator)
    order = drafted(curator, agreed_pair)
    draft = titles(curator)
    signed(curator, director, order)

    assert pairing.state == "proposed"
    assert proposed == ["1 пара ждёт ответов"]
    assert ready == ["1 согласованная пара ждёт приказа", "1 пара ждёт ответов"]
    assert draft == ["1 проект приказа не отправлен", "1 пара ждёт ответов"]
    assert titles(curator)[0] == "Ознакомьтесь с приказом № 1-од"


def test_director_is_asked_to_sign(curator, director):
    send_order(curator.access, document_id=drafted(curator).pk)

    assert titles(director) == ["1 приказ ждёт вашей подписи"]


# The district


def test_district_sees_counts_of_its_schools_only(district_curator, curator, director, other_school):
    working(curator, director)
    entered(curator.organisation, Bank.MENTEES, "Жукова")
    pair(other_school)

    lines = school_lines(district_curator.access)

    assert [
        (line.organisation.short_name, line.mentors, line.mentees, line.running, line.waiting, line.orders)
        for line in lines
    ] == [("Лицей № 7", 1, 2, 1, 1, 1), ("Чужая школа", 1, 1, 0, 0, 0)]
    assert [line.consent_percent for line in lines] == [66, 100]


def test_counts_of_a_district_cost_the_same_however_many_schools(
    district_curator, school, other_school, django_assert_num_queries
):
    with django_assert_num_queries(5):
        school_lines(district_curator.access)
    pair(school)
    pair(other_school)
    with django_assert_num_queries(5):
        school_lines(district_curator.access)


def test_school_has_no_schools_below(curator):
    assert school_lines(curator.access) == []


def test_ended_pair_is_not_counted_as_running(district_curator, curator, director):
    pairing = working(curator, director)
    signed(curator, director, ending(curator, pairing, SOON))

    (line,) = school_lines(district_curator.access)

    assert (line.running, line.orders) == (0, 1)
