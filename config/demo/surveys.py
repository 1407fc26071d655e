"""Questionnaires of the demo: waves in every state, answered by fictional people of different moods."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from config.demo.people import WORDS
from config.demo.roadmaps import Office
from people.domain.school_year import SchoolYear
from people.models import Organisation, Person
from surveys.domain.audience import Audience
from surveys.domain.questionnaire import SCALED, WRITTEN, Question, QuestionKind, Questionnaire
from surveys.models import Invitation, OpenAnswer, Wave
from surveys.operations.answering import send_answers
from surveys.operations.closing import close_wave
from surveys.operations.questionnaires import take_template
from surveys.operations.statements import ask_for_statement
from surveys.operations.texts import release_text, withhold_text
from surveys.operations.waves import draft_wave, launch_wave
from surveys.queries.answering import questionnaire_of
from surveys.seals import token_of


@dataclass(frozen=True, slots=True)
class Asking:
    """One wave: by which template of the library, whom, over which days, and how many of ten answer."""

    template: str
    title: str
    sides: tuple[str, ...]
    opens_on: date
    closes_on: date
    of_ten: int
    is_anonymous: bool = False
    stage: str = ""


def load_surveys(office: Office, mentees: Sequence[Person], now: datetime) -> None:
    """Entry and requests of the autumn, closed; satisfaction and readiness running now; statements about a mentee."""
    today = now.date()
    dice = Random(7)  # noqa: S311 -- fiction needs no secrecy
    first = SchoolYear.of(today).first_day
    autumn, later = _within(first, today, 60), _within(first, today, 40)
    requests = Asking("request", "Запросы на учебный год", ("mentee",), autumn, later, of_ten=9)
    entry = Asking(
        *("teacher-before-mentee", "Оценка на входе", ("mentee",), autumn, later, 9), is_anonymous=True, stage="entry"
    )
    for asking in (requests, entry):
        wave = _run(office, asking, dice)
        close_wave(office.curator(asking.closes_on), wave_id=wave.pk)
    _read(office, later)
    ends_on = today + timedelta(days=9)
    recently = _within(first, today, 5)
    pleased = Asking(
        "satisfaction", "Как идёт наставничество", ("mentor", "mentee"), recently, ends_on, of_ten=5, is_anonymous=True
    )
    ready = Asking("candidate", "Готовность наставников", ("mentor",), recently, ends_on, of_ten=6)
    for asking in (pleased, ready):
        _run(office, asking, dice)
    _tell_about(office, mentees[0], recently, dice)


def _within(first: date, today: date, days_ago: int) -> date:
    """So many days ago, but not before the school year."""
    return max(first, today - timedelta(days=days_ago))


def _run(office: Office, asking: Asking, dice: Random) -> Wave:
    access = office.curator(asking.opens_on)
    questionnaire = take_template(access, key=asking.template)
    values = {
        "title": asking.title,
        "audience": Audience(sides=asking.sides).as_json(),
        "opens_on": asking.opens_on,
        "closes_on": asking.closes_on,
        "is_anonymous": asking.is_anonymous,
        "stage": asking.stage,
    }
    wave = draft_wave(access, questionnaire_id=questionnaire.pk, values=values)
    wave = launch_wave(access, wave_id=wave.pk)
    invitations = list(wave.invitations.order_by("pk"))
    for invitation in invitations:
        if dice.random() * 10 < asking.of_ten:
            _answer(invitation, wave, asking.opens_on, dice)
    return wave


def _answer(invitation: Invitation, wave: Wave, day: date, dice: Random) -> None:
    questionnaire = questionnaire_of(wave.version_id, wave.version.revision)
    send_answers(
        token=token_of(invitation.nonce),
        at=_evening(wave.organisation, day),
        sent=_sheet(questionnaire, dice),
        is_whole=True,
        seconds=dice.randint(90, 290),
    )


def _evening(organisation: Organisation, day: date) -> datetime:
    return datetime.combine(day, time(19), ZoneInfo(organisation.time_zone))


def _sheet(questionnaire: Questionnaire, dice: Random) -> dict[str, list[str]]:
    """What somebody of a random mood fills in; now and then also some words."""
    mood = dice.uniform(0.45, 1)
    sheet: dict[str, list[str]] = {}
    for question in questionnaire.asked:
        for key in question.keys:
            value = _value(question, key, mood, dice)
            if value:
                sheet[key] = value
    return sheet


def _value(question: Question, key: str, mood: float, dice: Random) -> list[str]:
    if question.kind in SCALED:
        low, high = question.scale.low, question.scale.high
        return [str(min(high, max(low, round(low + (high - low) * dice.gauss(mood, 0.15)))))]
    if question.kind in WRITTEN:
        return [dice.choice(WORDS["remarks"])] if question.is_required or dice.random() < 0.4 else []
    if question.kind == QuestionKind.NUMBER:
        least = question.least or 1
        return [str(dice.randint(least, max(least, min(question.most or 4, least + 2))))]
    if key != question.code or not question.choices:
        return []
    if question.kind == QuestionKind.SEVERAL:
        return [each.code for each in dice.sample(question.options, min(3, len(question.options)))]
    if question.kind == QuestionKind.YES_NO:
        return ["yes" if dice.random() < mood else "no"]
    options = question.options or question.choices
    return [dice.choice(options).code]


def _read(office: Office, day: date) -> None:
    """The curator has read most of the words of the entry wave; some are still to be read."""
    access = office.curator(day)
    words = OpenAnswer.objects.visible_to(access).filter(wave__is_anonymous=True).order_by("text", "pk")
    for number, answer in enumerate(words):
        if number % 4 == 3:
            continue
        if number % 9 == 8:
            withhold_text(access, wave_id=answer.wave_id, text_id=answer.pk)
        else:
            release_text(
                access, wave_id=answer.wave_id, text_id=answer.pk, group=WORDS["remark_groups"].get(answer.text, "")
            )


def _tell_about(office: Office, mentee: Person, day: date, dice: Random) -> None:
    """The psychologist has told about a mentee."""
    access = office.curator(day)
    informant = Person.objects.visible_to(access).get(post="педагог-психолог")
    invitation = ask_for_statement(access, about_id=mentee.pk, informant_id=informant.pk, relation="педагог-психолог")
    wave = Wave.objects.visible_to(access).select_related("version", "organisation").get(pk=invitation.wave_id)
    _answer(invitation, wave, day, dice)
