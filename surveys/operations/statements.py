"""Statements of third persons about a mentee: asking for one, reading one."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from mentoring.models import MenteeProfile
from people.access import Access
from people.domain.consent import NEEDED_TO_ORDER
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.domain.school_year import SchoolYear
from people.models import Organisation, Person
from people.operations.persons import add_person
from people.queries.persons import missing_consents
from surveys.domain.audience import Audience
from surveys.domain.checking import faults_for_opening
from surveys.domain.questionnaire import Purpose
from surveys.models import Invitation, Letter, Sheet, StatementReading, Version, Wave
from surveys.operations.questionnaires import freeze_version, take_template
from surveys.operations.waves import renew_invitation
from surveys.queries.questionnaires import newest_versions
from surveys.queries.statements import statement_sheets

TEMPLATE = "statement"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody from outside who is not in the portal yet: clean parts of the name, an address where there is one.

    `is_namesake` says that another person of that name is known and meant not to be this one.
    """

    surname: str
    given: str = ""
    patronymic: str = ""
    email: str = ""
    is_namesake: bool = False


@transaction.atomic
def ask_for_statement(
    access: Access,
    *,
    about_id: int,
    relation: str,
    informant_id: int | None = None,
    newcomer: Newcomer | None = None,
) -> Invitation:
    """Ask one person to tell about a mentee; gives the invitation, the same one however often it is asked for.

    The informant is a person of the organisation or a `newcomer`, who is entered by name and address only. `relation`
    says in up to 100 characters who they are to the mentee. A link that was revoked before it was answered is renewed.
    A letter is queued where there is an address. Refuses a mentee without both consents, one who is in no bank, and
    somebody who is to tell about themselves. Raises Person.DoesNotExist for people that are not there any more.
    """
    access.check(Permission.SURVEYS_EDIT)
    # Two who ask at once go one after the other: neither the wave nor the newcomer is made twice.
    Organisation.objects.visible_to(access).select_for_update(of=("self",), no_key=True).get(pk=access.organisation_id)
    about = _here(access, about_id)
    _demand_tellable(access, about)
    informant = _entered(access, newcomer) if newcomer else _here(access, informant_id)
    if informant == about:
        raise RefusedError("О себе наставляемый рассказывает в анкете: выберите другого человека.")
    invitation = _asked_already(access, informant, about)
    if invitation is None:
        wave = _running_wave(access)
        invitation = Invitation.objects.create(
            organisation=access.organisation, wave=wave, person=informant, about=about, relation=relation
        )
        _queue_letter(access, invitation)
    elif invitation.revoked_at and not invitation.is_answered:
        invitation = renew_invitation(access, invitation_id=invitation.pk)
        _queue_letter(access, invitation)
    return invitation


def _here(access: Access, person_id: int | None) -> Person:
    return Person.objects.visible_to(access).present(access.today).get(pk=person_id)


def _demand_tellable(access: Access, about: Person) -> None:
    """What others tell of a mentee is collected only while the mentee, or who represents them, agrees to both."""
    if not MenteeProfile.objects.visible_to(access).in_bank(access.today).filter(person=about).exists():
        raise RefusedError("Этого человека нет в банке наставляемых.")
    missing = missing_consents(about.pk, NEEDED_TO_ORDER, access.today)
    if missing:
        raise RefusedError(
            f"Собирать сведения нельзя, нет согласия: {', '.join(missing)}. "
            "Внесите его: за несовершеннолетнего подписывает законный представитель."
        )


def _entered(access: Access, newcomer: Newcomer) -> Person:
    values = {
        "kind": Person.Kind.EXTERNAL,
        "surname": newcomer.surname,
        "given": newcomer.given,
        "patronymic": newcomer.patronymic,
        "email": newcomer.email,
    }
    # A parent of two mentees, or a second press: the address tells them from a namesake.
    known = Person.objects.visible_to(access).present(access.today).filter(**values).order_by("pk").first()
    return known or add_person(access, values=values, is_namesake=newcomer.is_namesake)


def _asked_already(access: Access, informant: Person, about: Person) -> Invitation | None:
    """The invitation whose wave still runs; after a school year people are asked anew."""
    asked = Invitation.objects.visible_to(access).filter(
        person=informant, about=about, wave__state=Wave.State.OPEN, wave__closes_on__gte=access.today
    )
    return asked.select_for_update(of=("self",)).order_by("pk").first()


def _running_wave(access: Access) -> Wave:
    """The wave in which statements are collected this school year: it is made when the first one is asked for.

    By the organisation's newest questionnaire of this kind that may be asked, or by the one from the library.
    """
    versions = list(
        newest_versions(access)
        .filter(questionnaire__purpose=Purpose.STATEMENT, questionnaire__archived_at__isnull=True)
        .order_by("-questionnaire_id")
    )
    if not versions:
        taken = take_template(access, key=TEMPLATE)
        versions = [newest_versions(access).get(questionnaire=taken)]
    return _wave_of(access, versions)


def _wave_of(access: Access, versions: Iterable[Version]) -> Wave:
    running = Wave.objects.visible_to(access).running().filter(opens_on__lte=access.today, is_anonymous=False)
    running = running.filter(closes_on__gte=access.today).order_by("-closes_on", "-pk")
    for version in versions:
        wave = running.filter(version__questionnaire_id=version.questionnaire_id).first()
        if wave is not None:
            return wave
        if not faults_for_opening(version.asked(), is_anonymous=False, purpose=Purpose.STATEMENT):
            return _launched(access, version)
    raise RefusedError("В вашей анкете для сведений от третьих лиц есть ошибки. Исправьте её и попросите снова.")


def _launched(access: Access, version: Version) -> Wave:
    year = SchoolYear.of(access.today)
    return Wave.objects.create(
        organisation=access.organisation,
        version=freeze_version(version, at=access.at),
        title=f"Сведения о наставляемых, {year} учебный год",
        audience=Audience().as_json(),
        opens_on=access.today,
        closes_on=year.last_day,
        # It closes with the year, which is nobody's deadline.
        remind_days=[],
        reader_id=access.user_id,
        state=Wave.State.OPEN,
        created_at=access.at,
        created_by_id=access.user_id,
        opened_at=access.at,
    )


def _queue_letter(access: Access, invitation: Invitation) -> None:
    """A letter with the link as it is now; whoever has one whose link was revoked since is written to again."""
    if not invitation.person.email:
        return
    letters = Letter.objects.visible_to(access).filter(invitation=invitation)
    if letters.filter(state=Letter.State.QUEUED).exists():
        return
    kind = Letter.Kind.REMINDER if letters.exists() else Letter.Kind.INVITATION
    Letter.objects.visible_to(access).get_or_create(
        invitation=invitation, kind=kind, day=access.today, defaults={"organisation": access.organisation}
    )


@transaction.atomic
def read_statement(access: Access, *, sheet_id: int) -> Sheet:
    """A statement with its questionnaire, and the note that the asker has read it now: one each time.

    Raises Sheet.DoesNotExist where it is not the asker's to read, or where a consent of the mentee has ended.
    """
    access.check(Permission.STATEMENTS_READ)
    sheets = statement_sheets(access).select_related("person", "about", "invitation", "typed_by")
    sheet = sheets.select_related("wave__version__questionnaire").get(pk=sheet_id)
    StatementReading.objects.create(
        organisation=access.organisation, sheet=sheet, reader_id=access.user_id, read_at=access.at
    )
    return sheet
