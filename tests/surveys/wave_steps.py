"""Waves of a school and the people they ask, around TODAY or around the real day."""

from datetime import timedelta

from django.utils import timezone

from surveys.domain.audience import Audience
from surveys.models import Invitation, Letter, Questionnaire, Wave
from tests.conftest import Persona
from tests.factories import TODAY, InvitationFactory, QuestionnaireFactory, VersionFactory, WaveFactory

FORTNIGHT = timedelta(days=14)


def questionnaire_of(persona: Persona, **values: object) -> Questionnaire:
    """A questionnaire of the persona's organisation with a version in work."""
    made = QuestionnaireFactory(organisation=persona.organisation, **values)
    VersionFactory(questionnaire=made)
    return made


def values_for(persona: Persona, **changed: object) -> dict[str, object]:
    """Clean values of a wave that asks both banks for a fortnight."""
    return {
        "title": "Довольны ли вы",
        "audience": Audience(sides=("mentor", "mentee")).as_json(),
        "opens_on": TODAY,
        "closes_on": TODAY + FORTNIGHT,
        "remind_days": [3, 1],
        "is_anonymous": False,
        "threshold": 5,
        "stage": "",
        "entry_id": None,
        "reader_id": persona.user.pk,
    } | changed


def wave_of(persona: Persona, **values: object) -> Wave:
    """A wave of the persona's organisation, read by the persona."""
    return WaveFactory(version__questionnaire__organisation=persona.organisation, reader=persona.user, **values)


def real_wave(persona: Persona, **values: object) -> Wave:
    """The same around today by the real clock, for pages."""
    today = timezone.localdate()
    days = {"opens_on": today - timedelta(days=2), "closes_on": today + FORTNIGHT}
    return wave_of(persona, **days | values)


def asked(wave: Wave, *, email: str = "", **values: object) -> Invitation:
    """Somebody asked by a wave."""
    return InvitationFactory(wave=wave, person__email=email, **values)


def letter_to(invitation: Invitation, **values: object) -> Letter:
    """A letter that waits for the day of its wave's opening."""
    made = {"kind": Letter.Kind.INVITATION, "day": invitation.wave.opens_on} | values
    return Letter.objects.create(organisation=invitation.organisation, invitation=invitation, **made)
