"""Forbidding a pair for good, and lifting that."""

from django.db import transaction

from mentoring.models import PairBan
from mentoring.queries.bans import bans_of_pair
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.models import Person


@transaction.atomic
def ban_pair(access: Access, *, mentor_id: int, mentee_id: int, ground: str, reason: str = "") -> PairBan:
    """Forbid giving a mentor to a mentee on a ground of `PairBan.Ground`; a second time changes nothing.

    Relatives are forbidden both ways by one ban. Refuses one and the same person, and a decision of the curator
    without a reason (up to 300 characters); raises Person.DoesNotExist for people who are not the organisation's.
    """
    access.check(Permission.PAIRINGS_EDIT)
    reason = " ".join(reason.split())
    if mentor_id == mentee_id:
        raise RefusedError("Это один и тот же человек: он и так не может быть наставником самому себе.")
    if ground == PairBan.Ground.CURATOR and not reason:
        raise RefusedError("Напишите причину запрета.")
    # Locked in one order, so that two who forbid the same pair at once, either way round, wait for each other.
    people = Person.objects.visible_to(access).filter(pk__in=[mentor_id, mentee_id]).order_by("pk")
    if len(people.select_for_update(of=("self",), no_key=True)) < 2:
        raise Person.DoesNotExist
    there = bans_of_pair(access, mentor_id=mentor_id, mentee_id=mentee_id).filter(ground=ground).first()
    if there is not None:
        return there
    return PairBan.objects.create(
        organisation=access.organisation,
        mentor_id=mentor_id,
        mentee_id=mentee_id,
        ground=ground,
        reason=reason,
        made_at=access.at,
        made_by_id=access.user_id,
    )


@transaction.atomic
def lift_ban(access: Access, *, ban_id: int) -> PairBan:
    """Lift a ban, whose row stays in the history; a second press changes nothing. Raises PairBan.DoesNotExist."""
    access.check(Permission.PAIRINGS_EDIT)
    ban = PairBan.objects.visible_to(access).select_for_update(of=("self",)).get(pk=ban_id)
    if ban.lifted_at is None:
        ban.lifted_at = access.at
        ban.save(update_fields=["lifted_at"])
    return ban
