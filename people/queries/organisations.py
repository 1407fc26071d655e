"""Reading organisations and who heads them."""

from django.db.models import QuerySet

from people.access import Access
from people.models import Head, Organisation, PersonalLink


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
