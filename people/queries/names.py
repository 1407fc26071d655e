"""Names and posts of persons in the six cases, with what was corrected by hand."""

from collections.abc import Iterable
from dataclasses import replace

from people.access import Access
from people.domain.declension.cases import Forms
from people.domain.declension.names import FullName, Gender, decline_initials, decline_name
from people.domain.declension.posts import decline_post
from people.models import CaseCorrection, Person

Part = CaseCorrection.Part


def rule_forms(person: Person, part: Part) -> Forms:
    """What the rules alone make of one part of a person's card."""
    if part == Part.POST:
        return decline_post(person.post)
    name = FullName(person.surname, person.given, person.patronymic)
    gender = Gender(person.gender) if person.gender else None
    return decline_name(name, gender) if part == Part.NAME else decline_initials(name, gender)


def cases_of(access: Access, persons: Iterable[Person]) -> dict[int, dict[Part, Forms]]:
    """All forms of the given persons by id and part, hand corrections applied; one query for all of them."""
    found = list(persons)
    corrections: dict[tuple[int, str], list[CaseCorrection]] = {}
    rows = CaseCorrection.objects.visible_to(access).filter(person__in=[person.pk for person in found])
    for row in rows:
        corrections.setdefault((row.person_id, row.part), []).append(row)
    return {
        person.pk: {part: _corrected(rule_forms(person, part), corrections.get((person.pk, part), [])) for part in Part}
        for person in found
    }


def _corrected(forms: Forms, corrections: list[CaseCorrection]) -> Forms:
    """The forms with the corrections that were made from the same nominative."""
    return replace(forms, **{each.case: each.text for each in corrections if each.nominative == forms.nom})
