"""Reading pairs and groups."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from mentoring.domain.pairing_states import PairingState
from mentoring.models import (
    AssignmentOrderLine,
    MenteeProfile,
    MentorProfile,
    Pairing,
    PairingMentee,
    PairingReply,
    ProposalLetter,
)
from mentoring.queries.orders import MENTEES_BY_NAME
from mentoring.queries.replies import letters_of, replies_of, unanimous, with_replies
from people.access import Access
from people.domain.consent import NEEDED_TO_ORDER, Purpose
from people.models import Consent, Organisation, Person
from people.models.persons import folded
from people.queries.persons import missing_consents_of

STATE_GROUPS = {
    "": tuple(PairingState),
    "before": (PairingState.PROPOSED, PairingState.AGREED),
    "running": (PairingState.ORDERED, PairingState.ACTIVE, PairingState.PAUSED),
    "over": (PairingState.COMPLETED, PairingState.ENDED_EARLY, PairingState.REPLACED, PairingState.DECLINED),
}


def pair_list(access: Access, *, search: str = "", states: str = "") -> QuerySet[Pairing]:
    """Pairs and groups with mentor, `places` (mentees by name) and basis, newest period first."""
    found = _in_states(access, states)
    for word in folded(search).split():
        found = found.filter(Q(mentor__sort_key__contains=word) | Q(mentees__mentee__sort_key__contains=word))
    return _listed(found.distinct() if search else found)


def _in_states(access: Access, states: str) -> QuerySet[Pairing]:
    pairings = Pairing.objects.visible_to(access)
    if states == "no_consent":
        return without_consent(access)
    if states == "willing":
        return unanimous(pairings)
    if states == "asked":
        return pairings.filter(state=PairingState.PROPOSED).exclude(pk__in=unanimous(pairings).values("pk"))
    return pairings.filter(state__in=STATE_GROUPS.get(states, STATE_GROUPS[""]))


def pair_rows(access: Access, *, search: str = "", states: str = "") -> QuerySet[Pairing]:
    """The same list with how many have been asked and have not answered (`with_replies`)."""
    return with_replies(pair_list(access, search=search, states=states))


def _listed(pairings: QuerySet[Pairing]) -> QuerySet[Pairing]:
    return pairings.select_related("mentor", "basis").prefetch_related(MENTEES_BY_NAME).order_by("-period", "-pk")


def pairs_for_export(access: Access, search: str, states: str) -> list[Pairing]:
    """The list as it goes out of the house: only pairings in which everybody's consent is in force."""
    out = set(Pairing.objects.visible_to(access).lacking_consent(access.today).values_list("pk", flat=True))
    return [pairing for pairing in pair_list(access, search=search, states=states) if pairing.pk not in out]


def pairing_of(access: Access, pairing_id: int) -> Pairing:
    """One pairing with everyone in it; raises Pairing.DoesNotExist."""
    return pair_rows(access).get(pk=pairing_id)


@dataclass(frozen=True, slots=True)
class PartyLine:
    """Somebody of a pairing, the consents they lack for an order, and what they say to it.

    `reply` and `letter` are there for who makes pairings; `has_left` a group by a refusal.
    """

    person: Person
    is_mentor: bool
    missing: list[str]
    reply: PairingReply | None = None
    letter: ProposalLetter | None = None
    is_minor: bool = False
    has_left: bool = False


def party_lines(access: Access, pairing: Pairing) -> list[PartyLine]:
    """Everyone in a pairing with what keeps them from being ordered; then those who have left it by a refusal."""
    people = [pairing.mentor, *(place.mentee for place in pairing.places)]
    ids = [person.pk for person in people]
    missing = missing_consents_of(ids, NEEDED_TO_ORDER, access.today)
    replies, letters = replies_of(access, pairing), letters_of(access, pairing, ids)
    lines = [
        PartyLine(
            person,
            is_mentor=person.pk == pairing.mentor_id,
            missing=missing[person.pk],
            reply=replies.get(person.pk),
            letter=letters.get(person.pk),
            is_minor=person.is_minor(access.today),
        )
        for person in people
    ]
    gone = [reply for reply in replies.values() if reply.person_id not in ids]
    return lines + [PartyLine(reply.person, False, [], reply, has_left=True) for reply in gone]


def order_lines_of(access: Access, pairing: Pairing) -> QuerySet[AssignmentOrderLine]:
    """The orders that name a pairing, oldest first."""
    lines = AssignmentOrderLine.objects.visible_to(access).filter(pairing=pairing)
    return lines.select_related("order__document").order_by("pk")


