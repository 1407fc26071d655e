"""Reading whom not to put together."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from mentoring.models import PairBan
from people.access import Access
from people.domain.consent import Purpose
from people.models import Person
from people.models.persons import folded


def ban_list(access: Access, *, search: str = "") -> QuerySet[PairBan]:
    """Standing bans with both people and who made them, by the mentor's name."""
    found = PairBan.objects.visible_to(access).standing()
    for word in folded(search).split():
        found = found.filter(Q(mentor__sort_key__contains=word) | Q(mentee__sort_key__contains=word))
    order = ("mentor__sort_key", "mentee__sort_key", "pk")
    return found.select_related("mentor", "mentee", "made_by").order_by(*order)


def bans_for_export(access: Access, *, search: str = "") -> QuerySet[PairBan]:
    """The list as it goes out of the house: only people whose consent to processing is in force."""
    consenting = Person.objects.consenting(Purpose.PROCESSING, on=access.today)  # unscoped: narrows scoped rows
    return ban_list(access, search=search).filter(mentor__in=consenting, mentee__in=consenting)


def bans_of_pair(access: Access, *, mentor_id: int, mentee_id: int) -> QuerySet[PairBan]:
    """Standing bans that keep the one from mentoring the other; a ban of relatives counts whichever way it was set."""
    as_set = Q(mentor=mentor_id, mentee=mentee_id)
    turned = Q(mentor=mentee_id, mentee=mentor_id, ground=PairBan.Ground.RELATIVES)
    return PairBan.objects.visible_to(access).standing().filter(as_set | turned).order_by("pk")


@dataclass(frozen=True, slots=True)
class ForbiddenPair:
    """A mentor and a mentee, by ids of persons, who must not be put together; the ground and its Russian words."""

    mentor_id: int
    mentee_id: int
    ground: PairBan.Ground
    words: str


def forbidden_pairs(access: Access) -> list[ForbiddenPair]:
    """Every pair that a standing ban forbids, relatives both ways, in the order of setting.

    A superior is among them: that this is no obstacle to the form head–teacher is for the asker to say.
    """
    bans = PairBan.objects.visible_to(access).standing().order_by("pk")
    return [pair for ban in bans for pair in _pairs_of(ban)]


def _pairs_of(ban: PairBan) -> Iterator[ForbiddenPair]:
    ground = PairBan.Ground(ban.ground)
    words = f"{ground.label}: {ban.reason}" if ban.reason else str(ground.label)
    yield ForbiddenPair(ban.mentor_id, ban.mentee_id, ground, words)
    if ground == PairBan.Ground.RELATIVES:
        yield ForbiddenPair(ban.mentee_id, ban.mentor_id, ground, words)
