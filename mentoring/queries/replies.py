"""Reading answers to proposed pairings: who has answered, who is still to be asked, what one is asked oneself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from mentoring.domain.pairing_states import PairingState
from mentoring.models import Pairing, PairingMentee, PairingReply, ProposalLetter
from mentoring.queries.orders import MENTEES_BY_NAME
from people.access import Access
from people.domain.consent import NEEDED_TO_ORDER, PURPOSE_LABELS, Purpose
from people.models import Person, PersonalLink
from people.queries.persons import missing_consents_of, purposes_in_force

HIDDEN = "имя не показываем: нет согласия на обработку данных"


def _replies(**of: object) -> QuerySet[PairingReply]:
    return PairingReply.objects.filter(**of)  # unscoped: correlated to scoped rows


def _places(**of: object) -> QuerySet[PairingMentee]:
    return PairingMentee.objects.filter(**of)  # unscoped: correlated to scoped rows


def unanimous(pairings: QuerySet[Pairing]) -> QuerySet[Pairing]:
    """Proposed ones in which everybody is willing: what they wait for is a consent on paper."""
    of_mentee = _replies(pairing=OuterRef("pairing"), person=OuterRef("mentee"), is_willing=True)
    of_mentor = _replies(pairing=OuterRef("pk"), person=OuterRef("mentor"), is_willing=True)
    silent = _places(pairing=OuterRef("pk")).filter(~Exists(of_mentee))
    return pairings.filter(Exists(of_mentor), ~Exists(silent), state=PairingState.PROPOSED)


def with_replies(pairings: QuerySet[Pairing]) -> QuerySet[Pairing]:
    """Adds `asked` and `silent`, how many people a pairing has and how many have not answered, and `is_refused`."""
    places = _count(_places(pairing=OuterRef("pk")))
    willing = _count(_replies(pairing=OuterRef("pk"), is_willing=True))
    refused = _replies(pairing=OuterRef("pk"), is_willing=False)
    # A refusal never stays beside a place: of a pairing that is still proposed the willing are those who answered.
    return pairings.annotate(asked=places + 1, is_refused=Exists(refused)).annotate(silent=F("asked") - willing)


def _count(rows: QuerySet) -> Coalesce:
    counted = rows.order_by().values("pairing").annotate(rows=Count("pk")).values("rows")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def replies_of(access: Access, pairing: Pairing) -> dict[int, PairingReply]:
    """The answers to a pairing by person, as far as the asker may read them."""
    replies = PairingReply.objects.visible_to(access).filter(pairing=pairing).select_related("person")
    return {reply.person_id: reply for reply in replies.order_by("replied_at", "pk")}


def may_reply(access: Access, person_id: int) -> QuerySet[Pairing]:
    """Pairings the asker sees whose people a person is or was one of."""
    part = Q(mentor_id=person_id) | Exists(_places(pairing=OuterRef("pk"), mentee_id=person_id))
    answered = Exists(_replies(pairing=OuterRef("pk"), person_id=person_id))
    return Pairing.objects.visible_to(access).filter(part | answered)


def letters_of(access: Access, pairing: Pairing, person_ids: Sequence[int]) -> dict[int, ProposalLetter]:
    """The newest letter to each of the persons since the pairing was proposed, as far as the asker may read them."""
    letters = ProposalLetter.objects.visible_to(access).filter(
        person__in=person_ids, day__gte=pairing.created_at.date()
    )
    return {letter.person_id: letter for letter in letters.order_by("day", "pk")}


def waiting_for(person_id: int) -> QuerySet[Pairing]:
    """Proposed pairings that wait for the answer of a person who is already scoped, the oldest first."""
    part = Q(mentor_id=person_id) | Exists(_places(pairing=OuterRef("pk"), mentee_id=person_id))
    answered = _replies(pairing=OuterRef("pk"), person_id=person_id)
    proposed = Pairing.objects.filter(part, state=PairingState.PROPOSED)  # unscoped: of a person already scoped
    return proposed.filter(~Exists(answered)).order_by("created_at", "pk")


def people_to_ask(access: Access, pairing_ids: Sequence[int]) -> list[Person]:
    """Those of the proposed pairings who have not answered and may be asked, each once, by name."""
    pairings = Pairing.objects.visible_to(access).filter(pk__in=pairing_ids, state=PairingState.PROPOSED)
    answered = set(_replies(pairing__in=pairings).values_list("pairing_id", "person_id"))
    parts = {*pairings.values_list("pk", "mentor_id"), *_places(pairing__in=pairings).values_list("pairing", "mentee")}
    people = Person.objects.visible_to(access).present(access.today).consenting(Purpose.PROCESSING, on=access.today)
    return list(people.filter(pk__in={person for _, person in parts - answered}).order_by("sort_key", "pk"))


def proposed_ids(access: Access) -> list[int]:
    """All pairings of the organisation that wait for answers."""
    proposed = Pairing.objects.visible_to(access).filter(state=PairingState.PROPOSED)
    return list(proposed.order_by("pk").values_list("pk", flat=True))


def letters_to_send(organisation_id: int | None = None) -> QuerySet[ProposalLetter]:
    """Letters that wait, of one organisation or of all; for the worker and the clock."""
    letters = ProposalLetter.objects.filter(sent_at__isnull=True, problem="")  # unscoped: worker
    return letters if organisation_id is None else letters.filter(organisation_id=organisation_id)


def link_to_send(letter: ProposalLetter, at: datetime) -> PersonalLink | None:
    """The link a letter carries; None where nothing waits for the person any more, or they may not be written to."""
    on = at.astimezone(ZoneInfo(letter.organisation.time_zone)).date()
    people = Person.objects.present(on).consenting(Purpose.PROCESSING, on=on)  # unscoped: worker
    if not waiting_for(letter.person_id).exists() or not people.filter(pk=letter.person_id).exclude(email="").exists():
        return None
    links = PersonalLink.objects.usable(at).filter(person=letter.person_id)  # unscoped: worker
    return links.select_related("person", "organisation").first()


def own_offers(access: Access) -> QuerySet[Pairing]:
    """Pairings the asker is or was asked about, whatever became of them; not what waits for an unsigned order."""
    places = _places(pairing=OuterRef("pk"))
    asked = _replies(pairing=OuterRef("pk"), person_id=access.person_id)
    part = Q(mentor_id=access.person_id) | Exists(places.filter(mentee_id=access.person_id)) | Exists(asked)
    planned = Q(state=PairingState.AGREED) & Exists(places.filter(during__isempty=True))
    pairings = Pairing.objects.filter(part, organisation=access.organisation)  # unscoped: one's own
    return pairings.exclude(planned).select_related("mentor").prefetch_related(MENTEES_BY_NAME)


@dataclass(frozen=True, slots=True)
class OfferParty:
    """Somebody of a proposed pairing as the others see them: who, and whether they have answered, not what."""

    name: str
    post: str
    is_self: bool
    has_answered: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody is asked about a pairing of theirs; `missing` are their own consents for an order."""

    pairing: Pairing
    mentor: OfferParty
    mentees: list[OfferParty]
    reply: PairingReply | None
    may_answer: bool
    is_minor: bool
    missing: list[tuple[Purpose, str]]

    @property
    def is_proposed(self) -> bool:
        return self.pairing.state == PairingState.PROPOSED

    @property
    def needs_consents(self) -> bool:
        """Whether the asker's consents are what the pairing lacks of them."""
        return self.is_proposed and bool(self.missing)


