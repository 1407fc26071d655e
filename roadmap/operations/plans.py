"""Plans: starting one by hand, by a built-in plan or from last year's, confirming, changing, discarding."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.domain.school_year import SchoolYear
from roadmap.domain.plan import Measure as MeasureRead
from roadmap.domain.plan import Plan, Section, Term, TermKind, Window
from roadmap.domain.terms.moving import move_window, move_words
from roadmap.intake.occurrences import relay_all
from roadmap.intake.rows import write_rows
from roadmap.locks import wait_for_writers
from roadmap.models import Measure, Roadmap
from roadmap.operations.pass_down import pass_down
from roadmap.operations.refresh import refresh_measures, touch
from roadmap.patterns import Pattern
from roadmap.queries.plans import stages_in_order

LONGEST_YEARS = 10
CONFIRMED_ALREADY = "Эта дорожная карта уже в работе."


def locked_roadmap(access: Access, roadmap_id: int) -> Roadmap:
    """The plan, locked until the transaction ends; raises Roadmap.DoesNotExist."""
    wait_for_writers(access.organisation_id)
    return Roadmap.objects.visible_to(access).select_for_update(of=("self",)).get(pk=roadmap_id)


def demand_period(first: date | None, last: date | None) -> None:
    """Refuse a period that no plan has."""
    if first is None or last is None:
        raise RefusedError("Укажите, с какого и по какое число действует дорожная карта.")
    if last < first:
        raise RefusedError("Дорожная карта заканчивается раньше, чем начинается.")
    if last.year - first.year > LONGEST_YEARS:
        raise RefusedError(f"Дорожная карта не может действовать дольше {LONGEST_YEARS} лет.")


def demand_in_work(roadmap: Roadmap) -> None:
    """Refuse a plan that waits to be confirmed."""
    if not roadmap.is_confirmed:
        raise RefusedError("Сначала примите дорожную карту в работу.")


@transaction.atomic
def start_roadmap(access: Access, *, title: str, starts_on: date, ends_on: date) -> Roadmap:
    """Start an empty plan to be written by hand; it waits to be confirmed."""
    access.check(Permission.ROADMAP_EDIT)
    demand_period(starts_on, ends_on)
    return _new(access, title, starts_on, ends_on, Roadmap.Source.HAND)


@transaction.atomic
def start_from_pattern(access: Access, *, pattern: Pattern, year: SchoolYear) -> Roadmap:
    """Start a plan from a built-in one, its dates moved to the school year `year`; it waits to be confirmed."""
    access.check(Permission.ROADMAP_EDIT)
    first, last = pattern.period_from(year)
    years = str(year) if pattern.years == 1 else f"{first.year}–{last.year}"
    title = f"Дорожная карта наставничества на {years} учебный год: {access.organisation.short_name}"
    if pattern.years > 1:
        title = f"Дорожная карта наставничества на {years} гг.: {access.organisation.short_name}"
    roadmap = _new(access, title, first, last, Roadmap.Source.PATTERN, pattern.name)
    plan = pattern.written_for(access.organisation.short_name, year)
    write_rows(roadmap, plan, pattern.capabilities)
    return roadmap


@transaction.atomic
def copy_roadmap(access: Access, *, roadmap_id: int, years: int = 1) -> Roadmap:
    """Copy a plan with its dates moved by whole years, from this school year to the next; it waits to be confirmed.

    Execution, evidence, approval and hand-down stay with the old plan; measures handed down by the authority are
    left out, since the authority hands them down anew. Dates that were corrected by hand are read from the words
    again. A copy that still waits to be confirmed is given again instead of a second one.
    """
    access.check(Permission.ROADMAP_EDIT)
    old = locked_roadmap(access, roadmap_id)
    demand_in_work(old)
    if old.source == Roadmap.Source.DISTRICT:
        raise RefusedError("Поручения округа не копируют: на следующий год округ поручит их заново.")
    unconfirmed = old.following.filter(is_confirmed=False).order_by("pk").first()
    if unconfirmed is not None:
        return unconfirmed
    plan, capabilities = _plan_of(old, years)
    period = move_window(Window(old.starts_on, old.ends_on), years)
    title = move_words(old.title, years)
    roadmap = _new(access, title, period.first, period.last, Roadmap.Source.COPY, str(SchoolYear.of(old.starts_on)))
    roadmap.previous = old
    roadmap.save(update_fields=["previous"])
    write_rows(roadmap, plan, capabilities)
    return roadmap


def _plan_of(old: Roadmap, years: int) -> tuple[Plan, list[list[str]]]:
    stages = stages_in_order(old)
    places = {stage.pk: index for index, stage in enumerate(stages)}
    measures = list(old.measures.filter(origin__isnull=True).in_order())
    plan = Plan(
        title=None,
        organisation=None,
        period=(None, None),
        sections=tuple(
            Section(stage.number, stage.title, places.get(stage.parent_id), stage.task, stage.result)
            for stage in stages
        ),
        measures=tuple(
            MeasureRead(
                number=measure.number,
                section=places.get(measure.stage_id),
                title=measure.title,
                details=tuple(measure.details),
                term=Term(move_words(measure.term_text, years), TermKind.UNKNOWN),
                responsible=tuple(measure.responsible),
                result=measure.result,
            )
            for measure in measures
        ),
    )
    return plan, [measure.capabilities for measure in measures]


def _new(access: Access, title: str, first: date, last: date, source: Roadmap.Source, source_name: str = "") -> Roadmap:
    return Roadmap.objects.create(
        organisation=access.organisation,
        title=title[:500],
        starts_on=first,
        ends_on=last,
        source=source,
        source_name=source_name[:200],
        created_at=access.at,
        created_by_id=access.user_id,
    )


@transaction.atomic
def change_roadmap(access: Access, *, roadmap_id: int, title: str, starts_on: date, ends_on: date) -> Roadmap:
    """Change a plan's title and period; another period reads all terms anew."""
    access.check(Permission.ROADMAP_EDIT)
    demand_period(starts_on, ends_on)
    roadmap = locked_roadmap(access, roadmap_id)
    has_moved = (roadmap.starts_on, roadmap.ends_on) != (starts_on, ends_on)
    roadmap.title, roadmap.starts_on, roadmap.ends_on = title, starts_on, ends_on
    roadmap.save(update_fields=["title", "starts_on", "ends_on"])
    if has_moved:
        relay_all(roadmap)
        pass_down(access, list(roadmap.measures.filter(copies__isnull=False).distinct()))
    changed(access, roadmap)
    return roadmap


