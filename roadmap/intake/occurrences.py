"""The dates of measures: one occurrence for each window of a term, kept with its evidence when the dates move."""

from collections.abc import Sequence

from people.domain.refusal import RefusedError
from roadmap.domain.execution import Span, opening_day, spans_of
from roadmap.domain.plan import Window
from roadmap.domain.terms.horizon import Horizon
from roadmap.domain.terms.reading import read_term
from roadmap.models import Measure, Occurrence, Roadmap

MOST_OCCURRENCES = 120
"""Ten years of months: more is a slip of the hand in the plan's period."""


def read_terms(measures: Sequence[Measure], roadmap: Roadmap) -> dict[int, tuple[Window, ...]]:
    """Read the terms of measures whose dates were not corrected by hand; sets their kind, assumptions and doubt.

    Gives the windows by the place in `measures`; nothing is written.
    """
    horizon = Horizon(roadmap.starts_on, roadmap.ends_on)
    windows = {}
    for index, measure in enumerate(measures):
        if measure.is_dated_by_hand:
            continue
        term = read_term(measure.term_text, horizon)
        measure.term_kind, measure.term_doubt = term.kind, term.doubt[:500]
        measure.term_assumed = list(term.assumed)
        windows[index] = tuple(sorted(term.windows, key=lambda window: (window.last, window.first or window.last)))
        if len(windows[index]) > MOST_OCCURRENCES:
            windows[index] = ()
            measure.term_doubt = f"Срок «{measure.term_text[:200]}» повторяется слишком часто: проверьте период плана."
    return windows


def lay_out(measure: Measure, roadmap: Roadmap, windows: Sequence[Window]) -> list[Occurrence]:
    """The occurrences of a measure for these windows, unsaved; one without dates where there are none."""
    first = roadmap.starts_on or (windows[0].first or windows[0].last if windows else roadmap.created_at.date())
    last = roadmap.ends_on or (windows[-1].last if windows else first)
    spans = spans_of(windows, plan_first=first, plan_last=last) or spans_of(
        [Window(first, max(first, last))], plan_first=first, plan_last=last
    )
    dated: Sequence[Window | None] = windows or [None]
    return [
        _occurrence(measure, index, window, span, first)
        for index, (window, span) in enumerate(zip(dated, spans, strict=True))
    ]


def _occurrence(measure: Measure, position: int, window: Window | None, span: Span, plan_first: object) -> Occurrence:
    return Occurrence(
        organisation_id=measure.organisation_id,
        measure=measure,
        position=position,
        starts_on=window and window.first,
        ends_on=window and window.last,
        opens_on=opening_day(window, span, plan_first),
        counts_from=span.first,
        counts_until=span.last,
    )


DATES = ("starts_on", "ends_on", "opens_on", "counts_from", "counts_until")


def relay(measure: Measure, roadmap: Roadmap, windows: Sequence[Window]) -> None:
    """Give a stored measure these dates; an occurrence keeps its evidence by its place in the row.

    Refuses to drop an occurrence that somebody marked by hand.
    """
    wanted = {each.position: each for each in lay_out(measure, roadmap, windows)}
    there = {each.position: each for each in measure.occurrences.select_for_update()}
    surplus = [there[position] for position in there.keys() - wanted.keys()]
    marked = any(each.not_needed_reason or each.evidence.by_hand().exists() for each in surplus)
    if marked:
        raise RefusedError("Новых сроков меньше, а на лишнем стоит отметка о выполнении. Сначала снимите её.")
    Occurrence.objects.filter(pk__in=[each.pk for each in surplus]).delete()  # unscoped: of a scoped row
    for position, new in wanted.items():
        old = there.get(position)
        if old is None:
            new.save()
        elif any(getattr(old, name) != getattr(new, name) for name in DATES):
            for name in DATES:
                setattr(old, name, getattr(new, name))
            old.save(update_fields=DATES)


def relay_all(roadmap: Roadmap) -> None:
    """Read the terms of a whole plan anew: its period has changed."""
    measures = list(roadmap.measures.order_by("position", "pk"))
    windows = read_terms(measures, roadmap)
    Measure.objects.bulk_update(measures, ["term_kind", "term_assumed", "term_doubt"])  # unscoped: of a scoped row
    for index, measure in enumerate(measures):
        corrected = [Window(each.starts_on, each.ends_on) for each in _dated(measure)] if index not in windows else ()
        relay(measure, roadmap, windows.get(index, corrected))


def _dated(measure: Measure) -> list[Occurrence]:
    return list(measure.occurrences.filter(ends_on__isnull=False).order_by("position"))
