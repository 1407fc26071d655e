"""The five real documents, against the table of their 100 measures that was written by hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from config.environment import BASE_DIR
from roadmap.domain.document.as_json import plan_json
from roadmap.domain.document.understanding import understand
from roadmap.reading.text import blocks_of_text

DOCUMENTS = BASE_DIR / "tests" / "roadmap" / "documents"
COUNTS = {"A": 7, "B": 18, "C": 17, "D": 32, "E": 26}
FIELDS = ("number", "section", "title", "details", "responsible", "result", "documents")


def _by_hand() -> dict[str, dict[str, Any]]:
    tables = (json.loads(path.read_text()) for path in (BASE_DIR / "roadmap" / "plans").glob("*.json"))
    return {table["key"]: table for table in tables}


def _document(key: str) -> Path:
    return next(DOCUMENTS.glob(f"{key}-*.txt"))


def _read(key: str) -> dict[str, Any]:
    return plan_json(understand(blocks_of_text(_document(key).read_bytes())))


@pytest.mark.parametrize("key", COUNTS)
def test_document_reads_as_by_hand(key: str) -> None:
    table = _by_hand()[key]

    plan = _read(key)

    assert {name: plan[name] for name in table["source"]} == table["source"]
    assert plan["approvals"] == table["approvals"]
    assert plan["sections"] == table["sections"]
    assert [{name: measure[name] for name in FIELDS} for measure in plan["measures"]] == [
        {name: measure[name] for name in FIELDS} for measure in table["measures"]
    ]
    assert [measure["term"]["text"] for measure in plan["measures"]] == [row["term"] for row in table["measures"]]


@pytest.mark.parametrize(("key", "count"), COUNTS.items())
def test_document_has_its_measures_each_once(key: str, count: int) -> None:
    measures = _read(key)["measures"]

    assert len(measures) == count
    assert len({(measure["section"], measure["number"], measure["title"]) for measure in measures}) == count


@pytest.mark.parametrize("key", COUNTS)
def test_every_term_of_the_documents_is_understood(key: str) -> None:
    terms = [measure["term"] for measure in _read(key)["measures"]]

    assert [term["text"] for term in terms if term["kind"] == "unknown"] == []


@pytest.mark.parametrize(
    ("key", "lines"),
    [
        ("A", [11]),
        ("B", []),
        ("C", []),
        ("D", [38, 50, 60, 61, 62, 63, 64, 65, 66, 68, 69, 70, 73, 82]),
        ("E", []),
    ],
)
def test_doubts_name_the_lines_that_are_doubtful(key: str, lines: list[int]) -> None:
    assert [warning["line"] for warning in _read(key)["warnings"]] == lines
