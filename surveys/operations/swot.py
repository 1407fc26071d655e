"""The SWOT table of a wave: lines written by hand or taken from released words."""

from uuid import UUID

from django.db import IntegrityError, transaction

from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from surveys.models import OpenAnswer, SwotPoint, Wave

TAKEN = "Такая строка уже есть."
MOST_CHARACTERS = 300


@transaction.atomic
def add_swot_point(access: Access, *, wave_id: int, quadrant: SwotPoint.Quadrant, text: str) -> SwotPoint:
    """Put a line into one of the four boxes. Refuses a blank line and one that is there; raises Wave.DoesNotExist."""
    access.check(Permission.SURVEYS_EDIT)
    wave = Wave.objects.visible_to(access).get(pk=wave_id)
    line = " ".join(text.split())
    if not line:
        raise RefusedError("Напишите строку.")
    if len(line) > MOST_CHARACTERS:
        raise RefusedError(f"Строка длиннее {MOST_CHARACTERS} знаков: сократите её.")
    try:
        with transaction.atomic():
            return SwotPoint.objects.create(
                organisation=access.organisation, wave=wave, quadrant=SwotPoint.Quadrant(quadrant), text=line
            )
    except IntegrityError as error:
        if "one_swot_point_per_text" not in str(error):
            raise
        raise RefusedError(TAKEN) from error


@transaction.atomic
def add_swot_answer(access: Access, *, wave_id: int, quadrant: SwotPoint.Quadrant, text_id: UUID) -> SwotPoint:
    """Put released words into a box, cut where they are too long. Raises OpenAnswer.DoesNotExist of any others."""
    access.check(Permission.SURVEYS_EDIT)
    answers = OpenAnswer.objects.visible_to(access).filter(wave_id=wave_id, state=OpenAnswer.State.RELEASED)
    words = " ".join(answers.get(pk=text_id).text.split())
    line = words if len(words) <= MOST_CHARACTERS else words[: MOST_CHARACTERS - 1].rstrip() + "…"
    return add_swot_point(access, wave_id=wave_id, quadrant=quadrant, text=line)


@transaction.atomic
def remove_swot_point(access: Access, *, wave_id: int, point_id: int) -> None:
    """Take a line out; a second press changes nothing. Raises Wave.DoesNotExist."""
    access.check(Permission.SURVEYS_EDIT)
    wave = Wave.objects.visible_to(access).get(pk=wave_id)
    SwotPoint.objects.visible_to(access).filter(wave=wave, pk=point_id).delete()
