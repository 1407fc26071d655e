"""From facts to evidence, capability by capability; without the database."""

from datetime import date

import pytest

from roadmap.domain.evidence import (
    Bank,
    Copies,
    Facts,
    Finding,
    Matching,
    Meeting,
    Paper,
    Survey,
    Task,
    assessments,
    assignment_orders,
    data_consents,
    district_roll_up,
    feedback,
    findings,
    group_meeting,
    local_acts,
    matching,
    mentee_bank,
    mentor_bank,
    pairs,
    plain_number,
    requests_and_readiness,
    roadmap_approved,
    statements,
)
from roadmap.domain.execution import Span
from surveys.domain.questionnaire import Purpose

TODAY = date(2026, 11, 20)
SPAN = Span(date(2026, 6, 1), date(2027, 1, 31))
OPEN = Task(SPAN, opens_on=date(2026, 9, 1))
NBSP = "\u00a0"


def paper(document_id: int = 1, number: str = "32-од", issued_on: date = date(2026, 9, 4), pairings: int = 0) -> Paper:
    return Paper(document_id, "order", number, issued_on, "О наставничестве", pairings)


def found(*happened: tuple[str, bool, date, int | None]) -> tuple[Finding, ...]:
    return tuple(Finding(*each) for each in happened)


def task(**values: object) -> Task:
    return Task(SPAN, **{"opens_on": date(2026, 9, 1)} | values)


@pytest.mark.parametrize(
    ("number", "plain"),
    [("32-од", "32-од"), ("№ 32-ОД", "32-од"), (f"№{NBSP}32 - од", "32-од"), ("  7 ", "7"), ("", "")],
)
def test_number_is_compared_without_its_dress(number, plain):
    assert plain_number(number) == plain


# K01, K31: documents


def test_document_made_for_the_measure_is_found():
    facts = Facts(TODAY, papers=(paper(1), paper(2)))

    assert local_acts(facts, task(planned=frozenset({2}))) == found(
        (f"приказ №{NBSP}32-од от 04.09.2026", True, date(2026, 9, 4), 2)
    )


@pytest.mark.parametrize(
    ("number", "issued_on", "is_found"),
    [
        ("32-од", date(2026, 9, 4), True),
        ("№ 32-ОД", date(2026, 9, 4), True),
        ("32/1-од", date(2026, 9, 4), True),
        ("33-од", date(2026, 9, 4), False),
        ("132-од", date(2026, 9, 4), False),
        ("321-од", date(2026, 9, 4), False),
        ("ОД-32", date(2026, 9, 4), False),
        ("32-од", date(2026, 9, 5), False),
    ],
)
def test_document_that_the_plan_names_is_known_by_number_and_day(number, issued_on, is_found):
    named = frozenset({("32", date(2026, 9, 4)), ("32-од", date(2026, 9, 4))})

    findings_of_it = local_acts(Facts(TODAY, papers=(paper(number=number, issued_on=issued_on),)), task(named=named))

    assert [each.document_id for each in findings_of_it] == [1] * is_found


def test_full_number_of_the_plan_is_not_met_by_other_letters():
    named = frozenset({("32-л", date(2026, 9, 4))})

    assert local_acts(Facts(TODAY, papers=(paper(number="32-од"),)), task(named=named)) == ()


def test_document_both_named_and_planned_is_found_once():
    both = task(planned=frozenset({1}), named=frozenset({("32", date(2026, 9, 4))}))

    assert [each.document_id for each in local_acts(Facts(TODAY, papers=(paper(),)), both)] == [1]


@pytest.mark.parametrize(
    ("issued_on", "counts"),
    [
        (date(2026, 5, 31), False),
        (date(2026, 6, 1), True),
        (date(2027, 1, 31), True),
        (date(2027, 2, 1), False),
    ],
)
@pytest.mark.parametrize("rule", [local_acts, roadmap_approved, assignment_orders])
def test_documents_count_on_the_days_of_the_occurrence(rule, issued_on, counts):
    facts = Facts(TODAY, papers=(paper(issued_on=issued_on, pairings=1),))
    asked = task(opens_on=date(2026, 12, 1), planned=frozenset({1}), approvals=frozenset({1}))

    assert len(rule(facts, asked)) == counts


def test_approving_order_is_the_one_on_this_plan():
    facts = Facts(TODAY, papers=(paper(1), paper(2)))

    assert [each.document_id for each in roadmap_approved(facts, task(approvals=frozenset({2, 3})))] == [2]


