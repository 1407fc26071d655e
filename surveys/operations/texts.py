"""Words of a wave: its reader releases them, withholds them, puts similar ones together."""

from uuid import UUID

from django.db import transaction

from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from surveys.models import OpenAnswer

State = OpenAnswer.State


@transaction.atomic
def release_text(access: Access, *, wave_id: int, text_id: UUID, group: str = "") -> OpenAnswer:
    """Show words to all who see the results, under the name of a group if one is given.

    Refuses anybody but the wave's reader; raises OpenAnswer.DoesNotExist.
    """
    return _judge(access, wave_id, text_id, State.RELEASED, group)


@transaction.atomic
def withhold_text(access: Access, *, wave_id: int, text_id: UUID) -> OpenAnswer:
    """Keep words from everybody but the reader; those released before are taken back. Refuses as `release_text`."""
    return _judge(access, wave_id, text_id, State.WITHHELD, "")


@transaction.atomic
def group_text(access: Access, *, wave_id: int, text_id: UUID, group: str) -> OpenAnswer:
    """Put released words into another group; a blank name takes them out. Refuses as `release_text`."""
    answer = _locked(access, wave_id, text_id)
    if answer.state != State.RELEASED:
        raise RefusedError("Сначала покажите этот ответ: собирают в группы только показанные.")
    return _set(answer, State.RELEASED, group)


def _judge(access: Access, wave_id: int, text_id: UUID, state: State, group: str) -> OpenAnswer:
    return _set(_locked(access, wave_id, text_id), state, group)


def _locked(access: Access, wave_id: int, text_id: UUID) -> OpenAnswer:
    access.check(Permission.SURVEYS_EDIT)
    answers = OpenAnswer.objects.visible_to(access).filter(wave_id=wave_id).select_related("wave")
    answer = answers.select_for_update(of=("self",)).get(pk=text_id)
    if answer.wave.reader_id != access.user_id:
        raise RefusedError("Свободные ответы этого анкетирования читает другой человек.")
    return answer


def _set(answer: OpenAnswer, state: State, group: str) -> OpenAnswer:
    answer.state, answer.group = state, " ".join(group.split())
    answer.save(update_fields=["state", "group"])
    return answer
