"""`manage.py measures`: the 100 measures and how far the portal carries each out."""

import io
import json
from typing import Any

import pytest
from django.core.management import call_command

from people.domain.roles import Permission
from roadmap.capabilities import CAPABILITIES, Capability, Page
from roadmap.management.commands.measures import counts, has_page, measure_line
from roadmap.patterns import patterns

FOUND = {"K01", "K02", "K04", "K05", "K06", "K07", "K08", "K09", "K10", "K11", "K12", "K22", "K28", "K31"}
COUNTS = {"measures": 100, "button": 34, "evidence": 34, "button_in_part": 52, "evidence_in_part": 52}


def printed(*arguments: str) -> str:
    output = io.StringIO()
    call_command("measures", *arguments, stdout=output)
    return output.getvalue()


@pytest.fixture
def report() -> dict[str, Any]:
    return json.loads(printed("--json"))


def test_json_has_the_measures_and_last_the_counts(report):
    assert list(report) == ["measures", "counts"]
    assert {tuple(line) for line in report["measures"]} == {
        ("key", "number", "title", "capabilities", "button", "evidence")
    }
    assert report["counts"] == COUNTS


def test_json_lists_the_hundred_in_the_order_of_the_documents(report):
    expected = [
        (key, measure.number, measure.title, list(capabilities))
        for pattern in patterns()
        for key, measure, capabilities in zip(
            pattern.measure_keys, pattern.plan.measures, pattern.capabilities, strict=True
        )
    ]

    found = [
        (line["key"], line["number"], line["title"], [each["key"] for each in line["capabilities"]])
        for line in report["measures"]
    ]

    assert len(found) == 100
    assert found == expected


def test_json_says_of_each_capability_whether_it_works(report):
    lines = {each["key"]: each for line in report["measures"] for each in line["capabilities"]}

    assert lines == {
        key: {"key": key, "label": each.label, "button": key in FOUND, "evidence": key in FOUND}
        for key, each in CAPABILITIES.items()
    }


def test_measure_works_when_all_its_capabilities_do(report):
    lines = {line["key"]: (line["button"], line["evidence"]) for line in report["measures"]}

    expected = {
        key: (set(capabilities) <= FOUND,) * 2
        for pattern in patterns()
        for key, capabilities in zip(pattern.measure_keys, pattern.capabilities, strict=True)
    }

    assert lines == expected
    assert (lines["B-I.1.3"], lines["A1"], lines["C15"]) == ((True, True), (False, False), (False, False))


def test_text_says_the_same_in_words():
    lines = printed().splitlines()

    start = lines.index("B-I.2.2  Назначение кураторов целевой модели наставничества")

    assert lines[start + 1] == "    K01 локальные акты и приказы: есть страница, подтверждение находится само"
    assert lines[lines.index("C2  " + patterns()[2].plan.measures[1].title) + 1] == (
        "    K15 обучение наставников: страницы нет, пока отмечается вручную"
    )
    assert lines[-4:] == [
        "",
        "Мероприятий: 100",
        "Кнопка работает: 34, хотя бы частью: 52",
        "Подтверждение находится само: 34, хотя бы частью: 52",
    ]


def test_button_to_a_page_that_is_gone_does_not_work():
    gone = Capability("K01", "а", page=Page("К странице", "page_that_is_gone", Permission.ROADMAP_VIEW))
    takes_no_measure = Capability("K01", "а", page=Page("К приказу", "measure_order", Permission.ROADMAP_VIEW))

    assert (has_page(gone), has_page(takes_no_measure), has_page(CAPABILITIES["K01"])) == (False, False, True)


def test_counts_tell_whole_from_part():
    lines = [
        measure_line("X1", "1", "Всё", ["K01", "K02"]),
        measure_line("X2", "2", "Часть", ["K01", "K16"]),
        measure_line("X3", None, "Ничего", ["K16"]),
    ]

    assert counts(lines) == {"measures": 3, "button": 1, "evidence": 1, "button_in_part": 2, "evidence_in_part": 2}
