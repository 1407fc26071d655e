"""Keeping whom people would like to work with, for matching."""

from collections.abc import Sequence

from django.db import transaction

from mentoring.models import Preference
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.models import Person


@transaction.atomic
def keep_preferences(
    access: Access, *, year: int, chooser_id: int, is_mentor: bool, ranked: Sequence[int], avoided: Sequence[int]
) -> None:
    """Replace the choices of one person on one side in the school year that begins in September of `year`.

    `ranked` are ids of people, best first; `avoided` of those it is better not to put them with. Empty lists take
    the earlier choices away. Refuses who is named twice or names themselves; raises Person.DoesNotExist for people
    who are not the organisation's.
    """
    access.check(Permission.PAIRINGS_EDIT)
    people = Person.objects.visible_to(access)
    # The chooser's row stands for rows that may not be there yet: two at once would mix their choices.
    chooser = people.select_for_update(of=("self",), no_key=True).get(pk=chooser_id)
    chosen = [*ranked, *avoided]
    if chooser_id in chosen:
        raise RefusedError("Человек не может выбрать самого себя.")
    if len(set(chosen)) < len(chosen):
        raise RefusedError("Один и тот же человек выбран дважды.")
    if people.filter(pk__in=chosen).count() < len(chosen):
        raise Person.DoesNotExist
    Preference.objects.visible_to(access).filter(year=year, chooser=chooser, is_mentor=is_mentor).delete()
    ranks = [*range(1, len(ranked) + 1), *[None] * len(avoided)]
    Preference.objects.bulk_create(
        Preference(
            organisation=access.organisation,
            year=year,
            chooser=chooser,
            chosen_id=person_id,
            is_mentor=is_mentor,
            rank=rank,
        )
        for person_id, rank in zip(chosen, ranks, strict=True)
    )
