"""Pairs and groups before an order: proposing, agreeing, declining; and pausing while they work."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from mentoring.domain.bank_sheet.values import MentoringForm
from mentoring.domain.pairing_states import STATE_LABELS, PairingState, may_move
from mentoring.domain.vocabulary import MentoringKind
from mentoring.models import MenteeProfile, MentorProfile, Pairing, PairingMentee
from mentoring.models.pairings import NEVER, days
from people.access import Access
from people.domain.consent import NEEDED_TO_ORDER, NEEDED_TO_PROPOSE
from people.domain.days import is_plausible
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.models import Person
from people.queries.persons import missing_consents

CONSTRAINT_WORDS = {
    "one_mentor_at_a_time_per_mentee": "У кого-то из наставляемых на эти дни уже есть наставник.",
    "one_mentee_at_a_time_per_slot": "Место у наставника только что занял другой наставляемый. Попробуйте ещё раз.",
    "capacity_is_exceeded_only_with_a_reason": "У наставника столько мест нет. Напишите, почему их нужно больше.",
    "nobody_mentors_themselves": "Человек не может быть наставником самому себе.",
}


def demand_plausible(day: date) -> None:
    """Refuse a day that can only be a slip of the hand: 0206, 9999."""
    if not is_plausible(day):
        raise RefusedError("Проверьте год: такой даты здесь не бывает.")


@dataclass(frozen=True, slots=True)
class PairingTerms:
    """What a pairing is about; both days are included."""

    form: MentoringForm
    kind: MentoringKind
    goal: str
    first_day: date
    last_day: date
    over_capacity_reason: str = ""


@transaction.atomic
def propose_pairing(
    access: Access, *, mentor_id: int, mentee_ids: Sequence[int], terms: PairingTerms, is_reserved: bool = True
) -> Pairing:
    """Put a mentor and one or several mentees together; their places are taken from now on.

    With `is_reserved=False` the places are only planned (a replacement waits for its order).
    Refuses people outside the banks, people without the consents, mentees who have a mentor on those days,
    and more mentees than the mentor has places for without a recorded reason.
    """
    access.check(Permission.PAIRINGS_EDIT)
    if terms.last_day < terms.first_day:
        raise RefusedError("Период заканчивается раньше, чем начинается.")
    demand_plausible(terms.first_day)
    demand_plausible(terms.last_day)
    if not mentee_ids:
        raise RefusedError("Выберите хотя бы одного наставляемого.")
    if mentor_id in mentee_ids:
        raise RefusedError(CONSTRAINT_WORDS["nobody_mentors_themselves"])
    profile = _mentor_profile(access, mentor_id)
    mentees = _mentees(access, mentee_ids)
    for person in [profile.person, *mentees]:
        _demand_consents(access, person, NEEDED_TO_PROPOSE)
    pairing = Pairing.objects.create(
        organisation=access.organisation,
        mentor=profile.person,
        form=terms.form,
        kind=MentoringKind.GROUP if len(mentees) > 1 else terms.kind,
        goal=terms.goal,
        period=days(terms.first_day, terms.last_day),
        over_capacity_reason=terms.over_capacity_reason,
        created_at=access.at,
        created_by_id=access.user_id,
    )
    _take_places(pairing, mentees, places=profile.places(), is_reserved=is_reserved)
    return pairing


def _mentor_profile(access: Access, mentor_id: int) -> MentorProfile:
    profiles = MentorProfile.objects.visible_to(access).in_bank(access.today).filter(person_id=mentor_id)
    profile = profiles.select_related("person", "organisation").select_for_update(of=("person",)).first()
    if profile is None:
        raise RefusedError("Этого наставника нет в банке.")
    return profile


def _mentees(access: Access, mentee_ids: Sequence[int]) -> list[Person]:
    in_bank = MenteeProfile.objects.visible_to(access).in_bank(access.today).values("person_id")
    found = list(
        Person.objects.visible_to(access).filter(pk__in=mentee_ids).filter(pk__in=in_bank).order_by("sort_key", "pk")
    )
    if len(found) != len(set(mentee_ids)):
        raise RefusedError("Кого-то из выбранных уже нет в банке наставляемых. Обновите страницу.")
    return found


def _demand_consents(access: Access, person: Person, purposes: tuple) -> None:
    missing = missing_consents(person.pk, purposes, access.today)
    if missing:
        raise RefusedError(f"{person.short_name}: нет действующего согласия ({'; '.join(missing)}).")


def _take_places(pairing: Pairing, mentees: Sequence[Person], *, places: int, is_reserved: bool) -> None:
    rows = [
        PairingMentee(
            organisation_id=pairing.organisation_id,
            pairing=pairing,
            mentor_id=pairing.mentor_id,
            mentee=mentee,
            during=pairing.period if is_reserved else NEVER,
            slot=slot,
            places=places,
            over_capacity_reason=pairing.over_capacity_reason,
        )
        for mentee, slot in zip(mentees, _free_slots(pairing), strict=False)
    ]
    with refusing_by_constraint():
        PairingMentee.objects.bulk_create(rows)


def _free_slots(pairing: Pairing) -> Iterator[int]:
    busy = set(
        PairingMentee.objects.filter(  # unscoped: of a mentor already scoped
            mentor_id=pairing.mentor_id, during__overlap=pairing.period
        ).values_list("slot", flat=True)
    )
    return (slot for slot in range(1, 32_000) if slot not in busy)


def take_planned_places(pairing: Pairing) -> None:
    """Take the places that a pairing has only planned so far, in slots that are free by now."""
    planned = pairing.mentees.filter(during__isempty=True).order_by("slot", "pk")
    with refusing_by_constraint():
        for place, slot in zip(planned, _free_slots(pairing), strict=False):
            place.slot, place.during = slot, pairing.period
            place.save(update_fields=["slot", "during"])


@contextmanager
def refusing_by_constraint() -> Iterator[None]:
    """Inside the block a violated constraint of pairings becomes a refusal in its words."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        words = CONSTRAINT_WORDS.get(error.__cause__.diag.constraint_name)
        if words is None:
            raise
        raise RefusedError(words) from error