def count_by_group(access: Access) -> dict[str, int]:
    """How many pairings are before an order (of these: proposed, agreed and in no order yet) and running.

    Of the proposed those are `unanimous` in which all have agreed and a consent is missing; of the running ones
    `no_consent` counts those of `without_consent`.
    """
    pairings = Pairing.objects.visible_to(access)
    lines = AssignmentOrderLine.objects.filter(pairing=OuterRef("pk"))  # unscoped: correlated to scoped rows
    return pairings.aggregate(
        before=Count("pk", filter=Q(state__in=STATE_GROUPS["before"])),
        proposed=Count("pk", filter=Q(state=PairingState.PROPOSED)),
        unanimous=Count("pk", filter=Q(pk__in=unanimous(pairings).values("pk"))),
        # Not a join: a pairing that several orders name would be counted several times.
        agreed=Count("pk", filter=Q(state=PairingState.AGREED) & ~Exists(lines)),
        running=Count("pk", filter=Q(state__in=STATE_GROUPS["running"])),
        no_consent=Count("pk", filter=Q(pk__in=without_consent(access).values("pk"))),
    )


def without_consent(access: Access) -> QuerySet[Pairing]:
    """Pairings fixed by an order in which somebody's consent to processing is no longer in force."""
    running = Pairing.objects.visible_to(access).filter(state__in=STATE_GROUPS["running"])
    return running.lacking_consent(access.today)


def own_pairings(access: Access) -> QuerySet[Pairing]:
    """The asker's own pairs and groups, as mentor or mentee, newest first; not what waits for an unsigned order.

    Those that wait for the asker's answer say so (`awaits_me`).
    """
    mine = PairingMentee.objects.filter(pairing=OuterRef("pk"))  # unscoped: correlated to scoped rows
    own = Q(mentor_id=access.person_id) | Exists(mine.filter(mentee_id=access.person_id))
    only_planned = Q(state__in=STATE_GROUPS["before"]) & Exists(mine.filter(during__isempty=True))
    answered = PairingReply.objects.filter(pairing=OuterRef("pk"), person=access.person_id)  # unscoped: one's own
    pairings = Pairing.objects.filter(own, organisation=access.organisation)  # unscoped: one's own
    pairings = pairings.annotate(awaits_me=Q(state=PairingState.PROPOSED) & ~Exists(answered))
    return _listed(pairings.exclude(only_planned).exclude(state=PairingState.DECLINED))


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """One organisation of a district: counts only, no persons (style: the district sees counts)."""

    organisation: Organisation
    mentors: int
    mentees: int
    consenting: int
    running: int
    waiting: int
    orders: int

    @property
    def consent_percent(self) -> int:
        people = self.mentors + self.mentees
        return 100 * self.consenting // people if people else 0


def school_lines(access: Access) -> list[SchoolLine]:
    """Counts per organisation below the district, by name; five queries whatever the number of schools."""
    below = Organisation.objects.visible_to(access).filter(parent_id=access.organisation_id)
    schools = list(below.order_by("short_name", "pk"))
    ids = [school.pk for school in schools]
    mentors_in = MentorProfile.objects.filter(organisation__in=ids).in_bank(access.today)  # unscoped: counts
    mentors = _per_organisation(mentors_in, people=Count("pk"))
    mentees_in = MenteeProfile.objects.filter(organisation__in=ids).in_bank(access.today)  # unscoped: counts
    places = PairingMentee.objects.taken(access.today).filter(mentee=OuterRef("person_id"))  # unscoped: counts
    mentees = _per_organisation(mentees_in, people=Count("pk"), waiting=Count("pk", filter=~Exists(places)))
    consents = Consent.objects.in_force(access.today).filter(purpose=Purpose.PROCESSING)  # unscoped: counts
    consenting = _per_organisation(
        Person.objects.filter(organisation__in=ids)  # unscoped: counts
        .filter(Exists(consents.filter(person=OuterRef("pk"))))
        .filter(
            Exists(MentorProfile.objects.filter(person=OuterRef("pk")).in_bank(access.today))  # unscoped: counts
            | Exists(MenteeProfile.objects.filter(person=OuterRef("pk")).in_bank(access.today))  # unscoped: counts
        ),
        people=Count("pk"),
    )
    pairings = _per_organisation(
        Pairing.objects.filter(organisation__in=ids),  # unscoped: counts
        running=Count("pk", filter=Q(state__in=STATE_GROUPS["running"])),
        orders=Count("basis", distinct=True),
    )
    return [
        SchoolLine(
            school,
            mentors=mentors[school.pk]["people"],
            mentees=mentees[school.pk]["people"],
            consenting=consenting[school.pk]["people"],
            running=pairings[school.pk]["running"],
            waiting=mentees[school.pk]["waiting"],
            orders=pairings[school.pk]["orders"],
        )
        for school in schools
    ]


def _per_organisation(rows: QuerySet, **counts: Count) -> defaultdict[int, Counter[str]]:
    """The counts by organisation; an organisation without rows has zeros."""
    found = rows.order_by("organisation").values("organisation").annotate(**counts)
    return defaultdict(Counter, {row["organisation"]: Counter(row) for row in found})
