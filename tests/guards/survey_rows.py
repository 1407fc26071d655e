"""Something in every table of the surveys, in one school."""

from mentoring.models import Preference
from people.models import Person
from surveys.domain.audience import Audience
from surveys.domain.questionnaire import Feed, Option, Question, QuestionKind, Questionnaire, Section
from surveys.models import (
    Draft,
    Invitation,
    Letter,
    OpenAnswer,
    PairedScores,
    SealedSheet,
    Sheet,
    StatementReading,
    SwotPoint,
    Tally,
    Version,
    Wave,
    WaveFigures,
)
from surveys.seals import seal_draft, seal_sheet
from tests.conftest import Persona
from tests.factories import (
    AT,
    TODAY,
    InvitationFactory,
    QuestionnaireFactory,
    SheetFactory,
    VersionFactory,
    WaveFactory,
)

TALLIES = {"mentor": {"": {"": 9}, "scale": {"": 9, "7": 9}, "words": {"": 9}}}


def furnished_surveys(member: Persona, mentee: Person, word: str) -> dict[str, object]:
    """Waves of every kind with answers in them; gives the values that they lend to the arguments of URLs."""
    school = member.organisation
    version, statements = _version(member, word, "candidate"), _version(member, word, "statement")
    named = _wave(member, version, word)
    waves = [
        named,
        _wave(member, version, word, draft=True),
        _anonymous(member, version, word, stage="entry"),
        _closed(member, version, word, stage="entry"),
    ]
    waves.append(_closed(member, version, word, stage="exit", entry=waves[-1]))
    sheet = _answered(member, named, mentee, word)
    waiting = InvitationFactory(wave=named, person=member.person)
    Draft.objects.create(invitation=waiting, organisation=school, answers={"answers": {"words": word}, "secret": ""})
    Letter.objects.create(organisation=school, invitation=waiting, kind="invitation", day=TODAY, problem=word)
    statement = _statement(member, _wave(member, statements, word), mentee, word)
    Preference.objects.create(
        organisation=school, year=2026, chooser=member.person, chosen=mentee, is_mentor=True, rank=1
    )
    pending = OpenAnswer.objects.get(wave=waves[-1])
    return {
        "questions": {"wave_new": {"questionnaire": version.questionnaire_id}, "question_add": {"kind": "scale"}},
        "questionnaire_id": [version.questionnaire_id],
        "index": [0],
        "code": ["scale", "words"],
        "key": ["satisfaction"],
        "export_format": ["xlsx", "json"],
        "wave_id": [wave.pk for wave in waves],
        "invitation_id": [waiting.pk],
        "sheet_id": [sheet.pk, statement.pk],
        "text_id": [pending.pk],
        "point_id": [SwotPoint.objects.get(wave=waves[-1]).pk],
        "chart": ["means"],
        "table_format": ["xlsx", "csv"],
    }


def _version(member: Persona, word: str, purpose: str) -> Version:
    """A frozen version that waves ask by; the questionnaire has a newer one in work."""
    questionnaire = QuestionnaireFactory(organisation=member.organisation, title=word, purpose=purpose)
    questions = (
        Question("scale", QuestionKind.SCALE, word, help=word),
        Question("one", QuestionKind.ONE, word, options=(Option("a", word), Option("b", "б"))),
        Question("words", QuestionKind.LONG, word, feed=Feed.EXPECTATIONS),
    )
    content = Questionnaire(title=word, intro=word, sections=(Section(word, questions, note=word),)).as_json()
    frozen = VersionFactory(questionnaire=questionnaire, content=content, frozen_at=AT)
    VersionFactory(questionnaire=questionnaire, number=2, content=content)
    return frozen


def _wave(member: Persona, version: Version, word: str, **values: object) -> Wave:
    audience = Audience(sides=("mentor", "mentee")).as_json()
    return WaveFactory(version=version, title=word, reader=member.user, audience=audience, **values)


def _answered(member: Persona, wave: Wave, person: Person, word: str) -> Sheet:
    invitation = InvitationFactory(wave=wave, person=person, side="mentee", is_answered=True, answered_on=TODAY)
    return SheetFactory(invitation=invitation, answers={"scale": 7, "one": "a", "words": word})


def _statement(member: Persona, wave: Wave, mentee: Person, word: str) -> Sheet:
    invitation = InvitationFactory(
        wave=wave, person=member.person, about=mentee, relation=word, is_answered=True, answered_on=TODAY
    )
    sheet = SheetFactory(invitation=invitation, answers={"words": word})
    StatementReading.objects.create(organisation=wave.organisation, sheet=sheet, reader=member.user, read_at=AT)
    return sheet


def _anonymous(member: Persona, version: Version, word: str, **values: object) -> Wave:
    """A box with one sheet in it, and a sealed draft."""
    wave = _wave(member, version, word, is_anonymous=True, **values)
    invitation = InvitationFactory(wave=wave, person=member.person)
    content = {"answers": {"words": word}, "secret": word}
    sealed = seal_draft(invitation.nonce, content)
    Draft.objects.create(invitation=invitation, organisation=wave.organisation, sealed=sealed)
    SealedSheet.objects.create(
        organisation=wave.organisation, wave=wave, sealed=seal_sheet(wave.key, content | {"side": ""})
    )
    return wave


def _closed(member: Persona, version: Version, word: str, **values: object) -> Wave:
    """An anonymous wave that is counted, with words to read and a SWOT table."""
    wave = _wave(member, version, word, is_anonymous=True, closed=True, **values)
    owner = {"organisation": wave.organisation, "wave": wave}
    Invitation.objects.create(**owner, person=member.person, side="mentor", is_answered=True, answered_on=TODAY)
    for key, values_ in TALLIES["mentor"].items():
        for value, count in values_.items():
            Tally.objects.create(**owner, side="mentor", key=key, value=value, count=count)
    WaveFigures.objects.create(**owner, sheets=9, counted_at=AT, tallies=TALLIES)
    PairedScores.objects.create(**owner, mark="0" * 64, scores={"scale": 7})
    OpenAnswer.objects.create(**owner, side="mentor", key="words", text=word)
    SwotPoint.objects.create(**owner, quadrant="strength", text=word)
    return wave
