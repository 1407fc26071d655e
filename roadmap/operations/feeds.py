"""Calendar subscriptions: opening one, closing it."""

from django.db import transaction

from people.access import Access
from people.domain.roles import Permission
from roadmap.models import Feed, Roadmap


@transaction.atomic
def open_feed(access: Access, *, roadmap_id: int | None) -> Feed:
    """Open the asker's subscription to a plan, or to their own measures (None); the open one where there is one."""
    access.check(Permission.OWN_PAGES)
    roadmap = None
    if roadmap_id is not None:
        access.check(Permission.ROADMAP_VIEW)
        roadmap = Roadmap.objects.visible_to(access).get(pk=roadmap_id)
    return Feed.objects.visible_to(access).get_or_create(
        organisation=access.organisation,
        user_id=access.user_id,
        roadmap=roadmap,
        revoked_at=None,
        defaults={"issued_at": access.at},
    )[0]


@transaction.atomic
def close_feed(access: Access, *, feed_id: int) -> None:
    """Close one's own subscription: its address stops working at once. A second press changes nothing."""
    access.check(Permission.OWN_PAGES)
    Feed.objects.visible_to(access).filter(pk=feed_id, revoked_at__isnull=True).update(revoked_at=access.at)
