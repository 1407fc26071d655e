"""Waves that are counted already: figures by hand on few rows."""

from surveys.domain.questionnaire import Option, Question, QuestionKind, Questionnaire, Section
from surveys.models import OpenAnswer, Wave, WaveFigures
from tests.conftest import Persona
from tests.factories import AT, WaveFactory

ASKED = Questionnaire(
    title="Как вам работается",
    sections=(
        Section(
            "Встречи",
            (
                Question("useful", QuestionKind.SCALE, "Полезны ли встречи?"),
                Question("calm", QuestionKind.SCALE, "Спокойно ли вам?"),
            ),
        ),
        Section(
            "Дальше",
            (
                Question("again", QuestionKind.YES_NO, "Хотите продолжать?"),
                Question(
                    "topics",
                    QuestionKind.SEVERAL,
                    "О чём говорить?",
                    options=(Option("plan", "план урока"), Option("talk", "=общение")),
                    has_other=True,
                ),
                Question("words", QuestionKind.LONG, "Что изменить?"),
            ),
        ),
    ),
)

# Six mentors: 8, 8, 8, 6, 6, 6 and six times 9; five mentees: 10, 10, 10, 10, 5, and nobody was asked about calm.
MENTORS = {
    "": {"": 6},
    "useful": {"": 6, "8": 3, "6": 3},
    "calm": {"": 6, "9": 6},
    "again": {"": 6, "yes": 6},
    "topics": {"": 6, "plan": 5, "talk": 2},
    "words": {"": 2},
}
MENTEES = {
    "": {"": 5},
    "useful": {"": 5, "10": 4, "5": 1},
    "again": {"": 5, "yes": 2, "no": 3},
    "topics": {"": 5, "talk": 5},
    "words": {"": 1},
}
BOTH = {"mentor": MENTORS, "mentee": MENTEES}

Tallies = dict[str, dict[str, dict[str, int]]]


def counted_wave(curator: Persona, tallies: Tallies, asked: Questionnaire = ASKED, **values: object) -> Wave:
    """A closed wave of the curator's school with these tallies; other values are those of the wave and its figures."""
    kept = {name: values.pop(name) for name in ("changes", "unpaired", "scores") if name in values}
    if "version" not in values:
        values |= {
            "version__content": asked.as_json(),
            "version__questionnaire__organisation": curator.organisation,
            "version__questionnaire__title": asked.title,
        }
    wave = WaveFactory(**{"closed": True, "title": "Осень", "reader": curator.user} | values)
    sheets = sum(keys.get("", {}).get("", 0) for keys in tallies.values())
    WaveFigures.objects.create(
        wave=wave, organisation=curator.organisation, sheets=sheets, counted_at=AT, tallies=tallies, **kept
    )
    return wave


def said(wave: Wave, text: str, *, key: str = "words", **values: object) -> OpenAnswer:
    """Words in a wave, not read yet."""
    return OpenAnswer.objects.create(organisation=wave.organisation, wave=wave, key=key, text=text, **values)
