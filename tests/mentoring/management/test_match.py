"""The command `match`: a file in, the best pairs with reasons out."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from mentoring.management.commands import match

GIVEN = {
    "mentors": [
        {"id": 9, "capacity": 1, "topics": {"урок": 5}, "organisation": "л"},
        {"id": "7", "capacity": 2, "topics": {"ИКТ": 5}, "forms": ["п"], "organisation": "л"},
        {"id": 8, "capacity": 0},
    ],
    "mentees": [
        {"id": 3, "requests": {"ИКТ": 2}, "form": "п"},
        {"id": 1, "requests": {"урок": 4}, "form": "у"},
        {"id": "2", "requests": {"урок": 1}, "form": "у"},
    ],
}


def _file(tmp_path: Path, given: object) -> Path:
    path = tmp_path / "problem.json"
    path.write_text(given if isinstance(given, str) else json.dumps(given), encoding="utf-8")
    return path


def _run(path: Path, *arguments: str) -> str:
    output = io.StringIO()
    call_command("match", "--input", str(path), *arguments, stdout=output)
    return output.getvalue()


def _found(tmp_path: Path, given: object, *arguments: str) -> dict[str, Any]:
    return json.loads(_run(_file(tmp_path, given), "--json", *arguments))


def test_json_holds_pairs_with_reasons_and_causes_of_the_others(tmp_path: Path):
    found = _found(tmp_path, GIVEN)

    assert list(found) == ["proposals", "unmatched", "total", "worst", "optimal", "tied", "seconds"]
    assert isinstance(found.pop("seconds"), float)
    assert [(each["mentee"], each["mentor"], each["points"]) for each in found.pop("proposals")] == [
        (1, 9, 42),
        (3, "7", 47),
    ]
    assert found == {
        "unmatched": [
            {
                "mentee": "2",
                "causes": [
                    "мест не хватает: подходящих наставников 1, а на свободные места (1) — 2\u00a0наставляемых",
                    "поможет ещё одно место у одного из наставников: «9», «8»",
                ],
            }
        ],
        "total": 89,
        "worst": 42,
        "optimal": True,
        "tied": True,
    }


def test_reasons_add_up_and_have_three_keys(tmp_path: Path):
    proposals = _found(tmp_path, GIVEN)["proposals"]

    assert {tuple(each) for each in proposals} == {("mentee", "mentor", "points", "reasons")}
    assert proposals[1]["reasons"][:2] == [
        {"criterion": "topics", "points": 40, "text": "Запрос «ИКТ» — сильная тема наставника"},
        {"criterion": "form", "points": 5, "text": "Эту форму наставник ведёт"},
    ]
    assert [sum(reason["points"] for reason in each["reasons"]) for each in proposals] == [42, 47]


def test_scores_follow_the_input_with_null_where_a_rule_forbids(tmp_path: Path):
    found = _found(tmp_path, GIVEN, "--scores")

    assert list(found)[-1] == "scores"
    assert found["scores"] == [[2, 47, None], [42, None, None], [42, None, None]]


def test_scores_of_nobody_are_empty(tmp_path: Path):
    assert _found(tmp_path, {}, "--scores")["scores"] == []
    assert _found(tmp_path, {"mentees": [{"id": 1}]}, "--scores")["scores"] == [[]]
    assert _found(tmp_path, {"mentors": [{"id": 1}]}, "--scores")["scores"] == []


def test_scores_of_too_many_people_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(match, "MOST_SCORES", 8)

    with pytest.raises(CommandError, match="уберите --scores"):
        _run(_file(tmp_path, GIVEN), "--json", "--scores")


def test_nobody_to_match_is_an_empty_result(tmp_path: Path):
    found = _found(tmp_path, {"mentees": [{"id": "a"}]})

    assert isinstance(found.pop("seconds"), float)
    assert found == {
        "proposals": [],
        "unmatched": [{"mentee": "a", "causes": ["в банке нет ни одного наставника"]}],
        "total": 0,
        "worst": None,
        "optimal": True,
        "tied": False,
    }


def test_obstacle_that_could_be_mended_is_told(tmp_path: Path):
    given = {"mentors": [{"id": "m", "obstacles": ["не прошёл подготовку"]}], "mentees": [{"id": "a"}]}

    assert _found(tmp_path, given)["unmatched"][0]["causes"] == [
        "не подходит никто из наставников: не прошёл подготовку — 1",
        "поможет устранить препятствие у «m»: не прошёл подготовку",
    ]


@pytest.mark.parametrize("objective", ["cover", "sum", "stable"])
def test_same_file_gives_the_same_pairs_by_each_objective(tmp_path: Path, objective: str):
    given = {**GIVEN, "objective": objective, "pins": [["2", 9]], "bans": [[3, "7"]]}

    first, second = _found(tmp_path, given), _found(tmp_path, given)

    assert [(each["mentee"], each["mentor"]) for each in first["proposals"]] == [("2", 9)]
    assert {**first, "seconds": 0} == {**second, "seconds": 0}


def test_lines_for_who_reads_them(tmp_path: Path):
    assert _run(_file(tmp_path, GIVEN)).splitlines() == [
        "1 — 9: 42",
        "3 — 7: 47",
        "2 — без наставника",
        "Пар 2, сумма 89, слабейшая 42; лучше не бывает; есть и другие столь же хорошие решения.",
    ]
    assert _run(_file(tmp_path, {})) == "Пар 0, сумма 0; лучше не бывает; других столь же хороших решений нет.\n"


def test_ids_come_back_as_they_were_written(tmp_path: Path):
    given = r'{"mentors": [{"id": "\ud83d\ude00"}, {"id": 12345678901234567890}], "mentees": [{"id": "ё"}, {"id": -1}]}'

    proposals = _found(tmp_path, given)["proposals"]

    assert [(each["mentee"], each["mentor"]) for each in proposals] == [(-1, 12345678901234567890), ("ё", "😀")]


def test_file_may_begin_with_a_byte_order_mark(tmp_path: Path):
    path = tmp_path / "problem.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(GIVEN).encode())

    assert len(json.loads(_run(path, "--json"))["proposals"]) == 2


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("{", "Файл «{path}» — не JSON: строка 1, знак 2."),
        ("", "Файл «{path}» — не JSON: строка 1, знак 1."),
        ("[" * 100_000, "Файл «{path}» слишком глубоко вложен."),
        ('{"mentors": ' + '[{"id": ' * 100_000, "Файл «{path}» слишком глубоко вложен."),
        ("[" + "1" * 5_000 + "]", "Файл «{path}» не читается: в числе слишком много цифр."),
        (r'{"mentors": [{"id": "\ud800"}]}', "В файле «{path}» есть половина знака: \\ud8xx без второй половины."),
        ("[]", "файл: нужен объект {{…}}."),
        ('{"mentors": [{"id": "m", "capacity": -1}]}', "mentors[0].capacity: нужно целое число от 0 до 1000000."),
        ('{"mentees": [{"id": "a", "experience": NaN}]}', "mentees[0].experience: нужно число от 0 до 1000000."),
        ('{"mentees": [{"id": "a", "experience": 1e400}]}', "mentees[0].experience: нужно число от 0 до 1000000."),
        ('{"mentors": [{"id": "m"}, {"id": "m"}]}', "наставник «m»: встречается дважды."),
        (
            '{"mentors": [{"id": "m", "capacity": 0}], "mentees": [{"id": "a"}], "pins": [["a", "m"]]}',
            "закрепление «a» – «m»: свободных мест нет.",
        ),
    ],
    ids=range(12),
)
def test_fault_of_the_file_is_an_error_in_words(tmp_path: Path, written: str, message: str):
    path = _file(tmp_path, written)

    with pytest.raises(CommandError) as error:
        _run(path, "--json")

    assert str(error.value) == message.format(path=path)


def test_file_that_cannot_be_read_is_an_error_in_words(tmp_path: Path):
    (tmp_path / "1251.json").write_bytes('{"mentors": "ё"}'.encode("cp1251"))

    with pytest.raises(CommandError, match="не открывается"):
        _run(tmp_path / "нет.json")
    with pytest.raises(CommandError, match="не открывается"):
        _run(tmp_path)
    with pytest.raises(CommandError, match="не в кодировке UTF-8: байт 13"):
        _run(tmp_path / "1251.json")
