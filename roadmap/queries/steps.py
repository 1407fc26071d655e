"""What of the roadmap waits for whom, on the first page."""

from datetime import date, timedelta

from django.db.models import Q, Value
from django.urls import reverse

from people.access import Access
from people.domain.plurals import counted
from people.domain.roles import Permission
from people.domain.step import Step
from roadmap.domain.execution import SOON
from roadmap.domain.reminders import ESCALATED_AFTER
from roadmap.models import DistrictReminder, Occurrence, Roadmap
from roadmap.queries.duties import own_occurrences

ASKED_DAYS = 14
"""How long the authority's reminder stands on the first page."""


def roadmap_steps(access: Access) -> list[Step]:
    """Own overdue and coming measures, what the authority asks, a plan to check; for heads what is long overdue."""
    own, asked = _due(access)
    found = _own(access, own)
    if access.may(Permission.ROADMAP_VIEW):
        found += _asked(access, asked) + _escalated(access)
    if access.may(Permission.ROADMAP_EDIT):
        found += _editor(access)
    return found


def _link(access: Access, name: str, *args: object) -> str:
    return reverse(name, args=[access.organisation.slug, *args])


MEASURES = ("мероприятие", "мероприятия", "мероприятий")


Row = tuple[date, int, str]
"""A day, a measure and its title."""


def _due(access: Access) -> tuple[list[Row], list[Row]]:
    """Own measures that are due, by the day of their end, and those the authority asks about; in one query."""
    today = access.today
    own = (
        own_occurrences(access)
        .unfinished()
        .filter(ends_on__isnull=False, ends_on__lte=today + SOON, opens_on__lte=today)
        .annotate(is_asked=Value(False))
    )
    unfinished = Occurrence.objects.unfinished().values("measure_id")  # unscoped: narrows rows that are scoped
    asked = DistrictReminder.objects.visible_to(access).filter(
        day__gte=today - timedelta(days=ASKED_DAYS), measure__in=unfinished
    )
    columns = ("measure_id", "measure__title")
    rows = own.order_by().values_list("is_asked", "ends_on", *columns)
    if access.organisation.parent_id is not None and access.may(Permission.ROADMAP_VIEW):
        rows = rows.union(
            asked.annotate(is_asked=Value(True)).order_by().values_list("is_asked", "day", *columns), all=True
        )
    found = sorted(rows, key=lambda row: row[1:3])
    return [row[1:] for row in found if not row[0]], [row[1:] for row in found if row[0]]


def _own(access: Access, rows: list[Row]) -> list[Step]:
    today = access.today
    late = [row for row in rows if row[0] < today]
    soon = [row for row in rows if row[0] >= today]
    found = []
    url = _link(access, "my_measures")
    if late:
        title = f"Просрочено: {counted(len(late), *MEASURES)} дорожной карты"
        found.append(Step(3, "calendar-x", title, _first(late), "Открыть", url, "red"))
    if soon:
        title = f"Скоро срок: {counted(len(soon), *MEASURES)} дорожной карты"
        found.append(Step(14, "calendar-event", title, _first(soon), "Открыть", url, "amber"))
    return found


def _first(rows: list[Row]) -> str:
    ends_on, _, title = rows[0]
    return f"{title[:90]}{'…' if len(title) > 90 else ''} — до {ends_on:%d.%m.%Y}"


def _asked(access: Access, rows: list[Row]) -> list[Step]:
    titles = {measure_id: title for _, measure_id, title in rows}
    if not titles:
        return []
    measure_id, title = next(iter(titles.items()))
    words = f"Округ напоминает: {counted(len(titles), *MEASURES)}"
    url = _link(access, "measure_detail", measure_id)
    return [Step(3, "megaphone", words, title[:120], "Открыть", url, "amber")]


def _escalated(access: Access) -> list[Step]:
    """For who signs: what is overdue by two weeks and more, whoever is responsible."""
    if not access.may(Permission.DOCUMENTS_SIGN):
        return []
    before = access.today - timedelta(days=ESCALATED_AFTER)
    late = Occurrence.objects.visible_to(access).unfinished().filter(ends_on__lte=before).count()
    if not late:
        return []
    title = f"{counted(late, *MEASURES)} просрочено на две недели и больше"
    url = _link(access, "roadmap_now") + "?show=overdue"
    return [Step(7, "exclamation-triangle", title, "Посмотрите, что мешает и кто отвечает", "Посмотреть", url, "red")]


def _editor(access: Access) -> list[Step]:
    today = access.today
    plans = list(
        Roadmap.objects.visible_to(access)
        .filter(Q(is_confirmed=False) | Q(starts_on__lte=today, ends_on__gte=today))
        .order_by("pk")
        .values_list("pk", "is_confirmed", "title", "source")
    )
    waiting = [plan for plan in plans if not plan[1]]
    if waiting:
        url = _link(access, "roadmap_detail", waiting[0][0])
        return [Step(9, "signpost-split", "Дорожная карта ждёт проверки", waiting[0][2][:120], "Проверить", url)]
    if any(source != Roadmap.Source.DISTRICT for *_, source in plans):
        return []
    detail = "Загрузите её из документа или начните с готового образца"
    url = _link(access, "roadmap_new")
    return [Step(11, "signpost-split", "На этот год нет дорожной карты", detail, "Начать", url)]
