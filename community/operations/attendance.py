"""Who came: ticked by the curator, or by the guest who scans the poster."""

from collections.abc import Collection

from django.db import transaction

from community.domain.vocabulary import EventState, Mark
from community.models import EventGuest
from community.operations.events import locked_event
from community.queries.own import CANCELLED, door_of
from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.roles import Permission


@transaction.atomic
def mark_attendance(
    access: Access, *, event_id: int, came_ids: Collection[int], absent_ids: Collection[int] = ()
) -> tuple[int, int]:
    """Mark guests by the numbers of their rows as there, and take the mark from others; gives how many of each changed.

    Who is in neither list keeps what they have: somebody may be scanning the poster meanwhile. Those without a consent
    in force are not marked. Refuses a meeting that is called off or whose day has not come.
    """
    access.check(Permission.EVENTS_EDIT)
    event = locked_event(access, event_id)
    if event.state == EventState.CANCELLED:
        raise RefusedError(CANCELLED)
    if event.day > access.today:
        raise RefusedError("Встреча ещё впереди: отмечать пришедших можно в её день или позже.")
    new = event.guests.consenting(access.today).filter(pk__in=came_ids, attended_at__isnull=True)
    marked = new.update(attended_at=access.at, marked_by=Mark.CURATOR)
    gone = event.guests.came().filter(pk__in=set(absent_ids) - set(came_ids))
    cleared = gone.update(attended_at=None, marked_by="")
    if event.state == EventState.HELD and not event.guests.came().exists():
        raise RefusedError("Встреча проведена: хотя бы один пришедший должен остаться.")
    return marked, cleared


@transaction.atomic
def mark_own_attendance(access: Access, *, event_id: int, code: str) -> EventGuest:
    """Mark the asker as there, by the code of the poster; a second press changes nothing.

    Works on the day of the meeting where the organisation is. Refuses, and stores nothing, for a wrong code, a day
    that is not the meeting's, who is not invited, and who has no consent in force. Raises Event.DoesNotExist for
    events of others.
    """
    access.check(Permission.OWN_PAGES)
    # Locked, so that the curator who calls the meeting off or takes marks away comes before or after.
    own = EventGuest.objects.visible_to(access).filter(event_id=event_id, person_id=access.person_id)
    list(own.select_for_update(of=("self",)))
    door = door_of(access, event_id, code)
    if door.refusal or door.guest is None:
        raise RefusedError(door.refusal)
    guest = door.guest
    if guest.attended_at is None:
        guest.attended_at, guest.marked_by = access.at, Mark.QR
        guest.save(update_fields=["attended_at", "marked_by"])
    return guest