@transaction.atomic
def set_approvals(access: Access, *, roadmap_id: int, approvals: Sequence[dict[str, str | None]]) -> Roadmap:
    """Store the approval blocks of the title page as they were corrected."""
    access.check(Permission.ROADMAP_EDIT)
    roadmap = locked_roadmap(access, roadmap_id)
    roadmap.approvals = list(approvals)
    roadmap.save(update_fields=["approvals"])
    return roadmap


@transaction.atomic
def confirm_roadmap(access: Access, *, roadmap_id: int) -> Roadmap:
    """Take a plan into work: from now on it has states, evidence and reminders. A second press changes nothing."""
    access.check(Permission.ROADMAP_EDIT)
    roadmap = locked_roadmap(access, roadmap_id)
    if roadmap.is_confirmed:
        return roadmap
    demand_period(roadmap.starts_on, roadmap.ends_on)
    if not roadmap.measures.exists():
        raise RefusedError("В дорожной карте нет ни одного мероприятия.")
    roadmap.is_confirmed, roadmap.doubts = True, []
    roadmap.save(update_fields=["is_confirmed", "doubts"])
    _refresh_all(access, roadmap)
    if access.organisation.parent_id:
        touch([access.organisation.parent_id], "plan")
    return roadmap


@transaction.atomic
def discard_roadmap(access: Access, *, roadmap_id: int) -> None:
    """Throw away a plan that is not in work yet; a second press changes nothing."""
    access.check(Permission.ROADMAP_EDIT)
    wait_for_writers(access.organisation_id)
    roadmap = Roadmap.objects.visible_to(access).select_for_update(of=("self",)).filter(pk=roadmap_id).first()
    if roadmap is None:
        return
    if roadmap.is_confirmed:
        raise RefusedError(CONFIRMED_ALREADY + " Её можно править, но не выбросить.")
    Measure.objects.filter(roadmap=roadmap).delete()  # unscoped: of a scoped row
    roadmap.delete()


@transaction.atomic
def renumber(access: Access, *, roadmap_id: int) -> Roadmap:
    """Number the measures anew in their order: 1, 2 … and 1.1, 1.2 … inside a numbered stage; stages keep theirs."""
    access.check(Permission.ROADMAP_EDIT)
    roadmap = locked_roadmap(access, roadmap_id)
    counts: dict[int | None, int] = {}
    numbers = {stage.pk: stage.number for stage in stages_in_order(roadmap)}
    measures = list(roadmap.measures.in_order())
    for measure in measures:
        counts[measure.stage_id] = counts.get(measure.stage_id, 0) + 1
        stage = numbers.get(measure.stage_id, "")
        measure.number = f"{stage}.{counts[measure.stage_id]}" if stage else str(counts[measure.stage_id])
    Measure.objects.bulk_update(measures, ["number"])  # unscoped: of a scoped row
    changed(access, roadmap)
    return roadmap


def changed(access: Access, roadmap: Roadmap, *measure_ids: int) -> None:
    """Note that a plan in work was changed by hand, and look for the evidence of the measures concerned."""
    if not roadmap.is_confirmed:
        return
    Roadmap.objects.filter(pk=roadmap.pk).update(changed_at=access.at)  # unscoped: of a scoped row
    if measure_ids:
        refresh_measures(access.organisation, measure_ids, today=access.today, at=access.at)
    else:
        _refresh_all(access, roadmap)


def _refresh_all(access: Access, roadmap: Roadmap) -> None:
    ids = list(roadmap.measures.values_list("pk", flat=True))
    refresh_measures(access.organisation, ids, today=access.today, at=access.at)
