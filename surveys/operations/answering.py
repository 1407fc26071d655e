"""Answering by a link: keeping the draft, sending the sheet. Nobody is logged in here: the token is the permission."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, connection, transaction

from people.domain.refusal import RefusedError
from surveys.domain.answers import Answers, clean_draft, clean_sheet, is_empty, merged, room_for
from surveys.models import Draft, SealedSheet, Wave
from surveys.queries.answering import Door, DoorState, behind_link, door_for, local_day, questionnaire_of
from surveys.seals import nonce_of, seal_draft, seal_sheet

GONE = "Эта ссылка не действует. Попросите у куратора новую."
CLOSED = "Анкетирование завершено. Ваши ответы не отправлены, но сохранены: спросите у куратора, продлит ли он срок."
CLOSED_FOR_GOOD = "Анкетирование завершено: ответы без имён уже вскрыты, и новые не принимаются."
EARLY = "Анкетирование ещё не началось."
NO_CONSENT = "Нет согласия на обработку персональных данных: ответы не сохраняются. Обратитесь к куратору."
EMPTY = "Вы ещё ничего не ответили."

LONGEST_SECRET = 60

MOST_SECONDS = 300
"""One saving accounts for no more: a page left open is not work."""

SHUT = frozenset({DoorState.ANSWERED, DoorState.EARLY, DoorState.NO_CONSENT})
"""Nothing is kept behind these doors."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of answers: whether the draft has them, what is wrong by answer key, why they were not taken."""

    is_kept: bool
    faults: dict[str, str] = field(default_factory=dict)
    refusal: str = ""


def refusal_of(door: Door) -> str:
    """Why the sheet behind a door cannot be sent; blank where it can, or has been already."""
    if door.state == DoorState.CLOSED:
        return CLOSED_FOR_GOOD if _is_emptied(door) else CLOSED
    return {DoorState.EARLY: EARLY, DoorState.NO_CONSENT: NO_CONSENT}.get(door.state, "")


def _is_emptied(door: Door) -> bool:
    return door.wave.is_anonymous and door.wave.state == Wave.State.CLOSED


@transaction.atomic
def save_answers(
    *, token: str, at: datetime, sent: Mapping[str, Sequence[str]], seconds: int = 0, secret: str | None = None
) -> Kept:
    """Put what was sent into the draft behind the link; keys that were not sent stay as they are.

    `seconds` is the time spent since the last saving, `secret` the word of an anonymous entry or exit. A sheet that
    has been sent takes nothing more. After the last day the draft still keeps what comes, and says that it is late;
    only of an anonymous wave whose box has been emptied it does not, since nothing could become of it.
    Raises RefusedError where the link opens nothing.
    """
    door = _locked(token, at)
    if door.state in SHUT or _is_emptied(door):
        return Kept(is_kept=False, refusal=refusal_of(door))
    cleaned = clean_draft(door.questionnaire, sent, _ids(door))
    answers = merged(door.answers, cleaned.answers)
    _keep(door, answers, seconds, door.secret if secret is None else secret)
    return Kept(is_kept=True, faults=cleaned.faults, refusal=refusal_of(door))


def _locked(token: str, at: datetime) -> Door:
    nonce = nonce_of(token)
    link = behind_link(nonce, at, is_locked=True) if nonce else None
    if link is None:
        raise RefusedError(GONE)
    return door_for(link, at)


def _ids(door: Door) -> frozenset[int]:
    return frozenset(candidate.id for candidate in door.candidates)


def _keep(door: Door, answers: Answers, seconds: int, secret: str) -> None:
    """Write the draft: open in a named wave, sealed and without any figure beside it in an anonymous one."""
    invitation = door.invitation
    content = {"answers": answers, "secret": secret.strip()[:LONGEST_SECRET]}
    if door.wave.is_anonymous:
        values: dict[str, object] = {"sealed": seal_draft(invitation.nonce, content, room=room_for(door.questionnaire))}
    else:
        spent = door.seconds + max(0, min(seconds, MOST_SECONDS))
        values = {"answers": content, "seconds": spent}
    Draft.objects.update_or_create(  # unscoped: of the link's own invitation
        invitation=invitation, defaults=values | {"organisation_id": invitation.organisation_id}
    )


