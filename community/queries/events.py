"""Meetings as a curator runs them: the list, one meeting with its next step, the poster."""

from collections.abc import Iterable
from dataclasses import dataclass

import segno
from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from community.domain.next_step import Asking, NextStep, Situation, next_step
from community.domain.vocabulary import EventState, GuestSide
from community.models import Event, EventGuest, EventWave
from community.seals import code_of
from people.access import Access
from people.domain.roles import Permission
from surveys.domain.questionnaire import SIDE_LABELS, Side
from surveys.models import Invitation, Sheet, Wave
from surveys.queries.waves import percent

CAME = Q(guests__attended_at__isnull=False)


def event_list(access: Access, *, is_over: bool) -> QuerySet[Event]:
    """Meetings with `invited` and `came`: those that are planned, the soonest first, or the others, newest first."""
    access.check(Permission.EVENTS_VIEW)
    events = Event.objects.visible_to(access).select_related("organisation")
    counted = events.annotate(invited=Count("guests"), came=Count("guests", filter=CAME))
    planned = Q(state=EventState.PLANNED)
    return counted.filter(~planned if is_over else planned).order_by("-starts_at" if is_over else "starts_at", "pk")


@dataclass(frozen=True, slots=True)
class SideCount:
    """How many of one side are invited, and how many came."""

    label: str
    invited: int
    came: int


@dataclass(frozen=True, slots=True)
class AskedSide:
    """How many of one side have answered; `is_unfed` means that nobody has taken it into the bank yet."""

    label: str
    wave: Wave
    invited: int
    answered: int
    is_unfed: bool

    @property
    def percent(self) -> int:
        return percent(self.answered, self.invited)


@dataclass(frozen=True, slots=True)
class EventPage:
    """One meeting: its figures, what waits, and the one next step.

    `letters` is how many guests a letter is due to, `unsent` how many letters could not go; `unwritten` are people
    without an address; `latecomers` came, but were marked after the questions had gone out.
    """

    event: Event
    step: NextStep
    days_left: int
    sides: tuple[SideCount, ...]
    letters: int
    unsent: int
    unwritten: tuple[int, ...]
    asked: tuple[AskedSide, ...]
    latecomers: int

    @property
    def invited(self) -> int:
        return sum(side.invited for side in self.sides)

    @property
    def came(self) -> int:
        return sum(side.came for side in self.sides)

    @property
    def percent(self) -> int:
        return percent(self.came, self.invited)

    @property
    def stages(self) -> tuple[tuple[str, bool], ...]:
        """The way of the meeting, and what of it is behind."""
        is_fed = bool(self.asked) and self.step == NextStep.NOTHING
        return (
            ("Пригласить", bool(self.invited) and not self.letters),
            ("Встретиться", bool(self.came)),
            ("Спросить, кто с кем хочет работать", bool(self.asked)),
            ("Перенести выбор в банк", is_fed),
        )


def event_page(access: Access, event: Event) -> EventPage:
    """The head of a page; the same number of queries whatever the number of guests. Needs the organisation."""
    access.check(Permission.EVENTS_VIEW)
    days_left = (event.day - access.today).days
    sides = _sides(access, event)
    letters = event.guests.to_be_told(event.state, access.today).count() if days_left >= 0 else 0
    asked = _asked(access, event)
    situation = Situation(
        state=EventState(event.state),
        days_left=days_left,
        guests=sum(side.invited for side in sides),
        came=sum(side.came for side in sides),
        letters=letters,
        asking=_asking(access, asked),
    )
    there = event.guests.present(access.today).consenting(access.today)
    return EventPage(
        event=event,
        step=next_step(situation),
        days_left=days_left,
        sides=sides,
        letters=letters,
        unsent=event.guests.exclude(letter_problem="").count(),
        unwritten=tuple(there.filter(person__email="").order_by("pk").values_list("person_id", flat=True)),
        asked=asked,
        latecomers=_latecomers(access, event, asked),
    )


