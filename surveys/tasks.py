"""What operations queue: sending letters with links."""

import logging
from collections.abc import Callable
from datetime import datetime
from smtplib import SMTPDataError, SMTPException, SMTPNotSupportedError, SMTPRecipientsRefused

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from jobs.kinds import Progress, job_kind
from people.domain.refusal import RefusedError
from surveys.models import Letter, Wave
from surveys.queries.answering import local_day
from surveys.queries.letters import letters_to_send, message_of, with_words

logger = logging.getLogger(__name__)

MAIL_IS_DOWN = (SMTPException, OSError)
"""What stops all letters; they wait for the next time."""

UNSENDABLE = (SMTPRecipientsRefused, SMTPDataError, SMTPNotSupportedError, ValueError)
"""What is wrong with one letter alone; a line break in an address or a subject is a ValueError."""

PERMANENT = 500
"""SMTP replies from this number on will not change; those below mean «later» (RFC 5321, section 4.2.1)."""

TOLD_EVERY = 10
"""Progress is told once in so many letters: each telling is a connection of its own."""

DOWN = "Почтовый сервер не отвечает. Письма остались в очереди и уйдут сами, как только он ответит."


@job_kind("surveys.send_letters")
def send_wave_letters(progress: Progress, *, wave_id: int) -> None:
    """Send the letters of a wave whose day has come; each goes once, however often this is called."""
    wave = Wave.objects.select_related("organisation").filter(pk=wave_id).first()  # unscoped: worker
    if wave is None:
        return
    now = timezone.now()
    try:
        send_letters(letters_to_send(wave.organisation, now).filter(invitation__wave=wave), at=now, tell=progress)
    except MAIL_IS_DOWN:
        logger.warning("letters of wave %s wait: mail cannot be sent", wave_id)
        raise RefusedError(DOWN) from None


def send_letters(letters: QuerySet[Letter], *, at: datetime, tell: Callable[..., None] | None = None) -> int:
    """Send queued letters over one connection, each in its own transaction; gives how many went out.

    Letters nobody needs any more are deleted, one that the server refuses says why and holds nobody else up. Raises
    what MAIL_IS_DOWN names where no mail can be sent: the rest stays queued.
    """
    ids = list(letters.order_by("pk").values_list("pk", flat=True))
    if not ids:
        return 0
    sent = 0
    with get_connection() as connection:
        for number, letter_id in enumerate(ids, 1):
            sent += _send(letters.filter(pk=letter_id), connection, at)
            if tell is not None and (number % TOLD_EVERY == 0 or number == len(ids)):
                tell(number, len(ids), "Отправляем письма")
    return sent


@transaction.atomic
def _send(rows: QuerySet[Letter], connection: BaseEmailBackend, at: datetime) -> int:
    """Send one letter, unless somebody else is just doing so."""
    letter = with_words(rows).select_for_update(of=("self",), skip_locked=True).first()
    if letter is None:
        return 0
    if not _is_needed(letter, at):
        letter.delete()
        return 0
    try:
        message_of(letter, connection).send()
    except UNSENDABLE as error:
        if not _is_temporary(error):
            _note(letter, Letter.State.FAILED, problem=_words(error))
        return 0
    _note(letter, Letter.State.SENT, sent_at=at)
    return 1


def _is_needed(letter: Letter, at: datetime) -> bool:
    """Whether the link still waits for an answer of somebody who is there and has an address."""
    invitation = letter.invitation
    left_on = invitation.person.left_on
    is_gone = left_on is not None and left_on <= local_day(letter.organisation, at)
    return not (invitation.is_answered or invitation.revoked_at or is_gone) and bool(invitation.person.email)


def _note(letter: Letter, state: str, *, sent_at: datetime | None = None, problem: str = "") -> None:
    letter.state, letter.sent_at, letter.problem = state, sent_at, problem
    letter.save(update_fields=["state", "sent_at", "problem"])


def _code(error: Exception) -> int | None:
    """The number the server refused with; None where it did not come to that."""
    if isinstance(error, SMTPRecipientsRefused):
        return next((code for code, _ in error.recipients.values()), None)
    return error.smtp_code if isinstance(error, SMTPDataError) else None


def _is_temporary(error: Exception) -> bool:
    code = _code(error)
    return code is not None and code < PERMANENT


def _words(error: Exception) -> str:
    code = _code(error)
    if isinstance(error, SMTPRecipientsRefused):
        return f"почтовый сервер не знает такого адреса (код {code}): проверьте его в карточке человека"
    if code is not None:
        return f"почтовый сервер не принял письмо (код {code})"
    return "адрес записан с ошибкой: проверьте его в карточке человека"