# K02


def test_assignment_orders_say_how_many_pairs_they_fix():
    facts = Facts(TODAY, papers=(paper(1, pairings=2), paper(2), paper(3, number="33-од", pairings=5)))

    assert assignment_orders(facts, OPEN) == found(
        (f"приказ №{NBSP}32-од от 04.09.2026: 2{NBSP}пары", True, date(2026, 9, 4), 1),
        (f"приказ №{NBSP}33-од от 04.09.2026: 5{NBSP}пар", True, date(2026, 9, 4), 3),
    )


# K04, K05, K06, K12: what is so today


@pytest.mark.parametrize(
    ("rule", "facts", "words", "is_enough"),
    [
        (data_consents, Facts(TODAY, mentors=Bank(2, 2), mentees=Bank(3, 3)), "согласия: 5 из 5", True),
        (data_consents, Facts(TODAY, mentors=Bank(2, 2), mentees=Bank(3, 2)), "согласия: 4 из 5", False),
        (data_consents, Facts(TODAY, mentors=Bank(1, 0)), "согласия: 0 из 1", False),
        (mentee_bank, Facts(TODAY, mentees=Bank(1, 1)), f"в банке 1{NBSP}наставляемый, с согласием — 1", True),
        (mentee_bank, Facts(TODAY, mentees=Bank(22, 0)), f"в банке 22{NBSP}наставляемых, с согласием — 0", True),
        (mentor_bank, Facts(TODAY, mentors=Bank(1, 1)), f"в банке 1{NBSP}наставник, с согласием — 1", True),
        (mentor_bank, Facts(TODAY, mentors=Bank(3, 2)), f"в банке 3{NBSP}наставника, с согласием — 2", True),
        (mentor_bank, Facts(TODAY, mentors=Bank(11, 2)), f"в банке 11{NBSP}наставников, с согласием — 2", True),
        (pairs, Facts(TODAY, pairs_running=1, waiting=0), f"1{NBSP}пара в работе, без наставника — 0", True),
        (pairs, Facts(TODAY, pairs_running=5, waiting=2), f"5{NBSP}пар в работе, без наставника — 2", True),
        (
            district_roll_up,
            Facts(TODAY, schools=3, schools_with_plan=3),
            "дорожная карта у 3 из 3\u00a0организаций",
            True,
        ),
        (
            district_roll_up,
            Facts(TODAY, schools=3, schools_with_plan=2),
            "дорожная карта у 2 из 3\u00a0организаций",
            False,
        ),
    ],
)
def test_state_of_today_is_said_in_figures(rule, facts, words, is_enough):
    assert rule(facts, OPEN) == found((words, is_enough, TODAY, None))


STATES = [data_consents, mentee_bank, mentor_bank, pairs, district_roll_up, statements]


@pytest.mark.parametrize("rule", STATES)
def test_nothing_there_is_no_evidence(rule):
    assert rule(Facts(TODAY, waiting=4), OPEN) == ()


@pytest.mark.parametrize("rule", STATES)
@pytest.mark.parametrize(
    ("span", "opens_on", "counts"),
    [
        (Span(TODAY, TODAY), TODAY, True),
        (SPAN, TODAY, True),
        (SPAN, date(2026, 11, 21), False),
        (Span(date(2026, 11, 21), date(2027, 1, 1)), date(2026, 9, 1), False),
        (Span(date(2026, 6, 1), date(2026, 11, 19)), date(2026, 9, 1), False),
    ],
    ids=["that day", "opens today", "opens tomorrow", "counts from tomorrow", "counted until yesterday"],
)
def test_state_of_today_counts_for_what_is_open_today(rule, span, opens_on, counts):
    bank = Bank(1, 1)
    facts = Facts(TODAY, mentors=bank, mentees=bank, pairs_running=1, schools=1, schools_with_plan=1, statements=1)

    assert len(rule(facts, Task(span, opens_on))) == counts


# K28: handed down