def _sides(access: Access, event: Event) -> tuple[SideCount, ...]:
    rows = EventGuest.objects.visible_to(access).filter(event=event).order_by("side").values("side")
    counted = rows.annotate(invited=Count("pk"), came=Count("attended_at"))
    found = {row["side"]: (row["invited"], row["came"]) for row in counted}
    return tuple(SideCount(SIDE_LABELS[Side(side)], *found.get(side, (0, 0))) for side in GuestSide)


def _asked(access: Access, event: Event) -> tuple[AskedSide, ...]:
    sheets = Sheet.objects.visible_to(access).filter(wave=OuterRef("wave_id"))
    is_asked = Q(wave__invitations__revoked_at__isnull=True) | Q(wave__invitations__is_answered=True)
    rows = EventWave.objects.visible_to(access).filter(event=event).select_related("wave")
    counted = rows.annotate(
        invited=Count("wave__invitations", filter=is_asked),
        answered=Count("wave__invitations", filter=Q(wave__invitations__is_answered=True)),
        is_unfed=Exists(sheets.filter(fed_at__isnull=True)) & ~Exists(sheets.filter(fed_at__isnull=False)),
    )
    return tuple(
        AskedSide(
            SIDE_LABELS[Side(row.side)],
            row.wave,
            row.invited,
            row.answered,
            row.is_unfed and row.wave.state == Wave.State.CLOSED,
        )
        for row in counted.order_by("-side")
    )


def _asking(access: Access, asked: Iterable[AskedSide]) -> Asking:
    if not asked:
        return Asking.NOT_YET
    if any(side.wave.is_answerable(access.today) for side in asked):
        return Asking.RUNNING
    return Asking.ANSWERED if any(side.is_unfed for side in asked) else Asking.FED


def _latecomers(access: Access, event: Event, asked: Iterable[AskedSide]) -> int:
    """How many came and were not asked, as long as somebody still is."""
    running = [side.wave for side in asked if side.wave.is_answerable(access.today)]
    if not running:
        return 0
    waves = EventWave.objects.visible_to(access).filter(event=event).values("wave_id")
    invited = Invitation.objects.filter(wave__in=waves, person_id=OuterRef("person_id"))  # unscoped: correlated
    came = event.guests.came().present(access.today).consenting(access.today)
    return came.filter(~Exists(invited)).count()


@dataclass(frozen=True, slots=True)
class Poster:
    """The sheet at the door: the address it leads to and its QR code as a data URI."""

    event: Event
    url: str
    qr: str


def poster_of(access: Access, event: Event) -> Poster:
    """The poster of a meeting; whoever scans it marks themselves, as far as they are invited."""
    access.check(Permission.EVENTS_EDIT)
    path = reverse("my_event_here", args=[access.organisation.slug, event.pk, code_of(event.pk)])
    url = settings.PORTAL_URL + path
    return Poster(event, url, segno.make(url, error="m").svg_data_uri(border=2))


def events_that_wait(access: Access) -> QuerySet[Event]:
    """Meetings for the first page in one query, the soonest first: planned ones, and those held but not asked about.

    With `invited`, `came`, `is_asked`, and `is_own`: whether the asker is invited and not marked yet.
    """
    waves = EventWave.objects.filter(event=OuterRef("pk"))  # unscoped: correlated to scoped rows
    own = EventGuest.objects.filter(  # unscoped: one's own
        event=OuterRef("pk"), person_id=access.person_id, attended_at__isnull=True
    )
    rows = Event.objects.visible_to(access).exclude(state=EventState.CANCELLED).select_related("organisation")
    counted = rows.annotate(
        invited=Count("guests"), came=Count("guests", filter=CAME), is_asked=Exists(waves), is_own=Exists(own)
    )
    return counted.filter(Q(state=EventState.PLANNED) | Q(is_asked=False, came__gt=0)).order_by("starts_at", "pk")