def own_offer(access: Access, pairing: Pairing) -> Offer:
    """One of `own_offers` as its page shows it; somebody without a consent to processing goes unnamed."""
    people = [pairing.mentor, *(place.mentee for place in pairing.places)]
    person = next((each for each in people if each.pk == access.person_id), None)
    replies = {reply.person_id: reply for reply in _replies(pairing=pairing)}
    unnamed = missing_consents_of([each.pk for each in people], (Purpose.PROCESSING,), access.today)
    parties = [_party(access, each, is_named=not unnamed[each.pk], replies=replies) for each in people]
    is_minor = person is not None and person.is_minor(access.today)
    in_force = purposes_in_force(access.person_id, access.today)
    return Offer(
        pairing=pairing,
        mentor=parties[0],
        mentees=parties[1:],
        reply=replies.get(access.person_id),
        may_answer=person is not None and not is_minor and pairing.state == PairingState.PROPOSED,
        is_minor=is_minor,
        missing=[(purpose, PURPOSE_LABELS[purpose]) for purpose in NEEDED_TO_ORDER if purpose not in in_force],
    )


def _party(access: Access, person: Person, *, is_named: bool, replies: dict[int, PairingReply]) -> OfferParty:
    is_self = person.pk == access.person_id
    return OfferParty(
        name=person.full_name if is_named or is_self else HIDDEN,
        post=person.post if is_named or is_self else "",
        is_self=is_self,
        has_answered=person.pk in replies,
    )