@pytest.mark.parametrize(
    ("copies", "words", "is_enough"),
    [
        (Copies(0, 2), "выполнили 0 из 2\u00a0организаций", False),
        (Copies(1, 2), "выполнили 1 из 2\u00a0организаций", False),
        (Copies(2, 2), "выполнили 2 из 2\u00a0организаций", True),
        (Copies(0, 0), "выполнили 0 из 0\u00a0организаций", False),
    ],
)
def test_handed_down_measure_is_done_when_all_schools_have_done_it(copies, words, is_enough):
    facts = Facts(TODAY, schools=2, schools_with_plan=2)

    assert district_roll_up(facts, task(copies=copies)) == found((words, is_enough, TODAY, None))


# K07, K09, K11, K22: questionnaires


def survey(purpose: str = "feedback", **values: object) -> Survey:
    days = {"opened_on": date(2026, 11, 2), "closed_on": date(2026, 11, 16)}
    return Survey(**{"purpose": purpose, "stage": "", "title": "Итоги", "asked": 20, "answered": 18} | days | values)


CLOSED_SURVEY = f"анкета «Итоги»: ответили 18 из 20 (90{NBSP}%)"


@pytest.mark.parametrize(
    ("rule", "counted"),
    [
        (requests_and_readiness, {"requests", "difficulties", "candidate"}),
        (group_meeting, {"preferences"}),
        (feedback, {"feedback"}),
        (assessments, set()),
    ],
)
def test_questionnaires_count_by_their_purpose(rule, counted):
    found_for = {purpose for purpose in Purpose if rule(Facts(TODAY, surveys=(survey(purpose),)), OPEN)}

    assert found_for == counted


def test_assessment_counts_by_its_stage_whatever_its_purpose():
    waves = (
        survey("impact", stage="entry", document_id=7),
        survey("feedback", stage="exit", asked=3, answered=1),
        survey("impact"),
    )

    assert assessments(Facts(TODAY, surveys=waves), OPEN) == found(
        (f"анкета на входе «Итоги»: ответили 18 из 20 (90{NBSP}%)", True, date(2026, 11, 16), 7),
        (f"анкета на выходе «Итоги»: ответили 1 из 3 (33{NBSP}%)", True, date(2026, 11, 16), None),
    )


@pytest.mark.parametrize(
    ("values", "words", "is_enough", "happened_on"),
    [
        ({}, CLOSED_SURVEY, True, date(2026, 11, 16)),
        ({"answered": 0}, f"анкета «Итоги»: ответили 0 из 20 (0{NBSP}%)", False, date(2026, 11, 16)),
        ({"closed_on": None}, CLOSED_SURVEY, False, TODAY),
        ({"closed_on": None, "opened_on": TODAY}, CLOSED_SURVEY, False, TODAY),
        ({"asked": 0, "answered": 0}, "анкета «Итоги»: ответили 0 из 0", False, date(2026, 11, 16)),
    ],
    ids=["closed", "nobody answered", "running", "begins today", "nobody asked"],
)
def test_questionnaire_is_enough_once_it_has_ended_with_an_answer(values, words, is_enough, happened_on):
    facts = Facts(TODAY, surveys=(survey(**values),))

    assert feedback(facts, OPEN) == found((words, is_enough, happened_on, None))


@pytest.mark.parametrize("rule", [requests_and_readiness, assessments, group_meeting, feedback])
@pytest.mark.parametrize(
    ("values", "span", "counts"),
    [
        ({}, Span(date(2026, 11, 16), date(2026, 11, 16)), True),
        ({}, Span(date(2026, 11, 17), date(2027, 1, 31)), False),
        ({}, Span(date(2026, 6, 1), date(2026, 11, 15)), False),
        ({"closed_on": None}, Span(TODAY, TODAY), True),
        ({"closed_on": None}, Span(date(2026, 11, 21), date(2027, 1, 31)), False),
        ({"closed_on": None}, Span(date(2026, 6, 1), date(2026, 11, 19)), False),
        ({"closed_on": None, "opened_on": date(2026, 11, 21)}, SPAN, False),
    ],
    ids=["last day", "ended before", "ended after", "runs", "runs before", "runs after", "begins tomorrow"],
)
def test_questionnaire_counts_on_the_day_it_ended_or_while_it_runs(rule, values, span, counts):
    waves = tuple(survey(purpose, stage="entry", **values) for purpose in ("requests", "preferences", "feedback"))
    expected = {assessments: 3}.get(rule, 1) if counts else 0

    assert len(rule(Facts(TODAY, surveys=waves), Task(span, opens_on=date(2026, 12, 1)))) == expected


# K11: the group meeting


