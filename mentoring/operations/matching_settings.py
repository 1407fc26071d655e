"""Setting how an organisation matches."""

from collections.abc import Mapping

from django.db import transaction

from mentoring.domain.matching.values import Criterion, Objective
from mentoring.models import MatchingSettings
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission

MOST_WEIGHT = 100
"""The most points an organisation gives one criterion: then their sum is easy to weigh by eye."""


@transaction.atomic
def change_matching_settings(
    access: Access, *, weights: Mapping[Criterion, int], objective: Objective, demands_training: bool
) -> MatchingSettings:
    """Set points per criterion (those left out keep the usual ones), what comes first, and whether training counts.

    Runs that are there keep the rules they were made by. Refuses points beyond 0 to 100, and none at all.
    """
    access.check(Permission.PAIRINGS_EDIT)
    if any(not 0 <= weight <= MOST_WEIGHT for weight in weights.values()):
        raise RefusedError(f"Баллы за один признак — от 0 до {MOST_WEIGHT}.")
    if len(weights) == len(Criterion) and not any(weights.values()):
        raise RefusedError("Дайте баллы хотя бы за один признак: иначе все пары равны.")
    return _keep(
        access,
        weights={criterion.value: weight for criterion, weight in weights.items()},
        objective=objective,
        demands_training=demands_training,
    )


@transaction.atomic
def restore_usual_weights(access: Access) -> MatchingSettings:
    """Forget the organisation's own points; what comes first and the demand of training stay as they are."""
    access.check(Permission.PAIRINGS_EDIT)
    return _keep(access, weights={})


def _keep(access: Access, **values: object) -> MatchingSettings:
    row, _ = MatchingSettings.objects.visible_to(access).update_or_create(
        organisation=access.organisation, defaults=values
    )
    return row
