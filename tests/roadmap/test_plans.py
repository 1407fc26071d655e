"""The five built-in plans, written by hand from the real roadmaps: complete, well-formed and word for word."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
PLANS = HERE.parents[1] / "roadmap" / "plans"
# Plan, its document, number of measures, number of sections.
BUILT_IN = {
    "A": ("school-stages.json", "A-lingvisticheskaya-gimnaziya-3.txt", 7, 0),
    "B": ("college-year.json", "B-omutninskiy-kolledzh.txt", 18, 6),
    "C": ("district-recurring.json", "C-levokumskiy-okrug.txt", 17, 4),
    "D": ("lyceum-year.json", "D-licey-22.txt", 32, 7),
    "E": ("school-three-years.json", "E-sosh-5.txt", 26, 0),
}
# Which capabilities of the portal carry out each measure, in the order of the documents.
CAPABILITIES = """
A1: K01 K02 K13 K31; A2: K05 K07 K04; A3: K06 K07 K04; A4: K10 K15 K18 K17; A5: K12 K13
A6: K22 K01 K16 K19 K18; A7: K20 K21
B-I.1.1: K21 K07; B-I.1.2: K31 K01; B-I.1.3: K01 K02; B-I.1.4: K20; B-I.2.1: K01; B-I.2.2: K01; B-I.2.3: K01
B-I.2.4: K01 K31; B-II.2.1: K05 K07; B-II.2.2: K06 K07; B-II.2.3: K12 K13 K14; B-III.3.1: K16
B-III.3.2: K22 K25; B-III.3.3: K16 K19; B-IV.4.1: K27; B-IV.4.2: K25; B-IV.4.3: K26; B-IV.4.4: K24
C1: K28 K06; C2: K15; C3: K17 K28; C4: K21 K28; C5: K16 K18; C6: K19 K20 K28; C7: K16 K15; C8: K16 K09
C9: K16 K19; C10: K25 K26 K28; C11: K01 K31 K28; C12: K13 K18; C13: K05 K06 K02 K28; C14: K12 K13 K14
C15: K16; C16: K23 K16; C17: K20 K21
D1: K05 K06 K31; D2.1: K07 K04; D2.2: K08 K04; D2.3: K05; D3.1: K31 K12; D3.2: K09; D3.3: K07 K04
D3.4: K06 K10; D4.1: K09; D4.2: K06; D4.3: K15 K18; D4.4: K15; D5.1: K11 K16; D5.2: K11; D5.3: K10 K11
D5.4: K02 K21; D6.1: K14; D6.2: K14; D6.3: K14 K13; D6.4: K14; D6.5: K22; D6.6: K14; D6.7: K14 K16; D6.8: K22
D7.1: K16 K21; D7.2: K16 K24; D7.3: K25; D7.4: K09; D7.5: K19; D7.6: K20 K19; D7.7: K05 K06; D7.8: K06
E1: K01 K02 K03 K29; E2: K20; E3: K21; E4: K05; E5: K05 K06; E6: K16 K18; E7: K09; E8: K12 K17; E9: K15
E10: K12 K32; E11: K13; E12: K17; E13: K16 K32; E14: K30; E15: K18; E16: K14; E17: K32; E18: K29; E19: K13 K19
E20: K19; E21: K16; E22: K22; E23: K16 K24; E24: K25 K27; E25: K26; E26: K20
"""
PLAN_FIELDS = ["key", "name", "about", "school_year", "source", "approvals", "sections", "measures"]
SOURCE_FIELDS = ["title", "organisation", "period"]
APPROVAL_FIELDS = ["kind", "body", "act", "number", "date", "person"]
SECTION_FIELDS = ["number", "title", "parent", "task", "result"]
MEASURE_FIELDS = [
    *("key", "capabilities", "number", "section", "title", "details"),
    *("term", "responsible", "result", "documents"),
]
DOCUMENT_FIELDS = ["kind", "number", "date"]
APPROVAL_KINDS = {"accepted", "considered", "agreed", "approved", "annex"}
# Words of the tables that name a field and are not its text.
LABELS = {"Цель", "Задача", "Результат"}
WORD = re.compile(r"[^\W\d_]+")


def plan_of(key: str) -> dict[str, Any]:
    return json.loads((PLANS / BUILT_IN[key][0]).read_text(encoding="utf-8"))


def lines_of(key: str) -> list[str]:
    """The lines of the document without markup; a tab stands between two cells."""
    text = (HERE / "documents" / BUILT_IN[key][1]).read_text(encoding="utf-8")
    return [re.sub(r"<[^>]*>|\*\*|\\", "", line) for line in text.splitlines()]


def wording_of(plan: dict[str, Any]) -> list[str]:
    """Every text of the plan that is said to stand in the document as it is."""
    texts = [plan["source"]["title"]]
    texts += [approval[field] for approval in plan["approvals"] for field in ("body", "person")]
    texts += [section[field] for section in plan["sections"] for field in ("title", "task", "result")]
    for measure in plan["measures"]:
        texts += [measure["title"], *measure["details"], measure["term"], *measure["responsible"], measure["result"]]
    return [text for text in texts if text]


def is_said_in(document: str, text: str) -> bool:
    """Whether the text stands in the document, whole or in the two parts of a row that a page cuts."""
    if text in document:
        return True
    spaces = [place.start() for place in re.finditer(" ", text)]
    return any(text[:at] in document and text[at + 1 :] in document for at in spaces)


def is_iso_date_or_none(value: str | None) -> bool:
    return value is None or date.fromisoformat(value).isoformat() == value


@pytest.mark.parametrize("key", BUILT_IN)
def test_plan_has_every_measure_and_section_of_its_document(key):
    plan = plan_of(key)

    counted = (plan["key"], len(plan["measures"]), len(plan["sections"]))

    assert counted == (key, BUILT_IN[key][2], BUILT_IN[key][3])


def test_plans_hold_the_hundred_measures_with_their_capabilities():
    expected = [entry.strip().split(": ") for entry in re.split("[;\n]", CAPABILITIES.strip())]

    found = [
        [measure["key"], " ".join(measure["capabilities"])] for key in BUILT_IN for measure in plan_of(key)["measures"]
    ]

    assert len(found) == 100
    assert found == expected


def test_plans_use_every_capability_of_the_portal():
    measures = [measure for key in BUILT_IN for measure in plan_of(key)["measures"]]

    used = {capability for measure in measures for capability in measure["capabilities"]}

    assert used == {f"K{number:02}" for number in range(1, 33)}


@pytest.mark.parametrize("key", BUILT_IN)
def test_plan_has_the_agreed_fields_in_the_agreed_order(key):
    plan = plan_of(key)

    assert list(plan) == PLAN_FIELDS
    assert list(plan["source"]) == SOURCE_FIELDS
    assert all(list(approval) == APPROVAL_FIELDS for approval in plan["approvals"])
    assert all(list(section) == SECTION_FIELDS for section in plan["sections"])
    assert all(list(measure) == MEASURE_FIELDS for measure in plan["measures"])
    assert all(list(named) == DOCUMENT_FIELDS for measure in plan["measures"] for named in measure["documents"])


@pytest.mark.parametrize("key", BUILT_IN)
def test_plan_says_null_and_never_an_empty_text(key):
    plan = plan_of(key)
    rows = [plan["source"], *plan["approvals"], *plan["sections"], *plan["measures"]]

    empty = [(row, field) for row in rows for field, value in row.items() if value == "" and field != "term"]

    assert empty == []
    assert all(isinstance(measure["term"], str) for measure in plan["measures"])
    assert all(text for measure in plan["measures"] for text in measure["details"] + measure["responsible"])


@pytest.mark.parametrize("key", BUILT_IN)
def test_plan_has_iso_dates_and_known_kinds(key):
    plan = plan_of(key)
    named = [document for measure in plan["measures"] for document in measure["documents"]]
    kinds = [approval["act"] for approval in plan["approvals"] if approval["act"]] + [row["kind"] for row in named]

    assert all(is_iso_date_or_none(day) for day in plan["source"]["period"])
    assert all(is_iso_date_or_none(row["date"]) for row in [*plan["approvals"], *named])
    assert {approval["kind"] for approval in plan["approvals"]} <= APPROVAL_KINDS
    assert all(re.fullmatch("[a-z_]+", kind) for kind in kinds)


@pytest.mark.parametrize("key", BUILT_IN)
def test_section_stands_after_its_parent_and_measure_in_a_section_that_exists(key):
    plan = plan_of(key)
    count = len(plan["sections"])

    parents = [(place, section["parent"]) for place, section in enumerate(plan["sections"])]
    places = [measure["section"] for measure in plan["measures"]]

    assert all(parent is None or 0 <= parent < place for place, parent in parents)
    assert places == ([None] * len(places) if count == 0 else sorted(place for place in places if 0 <= place < count))


@pytest.mark.parametrize("key", BUILT_IN)
def test_measure_number_stands_once_in_its_section_and_ends_its_key(key):
    measures = plan_of(key)["measures"]

    numbers = [(measure["section"], measure["number"]) for measure in measures]

    assert len(set(numbers)) == len(measures)
    assert all(re.fullmatch(rf"{key}(-[IVX]+\.)?{measure['number']}", measure["key"]) for measure in measures)


@pytest.mark.parametrize("key", BUILT_IN)
def test_wording_is_that_of_the_document(key):
    document = re.sub(r"[^\S\t]+", " ", " ".join(lines_of(key)))

    invented = [text for text in wording_of(plan_of(key)) if not is_said_in(document, text)]

    assert invented == []


@pytest.mark.parametrize("key", BUILT_IN)
def test_wording_leaves_no_word_of_the_table_out(key):
    rows = [line for line in lines_of(key) if "\t" in line and not line.startswith("№")]
    plan = plan_of(key)
    said = set(WORD.findall("\n".join([*wording_of(plan), *(row["number"] or "" for row in plan["sections"])])))

    left_out = {word for line in rows for word in WORD.findall(line)} - said

    assert left_out <= LABELS
