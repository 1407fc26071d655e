"""Roadmaps of the demo: three schools with their own plans, one of the authority with tasks for its schools."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from documents.models import Document
from documents.operations.acts import send_act, sign_act
from people.access import Access
from people.domain.school_year import SchoolYear
from people.models import Organisation
from roadmap.models import Measure, Occurrence, Roadmap
from roadmap.operations.approval import draft_approval
from roadmap.operations.hand_down import hand_down
from roadmap.operations.marks import Proof, mark_done, set_not_needed
from roadmap.operations.plans import confirm_roadmap, start_from_pattern
from roadmap.operations.refresh import refresh
from roadmap.patterns import patterns

DONE_BY_HAND = (
    ("K07", "Анкеты заполнены, сводка у куратора"),
    ("K09", "Входная оценка проведена, результаты у педагога-психолога"),
    ("K15", "Установочная сессия наставников, 6 часов"),
    ("K20", "Раздел сайта обновлён"),
    ("K11", "Групповая встреча прошла, предпочтения собраны"),
)
"""What schools have marked since September, by capability."""


@dataclass(frozen=True, slots=True)
class Office:
    """Who plans in an organisation and who signs, on a given day."""

    curator: Callable[[date], Access]
    director: Callable[[date], Access] | None = None
    password: str = ""


def load_roadmap(office: Office, key: str, now: datetime) -> Roadmap:
    """A plan from the built-in one `key`, in work since August, approved where a director signs, partly executed."""
    today = now.date()
    year = SchoolYear.of(today)
    before = year.first_day - timedelta(days=2)
    pattern = next(each for each in patterns() if each.key == key)
    roadmap = start_from_pattern(office.curator(before), pattern=pattern, year=year)
    confirm_roadmap(office.curator(before), roadmap_id=roadmap.pk)
    if office.director is not None:
        _approve(office, roadmap, before)
    _execute(office, roadmap, today)
    organisation = office.curator(today).organisation
    refresh(organisation, today=today, at=now, everything=True)
    return roadmap


def _approve(office: Office, roadmap: Roadmap, day: date) -> Document:
    measures = roadmap.measures.filter(capabilities__contains=["K01", "K31"])
    order = draft_approval(
        office.curator(day),
        roadmap_id=roadmap.pk,
        with_regulation=False,
        measure_ids=list(measures.values_list("pk", flat=True)),
    )
    send_act(office.curator(day), document_id=order.pk)
    return sign_act(office.director(day), document_id=order.pk, password=office.password, effective_on=day)


def _execute(office: Office, roadmap: Roadmap, today: date) -> None:
    """Mark what is past and cannot be found by the portal yet; leave every fifth overdue; one is not needed."""
    past = Occurrence.objects.filter(measure__roadmap=roadmap, ends_on__lt=today, done_on=None)  # unscoped: command
    for index, row in enumerate(past.select_related("measure").order_by("measure__position", "position")):
        access = office.curator(min(row.ends_on, today))
        words = next((words for key, words in DONE_BY_HAND if key in row.measure.capabilities), "Проведено")
        if index % 5 == 3:
            continue
        if index == 6:
            set_not_needed(access, occurrence_id=row.pk, reason="В этом году проводится вместе с соседней школой")
            continue
        mark_done(access, occurrence_ids=[row.pk], proof=Proof(words=words, happened_on=min(row.ends_on, today)))


def load_district_roadmap(office: Office, schools: list[Organisation], now: datetime) -> None:
    """The authority's plan, with its measures for schools handed down to them."""
    roadmap = load_roadmap(office, "C", now)
    access = office.curator(now.date())
    for measure in Measure.objects.filter(roadmap=roadmap, number__in=["11", "13", "16"]):  # unscoped: command
        hand_down(access, measure_id=measure.pk, school_ids=[school.pk for school in schools])
    for school in schools:
        refresh(school, today=now.date(), at=now, everything=True)
    refresh(access.organisation, today=now.date(), at=now, everything=True)
