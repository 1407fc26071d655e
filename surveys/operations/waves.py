"""Waves: preparing, launching, prolonging, whom they ask, revoking and renewing links."""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db import transaction

from people.access import Access
from people.domain.plurals import counted
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from surveys.domain.checking import faults_for_opening
from surveys.domain.questionnaire import NAMED_ONLY, Purpose
from surveys.models import Draft, Invitation, Letter, Version, Wave
from surveys.operations.questionnaires import freeze_version
from surveys.queries.audience import Invitee, invitees
from surveys.queries.readers import next_readers, possible_readers

WAVE_FIELDS = (
    *("title", "audience", "opens_on", "closes_on", "remind_days", "is_anonymous", "threshold", "stage", "entry_id"),
    "reader_id",
)
"""What a curator sets while a wave is in preparation; after launch only the last day and the reader can change."""


@transaction.atomic
def draft_wave(access: Access, *, questionnaire_id: int, values: dict[str, object]) -> Wave:
    """Prepare a wave by the newest version of a questionnaire; `values` are clean values of `WAVE_FIELDS`."""
    access.check(Permission.SURVEYS_EDIT)
    version = _newest(access, questionnaire_id)
    wave = Wave(organisation=access.organisation, version=version, created_at=access.at, created_by_id=access.user_id)
    _set(access, wave, version, values)
    wave.save()
    return wave


@transaction.atomic
def change_wave(access: Access, *, wave_id: int, values: dict[str, object]) -> Wave:
    """Change a wave in preparation; it follows the questionnaire's newest version. Refuses one that is launched."""
    access.check(Permission.SURVEYS_EDIT)
    wave = _locked(access, wave_id)
    _demand_draft(wave)
    wave.version = _newest(access, wave.version.questionnaire_id)
    _set(access, wave, wave.version, values)
    wave.save()
    return wave


def _locked(access: Access, wave_id: int) -> Wave:
    waves = Wave.objects.visible_to(access).select_related("version__questionnaire")
    return waves.select_for_update(of=("self",)).get(pk=wave_id)


def _newest(access: Access, questionnaire_id: int, *, is_locked: bool = False) -> Version:
    """The newest version; locked, nobody edits it between the checks of a launch and its freezing."""
    versions = Version.objects.visible_to(access).filter(questionnaire_id=questionnaire_id)
    if is_locked:
        versions = versions.select_for_update(of=("self",))
    return versions.select_related("questionnaire").latest("number")


def _demand_draft(wave: Wave) -> None:
    if wave.state != Wave.State.DRAFT:
        raise RefusedError("Анкетирование уже запущено: менять его нельзя, можно продлить или завершить.")


def _set(access: Access, wave: Wave, version: Version, values: dict[str, object]) -> None:
    for name in WAVE_FIELDS:
        if name in values:
            setattr(wave, name, values[name])
    wave.reader_id = wave.reader_id or access.user_id
    purpose = Purpose(version.questionnaire.purpose)
    if wave.is_anonymous and purpose in NAMED_ONLY:
        raise RefusedError("Такая анкета без имён не имеет смысла: по её ответам работают с людьми.")
    _check_reader(access, wave.reader_id)
    _check_entry(access, wave)


def _check_reader(access: Access, user_id: int) -> None:
    """Free words are read by a curator of this organisation."""
    if not possible_readers(access).filter(pk=user_id).exists():
        raise RefusedError("Свободные ответы читает куратор этой организации: выберите его.")


def _check_entry(access: Access, wave: Wave) -> None:
    if wave.stage != Wave.Stage.EXIT:
        wave.entry_id = None
        return
    entry = Wave.objects.visible_to(access).filter(pk=wave.entry_id, stage=Wave.Stage.ENTRY).first()
    if entry is None or entry.state == Wave.State.DRAFT:
        raise RefusedError("Выберите запущенное анкетирование на входе, с которым сравнивать.")
    if entry.is_anonymous != wave.is_anonymous:
        raise RefusedError(
            "Вход и выход можно сравнить, только если оба с именами или оба без имён: иначе ответы одного человека "
            "не сойдутся."
        )


