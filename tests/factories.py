"""One factory per model, plainest valid values."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from community.models import Event, EventGuest, EventWave
from documents.models import Document, Journal
from mentoring.domain.bank_sheet.values import MentoringForm
from mentoring.models import (
    MatchingRun,
    MatchingSettings,
    MatchingStep,
    MenteeProfile,
    MenteeRequest,
    MentorProfile,
    MentorTopic,
    PairBan,
    Pairing,
    PairingMentee,
    PairingReply,
    ProposalLetter,
    SharingRequest,
)
from mentoring.models.pairings import days
from people.domain.consent import NEEDED_TO_ORDER, Purpose
from people.domain.roles import Role
from people.models import Consent, ConsentText, Head, Membership, Organisation, Person, User
from roadmap.models import Evidence, Measure, Occurrence, Roadmap, Stage
from surveys.domain.audience import Audience
from surveys.domain.questionnaire import Purpose as SurveyPurpose
from surveys.domain.questionnaire import Question, QuestionKind, Section
from surveys.domain.questionnaire import Questionnaire as Questions
from surveys.models import Invitation, Questionnaire, Sheet, Version, Wave

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TODAY = AT.date()
PASSWORD = "dlinnyi-parol-1"


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    kind = Organisation.Kind.SCHOOL
    slug = factory.Sequence(lambda n: f"school-{n}")
    full_name = "Муниципальное бюджетное общеобразовательное учреждение «Лицей № 7»"
    short_name = factory.Sequence(lambda n: f"Школа № {n}")
    place = "г. Приозёрск"


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    organisation = factory.SubFactory(OrganisationFactory)
    surname = factory.Sequence(lambda n: f"Петрова{'абвгдежзик'[n % 10]}{'абвгдежзик'[n // 10 % 10]}")
    given = "Анна"
    patronymic = "Ивановна"
    gender = Person.Gender.FEMALE
    post = "учитель"
    subject = "математика"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user-{n}")
    email = factory.Sequence(lambda n: f"user-{n}@example.org")
    password = factory.django.Password(PASSWORD)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.CURATOR
    person = factory.SubFactory(PersonFactory, organisation=factory.SelfAttribute("..organisation"))


class HeadFactory(DjangoModelFactory):
    class Meta:
        model = Head

    organisation = factory.SubFactory(OrganisationFactory)
    person = factory.SubFactory(PersonFactory, organisation=factory.SelfAttribute("..organisation"))
    title = "Директор"
    since = date(2020, 9, 1)


class ConsentFactory(DjangoModelFactory):
    class Meta:
        model = Consent

    person = factory.SubFactory(PersonFactory)
    organisation = factory.SelfAttribute("person.organisation")
    purpose = Purpose.PROCESSING
    state = Consent.State.SIGNED
    way = Consent.Way.PAPER
    text = factory.LazyAttribute(
        lambda consent: ConsentText.objects.filter(purpose=consent.purpose).order_by("-version").first()
    )
    signer_name = factory.SelfAttribute("person.full_name")
    signed_on = date(2026, 9, 1)
    recorded_at = AT


def consents(person: Person, *purposes: Purpose) -> None:
    """Consents in force to the given purposes, by default to those an order needs."""
    for purpose in purposes or NEEDED_TO_ORDER:
        ConsentFactory(person=person, purpose=purpose)


class MentorProfileFactory(DjangoModelFactory):
    class Meta:
        model = MentorProfile

    person = factory.SubFactory(PersonFactory)
    organisation = factory.SelfAttribute("person.organisation")
    entered_on = date(2026, 9, 1)


class MentorTopicFactory(DjangoModelFactory):
    class Meta:
        model = MentorTopic

    profile = factory.SubFactory(MentorProfileFactory)
    topic = factory.Sequence(lambda n: f"тема {n}")


class MenteeProfileFactory(DjangoModelFactory):
    class Meta:
        model = MenteeProfile

    person = factory.SubFactory(PersonFactory)
    organisation = factory.SelfAttribute("person.organisation")
    entered_on = date(2026, 9, 1)


class MenteeRequestFactory(DjangoModelFactory):
    class Meta:
        model = MenteeRequest

    profile = factory.SubFactory(MenteeProfileFactory)
    topic = factory.Sequence(lambda n: f"запрос {n}")


class MatchingSettingsFactory(DjangoModelFactory):
    """The usual points and the usual objective."""

    class Meta:
        model = MatchingSettings

    organisation = factory.SubFactory(OrganisationFactory)


class MatchingRunFactory(DjangoModelFactory):
    """A run over nobody that waits to be solved."""

    class Meta:
        model = MatchingRun

    class Params:
        solved = factory.Trait(state=MatchingRun.State.SOLVED, solved_at=AT)

    organisation = factory.SubFactory(OrganisationFactory)
    objective = "cover"
    created_at = AT


class MatchingStepFactory(DjangoModelFactory):
    """A pair fixed on the board of a solved run."""

    class Meta:
        model = MatchingStep

    run = factory.SubFactory(MatchingRunFactory, solved=True)
    organisation = factory.SelfAttribute("run.organisation")
    number = factory.Sequence(lambda n: n + 1)
    kind = MatchingStep.Kind.PIN
    mentee = factory.SubFactory(PersonFactory, organisation=factory.SelfAttribute("..organisation"))
    mentor = factory.SubFactory(PersonFactory, organisation=factory.SelfAttribute("..organisation"))
    made_at = AT


class PairBanFactory(DjangoModelFactory):
    """A standing ban by the curator."""

    class Meta:
        model = PairBan

    mentor = factory.SubFactory(PersonFactory)
    organisation = factory.SelfAttribute("mentor.organisation")
    mentee = factory.SubFactory(PersonFactory, organisation=factory.SelfAttribute("..organisation"))
    ground = PairBan.Ground.CURATOR
    reason = "не сработались раньше"
    made_at = AT


class SharingRequestFactory(DjangoModelFactory):
    """A request that waits; `agreed` makes one whose mentor is a guest of the asking organisation."""

    class Meta:
        model = SharingRequest

    class Params:
        agreed = factory.Trait(
            state=SharingRequest.State.AGREED,
            answered_at=AT,
            guest=factory.SubFactory(
                PersonFactory, kind=Person.Kind.EXTERNAL, organisation=factory.SelfAttribute("..organisation")
            ),
        )

    organisation = factory.SubFactory(OrganisationFactory)
    mentor = factory.SubFactory(PersonFactory)
    owner = factory.SelfAttribute("mentor.organisation")
    topics = "дисциплина на уроке"
    asked_at = AT


class PairingFactory(DjangoModelFactory):
    """A proposed pairing without mentees; `pair()` below makes a whole one."""

    class Meta:
        model = Pairing

    mentor = factory.SubFactory(PersonFactory)
    organisation = factory.SelfAttribute("mentor.organisation")
    form = MentoringForm.TEACHER_TEACHER
    period = days(date(2026, 9, 4), date(2027, 5, 31))
    created_at = AT


class PairingMenteeFactory(DjangoModelFactory):
    class Meta:
        model = PairingMentee

    pairing = factory.SubFactory(PairingFactory)
    organisation = factory.SelfAttribute("pairing.organisation")
    mentor = factory.SelfAttribute("pairing.mentor")
    mentee = factory.SubFactory(PersonFactory, organisation=factory.SelfAttribute("..organisation"))
    during = factory.SelfAttribute("pairing.period")
    slot = 1
    places = 2


class PairingReplyFactory(DjangoModelFactory):
    """The mentor of a pairing agrees to it in the portal."""

    class Meta:
        model = PairingReply

    pairing = factory.SubFactory(PairingFactory)
    organisation = factory.SelfAttribute("pairing.organisation")
    person = factory.SelfAttribute("pairing.mentor")
    is_willing = True
    way = PairingReply.Way.PORTAL
    replied_at = AT


class ProposalLetterFactory(DjangoModelFactory):
    """A letter of TODAY that waits to be sent."""

    class Meta:
        model = ProposalLetter

    person = factory.SubFactory(PersonFactory, email="somebody@example.org")
    organisation = factory.SelfAttribute("person.organisation")
    day = TODAY


def banked(organisation: Organisation, **person: object) -> tuple[Person, Person]:
    """A mentor and a mentee of the organisation, both in the banks with all consents."""
    mentor = PersonFactory(organisation=organisation, **person)
    mentee = PersonFactory(organisation=organisation)
    MentorProfileFactory(person=mentor)
    MenteeProfileFactory(person=mentee)
    consents(mentor)
    consents(mentee)
    return mentor, mentee


def pair(organisation: Organisation, **values: object) -> Pairing:
    """A pairing of two banked people with all consents."""
    mentor, mentee = banked(organisation)
    pairing = PairingFactory(mentor=mentor, **values)
    PairingMenteeFactory(pairing=pairing, mentee=mentee)
    return pairing


class JournalFactory(DjangoModelFactory):
    class Meta:
        model = Journal

    organisation = factory.SubFactory(OrganisationFactory)
    title = "Приказы по основной деятельности"
    pattern = "{n}-од"


class DocumentFactory(DjangoModelFactory):
    """A draft."""

    class Meta:
        model = Document

    organisation = factory.SubFactory(OrganisationFactory)
    kind = "assignment_order"
    journal = factory.SubFactory(JournalFactory, organisation=factory.SelfAttribute("..organisation"))
    heading = "О закреплении наставнической пары"
    preamble = "В целях развития"
    points = "Закрепить."
    author = factory.SubFactory(UserFactory)
    created_at = AT


class RoadmapFactory(DjangoModelFactory):
    """A plan in work for the school year of TODAY, without measures."""

    class Meta:
        model = Roadmap

    organisation = factory.SubFactory(OrganisationFactory)
    title = "Дорожная карта наставничества на 2026-2027 учебный год"
    starts_on = date(2026, 9, 1)
    ends_on = date(2027, 8, 31)
    is_confirmed = True
    created_at = AT


class StageFactory(DjangoModelFactory):
    class Meta:
        model = Stage

    roadmap = factory.SubFactory(RoadmapFactory)
    organisation = factory.SelfAttribute("roadmap.organisation")
    number = factory.Sequence(lambda n: str(n + 1))
    title = factory.Sequence(lambda n: f"Раздел {n + 1}")
    position = factory.Sequence(lambda n: 10 * (n + 1))


class MeasureFactory(DjangoModelFactory):
    """A measure without dates; `planned()` below makes one with them."""

    class Meta:
        model = Measure

    roadmap = factory.SubFactory(RoadmapFactory)
    organisation = factory.SelfAttribute("roadmap.organisation")
    number = factory.Sequence(lambda n: str(n + 1))
    title = factory.Sequence(lambda n: f"Мероприятие {n + 1}")
    position = factory.Sequence(lambda n: 10 * (n + 1))


class OccurrenceFactory(DjangoModelFactory):
    """Open since September, to be done by 30 November 2026."""

    class Meta:
        model = Occurrence

    measure = factory.SubFactory(MeasureFactory)
    organisation = factory.SelfAttribute("measure.organisation")
    position = 0
    starts_on = date(2026, 9, 1)
    ends_on = date(2026, 11, 30)
    opens_on = factory.LazyAttribute(lambda row: row.starts_on or date(2026, 9, 1))
    counts_from = date(2026, 6, 1)
    counts_until = date(2027, 8, 31)


class EvidenceFactory(DjangoModelFactory):
    """A mark by hand of a measure as a whole."""

    class Meta:
        model = Evidence

    occurrence = factory.SubFactory(OccurrenceFactory)
    organisation = factory.SelfAttribute("occurrence.organisation")
    way = Evidence.Way.HAND
    words = "Проведено"
    happened_on = date(2026, 10, 1)
    recorded_at = AT
    recorded_by = factory.SubFactory(UserFactory)


def planned(roadmap: Roadmap, *capabilities: str, **values: object) -> Measure:
    """A measure of a plan with one occurrence that is open on TODAY."""
    measure = MeasureFactory(roadmap=roadmap, capabilities=list(capabilities), **values)
    OccurrenceFactory(measure=measure)
    return measure


FEW_QUESTIONS = Questions(
    title="Довольны ли вы наставничеством",
    sections=(
        Section(
            title="О наставничестве",
            questions=(
                Question("useful", QuestionKind.SCALE, "Насколько вам полезны встречи?", is_required=True),
                Question("again", QuestionKind.YES_NO, "Хотите ли вы продолжать?"),
                Question("words", QuestionKind.LONG, "Что изменить?"),
            ),
        ),
    ),
)
"""What a version of the factory asks: a scale, yes or no, words."""


class QuestionnaireFactory(DjangoModelFactory):
    """A questionnaire without a version."""

    class Meta:
        model = Questionnaire

    organisation = factory.SubFactory(OrganisationFactory)
    title = FEW_QUESTIONS.title
    purpose = SurveyPurpose.FEEDBACK
    created_at = AT


class VersionFactory(DjangoModelFactory):
    """A version that may still be edited, asking `FEW_QUESTIONS`."""

    class Meta:
        model = Version

    questionnaire = factory.SubFactory(QuestionnaireFactory)
    organisation = factory.SelfAttribute("questionnaire.organisation")
    content = factory.LazyFunction(FEW_QUESTIONS.as_json)
    made_at = AT


class WaveFactory(DjangoModelFactory):
    """A named wave that is running on TODAY; its words are read by a curator of its organisation."""

    class Meta:
        model = Wave

    class Params:
        draft = factory.Trait(state=Wave.State.DRAFT, opened_at=None)
        closed = factory.Trait(state=Wave.State.CLOSED, closed_at=AT)

    version = factory.SubFactory(VersionFactory, frozen_at=AT)
    organisation = factory.SelfAttribute("version.organisation")
    title = factory.Sequence(lambda n: f"Анкетирование {n + 1}")
    audience = factory.LazyFunction(Audience(sides=("mentor", "mentee")).as_json)
    opens_on = date(2026, 11, 16)
    closes_on = date(2026, 11, 30)
    reader = factory.LazyAttribute(lambda wave: MembershipFactory(organisation=wave.organisation).user)
    state = Wave.State.OPEN
    created_at = AT
    opened_at = AT


class InvitationFactory(DjangoModelFactory):
    """Somebody who has not answered yet."""

    class Meta:
        model = Invitation

    wave = factory.SubFactory(WaveFactory)
    organisation = factory.SelfAttribute("wave.organisation")
    person = factory.SubFactory(PersonFactory, organisation=factory.SelfAttribute("..organisation"))


class SheetFactory(DjangoModelFactory):
    """A sheet that came by a link, its invitation answered; `consents(sheet.person)` lets it be read."""

    class Meta:
        model = Sheet

    invitation = factory.SubFactory(InvitationFactory, is_answered=True, answered_on=TODAY)
    organisation = factory.SelfAttribute("invitation.organisation")
    wave = factory.SelfAttribute("invitation.wave")
    person = factory.SelfAttribute("invitation.person")
    about = factory.SelfAttribute("invitation.about")
    side = factory.SelfAttribute("invitation.side")
    answers = factory.LazyFunction(lambda: {"useful": 8, "again": "yes"})
    sent_at = AT


class EventFactory(DjangoModelFactory):
    """A group meeting on TODAY at three in the afternoon, in Moscow."""

    class Meta:
        model = Event

    class Params:
        held = factory.Trait(state="held")

    organisation = factory.SubFactory(OrganisationFactory)
    title = factory.Sequence(lambda n: f"Встреча {n + 1}")
    starts_at = AT.replace(hour=12)
    place = "Кабинет 12"
    created_at = AT


class EventGuestFactory(DjangoModelFactory):
    """A mentor who is invited and not marked."""

    class Meta:
        model = EventGuest

    class Params:
        attended = factory.Trait(attended_at=AT, marked_by="curator")

    event = factory.SubFactory(EventFactory)
    organisation = factory.SelfAttribute("event.organisation")
    person = factory.SubFactory(PersonFactory, organisation=factory.SelfAttribute("..organisation"))
    side = "mentor"
    invited_at = AT


class EventWaveFactory(DjangoModelFactory):
    """A wave that asks the mentors who came."""

    class Meta:
        model = EventWave

    event = factory.SubFactory(EventFactory)
    organisation = factory.SelfAttribute("event.organisation")
    wave = factory.LazyAttribute(lambda row: WaveFactory(version__questionnaire__organisation=row.organisation))
    side = "mentor"
