"""Mentors of the district who may be asked for, and the requests for them: those one makes and those one gets."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from mentoring.models import MentorProfile, MentorTopic, PairingMentee, SharingRequest
from people.access import Access
from people.domain.consent import ADULT_AT, NEEDED_TO_ORDER, Purpose
from people.models import Organisation, Person
from people.models.persons import folded
from people.queries.persons import missing_consents

NEEDED_TO_SHARE = (Purpose.PROCESSING, Purpose.SHARING)


@dataclass(frozen=True, slots=True)
class SharedMentor:
    """All that another organisation may know of a mentor before their curator has agreed.

    `organisation` is its short name, `category` and `forms` are codes, `hours` are those of a week, `free` counts
    places. `request_state` is the state of one's own newest request for them, "" where there was none.
    """

    person_id: int
    profile_id: int
    organisation: str
    name: str
    post: str
    subject: str
    category: str
    experience_years: int | None
    hours: float | None
    forms: tuple[str, ...]
    topics: tuple[str, ...]
    free: int
    is_trained: bool
    request_state: str = ""

    @property
    def category_label(self) -> str:
        return Person.Category(self.category).label if self.category else ""

    @property
    def may_be_asked_for(self) -> bool:
        return self.request_state not in (SharingRequest.State.ASKED, SharingRequest.State.AGREED)

    def has_words(self, search: str) -> bool:
        """Whether topics, subject, post, name and organisation hold every word of `search`."""
        text = folded(" ".join((self.name, self.post, self.subject, self.organisation, *self.topics)))
        return all(word in text for word in folded(search).split())


def shared_mentors(access: Access, *, search: str = "") -> list[SharedMentor]:
    """Mentors of other organisations of the district with a free place, by name; three queries however many.

    Those already lent to the asker's organisation are among its own mentors, and not here.
    """
    newest = _newest_states(access)
    mentors = [
        _shared(access, profile, newest.get(profile.person_id, ""))
        for profile in _offered_to(access.organisation, access.today).filter(free__gt=0)
    ]
    return [
        mentor for mentor in mentors if mentor.request_state != SharingRequest.State.AGREED and mentor.has_words(search)
    ]


def shared_mentor(access: Access, person_id: int) -> SharedMentor:
    """One of them, asked for already or not; raises MentorProfile.DoesNotExist where they are not offered."""
    offered = _offered_to(access.organisation, access.today).filter(free__gt=0)
    profile = offered.filter(person_id=person_id).first()
    if profile is None:
        raise MentorProfile.DoesNotExist
    return _shared(access, profile, _newest_states(access).get(person_id, ""))


def _shared(access: Access, profile: MentorProfile, request_state: str) -> SharedMentor:
    person = profile.person
    return SharedMentor(
        person_id=profile.person_id,
        profile_id=profile.pk,
        organisation=profile.organisation.short_name,
        name=person.full_name,
        post=person.post,
        subject=person.subject,
        category=person.category,
        experience_years=person.experience_years,
        hours=None if profile.hours is None else float(profile.hours),
        forms=tuple(profile.forms),
        topics=tuple(each.topic for each in profile.topics.all()),
        free=profile.free,
        is_trained=profile.trained_on is not None and profile.trained_on <= access.today,
        request_state=request_state,
    )


def _newest_states(access: Access) -> dict[int, str]:
    requests = SharingRequest.objects.visible_to(access).filter(organisation_id=access.organisation_id)
    return dict(requests.order_by("pk").values_list("mentor_id", "state"))


def _offered_to(organisation: Organisation, on: date) -> QuerySet[MentorProfile]:
    """Profiles that another organisation of the same district may see on the day `on`, by name, with `free`.

    Those with both consents in force, in the bank and approved. Minors are not lent, nor is who is a guest
    themselves: for them their own school is asked.
    """
    lent = SharingRequest.objects.filter(guest=OuterRef("person_id"))  # unscoped: correlated
    offered = MentorProfile.objects.filter(  # unscoped: mentors who consented to be shown outside
        Q(person__birth_year__isnull=True) | Q(person__birth_year__lt=on.year - ADULT_AT),
        ~Q(person__kind=Person.Kind.PUPIL),
        ~Q(organisation_id=organisation.pk),
        ~Exists(lent),
        organisation__parent_id=organisation.parent_id,
        standing=MentorProfile.Standing.APPROVED,
    )
    found = (
        _with_free(offered.in_bank(on).consenting(*NEEDED_TO_SHARE, on=on), on)
        .select_related("person", "organisation")
        .prefetch_related(Prefetch("topics", MentorTopic.objects.order_by("pk")))  # unscoped: of the rows above
        .order_by("person__sort_key", "pk")
    )
    # Those above no district are not one district for that.
    return found.none() if organisation.parent_id is None else found


def _with_free(profiles: QuerySet[MentorProfile], on: date) -> QuerySet[MentorProfile]:
    """Adds `free`: the mentor's places less those taken at home and those lent to other organisations."""
    taken = PairingMentee.objects.taken(on).filter(mentor=OuterRef("person_id"))  # unscoped: a count
    taken = taken.order_by().values("mentor").annotate(number=Count("pk")).values("number")
    mine = SharingRequest.objects.filter(  # unscoped: correlated
        mentor=OuterRef(OuterRef("person_id")), state=SharingRequest.State.AGREED
    )
    places = Coalesce(F("capacity"), F("organisation__places_per_mentor"))
    lent = MentorProfile.objects.in_bank(on).filter(person__in=mine.values("guest_id"))  # unscoped: a sum
    # One group of them all, whatever organisation they are in.
    lent = lent.order_by().annotate(all=Value(1)).values("all").annotate(number=Sum(places)).values("number")
    return profiles.annotate(free=places - Coalesce(Subquery(taken), 0) - Coalesce(Subquery(lent), 0))