def send_answers(
    *,
    token: str,
    at: datetime,
    sent: Mapping[str, Sequence[str]],
    is_whole: bool,
    seconds: int = 0,
    secret: str | None = None,
) -> Kept:
    """Send the sheet behind the link; with faults it stays a draft that has everything that was sent.

    `is_whole` says that the form sent all its fields, so that what is missing among them was cleared. Sending twice,
    from two tabs too, leaves the first sheet as it is. Raises RefusedError where the link opens nothing.
    """
    try:
        return _send(token, at, sent, is_whole, seconds, secret)
    except IntegrityError:
        # The wave was closed between our look at it and the writing: the draft keeps what was on its way.
        kept = save_answers(token=token, at=at, sent=sent, seconds=seconds, secret=secret)
        if not kept.refusal:
            raise  # something else is wrong, and nobody may take this for sent
        return kept


@transaction.atomic
def _send(
    token: str, at: datetime, sent: Mapping[str, Sequence[str]], is_whole: bool, seconds: int, secret: str | None
) -> Kept:
    door = _locked(token, at)
    if door.state == DoorState.ANSWERED:
        return Kept(is_kept=True)
    if door.state in SHUT or _is_emptied(door):
        return Kept(is_kept=False, refusal=refusal_of(door))
    draft = clean_draft(door.questionnaire, sent, _ids(door))
    answers = merged({} if is_whole else door.answers, draft.answers)
    word = door.secret if secret is None else secret
    sheet = clean_sheet(door.questionnaire, answers, _ids(door))
    # What does not clean is not in the draft either, so the fault of the form comes first.
    faults = sheet.faults | draft.faults
    refusal = refusal_of(door) or (EMPTY if not faults and is_empty(sheet.answers) else "")
    if faults or refusal:
        _keep(door, answers, seconds, word)
        return Kept(is_kept=True, faults=faults, refusal=refusal)
    kept = {key: value for key, value in sheet.answers.items() if value is not None}
    _write(door, kept, at=at, seconds=door.seconds + max(0, min(seconds, MOST_SECONDS)), secret=word)
    return Kept(is_kept=True)


def _write(door: Door, answers: Answers, *, at: datetime, seconds: int, secret: str) -> None:
    """The one sheet of an invitation that is locked and open, the mark that it is there, the draft away.

    In an anonymous wave the sheet goes into the box, sealed, with nothing that names the invitation; minutes are not
    kept there. One call (`surveys_send`, migration 0003): a whole school sends at once.
    """
    wave = door.wave
    if wave.is_anonymous:
        named, box, minutes = None, sealed_for_box(wave, answers, side=door.invitation.side, secret=secret), None
    else:
        named, box, minutes = json.dumps(answers), None, max(1, round(seconds / 60)) if seconds else None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT surveys_send(%s, %s, %s, %s, %s, %s, %s)",
            [door.invitation.pk, named, box, at, local_day(wave.organisation, at), seconds, minutes],
        )


def sealed_for_box(wave: Wave, answers: Answers, *, side: str, secret: str) -> bytes:
    """A sheet sealed with the side it answers from and its secret word; whose it is stands nowhere in it."""
    content = {"answers": answers, "side": side, "secret": secret.strip()[:LONGEST_SECRET]}
    room = room_for(questionnaire_of(wave.version_id, wave.version.revision))
    return seal_sheet(wave.key, content, room=room)


def put_into_box(wave: Wave, answers: Answers, *, side: str, secret: str) -> None:
    """Put a sheet into the box of an anonymous wave."""
    sealed = sealed_for_box(wave, answers, side=side, secret=secret)
    SealedSheet.objects.create(organisation_id=wave.organisation_id, wave=wave, sealed=sealed)
