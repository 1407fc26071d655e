"""An authority's measures in the plans of its schools: handing down, taking back, reminding."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Max

from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.domain.school_year import SchoolYear
from people.models import Organisation
from roadmap.domain.plan import Window
from roadmap.intake.occurrences import lay_out
from roadmap.intake.rows import STEP, know_responsible
from roadmap.locks import wait_for_writers
from roadmap.models import DistrictReminder, Measure, Occurrence, Roadmap
from roadmap.operations.measures import locked_measure
from roadmap.operations.plans import demand_in_work
from roadmap.operations.refresh import refresh_measures

TASKS_TITLE = "Поручения округа на {year} учебный год"
COPIED = ("number", "title", "details", "term_text", "term_kind", "term_assumed", "responsible", "result")


@transaction.atomic
def hand_down(access: Access, *, measure_id: int, school_ids: Collection[int]) -> list[Measure]:
    """Put a measure of the authority's plan into the plans of the chosen schools; gives the new copies.

    A school that has it already keeps it as it is. It goes into the school's plan that is in work today, else into
    a plan of district tasks made for this. Refuses organisations that are not the authority's own.
    """
    access.check(Permission.DISTRICT_EDIT)
    measure = locked_measure(access, measure_id)
    demand_in_work(measure.roadmap)
    if measure.origin_id:
        raise RefusedError("Это мероприятие само поручено вам.")
    below = Organisation.objects.visible_to(access).filter(parent_id=access.organisation_id)
    schools = list(below.filter(pk__in=list(school_ids)).order_by("pk"))
    if not schools or len(schools) != len(set(school_ids)):
        raise RefusedError("Выберите организации своего округа.")
    there = set(Measure.objects.handed_down_by(access).filter(origin=measure).values_list("organisation_id", flat=True))
    copies = [_copy(access, measure, school) for school in schools if school.pk not in there]
    refresh_measures(access.organisation, [measure.pk], today=access.today, at=access.at)
    return copies


def _copy(access: Access, measure: Measure, school: Organisation) -> Measure:
    wait_for_writers(school.pk)
    roadmap = _plan_of(access, school)
    last = roadmap.measures.aggregate(last=Max("position"))["last"] or 0
    copy = Measure.objects.create(
        organisation=school,
        roadmap=roadmap,
        origin=measure,
        is_dated_by_hand=True,
        capabilities=[key for key in measure.capabilities if key != "K28"],
        position=last + STEP,
        **{name: getattr(measure, name) for name in COPIED},
    )
    dated = measure.occurrences.filter(ends_on__isnull=False).order_by("position")
    windows = [Window(each.starts_on, each.ends_on) for each in dated]
    Occurrence.objects.bulk_create(lay_out(copy, measure.roadmap, windows))
    know_responsible(school.pk, copy.responsible)
    refresh_measures(school, [copy.pk], today=access.today, at=access.at)
    return copy


def _plan_of(access: Access, school: Organisation) -> Roadmap:
    """The school's plan in work today, the one that ends first; else its plan of district tasks for this year."""
    plans = Roadmap.objects.in_work_on(access.today).filter(organisation=school)  # unscoped: a school of the authority
    own = plans.select_for_update(of=("self",)).order_by("source", "ends_on", "pk")
    found = own.exclude(source=Roadmap.Source.DISTRICT).first() or own.first()
    if found is not None:
        return found
    year = SchoolYear.of(access.today)
    return Roadmap.objects.get_or_create(  # unscoped: a school of the authority
        organisation=school,
        source=Roadmap.Source.DISTRICT,
        starts_on=year.first_day,
        defaults={
            "title": TASKS_TITLE.format(year=year),
            "ends_on": year.last_day,
            "is_confirmed": True,
            "created_at": access.at,
            "created_by_id": access.user_id,
        },
    )[0]


@transaction.atomic
def take_back_from(access: Access, *, measure_id: int, school_id: int) -> None:
    """Take a handed-down measure back out of a school's plan; refuses where the school has marked it by hand."""
    access.check(Permission.DISTRICT_EDIT)
    locked_measure(access, measure_id)
    copies = Measure.objects.handed_down_by(access).filter(origin_id=measure_id, organisation_id=school_id)
    if not copies.exists():
        return  # before anybody is waited for: the number may be that of any organisation, or of none
    wait_for_writers(school_id)
    copy = copies.select_for_update(of=("self",)).first()
    if copy is None:
        return
    if copy.occurrences.filter(evidence__way="hand").exists():
        raise RefusedError("Школа уже отметила выполнение: отозвать мероприятие нельзя.")
    copy.delete()
    refresh_measures(access.organisation, [measure_id], today=access.today, at=access.at)


@transaction.atomic
def remind_schools(access: Access, *, measure_id: int) -> int:
    """Remind the schools that have not done a handed-down measure yet; gives how many new ones. Once a day each."""
    access.check(Permission.DISTRICT_EDIT)
    locked_measure(access, measure_id)
    copies = Measure.objects.handed_down_by(access).filter(origin_id=measure_id)
    open_now = Occurrence.objects.unfinished().filter(opens_on__lte=access.today)  # unscoped: narrows scoped rows
    behind = copies.filter(occurrences__in=open_now).distinct()
    asked = DistrictReminder.objects.filter(day=access.today).values("measure_id")  # unscoped: narrows scoped rows
    made = DistrictReminder.objects.bulk_create(
        DistrictReminder(
            organisation_id=copy.organisation_id, measure=copy, day=access.today, asked_by_id=access.user_id
        )
        for copy in behind.exclude(pk__in=asked).order_by("pk")
    )
    return len(made)
