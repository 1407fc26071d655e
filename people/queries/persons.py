"""Reading persons, their consents and links."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from people.access import Access
from people.domain.consent import PURPOSE_LABELS, Purpose
from people.models import Consent, ConsentText, Head, Person, PersonalLink


def person_list(access: Access) -> QuerySet[Person]:
    """People of the organisation in the order of names."""
    return Person.objects.visible_to(access).order_by("sort_key", "pk")


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One purpose on a person's card: what stands now and what can be done."""

    purpose: Purpose
    label: str
    consent: Consent | None
    is_in_force: bool


def consent_lines(access: Access, person: Person) -> list[ConsentLine]:
    """The four purposes with the newest consent of each, in the order of the law."""
    newest: dict[str, Consent] = {}
    rows = Consent.objects.visible_to(access).filter(person=person).select_related("text").order_by("pk")
    for row in rows:
        newest[row.purpose] = row
    in_force = set(rows.in_force(access.today).values_list("purpose", flat=True))
    return [
        ConsentLine(purpose, PURPOSE_LABELS[purpose], newest.get(purpose), purpose in in_force) for purpose in Purpose
    ]


def purposes_in_force(person_id: int, on: date) -> set[str]:
    """The purposes of a person's consents in force on the day `on`."""
    consents = Consent.objects.in_force(on).filter(person_id=person_id)  # unscoped: of a person already scoped
    return set(consents.values_list("purpose", flat=True))


def missing_consents(person_id: int, purposes: tuple[Purpose, ...], on: date) -> list[str]:
    """Labels of the `purposes` for which the person has no consent in force on the day `on`."""
    return missing_consents_of([person_id], purposes, on)[person_id]


def missing_consents_of(person_ids: list[int], purposes: tuple[Purpose, ...], on: date) -> dict[int, list[str]]:
    """The same for several persons by id, in one query."""
    rows = Consent.objects.in_force(on).filter(person_id__in=person_ids)  # unscoped: of persons already scoped
    in_force = set(rows.values_list("person_id", "purpose"))
    return {
        person_id: [PURPOSE_LABELS[purpose] for purpose in purposes if (person_id, purpose) not in in_force]
        for person_id in person_ids
    }


def current_texts() -> dict[str, ConsentText]:
    """The newest text of each purpose."""
    return {text.purpose: text for text in ConsentText.objects.current()}  # unscoped: texts belong to no one


def open_link(access: Access, person: Person) -> PersonalLink | None:
    """The person's link that still opens, if any."""
    return PersonalLink.objects.visible_to(access).usable(access.at).filter(person=person).first()


def own_person(access: Access) -> Person | None:
    """The asker's own row."""
    if access.person_id is None:
        return None
    return Person.objects.filter(  # unscoped: one's own row
        pk=access.person_id, organisation=access.organisation
    ).first()


def head_on(access: Access, day: date) -> Head | None:
    """Who signs for the organisation on `day`: an acting head before the permanent one."""
    return Head.objects.visible_to(access).on(day).select_related("person").first()