def lent_places(access: Access) -> dict[int, int]:
    """How many places of own mentors other organisations have today, by id of the mentor; one query."""
    mine = SharingRequest.objects.visible_to(access).filter(owner_id=access.organisation_id)
    guests = mine.filter(state=SharingRequest.State.AGREED)
    there = MentorProfile.objects.in_bank(access.today).filter(  # unscoped: a sum
        person__in=guests.values("guest_id")
    )
    owner = Subquery(guests.filter(guest=OuterRef("person_id")).values("mentor_id")[:1])
    places = Coalesce(F("capacity"), F("organisation__places_per_mentor"))
    return dict(
        there.order_by().annotate(lent=owner).values("lent").annotate(number=Sum(places)).values_list("lent", "number")
    )


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request as either side sees it: `partner` is the short name of the other organisation.

    `name` is "" where the mentor no longer consents to be shown. `may_go_out` says whether the line may stand in
    what leaves the portal: a consent to it is in force.
    """

    pk: int
    partner: str
    name: str
    topics: str
    state: str
    state_label: str
    asked_at: datetime
    answered_at: datetime | None
    answer: str
    guest_id: int | None
    may_go_out: bool


def incoming_requests(access: Access) -> QuerySet[SharingRequest]:
    """Requests for mentors of the asker's organisation, with both, the longest waiting first."""
    requests = SharingRequest.objects.visible_to(access).filter(owner_id=access.organisation_id)
    return requests.select_related("organisation", "mentor").order_by("asked_at", "pk")


def incoming(access: Access) -> list[RequestLine]:
    """What other organisations wait to be answered."""
    return [_incoming_line(row) for row in incoming_requests(access).open()]


def lent(access: Access) -> list[RequestLine]:
    """Own mentors who work in other organisations too, by agreement."""
    return [_incoming_line(row) for row in incoming_requests(access).filter(state=SharingRequest.State.AGREED)]


def _incoming_line(row: SharingRequest) -> RequestLine:
    return _line(row, row.organisation.short_name, row.mentor.full_name, may_go_out=True)


def outgoing(access: Access) -> list[RequestLine]:
    """The requests of the asker's organisation, newest first.

    A mentor whom nobody has lent yet is named only while their consents to that are in force.
    """
    shown = Person.objects.consenting(*NEEDED_TO_SHARE, on=access.today)  # unscoped: narrows
    known = Person.objects.consenting(Purpose.PROCESSING, on=access.today)  # unscoped: narrows
    rows = SharingRequest.objects.visible_to(access).filter(organisation_id=access.organisation_id)
    rows = rows.annotate(
        is_shown=Exists(shown.filter(pk=OuterRef("mentor_id"))), is_known=Exists(known.filter(pk=OuterRef("guest_id")))
    )
    found = []
    for row in rows.select_related("owner", "mentor", "guest").order_by("-asked_at", "-pk"):
        name = row.guest.full_name if row.guest else row.mentor.full_name if row.is_shown else ""
        found.append(_line(row, row.owner.short_name, name, may_go_out=row.is_known if row.guest else row.is_shown))
    return found


def _line(row: SharingRequest, partner: str, name: str, *, may_go_out: bool) -> RequestLine:
    return RequestLine(
        pk=row.pk,
        partner=partner,
        name=name,
        topics=row.topics,
        state=row.state,
        state_label=row.get_state_display(),
        asked_at=row.asked_at,
        answered_at=row.answered_at,
        answer=row.answer,
        guest_id=row.guest_id,
        may_go_out=may_go_out,
    )


def outgoing_for_export(access: Access) -> list[RequestLine]:
    """The own requests as they go out of the house: only with mentors whose consent to it is in force."""
    return [line for line in outgoing(access) if line.may_go_out]


def waiting_requests(access: Access) -> list[SharingRequest]:
    """What waits for the asker: requests to answer, and lent mentors of the bank who lack a consent here (`guest_id`).

    One query; the oldest first.
    """
    there = MentorProfile.objects.visible_to(access).in_bank(access.today).values("person_id")
    consenting = Person.objects.visible_to(access).consenting(*NEEDED_TO_ORDER, on=access.today).values("pk")
    requests = SharingRequest.objects.visible_to(access).filter(
        Q(state=SharingRequest.State.ASKED, owner_id=access.organisation_id)
        | (Q(organisation_id=access.organisation_id, guest__in=there) & ~Q(guest__in=consenting))
    )
    return list(requests.select_related("organisation").order_by("asked_at", "pk"))


@dataclass(frozen=True, slots=True)
class Lending:
    """Whether a mentor can be lent: their profile and free places, or in words what forbids it."""

    profile: MentorProfile | None = None
    free: int = 0
    obstacle: str = ""


def lending(access: Access, request: SharingRequest) -> Lending:
    """What stands today for and against lending the mentor of a request, which is for the asker to answer."""
    missing = missing_consents(request.mentor_id, NEEDED_TO_SHARE, access.today)
    if missing:
        return Lending(obstacle=f"Согласовать нельзя: у наставника нет действующего согласия ({'; '.join(missing)}).")
    if access.organisation.parent_id is None or request.organisation.parent_id != access.organisation.parent_id:
        return Lending(obstacle="Согласовать нельзя: школа больше не в вашем районе.")
    profile = _offered_to(request.organisation, access.today).filter(person_id=request.mentor_id).first()
    if profile is None:
        return Lending(obstacle="Согласовать нельзя: наставник вышел из банка или ещё не утверждён.")
    if profile.free < 1:
        return Lending(obstacle="Согласовать нельзя: у наставника нет свободных мест.")
    return Lending(profile, profile.free)
