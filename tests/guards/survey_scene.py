"""Rows that the lists of the surveys show, one more of each at a time."""

from dataclasses import dataclass, replace

from surveys.domain.audience import Audience
from surveys.domain.questionnaire import Feed, Question, QuestionKind, Questionnaire, Section
from surveys.models import Letter, OpenAnswer, Sheet, StatementReading, SwotPoint, Version, Wave
from tests.conftest import Persona
from tests.factories import (
    AT,
    TODAY,
    InvitationFactory,
    MenteeProfileFactory,
    PersonFactory,
    QuestionnaireFactory,
    SheetFactory,
    UserFactory,
    VersionFactory,
    WaveFactory,
    consents,
)

WORDS = Question("words", QuestionKind.LONG, "Чего вы ждёте?", feed=Feed.EXPECTATIONS)
ASKED = Questionnaire(title="Готовы ли вы", sections=(Section("О вас", (WORDS,)),))
BANKS = Audience(sides=("mentor", "mentee")).as_json()


@dataclass(frozen=True)
class SurveyScene:
    """A named wave that runs, one in preparation, a questionnaire in work and a statement, all of one school."""

    curator: Persona
    asked: Wave
    draft: Wave
    built: Version
    statement: Sheet


def survey_scene(curator: Persona) -> SurveyScene:
    asked, draft, statements = (
        WaveFactory(version=_version(curator, purpose, frozen_at=AT), reader=curator.user, audience=BANKS, **values)
        for purpose, values in (("candidate", {}), ("candidate", {"draft": True}), ("statement", {}))
    )
    statement = _statement(statements, MenteeProfileFactory(person__organisation=curator.organisation).person)
    consents(statement.about)
    return SurveyScene(curator, asked, draft, _version(curator, "feedback"), statement)


def add_survey_row(scene: SurveyScene) -> None:
    """One more of everything that a page of the surveys shows."""
    school, wave = scene.curator.organisation, scene.asked
    mentee = MenteeProfileFactory(person__organisation=school).person
    consents(mentee)
    here = {"is_answered": True, "answered_on": TODAY, "minutes": 5}
    sheet = SheetFactory(
        invitation=InvitationFactory(wave=wave, person=mentee, side="mentee", **here), answers={"words": "Встреч"}
    )
    OpenAnswer.objects.create(organisation=school, wave=wave, sheet=sheet, side="mentee", key="words", text="Встреч")
    OpenAnswer.objects.create(organisation=school, wave=wave, side="mentee", key="words", text="Ещё", state="released")
    waiting = InvitationFactory(wave=wave, person__organisation=school, person__email="somebody@example.org")
    Letter.objects.create(organisation=school, invitation=waiting, kind="invitation", day=TODAY)
    SwotPoint.objects.create(organisation=school, wave=wave, quadrant="threat", text=f"Строка {sheet.pk}")
    for values in ({}, {"draft": True}, {"closed": True}):
        WaveFactory(version=_version(scene.curator, "feedback", frozen_at=AT), reader=scene.curator.user, **values)
    _statement(scene.statement.wave, mentee)
    StatementReading.objects.create(organisation=school, sheet=scene.statement, reader=UserFactory(), read_at=AT)
    _lengthen(scene.built)


def _version(curator: Persona, purpose: str, **values: object) -> Version:
    questionnaire = QuestionnaireFactory(organisation=curator.organisation, purpose=purpose)
    return VersionFactory(questionnaire=questionnaire, content=ASKED.as_json(), **values)


def _statement(wave: Wave, mentee: object) -> Sheet:
    teacher = PersonFactory(organisation=wave.organisation)
    told = InvitationFactory(
        wave=wave, person=teacher, about=mentee, relation="классный руководитель", is_answered=True, answered_on=TODAY
    )
    return SheetFactory(invitation=told, answers={"words": "Успевает"})


def _lengthen(version: Version) -> None:
    """One more section with a question and its condition."""
    version.refresh_from_db()
    asked = version.asked()
    question = replace(WORDS, code=f"words{len(asked.sections)}")
    version.content = replace(asked, sections=(*asked.sections, Section("Ещё", (question,)))).as_json()
    version.revision += 1
    version.save(update_fields=["content", "revision"])
