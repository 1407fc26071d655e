"""Guests of a meeting: whom one may invite, who is invited, who came."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, QuerySet

from community.domain.vocabulary import GuestGroup, GuestSide
from community.models import Event, EventGuest
from people.access import Access
from people.domain.consent import Purpose
from people.domain.roles import Permission
from people.models import Consent, Person
from people.models.persons import folded
from surveys.domain.audience import Audience, Standing
from surveys.domain.questionnaire import Side
from surveys.queries.audience import invitees

BANKS = Audience(sides=(Side.MENTOR, Side.MENTEE))
GROUPS = {
    GuestGroup.WAITING_MENTEES: Audience(sides=(Side.MENTEE,), standing=Standing.WAITING),
    GuestGroup.MENTORS: Audience(sides=(Side.MENTOR,)),
}
"""Mentors last: somebody who is both comes as a mentor."""

GUEST_CHOICES = {"": "все", "came": "пришли", "absent": "не отмечены"}


def possible_guests(
    access: Access, *, groups: Collection[GuestGroup] = (), person_ids: Collection[int] = ()
) -> dict[int, GuestSide]:
    """The people of the groups, and those picked by hand, with the side they come from.

    Only of the banks as they are today, and with a consent to processing in force.
    """
    access.check(Permission.EVENTS_EDIT)
    by_hand = set(person_ids)
    found = {}
    if by_hand:
        found = {pk: side for pk, side in _in_banks(access, BANKS).items() if pk in by_hand}
    for group, audience in GROUPS.items():
        if group in groups:
            found |= _in_banks(access, audience)
    return found


def _in_banks(access: Access, audience: Audience) -> dict[int, GuestSide]:
    asked = invitees(access, audience)
    return {each.person.pk: GuestSide(each.side) for each in asked if each.has_consent}


def people_to_invite(access: Access, event: Event) -> QuerySet[Person]:
    """The people of both banks who could still be invited by hand, by name."""
    there = event.guests.values("person_id")
    people = Person.objects.visible_to(access).filter(pk__in=_in_banks(access, BANKS))
    return people.exclude(pk__in=there).order_by("sort_key", "pk")


def group_sizes(access: Access, event: Event) -> dict[GuestGroup, int]:
    """How many of each group are not invited yet."""
    there = set(event.guests.values_list("person_id", flat=True))
    return {group: len(_in_banks(access, GROUPS[group]).keys() - there) for group in GuestGroup}


def guest_list(access: Access, event: Event, *, search: str = "", came: str = "") -> QuerySet[EventGuest]:
    """Who is invited, mentors first, by name, with `has_consent`; `came` is a key of GUEST_CHOICES."""
    access.check(Permission.EVENTS_VIEW)
    consents = Consent.objects.in_force(access.today).filter(  # unscoped: correlated
        person=OuterRef("person_id"), purpose=Purpose.PROCESSING
    )
    rows = EventGuest.objects.visible_to(access).filter(event=event).annotate(has_consent=Exists(consents))
    if came in ("came", "absent"):
        rows = rows.filter(attended_at__isnull=came == "absent")
    for word in folded(search).split():
        rows = rows.filter(person__sort_key__contains=word)
    return rows.select_related("person").order_by("-side", "person__sort_key", "pk")


def guests_going_out(access: Access, event: Event, *, search: str = "", came: str = "") -> list[EventGuest]:
    """The list as it leaves the portal: without those whose consent is not in force."""
    return [guest for guest in guest_list(access, event, search=search, came=came) if guest.has_consent]
