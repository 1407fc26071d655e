"""What an authority changes in its plan reaches the copies in the plans of its schools."""

from collections.abc import Sequence

from django.db.models import Prefetch

from people.access import Access
from people.domain.refusal import RefusedError
from roadmap.domain.plan import Window
from roadmap.intake.occurrences import relay
from roadmap.locks import wait_for_writers
from roadmap.models import Measure, Occurrence
from roadmap.operations.refresh import refresh_measures

HANDED_DOWN = ("title", "details", "term_text", "term_kind", "term_assumed", "result")


def pass_down(access: Access, measures: Sequence[Measure]) -> None:
    """Bring the copies of these measures to what the authority's plan says now, words and dates.

    Refuses, naming the school, where a term would go that the school has already marked.
    """
    windows_of = Occurrence.objects.filter(ends_on__isnull=False)  # unscoped: of rows this authority handed down
    dated = Prefetch("origin__occurrences", windows_of.order_by("position"))
    copies = Measure.objects.handed_down_by(access).filter(origin__in=measures)
    for school_id in copies.order_by("organisation_id").values_list("organisation_id", flat=True).distinct():
        wait_for_writers(school_id)
    rows = copies.select_related("organisation", "origin__roadmap").prefetch_related(dated)
    for copy in rows.select_for_update(of=("self",)).order_by("pk"):
        for name in HANDED_DOWN:
            setattr(copy, name, getattr(copy.origin, name))
        copy.save(update_fields=HANDED_DOWN)
        windows = [Window(each.starts_on, each.ends_on) for each in copy.origin.occurrences.all()]
        try:
            relay(copy, copy.origin.roadmap, windows)
        except RefusedError as refusal:
            school = copy.organisation.short_name
            message = f"{school}: школа уже отметила выполнение в срок, которого больше не будет. Оставьте его в плане."
            raise RefusedError(message) from refusal
        refresh_measures(copy.organisation, [copy.pk], today=access.today, at=access.at)
