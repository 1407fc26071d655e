"""Asking another organisation of the district for its mentor, and answering that."""

from django.db import IntegrityError, transaction

from mentoring.models import MentorProfile, MentorTopic, SharingRequest
from mentoring.queries.sharing import incoming_requests, lending, shared_mentor
from people.access import Access
from people.domain.plurals import counted
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.models import Person

SHOWN_OUTSIDE = ("surname", "given", "patronymic", "post", "subject", "category", "experience_years")
"""What of a mentor's card another organisation gets: no contacts, no notes, nothing about who they are at home."""

ASKED_ALREADY = "Об этом наставнике вы уже попросили, или он уже у вас."


@transaction.atomic
def ask_for_mentor(access: Access, *, person_id: int, topics: str) -> SharingRequest:
    """Ask the curator of another organisation for its mentor; `topics` says in up to 500 characters what for.

    Refuses a mentor who is not offered any more, and one who was asked for or lent already.
    """
    access.check(Permission.PAIRINGS_EDIT)
    try:
        shared_mentor(access, person_id)
    except MentorProfile.DoesNotExist as error:
        raise RefusedError("Этого наставника другим школам сейчас не предлагают.") from error
    mentor = Person.objects.get(pk=person_id)  # unscoped: who consented to be shown outside
    try:
        with transaction.atomic():
            return SharingRequest.objects.create(
                organisation=access.organisation,
                owner_id=mentor.organisation_id,
                mentor=mentor,
                topics=topics,
                asked_at=access.at,
                asked_by_id=access.user_id,
            )
    except IntegrityError as error:
        if error.__cause__.diag.constraint_name != "one_standing_request_per_mentor":
            raise
        raise RefusedError(ASKED_ALREADY) from error


@transaction.atomic
def withdraw_request(access: Access, *, request_id: int) -> SharingRequest:
    """Take an own request back while it waits; a second press changes nothing.

    Refuses once it is answered. Raises SharingRequest.DoesNotExist where it is not one's own.
    """
    access.check(Permission.PAIRINGS_EDIT)
    own = SharingRequest.objects.visible_to(access).filter(organisation_id=access.organisation_id)
    request = own.select_for_update(of=("self",)).get(pk=request_id)
    if request.state == SharingRequest.State.WITHDRAWN:
        return request
    if request.state != SharingRequest.State.ASKED:
        raise RefusedError("Отозвать нельзя: вам уже ответили.")
    request.state = SharingRequest.State.WITHDRAWN
    request.save(update_fields=["state"])
    return request


@transaction.atomic
def answer_request(
    access: Access, *, request_id: int, is_agreed: bool, places: int = 1, answer: str = ""
) -> SharingRequest:
    """Agree to lend an own mentor, or refuse; `answer` are up to 300 characters for who asks.

    With an agreement the mentor becomes an outside participant of the asking organisation and stands in its bank
    with so many `places`; consents are asked anew there. The same answer a second time changes nothing. Refuses a
    request that is withdrawn or answered otherwise, a mentor who may not be lent any more, and more places than are
    free. Raises SharingRequest.DoesNotExist where it is not the asker's to answer.
    """
    access.check(Permission.PAIRINGS_EDIT)
    request = incoming_requests(access).select_for_update(of=("self",)).get(pk=request_id)
    state = SharingRequest.State.AGREED if is_agreed else SharingRequest.State.REFUSED
    if request.state == state:
        return request
    if request.state != SharingRequest.State.ASKED:
        raise RefusedError("На эту просьбу уже ответили, или её отозвали. Вернитесь к списку.")
    if is_agreed:
        profile = _lendable(access, request, places)
        request.guest = _welcomed(access, request, profile, places)
    request.state, request.answer = state, answer
    request.answered_at, request.answered_by_id = access.at, access.user_id
    request.save(update_fields=["state", "answer", "guest", "answered_at", "answered_by"])
    return request


def _lendable(access: Access, request: SharingRequest, places: int) -> MentorProfile:
    # Whoever wants this mentor's last place, at home or for another school, waits for the row of the person.
    list(Person.objects.visible_to(access).select_for_update(of=("self",)).filter(pk=request.mentor_id))
    found = lending(access, request)
    if found.obstacle:
        raise RefusedError(found.obstacle)
    if not 1 <= places <= found.free:
        free = counted(found.free, "свободное место", "свободных места", "свободных мест")
        raise RefusedError(f"У наставника {free}: столько отдать нельзя.")
    return found.profile


def _welcomed(access: Access, request: SharingRequest, profile: MentorProfile, places: int) -> Person:
    """The mentor as an outside participant of the asking organisation, in its bank from today."""
    guest = Person.objects.create(
        organisation=request.organisation,
        kind=Person.Kind.EXTERNAL,
        **{name: getattr(profile.person, name) for name in SHOWN_OUTSIDE},
    )
    there = MentorProfile.objects.create(
        organisation=request.organisation,
        person=guest,
        entered_on=access.today,
        capacity=places,
        forms=profile.forms,
        standing=MentorProfile.Standing.APPROVED,
        trained_on=profile.trained_on,
    )
    MentorTopic.objects.bulk_create(MentorTopic(profile=there, topic=each.topic) for each in profile.topics.all())
    return guest
