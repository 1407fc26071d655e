"""Whom a wave asks, in words for a curator."""

from mentoring.domain.bank_sheet.values import MenteeCategory, MentoringForm
from mentoring.domain.vocabulary import CATEGORY_LABELS, FORM_LABELS
from people.domain.plurals import counted
from people.domain.roles import ROLE_LABELS, Role
from surveys.domain.audience import STANDING_LABELS, Audience, Standing
from surveys.domain.questionnaire import SIDE_LABELS, Side

PERSON_KIND_LABELS = {"staff": "все сотрудники", "pupil": "все обучающиеся", "external": "все внешние участники"}


def audience_words(audience: Audience) -> str:
    """The groups of an audience, divided by semicolons; those left out come last, nothing where nobody is meant."""
    parts = []
    if audience.sides:
        parts.append(_bank_words(audience))
    parts += [PERSON_KIND_LABELS[kind] for kind in audience.kinds]
    if audience.roles:
        parts.append("роли: " + ", ".join(ROLE_LABELS[Role(role)].lower() for role in audience.roles))
    if audience.person_ids:
        picked = counted(len(audience.person_ids), "человек", "человека", "человек")
        parts.append(f"{picked}, выбор по имени" if parts else f"выбрано по имени: {picked}")
    if parts and audience.left_out_ids:
        parts.append(f"кроме {counted(len(audience.left_out_ids), 'человека', 'человек', 'человек')}")
    return "; ".join(parts)


def _bank_words(audience: Audience) -> str:
    sides = " и ".join(SIDE_LABELS[Side(side)] for side in audience.sides)
    words = [f"{sides} из банка"]
    if audience.standing != Standing.ANY:
        words.append(STANDING_LABELS[audience.standing])
    if audience.forms:
        forms = ", ".join(f"«{FORM_LABELS[MentoringForm(form)]}»" for form in audience.forms)
        words.append(f"формы {forms}")
    if audience.categories:
        words.append(", ".join(CATEGORY_LABELS[MenteeCategory(category)] for category in audience.categories))
    return ", ".join(words)
