"""Answers to proposed pairings: giving one's own, recording one from paper, asking by letter for those that lack."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from jobs.operations import start_job
from mentoring.domain.pairing_states import ANSWERABLE, STATE_LABELS, PairingState
from mentoring.domain.replies import outcome_of
from mentoring.domain.vocabulary import MentoringKind
from mentoring.models import Pairing, PairingReply, ProposalLetter
from mentoring.operations.pairings import demand_no_order, give_up, move
from mentoring.queries.replies import own_offers, people_to_ask, unanimous
from people.access import Access
from people.domain.consent import NEEDED_TO_ORDER
from people.domain.refusal import RefusedError
from people.domain.roles import Permission
from people.models import Person
from people.operations.links import issue_links
from people.queries.persons import missing_consents_of


@transaction.atomic
def reply_to_pairing(access: Access, *, pairing_id: int, is_willing: bool, reason: str = "") -> Pairing:
    """Give one's own answer to a proposed pairing; `reason`, up to 300 characters, goes with a refusal alone.

    The pairing follows at once: a refusal declines it or frees the one place in a group; when all are willing and
    have the consents an order needs, it is agreed. The same answer again changes nothing. Refuses minors, who are
    answered for on paper, and answers to what is proposed no longer; raises Pairing.DoesNotExist for pairings of
    others.
    """
    access.check(Permission.OWN_PAGES)
    if not own_offers(access).filter(pk=pairing_id).exists():
        raise Pairing.DoesNotExist
    people = Person.objects.filter(organisation=access.organisation)  # unscoped: one's own row
    pairings = Pairing.objects.filter(organisation=access.organisation)  # unscoped: offered to the asker, see above
    person, pairing = _locked(people, access.person_id, pairings, pairing_id)
    if person.is_minor(access.today):
        raise RefusedError(
            "За несовершеннолетнего отвечает законный представитель: его ответ на бумаге вносит куратор."
        )
    earlier = pairing.replies.filter(person=person).first()
    if earlier and earlier.is_willing == is_willing:
        return pairing
    if earlier and not earlier.is_willing:
        raise RefusedError("Вы уже отказались. Если передумали, скажите куратору.")
    if pairing.state != PairingState.PROPOSED:
        words = STATE_LABELS[PairingState(pairing.state)]
        raise RefusedError(f"Отвечать уже не нужно: сейчас пара «{words}». Если передумали, скажите куратору.")
    _keep(access, earlier, pairing, person, is_willing, reason, PairingReply.Way.PORTAL)
    return pairing


@transaction.atomic
def record_reply(access: Access, *, pairing_id: int, person_id: int, is_willing: bool, reason: str = "") -> Pairing:
    """Record what somebody of a pairing has answered on paper or in person; the pairing follows as it does above.

    Possible until an order names the pairing. Raises Pairing.DoesNotExist, also where the person is no part of it.
    """
    access.check(Permission.PAIRINGS_EDIT)
    person, pairing = _locked(
        Person.objects.visible_to(access), person_id, Pairing.objects.visible_to(access), pairing_id
    )
    earlier = pairing.replies.filter(person=person).first()
    if earlier is None and not _is_part(pairing, person):
        raise Pairing.DoesNotExist
    if earlier and earlier.is_willing == is_willing:
        return pairing
    if earlier and not earlier.is_willing:
        raise RefusedError("Человек уже отказался, и его место свободно. Предложите пару заново.")
    if pairing.state not in ANSWERABLE:
        words = STATE_LABELS[PairingState(pairing.state)]
        raise RefusedError(f"Ответы вносят до приказа, а сейчас пара «{words}».")
    _keep(access, earlier, pairing, person, is_willing, reason, PairingReply.Way.PAPER)
    return pairing


def _locked(
    people: QuerySet[Person], person_id: int | None, pairings: QuerySet[Pairing], pairing_id: int
) -> tuple[Person, Pairing]:
    """The person before the pairing, in the order in which proposing takes them: else two could wait for each other."""
    person = people.select_for_update(of=("self",), no_key=True).filter(pk=person_id).first()
    pairing = pairings.select_for_update(of=("self",)).get(pk=pairing_id)
    if person is None:
        raise Pairing.DoesNotExist
    return person, pairing


def _is_part(pairing: Pairing, person: Person) -> bool:
    return pairing.mentor_id == person.pk or pairing.mentees.filter(mentee=person).exists()


def _keep(
    access: Access,
    reply: PairingReply | None,
    pairing: Pairing,
    person: Person,
    is_willing: bool,
    reason: str,
    way: PairingReply.Way,
) -> None:
    reply = reply or PairingReply(organisation_id=pairing.organisation_id, pairing=pairing, person=person)
    reply.is_willing, reply.reason = is_willing, "" if is_willing else reason
    reply.way, reply.replied_at, reply.recorded_by_id = way, access.at, access.user_id
    reply.save()
    _follow(pairing, access.today)


def _follow(pairing: Pairing, on: date) -> None:
    """Let a locked pairing become what its answers make of it; `on` is the day the consents must be in force."""
    mentees = list(pairing.mentees.order_by("slot", "pk").values_list("mentee_id", flat=True))
    outcome = outcome_of(pairing.mentor_id, mentees, dict(pairing.replies.values_list("person_id", "is_willing")))
    if outcome.is_declined:
        give_up(pairing)
        return
    if outcome.leaving:
        _let_go(pairing, outcome.leaving)
    if pairing.state == PairingState.PROPOSED and outcome.is_unanimous:
        people = [pairing.mentor_id, *(mentee for mentee in mentees if mentee not in outcome.leaving)]
        if not any(missing_consents_of(people, NEEDED_TO_ORDER, on).values()):
            move(pairing, PairingState.AGREED)
            pairing.save(update_fields=["state"])


def _let_go(pairing: Pairing, mentee_ids: Sequence[int]) -> None:
    """The rest of a group goes on; that these were asked, and what they said, stays in their answers."""
    demand_no_order(pairing)
    pairing.mentees.filter(mentee__in=mentee_ids).delete()
    if pairing.kind == MentoringKind.GROUP and pairing.mentees.count() == 1:
        pairing.kind = MentoringKind.TRADITIONAL
        pairing.save(update_fields=["kind"])


def agree_unanimous(*, on: date) -> int:
    """Agree the pairings that waited only for somebody's paper and have it on the day `on`; gives how many.

    Each in a transaction of its own; one that somebody works on at this moment waits for the next time.
    """
    waiting = unanimous(Pairing.objects.all())  # unscoped: clock
    agreed = 0
    for pairing_id in list(waiting.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            locked = waiting.filter(pk=pairing_id).select_for_update(of=("self",), skip_locked=True)
            for pairing in locked:
                _follow(pairing, on)
                agreed += pairing.state == PairingState.AGREED
    return agreed


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom a proposal still waits for: `letters` go out now, the others are reached in person.

    `without_address` get the card with their link; for the `minors` a paper of their representative is needed.
    """

    letters: int
    without_address: list[Person]
    minors: list[Person]


