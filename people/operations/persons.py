"""Entering and changing persons, and putting the cases of their names right."""

from collections.abc import Mapping

from django.db import transaction

from people.access import Access
from people.domain.declension.cases import Case
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.models import CaseCorrection, Organisation, Person
from people.models.persons import folded
from people.queries.names import Part, rule_forms

PERSON_FIELDS = (
    "kind",
    "surname",
    "given",
    "patronymic",
    "gender",
    "birth_year",
    "post",
    "subject",
    "class_name",
    "category",
    "category_year",
    "experience_years",
    "hired_on",
    "left_on",
    "email",
    "phone",
    "note",
)


@transaction.atomic
def add_person(access: Access, *, values: Mapping[str, object], is_namesake: bool = False) -> Person:
    """Enter a person with the clean `values` of PERSON_FIELDS into the organisation; gives the row.

    Refuses a name that is there already (a second press, or another curator was first) unless the asker
    says that it is a namesake.
    """
    access.check(Permission.PEOPLE_EDIT)
    Organisation.objects.visible_to(access).select_for_update().get(pk=access.organisation_id)
    # Part by part: the key keeps the gap of a part that is not there.
    name = " ".join(folded(str(values.get(part, ""))) for part in ("surname", "given", "patronymic")).strip()
    if not is_namesake and Person.objects.visible_to(access).present(access.today).filter(sort_key=name).exists():
        raise RefusedError("Такой человек уже есть. Если это тёзка, отметьте это внизу формы.")
    return Person.objects.create(organisation=access.organisation, **values)


@transaction.atomic
def change_person(access: Access, *, person_id: int, values: Mapping[str, object]) -> Person:
    """Store new clean `values`; raises Person.DoesNotExist for a row that is not the asker's to see."""
    access.check(Permission.PEOPLE_EDIT)
    person = Person.objects.visible_to(access).select_for_update(of=("self",)).get(pk=person_id)
    for name, value in values.items():
        setattr(person, name, value)
    person.save(update_fields=list(values))
    return person


@transaction.atomic
def correct_cases(access: Access, *, person_id: int, part: Part, texts: Mapping[Case, str]) -> None:
    """Remember how a person's name or post is declined.

    A text equal to what the rules give takes an earlier correction back. Corrections hold as long as the
    nominative they were made from: a new surname or post is declined by the rules again.
    """
    access.check(Permission.PEOPLE_EDIT)
    person = Person.objects.visible_to(access).select_for_update(of=("self",)).get(pk=person_id)
    by_rules = rule_forms(person, part)
    corrections = CaseCorrection.objects.visible_to(access).filter(person=person, part=part)
    for case, text in texts.items():
        if text == by_rules.get(case):
            corrections.filter(case=case).delete()
        else:
            CaseCorrection.objects.visible_to(access).update_or_create(
                person=person,
                part=part,
                case=case,
                defaults={"organisation": access.organisation, "nominative": by_rules.nom, "text": text},
            )
