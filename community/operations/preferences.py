"""Asking those who came with whom they would like to work: two waves of the library's questionnaires."""

from datetime import date

from django.db import transaction

from community.domain.vocabulary import PREFERENCES, EventState, GuestSide
from community.models import Event, EventWave
from community.operations.events import locked_event
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from surveys.domain.audience import Audience
from surveys.models import Wave
from surveys.operations.letters import start_sending
from surveys.operations.questionnaires import take_template
from surveys.operations.waves import ask_also, draft_wave, launch_wave

TITLES = {
    GuestSide.MENTOR: "С кем хотят работать наставники",
    GuestSide.MENTEE: "С кем хотят работать наставляемые",
}


@transaction.atomic
def ask_preferences(access: Access, *, event_id: int, closes_on: date) -> int:
    """Ask both sides of those who came, by name, from today to `closes_on`; gives how many are asked.

    A side of which nobody came is left out. A second press changes nothing and gives 0. Refuses a meeting that is
    called off, one to which nobody is marked as having come, and a last day that is over.
    """
    access.check(Permission.EVENTS_EDIT)
    event = locked_event(access, event_id)
    if event.waves.exists():
        return 0
    if event.state == EventState.CANCELLED:
        raise RefusedError("Встреча отменена: спрашивать некого.")
    if closes_on < access.today:
        raise RefusedError("Последний день ответов — сегодня или позже.")
    came = _came(access, event)
    if not came:
        raise RefusedError("Сначала отметьте, кто пришёл: спрашивают только тех, кто был на встрече.")
    return sum(_ask(access, event, side, person_ids, closes_on) for side, person_ids in came.items())


def _came(access: Access, event: Event) -> dict[GuestSide, list[int]]:
    """The people who came, are still there and agree, by their side; sides of nobody are left out."""
    rows = event.guests.came().present(access.today).consenting(access.today)
    found: dict[GuestSide, list[int]] = {}
    for side, person_id in rows.order_by("pk").values_list("side", "person_id"):
        found.setdefault(GuestSide(side), []).append(person_id)
    return {side: found[side] for side in GuestSide if side in found}


def _ask(access: Access, event: Event, side: GuestSide, person_ids: list[int], closes_on: date) -> int:
    questionnaire = take_template(access, key=PREFERENCES[side])
    values = {
        "title": f"{TITLES[side]}: {event.title}"[:200],
        "audience": Audience(person_ids=tuple(person_ids)).as_json(),
        "opens_on": access.today,
        "closes_on": closes_on,
        "remind_days": [1],
        "is_anonymous": False,
    }
    wave = draft_wave(access, questionnaire_id=questionnaire.pk, values=values)
    launch_wave(access, wave_id=wave.pk)
    EventWave.objects.create(organisation=access.organisation, event=event, wave=wave, side=side)
    start_sending(access, wave_id=wave.pk)
    return wave.invitations.count()


@transaction.atomic
def ask_latecomers(access: Access, *, event_id: int) -> int:
    """Ask those who were marked as there after the questions had gone out; gives how many are new.

    Refuses where nobody has been asked yet, and once the waves are over.
    """
    access.check(Permission.EVENTS_EDIT)
    event = locked_event(access, event_id)
    waves = {GuestSide(row.side): row.wave for row in event.waves.select_related("wave").order_by("pk")}
    if not waves:
        raise RefusedError("Опрос после этой встречи ещё не проводили.")
    running = next((wave for wave in waves.values() if wave.is_answerable(access.today)), None)
    if running is None:
        raise RefusedError("Опрос завершён. Чтобы спросить ещё, сначала откройте его снова.")
    return sum(
        _ask_also(access, waves[side], person_ids)
        if side in waves
        else _ask(access, event, side, person_ids, running.closes_on)
        for side, person_ids in _came(access, event).items()
    )


def _ask_also(access: Access, wave: Wave, person_ids: list[int]) -> int:
    if not wave.is_answerable(access.today):
        return 0
    new = ask_also(access, wave_id=wave.pk, person_ids=person_ids)
    start_sending(access, wave_id=wave.pk)
    return new
