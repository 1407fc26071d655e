"""The command `read_roadmap`: a file in, JSON or an outline out."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from config.environment import BASE_DIR

DOCUMENT = BASE_DIR / "tests" / "roadmap" / "documents" / "C-levokumskiy-okrug.txt"
KEYS = ["title", "organisation", "period", "approvals", "sections", "measures", "warnings"]
MEASURE_KEYS = ["number", "section", "title", "details", "term", "responsible", "result", "documents"]


def _run(path: Path, *arguments: str) -> str:
    output = io.StringIO()
    call_command("read_roadmap", str(path), *arguments, stdout=output)
    return output.getvalue()


def _written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "roadmap.txt"
    path.write_text(text)
    return path


def test_json_holds_the_plan() -> None:
    plan = json.loads(_run(DOCUMENT, "--json"))

    assert list(plan) == KEYS
    assert list(plan["measures"][0]) == MEASURE_KEYS
    assert plan["approvals"] == [
        {
            "kind": "annex",
            "body": "отдела образования администрации Левокумского муниципального округа Ставропольского края",
            "act": "order",
            "number": "209-од",
            "date": "2022-04-08",
            "person": None,
        }
    ]
    assert plan["measures"][0]["term"] == {
        "text": "май-сентябрь 2022г., далее ежегодно",
        "kind": "yearly",
        "windows": [["2022-05-01", "2022-09-30"], ["2023-05-01", "2023-09-30"]],
        "assumed": [],
    }


def test_json_is_russian_letters_and_not_their_codes() -> None:
    assert "«ИМЦСО ЛМО СК»" in _run(DOCUMENT, "--json")


def test_until_says_how_long_an_open_plan_runs() -> None:
    plan = json.loads(_run(DOCUMENT, "--json", "--until", "2025-08-31"))

    assert [window[0] for window in plan["measures"][0]["term"]["windows"]] == [
        "2022-05-01",
        "2023-05-01",
        "2024-05-01",
        "2025-05-01",
    ]


def test_outline_names_sections_measures_and_doubts(tmp_path: Path) -> None:
    path = _written(
        tmp_path,
        "Дорожная карта наставничества\nв МБОУ «СОШ № 12» на 2024-2025 учебный год\n\n"
        "№\tМероприятия\tСроки\tОтветственные\nI. Подготовка\t\t\t\n"
        "1\tОтбор: – анкеты; – встречи\tмай\tдиректор, куратор\n"
        "3\tИтоги работы\tкогда-нибудь\tкуратор\n",
    )

    assert _run(path).splitlines() == [
        "Дорожная карта наставничества в МБОУ «СОШ № 12» на 2024-2025 учебный год",
        "Организация: МБОУ «СОШ № 12»",
        "Период: 01.09.2024 – 31.08.2025",
        "",
        "I. Подготовка",
        "  1  Отбор",
        "       – анкеты",
        "       – встречи",
        "       срок: май",
        "       ответственные: директор; куратор",
        "  3  Итоги работы",
        "       срок: когда-нибудь",
        "       ответственные: куратор",
        "",
        "Мероприятий: 2, замечаний: 2",
        "  строка 7: Срок «когда-нибудь» не понят: укажите даты.",
        "  строка 7: После номера 1 стоит 3: проверьте, нет ли пропуска.",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Меню\n\nБлюдо\tВыход\nКаша\t200\n", "В документе нет дорожной карты: таблица в строке 3"),
        ("Просто письмо.\n", "В документе нет дорожной карты"),
    ],
)
def test_other_document_is_an_error_in_words(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(CommandError, match=message):
        _run(_written(tmp_path, text), "--json")


def test_broken_file_is_an_error_in_words(tmp_path: Path) -> None:
    path = tmp_path / "roadmap.docx"
    path.write_bytes(b"PK\x03\x04 broken")

    with pytest.raises(CommandError, match=r"^[А-ЯЁ].*\.$"):
        _run(path, "--json")


def test_missing_file_is_an_error_in_words(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="не открывается"):
        _run(tmp_path / "none.txt", "--json")


def test_until_that_is_no_day_is_an_error_in_words() -> None:
    with pytest.raises(CommandError, match="«завтра» — не дата"):
        _run(DOCUMENT, "--until", "завтра")
