"""Saying whom a plan's words for a responsible mean."""

from collections.abc import Collection

from django.db import transaction

from people.access import Access
from people.domain.roles import Permission
from people.models import Person
from roadmap.models import Duty
from roadmap.queries.duties import duty_lines


@transaction.atomic
def set_duty(access: Access, *, words: str, roles: Collection[str], person_ids: Collection[int]) -> None:
    """From now on `words` mean exactly these roles or banks (keys of DUTY_LABELS) and persons; maybe nobody.

    So they do in all plans of the organisation, and so do the same words in other letters, wherever a plan has them.
    """
    access.check(Permission.ROADMAP_EDIT)
    line = next((each for each in duty_lines(access) if words in each.variants), None)
    variants = line.variants if line else [words]
    people = Person.objects.visible_to(access).filter(pk__in=list(person_ids)).order_by("pk")
    Duty.objects.visible_to(access).filter(words__in=variants).delete()
    Duty.objects.bulk_create(
        [
            *(
                Duty(organisation=access.organisation, words=each, role=role)
                for each in variants
                for role in sorted(set(roles))
            ),
            *(Duty(organisation=access.organisation, words=each, person=who) for each in variants for who in people),
        ],
        ignore_conflicts=True,
    )
