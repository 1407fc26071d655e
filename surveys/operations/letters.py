"""Letters with links: reminding, sending again what failed, starting to send."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from jobs.models import Job
from jobs.operations import start_job
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.models import Organisation
from surveys.domain.questionnaire import Purpose
from surveys.models import Letter, Wave
from surveys.operations.waves import queue_letters
from surveys.queries.answering import local_day
from surveys.queries.letters import letters_to_send


@transaction.atomic
def start_sending(access: Access, *, wave_id: int) -> Job | None:
    """Have the letters of a wave sent at once, with progress; None where none waits for today."""
    access.check(Permission.SURVEYS_EDIT)
    wave = Wave.objects.visible_to(access).select_related("version__questionnaire").get(pk=wave_id)
    if not letters_to_send(access.organisation, access.at).filter(invitation__wave=wave).exists():
        return None
    return start_job(
        access,
        kind="surveys.send_letters",
        title=f"Письма: {wave.title}"[:200],
        params={"wave_id": wave.pk},
        return_path=_page_of(access, wave),
    )


def _page_of(access: Access, wave: Wave) -> str:
    if wave.version.questionnaire.purpose == Purpose.STATEMENT:
        return reverse("statement_list", args=[access.organisation.slug])
    return reverse("wave_letters", args=[access.organisation.slug, wave.pk])


@transaction.atomic
def remind(access: Access, *, wave_id: int) -> int:
    """Queue a reminder for today to all who have not answered; gives how many are new.

    A second press on one day changes nothing. Refuses a wave that takes no answers today.
    """
    access.check(Permission.SURVEYS_EDIT)
    wave = Wave.objects.visible_to(access).select_for_update(of=("self",), no_key=True).get(pk=wave_id)
    if not wave.is_answerable(access.today):
        raise RefusedError("Напоминать можно, только пока анкетирование идёт.")
    before = _reminders(wave, access.today)
    queue_letters(wave, Letter.Kind.REMINDER, day=access.today)
    return _reminders(wave, access.today) - before


def _reminders(wave: Wave, day: date) -> int:
    letters = Letter.objects.filter(invitation__wave=wave)  # unscoped: of a wave already scoped
    return letters.filter(kind=Letter.Kind.REMINDER, day=day).count()


@transaction.atomic
def send_again(access: Access, *, wave_id: int) -> int:
    """Put the letters of a wave that could not be sent back into the queue; gives how many."""
    access.check(Permission.SURVEYS_EDIT)
    wave = Wave.objects.visible_to(access).get(pk=wave_id)
    failed = Letter.objects.visible_to(access).filter(invitation__wave=wave, state=Letter.State.FAILED)
    return failed.update(state=Letter.State.QUEUED, problem="")


@transaction.atomic
def make_reminders(organisation: Organisation, *, at: datetime) -> int:
    """Queue the reminders of an organisation's waves that are due on the day of `at`; gives of how many waves.

    A wave reminds once a day at most, and not on the day on which it began: that day has its invitations.
    """
    today = local_day(organisation, at)
    running = Wave.objects.running().filter(organisation=organisation)  # unscoped: clock
    waves = running.filter(opens_on__lt=today, closes_on__gte=today).order_by("pk")
    due = [
        wave for wave in waves.select_for_update(of=("self",), skip_locked=True) if _is_due(wave, organisation, today)
    ]
    for wave in due:
        queue_letters(wave, Letter.Kind.REMINDER, day=today)
    return len(due)


def _is_due(wave: Wave, organisation: Organisation, today: date) -> bool:
    has_just_begun = local_day(organisation, wave.opened_at) == today
    is_wanted = (wave.closes_on - today).days in wave.remind_days
    return is_wanted and not has_just_begun and not _reminders(wave, today)
