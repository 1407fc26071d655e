"""Answers that came on paper: who handed a sheet in, and what a curator types from it."""

from collections.abc import Mapping, Sequence

from django.db import IntegrityError, transaction
from django.db.models import F

from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from surveys.domain.answers import (
    OTHER_UNTOLD,
    ROWS_UNANSWERED,
    UNANSWERED,
    Answers,
    clean_draft,
    clean_sheet,
    is_empty,
    merged,
)
from surveys.models import Draft, Invitation, Sheet, Wave
from surveys.operations.answering import EMPTY, Kept, put_into_box
from surveys.queries.answering import behind_link, candidates_for

NOT_RUNNING = "Внести ответы можно, только пока анкетирование идёт. Продлите его, если оно завершено."

LEFT_BLANK = frozenset({UNANSWERED, ROWS_UNANSWERED, OTHER_UNTOLD})


@transaction.atomic
def mark_on_paper(access: Access, *, invitation_id: int) -> Invitation:
    """Note that somebody handed an anonymous sheet in on paper; their link takes nothing from now on.

    Refuses in a named wave, where the typed sheet itself says so. A second press changes nothing.
    """
    access.check(Permission.SURVEYS_EDIT)
    invitations = Invitation.objects.visible_to(access).select_related("wave")
    invitation = invitations.select_for_update(of=("self",)).get(pk=invitation_id)
    if not invitation.wave.is_anonymous:
        raise RefusedError("Здесь отвечают с именами: внесите сам бумажный лист.")
    _demand_answerable(access, invitation.wave)
    if not invitation.is_answered:
        invitation.is_answered, invitation.is_on_paper, invitation.answered_on = True, True, access.today
        invitation.save(update_fields=["is_answered", "is_on_paper", "answered_on"])
        Draft.objects.filter(pk=invitation.pk).delete()  # unscoped: of a row already scoped
    return invitation


def _demand_answerable(access: Access, wave: Wave) -> None:
    if wave.state != Wave.State.OPEN or access.today < wave.opens_on:
        raise RefusedError(NOT_RUNNING)


@transaction.atomic
def type_named_sheet(access: Access, *, invitation_id: int, sent: Mapping[str, Sequence[str]]) -> Kept:
    """Type in a named sheet from paper; with faults nothing is written, and the page has all that was typed.

    Refuses somebody who has answered already, and whom no consent allows to be kept here.
    """
    access.check(Permission.SURVEYS_EDIT)
    found = Invitation.objects.visible_to(access).values_list("nonce", flat=True).get(pk=invitation_id)
    link = behind_link(found, access.at, is_locked=True)
    if link is None:
        raise RefusedError("Этот человек выбыл, или его приглашение отозвано.")
    invitation = link.invitation
    _demand_answerable(access, invitation.wave)
    if invitation.is_answered:
        raise RefusedError("Этот человек уже ответил.")
    if not link.may_answer:
        raise RefusedError("Нет согласия на обработку персональных данных: внести ответы нельзя.")
    kept, answers = _cleaned(access, invitation.wave, sent, invitation)
    if kept.faults or kept.refusal:
        return kept
    _write(access, invitation, answers)
    Draft.objects.filter(pk=invitation.pk).delete()  # unscoped: of a row already scoped
    Invitation.objects.visible_to(access).filter(pk=invitation.pk).update(
        is_answered=True, is_on_paper=True, answered_on=access.today
    )
    return kept


def _write(access: Access, invitation: Invitation, answers: Answers) -> None:
    """The sheet, unless the wave has been closed since we looked: the table takes no more then."""
    try:
        with transaction.atomic():
            Sheet.objects.create(
                organisation_id=invitation.organisation_id,
                wave=invitation.wave,
                invitation=invitation,
                person_id=invitation.person_id,
                about_id=invitation.about_id,
                side=invitation.side,
                answers=answers,
                sent_at=access.at,
                source=Sheet.Source.PAPER,
                typed_by_id=access.user_id,
            )
    except IntegrityError as error:
        if "takes no sheets" not in str(error):
            raise
        raise RefusedError(NOT_RUNNING) from error


def _cleaned(
    access: Access, wave: Wave, sent: Mapping[str, Sequence[str]], invitation: Invitation | None
) -> tuple[Kept, Answers]:
    questionnaire = wave.version.asked()
    candidates = candidates_for(invitation, questionnaire, access.today) if invitation else ()
    ids = frozenset(candidate.id for candidate in candidates)
    draft = clean_draft(questionnaire, sent, ids)
    sheet = clean_sheet(questionnaire, merged({}, draft.answers), ids)
    # What a person left blank on paper stays blank: nobody can be asked again, and nobody may make an answer up.
    faults = {key: message for key, message in sheet.faults.items() if message not in LEFT_BLANK} | draft.faults
    answers = {key: value for key, value in sheet.answers.items() if value is not None}
    refusal = EMPTY if not faults and is_empty(answers) else ""
    return Kept(is_kept=not faults and not refusal, faults=faults, refusal=refusal), answers


@transaction.atomic
def type_anonymous_sheet(
    access: Access,
    *,
    wave_id: int,
    side: str,
    sent: Mapping[str, Sequence[str]],
    secret: str = "",
    typed_before: int | None = None,
) -> Kept:
    """Put a paper sheet without a name into the box; from then on nobody can read or change it.

    Refuses more sheets than people are marked to have handed one in: nobody counts twice. `typed_before` is how many
    sheets were typed in when the page was opened; where there are more now, the same button was pressed twice.
    """
    access.check(Permission.SURVEYS_EDIT)
    waves = Wave.objects.visible_to(access).select_related("version")
    wave = waves.select_for_update(of=("self",), no_key=True).get(pk=wave_id)
    if not wave.is_anonymous:
        raise RefusedError("Здесь отвечают с именами: выберите, чей это лист.")
    _demand_answerable(access, wave)
    if typed_before is not None and typed_before != wave.paper_typed:
        raise RefusedError("Пока страница была открыта, внесён ещё один лист. Проверьте, не этот ли, и внесите заново.")
    handed_in = wave.invitations.filter(is_on_paper=True, side=side).count()
    if wave.paper_typed >= wave.invitations.filter(is_on_paper=True).count() or not handed_in:
        raise RefusedError("Сначала отметьте в списке, кто сдал анкету на бумаге: листов не больше, чем отметок.")
    kept, answers = _cleaned(access, wave, sent, None)
    if kept.is_kept:
        put_into_box(wave, answers, side=side, secret=secret)
        Wave.objects.visible_to(access).filter(pk=wave.pk).update(paper_typed=F("paper_typed") + 1)
    return kept
