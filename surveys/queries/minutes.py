"""How long people have spent on questionnaires, by person and school year."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Coalesce

from people.access import Access
from people.domain.roles import Permission
from people.domain.school_year import SchoolYear
from people.models import Person
from surveys.models import Invitation
from surveys.queries.answering import questionnaire_of


@dataclass(frozen=True, slots=True)
class MinutesLine:
    """What one person spent in a school year: minutes that were measured, and those that were estimated.

    Nobody measures an anonymous sheet or one on paper: there the questionnaire's own estimate stands.
    """

    person: Person
    questionnaires: int
    measured: int
    estimated: int

    @property
    def total(self) -> int:
        return self.measured + self.estimated


def _answered(access: Access, year: SchoolYear) -> QuerySet[Invitation]:
    rows = Invitation.objects.visible_to(access).filter(is_answered=True)
    return rows.filter(answered_on__range=(year.first_day, year.last_day))


def people_who_answered(access: Access, year: SchoolYear) -> QuerySet[Person]:
    """Those who answered anything in a school year, in the order of names."""
    access.check(Permission.SURVEYS_EDIT)
    ids = _answered(access, year).values("person_id")
    return Person.objects.visible_to(access).filter(pk__in=ids).order_by("sort_key", "pk")


def minutes_lines(access: Access, year: SchoolYear, people: Iterable[Person]) -> list[MinutesLine]:
    """The minutes of some people in a school year, in their order; one query however many they are."""
    access.check(Permission.SURVEYS_EDIT)
    shown = list(people)
    questionnaires: Counter[int] = Counter()
    minutes: dict[int, Counter[str]] = defaultdict(Counter)
    rows = _answered(access, year).filter(person__in=[person.pk for person in shown])
    groups = rows.values("person_id", "wave__version_id", "wave__version__revision").annotate(
        number=Count("pk"), timed=Count("minutes"), spent=Coalesce(Sum("minutes"), 0)
    )
    for row in groups.order_by("person_id", "wave__version_id"):
        estimate = questionnaire_of(row["wave__version_id"], row["wave__version__revision"]).minutes
        questionnaires[row["person_id"]] += row["number"]
        minutes[row["person_id"]]["measured"] += row["spent"]
        minutes[row["person_id"]]["estimated"] += (row["number"] - row["timed"]) * estimate
    return [
        MinutesLine(person, questionnaires[person.pk], minutes[person.pk]["measured"], minutes[person.pk]["estimated"])
        for person in shown
    ]


def years_answered(access: Access) -> list[SchoolYear]:
    """School years in which anybody answered, and the present one, newest first."""
    access.check(Permission.SURVEYS_EDIT)
    days = Invitation.objects.visible_to(access).filter(is_answered=True).dates("answered_on", "month")
    return sorted({SchoolYear.of(day) for day in days} | {SchoolYear.of(access.today)}, reverse=True)
