"""`manage.py survey_results`: all figures of a wave, thresholds kept."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from surveys.domain.questionnaire import Purpose
from tests.factories import AT, InvitationFactory
from tests.surveys.counted import BOTH, MENTORS, counted_wave

HIDDEN = "меньше 7 ответов — не показываем"


def printed(*arguments: str) -> str:
    output = io.StringIO()
    call_command("survey_results", *arguments, stdout=output)
    return output.getvalue()


def test_json_has_all_figures(curator):
    wave = counted_wave(curator, BOTH)
    InvitationFactory(wave=wave, side="mentor", is_answered=True, answered_on=AT.date())
    InvitationFactory(wave=wave, side="mentee")

    report = json.loads(printed(str(wave.pk), "--json"))

    sections = report.pop("sections")
    assert report == {
        "wave": wave.pk,
        "title": "Осень",
        "questionnaire": "Как вам работается",
        "state": "closed",
        "is_anonymous": False,
        "threshold": None,
        "invited": 2,
        "answered": 1,
        "rate": 0.5,
        "sheets": 11,
        "sides": [
            {"label": "наставники", "invited": 1, "answered": 1, "rate": 1.0},
            {"label": "наставляемые", "invited": 1, "answered": 0, "rate": 0.0},
        ],
        "comparison": [],
        "unpaired": 0,
        "scores": [],
    }
    assert [each["title"] for each in sections] == ["Встречи", "Дальше"]
    assert (sections[0]["scale"], sections[0]["sides"]) == ([1, 10], {"mentor": 8.0, "mentee": 9.0})
    again = sections[1]["keys"][0]
    assert (again["key"], again["kind"], again["share"]) == ("again", "yes_no", pytest.approx(8 / 11))
    assert again["sides"]["mentee"] == {
        "answered": 5,
        "hidden": None,
        "mean": None,
        "median": None,
        "spread": None,
        "share": 0.4,
        "counts": {"yes": 2, "no": 3},
    }


def test_json_of_an_anonymous_wave_keeps_its_threshold(curator):
    wave = counted_wave(curator, {"mentor": MENTORS}, is_anonymous=True, threshold=7)

    report = json.loads(printed(str(wave.pk), "--json"))

    keys = [key for section in report["sections"] for key in section["keys"]]
    assert report["threshold"] == 7
    assert [(key["hidden"], key["mean"], key["share"], key["counts"]) for key in keys] == [(HIDDEN, None, None, {})] * 5


def test_text_says_the_same_in_words(curator):
    wave = counted_wave(curator, {"mentor": MENTORS})

    assert printed(str(wave.pk)).splitlines() == [
        "Осень",
        "Ответили 0\u00a0человек.",
        "Самый высокий средний балл: «Спокойно ли вам?» — 9,0 из 10.",
        "Самый низкий средний балл: «Полезны ли встречи?» — 7,0 из 10.",
        "Доля ответов «да»: «Хотите продолжать?» — 100\u00a0%.",
    ]


@pytest.mark.parametrize(
    ("wave", "words"),
    [
        ("999999", "Анкетирования №\u00a0999999 нет."),
        ("осень", "«осень» — не номер анкетирования: напишите его цифрами."),
        ("9" * 30, f"«{'9' * 30}» — не номер анкетирования: напишите его цифрами."),
    ],
)
def test_unknown_wave_is_told_plainly(db, wave, words):
    with pytest.raises(CommandError, match=f"^{words}$") as error:
        printed(wave)

    assert error.value.returncode == 1


def test_statements_have_no_results(curator):
    wave = counted_wave(curator, BOTH, version__questionnaire__purpose=Purpose.STATEMENT)

    with pytest.raises(CommandError, match="собирает сведения о людях"):
        printed(str(wave.pk))