def locked_pairing(access: Access, pairing_id: int) -> Pairing:
    """The pairing, locked until the transaction ends; raises Pairing.DoesNotExist."""
    return Pairing.objects.visible_to(access).select_for_update(of=("self",)).get(pk=pairing_id)


def move(pairing: Pairing, then: PairingState) -> None:
    """Set the next state in memory; refuses a move that its life does not have."""
    if not may_move(PairingState(pairing.state), then):
        raise RefusedError(f"Сейчас пара «{STATE_LABELS[PairingState(pairing.state)]}»: кто-то уже сделал этот шаг.")
    pairing.state = then


def demand_order_consents(access: Access, pairing: Pairing) -> None:
    """Refuse unless everyone in the pairing has the consents that an order needs (domain reference 8.9)."""
    people = [pairing.mentor, *(place.mentee for place in pairing.mentees.select_related("mentee").order_by("pk"))]
    for person in people:
        _demand_consents(access, person, NEEDED_TO_ORDER)


@transaction.atomic
def agree_pairing(access: Access, *, pairing_id: int) -> Pairing:
    """Note that both sides agree; everyone's consents must be in force. A second press changes nothing."""
    access.check(Permission.PAIRINGS_EDIT)
    pairing = locked_pairing(access, pairing_id)
    if pairing.state == PairingState.AGREED:
        return pairing
    demand_order_consents(access, pairing)
    move(pairing, PairingState.AGREED)
    pairing.save(update_fields=["state"])
    return pairing


@transaction.atomic
def decline_pairing(access: Access, *, pairing_id: int) -> Pairing:
    """Withdraw a proposal: the mentees go back to the queue. Refused while a draft order names the pairing."""
    access.check(Permission.PAIRINGS_EDIT)
    pairing = locked_pairing(access, pairing_id)
    if pairing.state != PairingState.DECLINED:
        give_up(pairing)
    return pairing


def give_up(pairing: Pairing) -> None:
    """Decline a locked pairing and free its places; refused while a draft order names it."""
    demand_no_order(pairing)
    move(pairing, PairingState.DECLINED)
    pairing.save(update_fields=["state"])
    pairing.mentees.update(during=NEVER)


def demand_no_order(pairing: Pairing) -> None:
    """Refuse while an order, a draft at the least, names the pairing."""
    if pairing.order_lines.exists():
        raise RefusedError("Пара стоит в проекте приказа. Сначала уберите проект.")


@transaction.atomic
def set_pause(access: Access, *, pairing_id: int, is_paused: bool) -> Pairing:
    """Pause a working pairing, or let it work on; a second press changes nothing."""
    access.check(Permission.PAIRINGS_EDIT)
    pairing = locked_pairing(access, pairing_id)
    wanted = PairingState.PAUSED if is_paused else PairingState.ACTIVE
    if pairing.state != wanted:
        if PairingState(pairing.state) not in (PairingState.ACTIVE, PairingState.PAUSED):
            raise RefusedError("Приостановить можно только работающую пару.")
        move(pairing, wanted)
        pairing.save(update_fields=["state"])
    return pairing
