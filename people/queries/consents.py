"""Reading consents: the table of everybody's, and one text filled with one person's data."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from people.access import Access
from people.domain.consent import Purpose
from people.models import Consent, ConsentText, Person
from people.queries.persons import current_texts


def consent_table(access: Access, *, search: str = "", only: str = "") -> QuerySet[Person]:
    """People present today with `has_<purpose>` and `is_claimed`; `only` = "missing" leaves who lacks the first."""
    people = Person.objects.visible_to(access).present(access.today).named_like(search)
    for purpose in Purpose:
        people = people.with_consent(purpose, on=access.today)
    claims = Consent.objects.visible_to(access).filter(
        person=OuterRef("pk"), purpose=Purpose.PROCESSING, state=Consent.State.CLAIMED
    )
    people = people.annotate(is_claimed=Exists(claims))
    if only == "missing":
        people = people.filter(has_processing=False)
    return people.order_by("has_processing", "sort_key", "pk")


@dataclass(frozen=True, slots=True)
class ConsentSheet:
    """One consent as its subject reads it."""

    person: Person
    purpose: Purpose
    text: ConsentText
    paragraphs: list[str]
    in_force: Consent | None
    is_minor: bool
    may_sign_here: bool


def consent_sheet(access: Access, person: Person, purpose: Purpose) -> ConsentSheet:
    """The current text with the organisation's data in it, and what stands between the person and a signature.

    Address and identity document stay blank: they are written by hand and never stored (domain reference 4.4).
    """
    text = current_texts()[purpose]
    organisation = access.organisation
    blanks = {
        "operator": organisation.full_name,
        "address": organisation.address or organisation.place,
        "inn": organisation.inn or "____________",
        "ogrn": organisation.ogrn or "_______________",
        "name": person.full_name,
    }
    in_force = (
        Consent.objects.filter(person=person, purpose=purpose).in_force(access.today).first()
    )  # unscoped: of a scoped row
    is_minor = person.is_minor(access.today)
    return ConsentSheet(
        person=person,
        purpose=purpose,
        text=text,
        paragraphs=[line.format(**blanks) for line in text.body.splitlines() if line.strip()],
        in_force=in_force,
        is_minor=is_minor,
        may_sign_here=organisation.has_electronic_flow and not is_minor and in_force is None,
    )