@transaction.atomic
def discard_wave(access: Access, *, wave_id: int) -> None:
    """Throw away a wave in preparation; a second press changes nothing, a launched one is refused."""
    access.check(Permission.SURVEYS_EDIT)
    wave = Wave.objects.visible_to(access).select_for_update(of=("self",)).filter(pk=wave_id).first()
    if wave is not None:
        _demand_draft(wave)
        wave.delete()


@transaction.atomic
def launch_wave(access: Access, *, wave_id: int) -> Wave:
    """Put a wave before its audience: the version is frozen, everybody gets an invitation, letters are queued.

    A second press changes nothing. Refuses, with all the reasons at once, a questionnaire that cannot be asked, an
    audience that selects nobody, days that are over, and an anonymous wave for fewer people than its threshold.
    """
    access.check(Permission.SURVEYS_EDIT)
    wave = _locked(access, wave_id)
    if wave.state != Wave.State.DRAFT:
        return wave
    wave.version = _newest(access, wave.version.questionnaire_id, is_locked=True)
    asked = invitees(access, wave.asks)
    problems = _problems(access, wave, asked)
    if problems:
        raise RefusedError("\n".join(problems))
    freeze_version(wave.version, at=access.at)
    wave.state, wave.opened_at = Wave.State.OPEN, access.at
    wave.save(update_fields=["version", "state", "opened_at"])
    _invite(access, wave, asked)
    return wave


def _problems(access: Access, wave: Wave, asked: list[Invitee]) -> list[str]:
    questionnaire = wave.version.asked()
    purpose = Purpose(wave.version.questionnaire.purpose)
    faults = faults_for_opening(questionnaire, is_anonymous=wave.is_anonymous, purpose=purpose)
    found = [f"{fault.place}: {fault.message}" for fault in faults]
    if wave.closes_on < access.today:
        found.append(f"Последний день, {wave.closes_on:%d.%m.%Y}, уже прошёл.")
    if purpose == Purpose.STATEMENT:
        return found
    if wave.asks.is_empty:
        found.append("Не выбрано, кого спрашивать.")
    elif not asked:
        found.append("Под выбранное не подходит ни один человек.")
    elif wave.is_anonymous and len(asked) < wave.threshold:
        people = counted(len(asked), "человек", "человека", "человек")
        found.append(
            f"Без имён спрашивают не меньше {wave.threshold} человек, выбрано {people}: "
            "иначе итоги показать будет нельзя. Добавьте людей или спросите с именами."
        )
    return found


def _invite(access: Access, wave: Wave, asked: Iterable[Invitee]) -> int:
    """Invitations of those who have none yet, and letters to those with an address; gives how many are new."""
    there = set(wave.invitations.values_list("person_id", flat=True))
    made = Invitation.objects.bulk_create(
        [
            Invitation(organisation=access.organisation, wave=wave, person=each.person, side=each.side)
            for each in asked
            if each.person.pk not in there
        ],
        ignore_conflicts=True,
    )
    queue_letters(wave, Letter.Kind.INVITATION, day=max(wave.opens_on, access.today))
    return len(made)


def queue_letters(wave: Wave, kind: Letter.Kind, *, day: date) -> int:
    """Letters of one kind to all who have not answered, have a usable link and an address; one a day, whoever asks.

    An invitation is written once. Gives how many were queued.
    """
    waiting = wave.invitations.usable().filter(is_answered=False).exclude(person__email="")
    if kind == Letter.Kind.INVITATION:
        waiting = waiting.exclude(letters__kind=kind)
    letters = Letter.objects.bulk_create(
        (
            Letter(organisation_id=wave.organisation_id, invitation_id=invitation_id, kind=kind, day=day)
            for invitation_id in waiting.order_by("pk").values_list("pk", flat=True)
        ),
        ignore_conflicts=True,
    )
    return len(letters)


