"""Reading organisations and who heads them."""

from django.db.models import QuerySet

from people.access import Access
from people.domain.roles import Role
from people.models import Head, Membership, Organisation, PersonalLink


def own_organisations(user_id: int, link_id: int | None) -> list[Organisation]:
    """Where the user has a role, by name; only the link's own one for who came by a personal link."""
    found = Organisation.objects.filter(memberships__user_id=user_id).distinct()  # unscoped: this makes the scope
    if link_id is not None:
        links = PersonalLink.objects.filter(pk=link_id)  # unscoped: the session's own link
        found = found.filter(pk__in=links.values("organisation_id"))
    return list(found.order_by("short_name", "pk"))


def heads_of(access: Access) -> QuerySet[Head]:
    """All heads of the organisation, newest first."""
    return Head.objects.visible_to(access).select_related("person").order_by("-since", "-pk")


def members_of(access: Access) -> QuerySet[Membership]:
    """Roles of the organisation that open more than one's own pages, by login."""
    members = Membership.objects.visible_to(access).exclude(role=Role.PARTICIPANT)
    return members.select_related("user", "person").order_by("user__username", "pk")
