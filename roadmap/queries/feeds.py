"""What a calendar subscription says."""

from dataclasses import dataclass
from datetime import date

from django.core.signing import BadSignature, Signer
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from people.access import Access
from people.domain.roles import Permission, Role, permissions_of
from people.models import Membership
from roadmap.models import Duty, Feed, Occurrence
from roadmap.queries.duties import bank_duties

SIGNER = Signer(salt="roadmap.feed", sep="~")


def token_of(feed: Feed) -> str:
    """The token in a feed's address: its row number, signed; nothing secret is stored."""
    return SIGNER.sign(str(feed.pk))


def feed_by_token(token: str) -> Feed | None:
    """The open feed a token stands for; None where it is none, or its owner may no longer see what it tells."""
    try:
        number = SIGNER.unsign(token)
    except BadSignature:
        return None
    feeds = Feed.objects.filter(pk=number, revoked_at__isnull=True)  # unscoped: the token is the permission
    feed = feeds.select_related("organisation", "roadmap").first()
    return feed if feed and _may_read(feed) else None


def _may_read(feed: Feed) -> bool:
    """Whether the owner is still a member, and for the feed of a whole plan one who may see plans."""
    roles = frozenset(Role(role) for role in _memberships(feed).values_list("role", flat=True))
    needed = Permission.ROADMAP_VIEW if feed.roadmap_id else Permission.OWN_PAGES
    return needed in permissions_of(roles)


def _memberships(feed: Feed) -> QuerySet[Membership]:
    return Membership.objects.filter(  # unscoped: of the feed's owner
        user_id=feed.user_id, user__is_active=True, organisation_id=feed.organisation_id
    )


def own_feeds(access: Access) -> QuerySet[Feed]:
    """The asker's open subscriptions; those to whole plans only for who may see plans, which no personal link does."""
    feeds = Feed.objects.visible_to(access).filter(revoked_at__isnull=True)
    if not access.may(Permission.ROADMAP_VIEW):
        feeds = feeds.filter(roadmap__isnull=True)
    return feeds.select_related("roadmap").order_by("pk")


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """One dated occurrence as a calendar shows it."""

    occurrence_id: int
    title: str
    starts_on: date
    ends_on: date
    is_done: bool
    path: str


def feed_events(feed: Feed) -> list[FeedEvent]:
    """The dated occurrences of the feed's plan, or those its owner is responsible for, by term."""
    found = Occurrence.objects.filter(  # unscoped: the token is the permission
        organisation_id=feed.organisation_id,
        measure__roadmap__is_confirmed=True,
        ends_on__isnull=False,
        not_needed_reason="",
    )
    if feed.roadmap_id:
        found = found.filter(measure__roadmap_id=feed.roadmap_id)
    else:
        found = found.filter(measure__responsible__overlap=_words_of_owner(feed))
    rows = found.select_related("measure").order_by("ends_on", "pk")
    return [
        FeedEvent(
            occurrence_id=row.pk,
            title=row.measure.short_title,
            starts_on=row.starts_on or row.ends_on,
            ends_on=row.ends_on,
            is_done=row.done_on is not None,
            path=reverse("measure_detail", args=[feed.organisation.slug, row.measure_id]),
        )
        for row in rows
    ]


def _words_of_owner(feed: Feed) -> list[str]:
    memberships = list(_memberships(feed))
    people = [each.person_id for each in memberships if each.person_id]
    meant = Q(role__in=[each.role for each in memberships]) | Q(person_id__in=people)
    meant |= bank_duties(people, timezone.localdate())
    duties = Duty.objects.filter(meant, organisation_id=feed.organisation_id)  # unscoped: of the feed's owner
    return sorted(set(duties.values_list("words", flat=True)))
