"""The one table of the 32 capabilities: pages that are there, permissions that open them, sources that exist."""

from importlib import import_module

import pytest
from django.urls import resolve, reverse

from people.domain.roles import ROLE_PERMISSIONS
from roadmap.capabilities import CAPABILITIES, RULES, counted_from
from roadmap.domain.capability_keys import LABELS
from roadmap.domain.evidence import Facts, Task
from roadmap.domain.execution import Span
from tests.factories import TODAY

SURVEYS = import_module("roadmap.migrations.0003_survey_touches")
EVENTS = import_module("roadmap.migrations.0004_event_touches")
MATCHING = import_module("roadmap.migrations.0005_matching_touches")
WATCHED = (
    import_module("roadmap.migrations.0002_crossings").WATCHED
    | {SURVEYS.TABLE: SURVEYS.SOURCE}
    | dict.fromkeys(EVENTS.TABLES, EVENTS.SOURCE)
    | {MATCHING.TABLE: MATCHING.SOURCE}
)
FOUND_BY_THE_PORTAL = [
    *("K01", "K02", "K04", "K05", "K06", "K07", "K08", "K09", "K10", "K11", "K12", "K22", "K28", "K31"),
]
WITH_PAGE = [each for each in CAPABILITIES.values() if each.page]


def test_table_holds_the_32_capabilities_in_order():
    assert list(CAPABILITIES) == [f"K{number:02}" for number in range(1, 33)]
    assert {key: (each.key, each.label) for key, each in CAPABILITIES.items()} == {
        key: (key, label) for key, label in LABELS.items()
    }


def test_labels_differ():
    assert len(set(LABELS.values())) == 32


def test_portal_finds_evidence_of_those_whose_work_is_here():
    assert list(RULES) == FOUND_BY_THE_PORTAL
    assert [each.key for each in WITH_PAGE] == FOUND_BY_THE_PORTAL
    assert all(RULES[key] is CAPABILITIES[key].rule for key in RULES)


def test_each_rule_stands_once():
    assert len(set(RULES.values())) == len(RULES)


@pytest.mark.parametrize("capability", WITH_PAGE, ids=lambda each: each.key)
def test_button_leads_to_a_page_that_asks_for_the_same_permission(capability):
    page = capability.page
    arguments = {"org": "licey"} | ({f"{page.takes}_id": 1} if page.takes else {})

    match = resolve(reverse(page.url_name, kwargs=arguments))

    assert (match.url_name, match.kwargs) == (page.url_name, arguments)
    assert match.func.permission == page.permission


@pytest.mark.parametrize("capability", WITH_PAGE, ids=lambda each: each.key)
def test_somebody_may_press_each_button(capability):
    assert [role for role, granted in ROLE_PERMISSIONS.items() if capability.page.permission in granted] != []


def test_buttons_say_different_things():
    assert len({each.page.button for each in WITH_PAGE}) == len(WITH_PAGE)


@pytest.mark.parametrize("key", RULES)
def test_rule_counts_from_sources_that_something_writes(key):
    sources = CAPABILITIES[key].sources

    assert sources
    assert sources <= {*WATCHED.values(), "plan", "copies"}


def test_capability_without_a_rule_counts_from_nothing():
    assert {each.sources for each in CAPABILITIES.values() if each.rule is None} == {frozenset()}


@pytest.mark.parametrize(
    ("source", "keys"),
    [
        ("documents", {"K01", "K02", "K31"}),
        ("people", {"K04", "K05", "K06", "K12"}),
        ("banks", {"K04", "K05", "K06", "K12"}),
        ("pairings", {"K10", "K12"}),
        ("matching", {"K10"}),
        ("surveys", {"K07", "K08", "K09", "K11", "K22"}),
        ("events", {"K11"}),
        ("plan", {"K01", "K28", "K31"}),
        ("copies", set()),
        ("погода", set()),
    ],
)
def test_source_touches_what_is_counted_from_it(source, keys):
    assert counted_from(source) == keys


def test_every_watched_table_matters_to_some_capability():
    assert {source for source in WATCHED.values() if not counted_from(source)} == set()


@pytest.mark.parametrize("key", RULES)
def test_rule_finds_nothing_where_nothing_is(key):
    task = Task(Span(TODAY, TODAY), opens_on=TODAY)

    assert RULES[key](Facts(today=TODAY), task) == ()
