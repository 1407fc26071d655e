"""Events, who is invited and who came, and the waves that ask them afterwards."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

import pghistory
from django.db import models
from django.db.models import Q

from community.domain.vocabulary import (
    KIND_LABELS,
    MARK_LABELS,
    SIDE_LABELS,
    STATE_LABELS,
    TO_BE_TOLD,
    TOLD_LABELS,
    EventKind,
    EventState,
    Told,
)
from people.domain.consent import Purpose
from people.domain.roles import Permission
from people.models import Organisation, Person, User
from surveys.models import Wave

if TYPE_CHECKING:
    from people.access import Access

SHORTEST, LONGEST = 10, 720
"""Minutes."""


class EventQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        """All of the organisation for who looks after events; those one is invited to for the others."""
        own = self.filter(organisation_id=access.organisation_id)
        if access.may(Permission.EVENTS_VIEW):
            return own
        guest = EventGuest.objects.filter(person_id=access.person_id)  # unscoped: one's own
        return own.filter(pk__in=guest.values("event_id"))


@pghistory.track()
class Event(models.Model):
    """Something people are invited to, at a moment and a place."""

    State = EventState

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(
        "вид",
        max_length=20,
        choices=[(kind.value, label) for kind, label in KIND_LABELS.items()],
        default=EventKind.GROUP_MEETING,
    )
    title = models.CharField("название", max_length=200)
    starts_at = models.DateTimeField("начало")
    minutes = models.PositiveSmallIntegerField("минут", default=90)
    place = models.CharField("где", max_length=200)
    agenda = models.TextField("о чём", max_length=3000, blank=True)
    state = models.CharField(
        "состояние",
        max_length=10,
        choices=[(state.value, label) for state, label in STATE_LABELS.items()],
        default=EventState.PLANNED,
    )
    created_at = models.DateTimeField("создана")
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "встреча"
        verbose_name_plural = "встречи"
        constraints = [
            models.UniqueConstraint(fields=["id", "organisation"], name="event_belongs_to_one_organisation"),
            models.UniqueConstraint(
                fields=["organisation", "kind", "title", "starts_at"],
                condition=Q(state="planned"),
                name="one_planned_event_per_title_and_start",
                violation_error_message="Такая встреча на это время уже запланирована.",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=SHORTEST, minutes__lte=LONGEST),
                name="event_length_is_plausible",
                violation_error_message="Встреча длится от 10 минут до 12 часов.",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "starts_at"], name="events_by_start")]

    def __str__(self) -> str:
        return self.title

    @property
    def starts_here(self) -> datetime:
        """The start as the clock on the wall of the organisation shows it, without a zone; needs the organisation."""
        return self.starts_at.astimezone(ZoneInfo(self.organisation.time_zone)).replace(tzinfo=None)

    @property
    def ends_here(self) -> datetime:
        return self.starts_here + timedelta(minutes=self.minutes)

    @property
    def day(self) -> date:
        """The day of the event where the organisation is."""
        return self.starts_here.date()


class EventGuestQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        """All for who runs events; without those lacking a consent for who looks at them; one's own for the others."""
        own = self.filter(organisation_id=access.organisation_id)
        if access.may(Permission.EVENTS_EDIT):
            return own
        if access.may(Permission.EVENTS_VIEW):
            return own.consenting(access.today)
        return own.filter(person_id=access.person_id)

    def consenting(self, on: date) -> Self:
        """Those whose consent to processing is in force on the day `on`."""
        people = Person.objects.consenting(Purpose.PROCESSING, on=on)  # unscoped: narrows rows that are scoped
        return self.filter(person__in=people)

    def present(self, on: date) -> Self:
        """Those who have not left the organisation by the day `on`."""
        return self.filter(Q(person__left_on__isnull=True) | Q(person__left_on__gt=on))

    def came(self) -> Self:
        return self.filter(attended_at__isnull=False)

    def to_be_told(self, state: str, on: date) -> Self:
        """Those to whom a letter is due on the day `on`: they are there, agree, and have an address."""
        due = self.filter(told__in=sorted(TO_BE_TOLD[EventState(state)])).exclude(person__email="")
        return due.present(on).consenting(on)


@pghistory.track()
class EventGuest(models.Model):
    """One person invited to an event: what they were written, and whether they came."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    event = models.ForeignKey(Event, models.CASCADE, related_name="guests")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="кто")
    side = models.CharField(
        "сторона", max_length=10, choices=[(side.value, label) for side, label in SIDE_LABELS.items()]
    )
    invited_at = models.DateTimeField("приглашён")
    told = models.CharField(
        "письмо",
        max_length=12,
        choices=[(told.value, label) for told, label in TOLD_LABELS.items()],
        blank=True,
        default=Told.NOTHING,
    )
    told_at = models.DateTimeField("когда написали", null=True, blank=True)
    letter_problem = models.CharField("почему письмо не ушло", max_length=200, blank=True)
    attended_at = models.DateTimeField("отмечен", null=True, blank=True)
    marked_by = models.CharField(
        "кто отметил",
        max_length=10,
        choices=[(mark.value, label) for mark, label in MARK_LABELS.items()],
        blank=True,
    )

    objects = EventGuestQuerySet.as_manager()

    class Meta:
        verbose_name = "приглашённый"
        verbose_name_plural = "приглашённые"
        constraints = [
            models.UniqueConstraint(fields=["event", "person"], name="one_guest_per_person_and_event"),
            models.CheckConstraint(
                condition=Q(attended_at__isnull=True, marked_by="") | (Q(attended_at__isnull=False) & ~Q(marked_by="")),
                name="attendance_says_who_marked_it",
            ),
            models.CheckConstraint(
                condition=Q(told="", told_at__isnull=True) | (~Q(told="") & Q(told_at__isnull=False)),
                name="told_guest_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} на {self.event_id}"


class EventWaveQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        """Of the events one sees."""
        events = Event.objects.visible_to(access)
        return self.filter(organisation_id=access.organisation_id, event__in=events)


class EventWave(models.Model):
    """The wave that asks one side of those who came with whom they would like to work."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    event = models.ForeignKey(Event, models.CASCADE, related_name="waves")
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="+")
    side = models.CharField(max_length=10, choices=[(side.value, label) for side, label in SIDE_LABELS.items()])

    objects = EventWaveQuerySet.as_manager()

    class Meta:
        verbose_name = "опрос после встречи"
        verbose_name_plural = "опросы после встреч"
        constraints = [
            models.UniqueConstraint(fields=["event", "side"], name="one_wave_per_event_and_side"),
            models.UniqueConstraint(fields=["wave"], name="one_event_per_wave"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.wave_id}"
