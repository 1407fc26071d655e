"""Organisations and their heads."""

from datetime import date
from typing import TYPE_CHECKING, Self

import pghistory
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from people.access import Access


class OrganisationQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        """The organisation itself and, for a district, the organisations below it."""
        return self.filter(Q(pk=access.organisation_id) | Q(parent_id=access.organisation_id))


@pghistory.track()
class Organisation(models.Model):
    class Kind(models.TextChoices):
        SCHOOL = "school", "школа"
        KINDERGARTEN = "kindergarten", "детский сад"
        COLLEGE = "college", "колледж"
        ADDITIONAL = "additional", "дополнительное образование"
        METHODICAL_CENTRE = "methodical_centre", "методический центр"
        AUTHORITY = "authority", "орган управления образованием"

    kind = models.CharField("вид", max_length=20, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="вышестоящая"
    )
    slug = models.SlugField("адрес в портале", max_length=40, unique=True)
    full_name = models.CharField("полное наименование", max_length=400)
    short_name = models.CharField("краткое наименование", max_length=120)
    short_name_gen = models.CharField(
        "краткое наименование в родительном падеже", max_length=120, blank=True, help_text="чего? кого?"
    )
    place = models.CharField("населённый пункт", max_length=120, help_text="как в приказе: г. Приозёрск")
    address = models.CharField("адрес", max_length=300, blank=True)
    inn = models.CharField("ИНН", max_length=12, blank=True)
    ogrn = models.CharField("ОГРН", max_length=15, blank=True)
    time_zone = models.CharField("часовой пояс", max_length=40, default="Europe/Moscow")
    places_per_mentor = models.PositiveSmallIntegerField(
        "наставляемых на одного наставника", default=2, help_text="если у наставника не указано своё число"
    )
    regulation = models.CharField(
        "положение о наставничестве",
        max_length=300,
        blank=True,
        help_text="для преамбулы приказа: утверждённым приказом от 31.08.2026 № 40-од",
    )
    electronic_flow_act = models.CharField("акт о переходе на электронный документооборот", max_length=200, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "организация"
        verbose_name_plural = "организации"

    def __str__(self) -> str:
        return self.short_name

    @property
    def is_district(self) -> bool:
        return self.kind in (self.Kind.AUTHORITY, self.Kind.METHODICAL_CENTRE)

    @property
    def has_electronic_flow(self) -> bool:
        """Whether simple signatures of participants count here (63-ФЗ art. 9, 273-ФЗ art. 28 part 8)."""
        return bool(self.electronic_flow_act)


class HeadQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        return self.filter(organisation_id=access.organisation_id)

    def on(self, day: date) -> Self:
        """Those in office on `day`; acting heads first, since they stand in for the other."""
        return (
            self.filter(since__lte=day)
            .filter(Q(until__isnull=True) | Q(until__gte=day))
            .order_by("-is_acting", "-since", "-pk")
        )


@pghistory.track()
class Head(models.Model):
    """Who signs for an organisation: a person, the words of the title, and a period (domain reference 3.1)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="heads")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="кто")
    title = models.CharField("должность в подписи", max_length=200, default="Директор")
    is_acting = models.BooleanField("исполняет обязанности", default=False)
    since = models.DateField("с")
    until = models.DateField("по", null=True, blank=True)

    objects = HeadQuerySet.as_manager()

    class Meta:
        verbose_name = "руководитель"
        verbose_name_plural = "руководители"
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
                name="head_period_is_not_reversed",
                violation_error_message="Срок заканчивается раньше, чем начинается.",
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(until__isnull=True, is_acting=False),
                name="one_open_ended_head_per_organisation",
                violation_error_message="Руководитель без срока уже записан: укажите, по какой день он работает.",
            ),
        ]

    def __str__(self) -> str:
        return self.title
