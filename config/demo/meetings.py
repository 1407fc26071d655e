"""One group meeting of the demo: who was invited, who came, with whom they would like to work."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from community.domain.vocabulary import GuestGroup, GuestSide
from community.models import Event, EventWave
from community.operations.attendance import mark_attendance
from community.operations.events import close_event, plan_event
from community.operations.guests import invite_guests
from community.operations.preferences import ask_preferences
from config.demo.roadmaps import Office
from people.access import Access
from people.domain.school_year import SchoolYear
from surveys.models import Sheet
from surveys.operations.answering import send_answers
from surveys.operations.closing import close_wave
from surveys.operations.feeding import feed_sheets
from surveys.seals import token_of

CODE = "preferred"
"""The question about people in both questionnaires of preferences."""


def load_meeting(office: Office, now: datetime) -> Event:
    """A meeting on a working day three weeks ago; three of four came, what they prefer is in the bank already."""
    today = now.date()
    day = today - timedelta(days=20)
    day = max(SchoolYear.of(today).first_day, day - timedelta(days=max(0, day.weekday() - 4)))
    over = min(day + timedelta(days=3), today)
    event = _held(office.curator(day), day)
    ask_preferences(office.curator(day), event_id=event.pk, closes_on=max(over, day))
    dice = Random(11)  # noqa: S311 -- fiction needs no secrecy
    came = {side: list(event.guests.came().filter(side=side).values_list("person_id", flat=True)) for side in GuestSide}
    others = {GuestSide.MENTOR: came[GuestSide.MENTEE], GuestSide.MENTEE: came[GuestSide.MENTOR]}
    for asked in EventWave.objects.visible_to(office.curator(day)).filter(event=event).select_related("wave"):
        _answer(asked, others[GuestSide(asked.side)], event.starts_at, dice)
        _finish(office.curator(over), asked.wave_id)
    return event


def _held(access: Access, day: date) -> Event:
    start = datetime.combine(day, time(15), ZoneInfo(access.organisation.time_zone))
    values = {
        "title": "Знакомство наставников и наставляемых",
        "starts_at": start,
        "minutes": 90,
        "place": "Актовый зал",
        "agenda": "Наставники коротко расскажут, в чём могут помочь. Потом разговоры в малых группах.",
    }
    event = plan_event(access, values=values)
    invite_guests(access, event_id=event.pk, groups=list(GuestGroup))
    guests = list(event.guests.order_by("pk").values_list("pk", flat=True))
    mark_attendance(access, event_id=event.pk, came_ids=[pk for index, pk in enumerate(guests) if index % 4 != 3])
    return close_event(access, event_id=event.pk)


def _answer(asked: EventWave, others: Sequence[int], at: datetime, dice: Random) -> None:
    """Each names up to three of the other side, the most wanted first."""
    for invitation in asked.wave.invitations.order_by("pk"):
        chosen = dice.sample(others, min(3, len(others)))
        sent = {CODE: [str(person_id) for person_id in chosen]}
        send_answers(token=token_of(invitation.nonce), at=at + timedelta(hours=2), sent=sent, is_whole=True, seconds=90)


def _finish(access: Access, wave_id: int) -> None:
    close_wave(access, wave_id=wave_id)
    sheets = Sheet.objects.visible_to(access).filter(wave_id=wave_id)
    feed_sheets(access, wave_id=wave_id, sheet_ids=list(sheets.values_list("pk", flat=True)))
