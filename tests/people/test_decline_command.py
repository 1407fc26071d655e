"""The command `decline`: lines in, JSON or tables out."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from people.management.commands.decline import Command


def _run(text: str, *arguments: str) -> str:
    output = io.StringIO()
    call_command(Command(), *arguments, stdin=io.StringIO(text), stdout=output)
    return output.getvalue()


def test_json_has_one_line_for_a_person_in_the_order_of_the_input() -> None:
    output = _run("Гоголь Ольга Сергеевна\tучитель химии\nЧерных Пётр\tдиректор\n", "--json")

    assert [json.loads(line)["name"]["gen"] for line in output.splitlines()] == [
        "Гоголь Ольги Сергеевны",
        "Черных Петра",
    ]


def test_json_line_holds_gender_name_initials_and_post() -> None:
    output = _run("Шевчук Иван Ильич\tстарший вожатый\n", "--json")

    assert json.loads(output) == {
        "gender": "m",
        "name": {
            "nom": "Шевчук Иван Ильич",
            "gen": "Шевчука Ивана Ильича",
            "dat": "Шевчуку Ивану Ильичу",
            "acc": "Шевчука Ивана Ильича",
            "ins": "Шевчуком Иваном Ильичом",
            "pre": "Шевчуке Иване Ильиче",
        },
        "initials": {
            "nom": "И. И. Шевчук",
            "gen": "И. И. Шевчука",
            "dat": "И. И. Шевчуку",
            "acc": "И. И. Шевчука",
            "ins": "И. И. Шевчуком",
            "pre": "И. И. Шевчуке",
        },
        "post": {
            "nom": "старший вожатый",
            "gen": "старшего вожатого",
            "dat": "старшему вожатому",
            "acc": "старшего вожатого",
            "ins": "старшим вожатым",
            "pre": "старшем вожатом",
        },
    }


def test_json_keeps_cyrillic_letters_readable() -> None:
    assert '"nom": "Черных Саша"' in _run("Черных Саша", "--json")


def test_unknown_gender_is_null() -> None:
    assert json.loads(_run("Черных Саша\tтьютор", "--json"))["gender"] is None


def test_missing_post_has_empty_forms() -> None:
    answer = json.loads(_run("Орлова Анна", "--json"))

    assert set(answer["post"].values()) == {""}
    assert answer["gender"] == "f"


def test_missing_name_has_empty_forms() -> None:
    answer = json.loads(_run("\tметодист", "--json"))

    assert set(answer["name"].values()) == set(answer["initials"].values()) == {""}
    assert answer["post"]["ins"] == "методистом"


def test_blank_lines_give_nothing() -> None:
    output = _run("\n \t \nОрлова Анна\n\n", "--json")

    assert len(output.splitlines()) == 1


def test_table_names_the_cases_in_russian() -> None:
    output = _run("Шевчук Анна\tучитель")

    assert output.splitlines() == [
        "Шевчук Анна (женский род)",
        "  именительный    Шевчук Анна   А. Шевчук  учитель",
        "  родительный     Шевчук Анны   А. Шевчук  учителя",
        "  дательный       Шевчук Анне   А. Шевчук  учителю",
        "  винительный     Шевчук Анну   А. Шевчук  учителя",
        "  творительный    Шевчук Анной  А. Шевчук  учителем",
        "  предложный      Шевчук Анне   А. Шевчук  учителе",
        "",
    ]


def test_standard_input_is_read_as_utf_8_with_a_byte_order_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO("\ufeffОрлова Анна\tдиректор\r\n".encode())
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(raw, encoding="koi8-r"))
    output = io.StringIO()

    call_command(Command(), "--json", stdout=output)

    answer = json.loads(output.getvalue())
    assert (answer["name"]["gen"], answer["post"]["gen"]) == ("Орловой Анны", "директора")


def test_other_encoding_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO("Орлова Анна".encode("cp1251"))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(raw, encoding="utf-8"))

    with pytest.raises(CommandError, match="UTF-8"):
        call_command(Command(), "--json", stdout=io.StringIO())