@transaction.atomic
def ask_newcomers(access: Access, *, wave_id: int) -> int:
    """Invite those who have come into the audience since the launch; gives how many."""
    access.check(Permission.SURVEYS_EDIT)
    wave = _locked(access, wave_id)
    _demand_open(wave)
    return _invite(access, wave, invitees(access, wave.asks))


@transaction.atomic
def ask_also(access: Access, *, wave_id: int, person_ids: Iterable[int]) -> int:
    """Add people by hand to the audience of a running wave and invite them; gives how many are new."""
    access.check(Permission.SURVEYS_EDIT)
    wave = _locked(access, wave_id)
    _demand_open(wave)
    asks = wave.asks
    wave.audience = replace(asks, person_ids=tuple(dict.fromkeys((*asks.person_ids, *person_ids)))).as_json()
    wave.save(update_fields=["audience"])
    return _invite(access, wave, invitees(access, wave.asks))


def _demand_open(wave: Wave) -> None:
    if wave.state != Wave.State.OPEN:
        raise RefusedError("Анкетирование не идёт: оно ещё не запущено или уже завершено.")


@transaction.atomic
def prolong_wave(access: Access, *, wave_id: int, closes_on: date) -> Wave:
    """Set another last day, today or later. A named wave that is closed opens again; an anonymous one stays closed.

    What was answered without names is open for all to count already: who came later would stand out.
    """
    access.check(Permission.SURVEYS_EDIT)
    wave = _locked(access, wave_id)
    if wave.state == Wave.State.DRAFT:
        raise RefusedError("Анкетирование ещё не запущено: измените его срок там, где он указан.")
    if wave.state == Wave.State.CLOSED and wave.is_anonymous:
        raise RefusedError("Ответы без имён уже вскрыты. Чтобы спросить ещё раз, проведите новое анкетирование.")
    if closes_on < max(access.today, wave.opens_on):
        raise RefusedError("Последний день должен быть сегодня или позже, и не раньше первого.")
    wave.closes_on, wave.state, wave.closed_at = closes_on, Wave.State.OPEN, None
    wave.save(update_fields=["closes_on", "state", "closed_at"])
    return wave


@transaction.atomic
def hand_over_reading(access: Access, *, wave_id: int, user_id: int) -> Wave:
    """Make another curator the reader of a wave's words; only the present reader gives it away, if there is one."""
    access.check(Permission.SURVEYS_EDIT)
    wave = _locked(access, wave_id)
    if not next_readers(access, wave).filter(pk=user_id).exists():
        raise RefusedError("Передать чтение может только тот, кто читает сейчас, и только другому куратору.")
    wave.reader_id = user_id
    wave.save(update_fields=["reader"])
    return wave


@transaction.atomic
def revoke_invitation(access: Access, *, invitation_id: int) -> Invitation:
    """End a link; its draft goes with it. A sheet that was sent stays. A second press changes nothing."""
    access.check(Permission.SURVEYS_EDIT)
    invitation = _locked_invitation(access, invitation_id)
    if invitation.revoked_at is None:
        invitation.revoked_at = access.at
        invitation.save(update_fields=["revoked_at"])
        Draft.objects.filter(pk=invitation.pk).delete()  # unscoped: of a row already scoped
    return invitation


def _locked_invitation(access: Access, invitation_id: int) -> Invitation:
    invitations = Invitation.objects.visible_to(access).select_related("wave", "person")
    return invitations.select_for_update(of=("self",)).get(pk=invitation_id)


@transaction.atomic
def renew_invitation(access: Access, *, invitation_id: int) -> Invitation:
    """Give a person another link; the former one opens nothing from now on, its draft is gone.

    Refuses once the sheet is sent. For a link that was lost or came into wrong hands.
    """
    access.check(Permission.SURVEYS_EDIT)
    invitation = _locked_invitation(access, invitation_id)
    if invitation.is_answered:
        raise RefusedError("Этот человек уже ответил.")
    invitation.nonce, invitation.revoked_at = uuid.uuid4(), None
    invitation.save(update_fields=["nonce", "revoked_at"])
    Draft.objects.filter(pk=invitation.pk).delete()  # unscoped: of a row already scoped
    return invitation
