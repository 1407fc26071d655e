"""Sheets on paper: from which sides they were handed in."""

from people.access import Access
from people.domain.roles import Permission
from surveys.domain.questionnaire import Side
from surveys.models import Invitation, Wave


def paper_sides(access: Access, wave: Wave) -> list[Side]:
    """The sides of those who are marked to have handed in a sheet of an anonymous wave, in a fixed order."""
    access.check(Permission.SURVEYS_EDIT)
    marked = Invitation.objects.visible_to(access).filter(wave=wave, is_on_paper=True)
    there = set(marked.values_list("side", flat=True))
    return [side for side in Side if side.value in there]
