"""Reading plans: the list, the one of today, stages in order."""

from collections import defaultdict
from datetime import date

from django.db.models import Count, QuerySet

from documents.models import FROZEN, Document
from people.access import Access
from roadmap.models import Approval, Roadmap, Stage


def roadmap_list(access: Access) -> QuerySet[Roadmap]:
    """Plans with how many measures they have, the newest period first."""
    plans = Roadmap.objects.visible_to(access).annotate(measures_in_all=Count("measures"))
    return plans.order_by("-ends_on", "-pk")


def roadmap_of_day(access: Access, day: date) -> Roadmap | None:
    """The plan in work on a day: the organisation's own before a plan of district tasks, the one that ends first."""
    plans = list(Roadmap.objects.visible_to(access).in_work_on(day).order_by("ends_on", "pk"))
    return next((plan for plan in plans if plan.source != Roadmap.Source.DISTRICT), plans[0] if plans else None)


def newest_roadmap(access: Access) -> Roadmap | None:
    """The plan in work that ends last, for days that no plan covers."""
    return Roadmap.objects.visible_to(access).filter(is_confirmed=True).order_by("-ends_on", "-pk").first()


def stages_in_order(roadmap: Roadmap) -> list[Stage]:
    """The stages of a plan in the order of the document, each followed by its parts."""
    parts: dict[int | None, list[Stage]] = defaultdict(list)
    for stage in roadmap.stages.order_by("position", "pk"):
        parts[stage.parent_id].append(stage)
    waiting, ordered = parts[None][::-1], []
    while waiting:
        ordered.append(waiting.pop())
        waiting += parts[ordered[-1].pk][::-1]
    return ordered


def approving_orders(roadmap: Roadmap) -> list[Document]:
    """The orders on a plan, the newest first, without what they say."""
    rows = Approval.objects.filter(roadmap=roadmap).select_related("document")  # unscoped: of a scoped row
    rows = rows.defer("document__paper", "document__preamble", "document__points").order_by("-pk")
    return [row.document for row in rows]


def approved_by(orders: list[Document]) -> Document | None:
    """The newest of them that is signed."""
    return next((order for order in orders if order.state in FROZEN), None)