@transaction.atomic
def ask_participants(access: Access, *, pairing_ids: Sequence[int]) -> Asked:
    """Make personal links for those of proposed pairings who have not answered, and write to who has an address.

    A person gets one letter a day whatever the number of proposals and of presses. Who has left, or whose consent
    to processing is not in force, is not asked.
    """
    access.check(Permission.PAIRINGS_EDIT)
    people = people_to_ask(access, pairing_ids)
    adults = [person for person in people if not person.is_minor(access.today)]
    issue_links(access, person_ids=[person.pk for person in adults])
    reachable = [person for person in adults if person.email]
    ProposalLetter.objects.bulk_create(
        [ProposalLetter(organisation=access.organisation, person=person, day=access.today) for person in reachable],
        ignore_conflicts=True,
    )
    letters = ProposalLetter.objects.visible_to(access).filter(person__in=reachable, day=access.today)
    letters.exclude(problem="").update(problem="")
    waiting = letters.filter(sent_at__isnull=True).count()
    if waiting:
        start_job(
            access,
            kind="mentoring.send_proposal_letters",
            title="Письма о предложенных парах",
            params={"organisation_id": access.organisation_id},
            return_path=reverse("pair_list", args=[access.organisation.slug]),
        )
    return Asked(
        letters=waiting,
        without_address=[person for person in adults if not person.email],
        minors=[person for person in people if person.is_minor(access.today)],
    )
