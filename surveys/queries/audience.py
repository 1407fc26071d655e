"""Whom an audience means: people with the side they answer from."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from mentoring.domain.pairing_states import FIXED, PairingState
from mentoring.models import MenteeProfile, MentorProfile, PairingMentee
from mentoring.models.pairings import days
from mentoring.models.profiles import ProfileQuerySet
from people.access import Access
from people.domain.consent import Purpose
from people.domain.roles import Permission
from people.domain.school_year import SchoolYear
from people.models import Membership, Person
from surveys.domain.audience import Audience, Standing
from surveys.domain.questionnaire import Side

LASTED = FIXED | {PairingState.COMPLETED, PairingState.ENDED_EARLY, PairingState.REPLACED}


@dataclass(frozen=True, slots=True)
class Invitee:
    """Somebody who would be asked; `has_consent` says whether processing is allowed today."""

    person: Person
    side: Side
    has_consent: bool


def invitees(access: Access, audience: Audience) -> list[Invitee]:
    """The people an audience selects today, in the order of names; who has left the organisation is nobody.

    Somebody in both banks answers as a mentor, unless only mentees are asked.
    """
    access.check(Permission.SURVEYS_EDIT)
    sides: dict[int, Side] = dict.fromkeys(_without_side(access, audience), Side.NONE)
    if Side.MENTEE in audience.sides:
        sides |= dict.fromkeys(_mentees(access, audience), Side.MENTEE)
    if Side.MENTOR in audience.sides:
        sides |= dict.fromkeys(_mentors(access, audience), Side.MENTOR)
    wanted = sides.keys() - set(audience.left_out_ids)
    people = Person.objects.visible_to(access).filter(pk__in=wanted).present(access.today)
    rows = people.with_consent(Purpose.PROCESSING, on=access.today).order_by("sort_key", "pk")
    return [Invitee(person, sides[person.pk], person.has_processing) for person in rows]


def _without_side(access: Access, audience: Audience) -> Iterable[int]:
    """People by kind, by role and by hand; those who are in a bank answer from its side."""
    people = Person.objects.visible_to(access)
    found = set(people.filter(kind__in=audience.kinds).values_list("pk", flat=True)) if audience.kinds else set()
    if audience.roles:
        members = Membership.objects.visible_to(access).filter(role__in=audience.roles, person__isnull=False)
        found |= set(members.values_list("person_id", flat=True))
    return found | set(audience.person_ids)


def _mentors(access: Access, audience: Audience) -> QuerySet:
    profiles = MentorProfile.objects.visible_to(access).in_bank(access.today)
    if audience.forms:
        profiles = profiles.filter(forms__overlap=list(audience.forms))
    return _standing(access, profiles, audience.standing, "mentor_id").values_list("person_id", flat=True)


def _mentees(access: Access, audience: Audience) -> QuerySet:
    profiles = MenteeProfile.objects.visible_to(access).in_bank(access.today)
    if audience.forms:
        profiles = profiles.filter(form__in=audience.forms)
    if audience.categories:
        profiles = profiles.filter(category__in=audience.categories)
    return _standing(access, profiles, audience.standing, "mentee_id").values_list("person_id", flat=True)


def _standing(access: Access, profiles: ProfileQuerySet, standing: Standing, part: str) -> QuerySet:
    if standing == Standing.ANY:
        return profiles
    places = PairingMentee.objects.visible_to(access).filter(**{part: OuterRef("person_id")})
    if standing == Standing.WAITING:
        return profiles.exclude(Exists(places.taken(access.today)))
    # Those whose pair has ended are asked how it was, as long as it is the same school year.
    year = SchoolYear.of(access.today)
    this_year = places.filter(during__overlap=days(year.first_day, year.last_day))
    return profiles.filter(Exists(this_year.filter(pairing__state__in=sorted(LASTED))))
