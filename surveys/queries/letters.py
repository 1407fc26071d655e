"""Letters with links: the log of a wave, what waits to be sent, what a letter says."""

from datetime import datetime

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Count, Q, QuerySet
from django.template.loader import render_to_string

from people.access import Access
from people.domain.roles import Permission
from people.models import Organisation
from surveys.models import Letter, Wave
from surveys.queries.answering import local_day, questionnaire_of
from surveys.queries.links import url_of


def letter_log(access: Access, wave: Wave) -> QuerySet[Letter]:
    """The letters of a wave, newest day first, those that could not be sent on top."""
    access.check(Permission.SURVEYS_EDIT)
    letters = Letter.objects.visible_to(access).filter(invitation__wave=wave)
    return letters.select_related("invitation__person").order_by("state", "-day", "invitation__person__sort_key", "pk")


def letter_counts(access: Access, wave: Wave) -> dict[str, int]:
    """How many letters of a wave wait (`queued`), have gone (`sent`), could not be sent (`failed`)."""
    access.check(Permission.SURVEYS_EDIT)
    letters = Letter.objects.visible_to(access).filter(invitation__wave=wave)
    return letters.aggregate(**{state.value: Count("pk", filter=Q(state=state)) for state in Letter.State})


def letters_to_send(organisation: Organisation, at: datetime) -> QuerySet[Letter]:
    """Letters of an organisation whose day has come, of waves that take answers on the day of `at`; for the worker."""
    on = local_day(organisation, at)
    return Letter.objects.filter(  # unscoped: worker
        organisation=organisation,
        state=Letter.State.QUEUED,
        day__lte=on,
        invitation__wave__state=Wave.State.OPEN,
        invitation__wave__opens_on__lte=on,
        invitation__wave__closes_on__gte=on,
    )


def with_words(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """The letters with all that `message_of` looks at, without the long texts of their questionnaires."""
    related = letters.select_related("organisation", "invitation__person", "invitation__wave__version")
    return related.defer("invitation__wave__version__content", "invitation__wave__audience")


def message_of(letter: Letter, connection: BaseEmailBackend) -> EmailMessage:
    """The letter as it goes out: nothing personal in it but the address it goes to and the link."""
    invitation = letter.invitation
    wave = invitation.wave
    asked = questionnaire_of(wave.version_id, wave.version.revision)
    organisation = " ".join(letter.organisation.short_name.split())
    context = {
        "organisation": organisation,
        "title": asked.title,
        "minutes": asked.minutes,
        "closes_on": wave.closes_on,
        "url": url_of(invitation),
        "is_reminder": letter.kind == Letter.Kind.REMINDER,
        "is_anonymous": wave.is_anonymous,
        "is_statement": invitation.about_id is not None,
    }
    subject = f"Напоминание: анкета, {organisation}" if context["is_reminder"] else f"Анкета, {organisation}"
    text = render_to_string("surveys/mail/letter.txt", context)
    return EmailMessage(subject, text, to=[invitation.person.email], connection=connection)