MEETING = Meeting(date(2026, 11, 12), invited=30, came=24)
MET, CHOSEN = f"групповая встреча 12.11.2026: пришли 24 из 30 (80{NBSP}%)", f"ответили 18 из 20 (90{NBSP}%)"


@pytest.mark.parametrize(
    ("meetings", "surveys", "words", "is_enough", "happened_on"),
    [
        ((MEETING,), ({},), f"{MET}; о предпочтениях {CHOSEN}", True, date(2026, 11, 16)),
        ((MEETING,), (), MET, False, date(2026, 11, 12)),
        ((), ({},), f"о предпочтениях {CHOSEN}", False, date(2026, 11, 16)),
        ((MEETING,), ({"closed_on": None},), f"{MET}; о предпочтениях {CHOSEN}", False, TODAY),
        ((Meeting(date(2026, 11, 12), 30, 0),), ({},), f"о предпочтениях {CHOSEN}", False, date(2026, 11, 16)),
        ((MEETING,), ({}, {"closed_on": None, "asked": 5, "answered": 2}), None, True, date(2026, 11, 16)),
    ],
    ids=["both", "met only", "asked only", "still asked", "nobody came", "one side still asked"],
)
def test_meeting_counts_with_what_people_prefer_after_it(meetings, surveys, words, is_enough, happened_on):
    asked = tuple(survey("preferences", **values) for values in surveys)
    words = words or f"{MET}; о предпочтениях ответили 20 из 25 (80{NBSP}%)"

    assert group_meeting(Facts(TODAY, meetings=meetings, surveys=asked), OPEN) == found(
        (words, is_enough, happened_on, None)
    )


def test_meeting_counts_on_the_days_of_the_occurrence():
    before = Task(Span(date(2026, 6, 1), date(2026, 11, 11)), opens_on=date(2026, 9, 1))

    assert group_meeting(Facts(TODAY, meetings=(MEETING,)), before) == ()


def test_summary_of_what_people_prefer_is_a_finding_of_its_own():
    facts = Facts(TODAY, meetings=(MEETING,), surveys=(survey("preferences", document_id=7),))

    assert [(each.document_id, each.is_enough) for each in group_meeting(facts, OPEN)] == [(None, True), (7, True)]


# K10: matching


def run_on(day: int, made: int = 0) -> Matching:
    return Matching(date(2026, 11, day), proposed=8, alone=1, made=made)


def run_words(day: int, made: int = 0) -> str:
    return f"подбор {day}.11.2026: предложено 8{NBSP}пар, без наставника — 1, принято {made}"


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ((), ()),
        ((run_on(12), run_on(16)), ((run_words(16), False, date(2026, 11, 16), None),)),
        ((run_on(12, made=5), run_on(16)), ((run_words(12, 5), True, date(2026, 11, 12), None),)),
        (
            (run_on(12, made=5), run_on(16, made=1)),
            ((run_words(12, 5), True, date(2026, 11, 12), None), (run_words(16, 1), True, date(2026, 11, 16), None)),
        ),
    ],
    ids=["none", "nothing came of them", "something came of one", "of both"],
)
def test_matching_is_enough_once_a_pair_came_of_it(runs, expected):
    assert matching(Facts(TODAY, matchings=runs), OPEN) == found(*expected)


def test_matching_counts_on_the_days_of_the_occurrence():
    before = Task(Span(date(2026, 6, 1), date(2026, 11, 11)), opens_on=date(2026, 9, 1))

    assert matching(Facts(TODAY, matchings=(run_on(12, made=5),)), before) == ()


# K08: statements of third persons


@pytest.mark.parametrize(
    ("number", "words"), [(1, f"1{NBSP}сообщение"), (3, f"3{NBSP}сообщения"), (12, f"12{NBSP}сообщений")]
)
def test_statements_are_only_counted(number, words):
    facts = Facts(TODAY, statements=number)

    assert statements(facts, OPEN) == found((f"сведения от третьих лиц: {words}", True, TODAY, None))


# All rules of a measure


def test_capabilities_without_a_rule_find_nothing():
    rules = {"K05": mentee_bank, "K06": mentor_bank}

    by_key = findings(rules, ["K06", "K16"], Facts(TODAY, mentors=Bank(1, 1)), OPEN)

    assert by_key == {"K06": found((f"в банке 1{NBSP}наставник, с согласием — 1", True, TODAY, None))}
