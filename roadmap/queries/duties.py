"""Whom the words of a plan mean by a responsible, and whose measures are whose."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Q, QuerySet

from mentoring.models import MenteeProfile, MentorProfile
from people.access import Access
from people.domain.roles import Permission, Role
from people.models import Membership
from roadmap.domain.duty_words import MENTEES, MENTORS
from roadmap.models import Duty, Measure, Occurrence, Roadmap

PROFILES = {MENTORS: MentorProfile, MENTEES: MenteeProfile}


def banks_of(person_ids: Collection[int], on: date) -> dict[str, set[int]]:
    """Which of the people are in which bank on a day."""
    return {
        bank: set(
            model.objects.filter(person__in=person_ids)  # unscoped: of rows that are scoped
            .in_bank(on)
            .values_list("person_id", flat=True)
        )
        for bank, model in PROFILES.items()
    }


def bank_duties(person_ids: Collection[int], on: date) -> Q:
    """Which duties mean one of the people on a day because they are in a bank."""
    found = Q()
    for bank, model in PROFILES.items():
        profiles = model.objects.filter(person__in=person_ids).in_bank(on)  # unscoped: of rows that are scoped
        found |= Q(Exists(profiles), role=bank)
    return found


def _own_duties(access: Access) -> QuerySet[Duty]:
    """What means the asker in the organisation: by role, by bank or by person."""
    meant = Q(role__in=sorted(access.roles))
    if access.person_id:
        meant |= Q(person_id=access.person_id) | bank_duties([access.person_id], access.today)
    return Duty.objects.visible_to(access).filter(meant)


def own_words(access: Access) -> list[str]:
    """The words by which plans of the organisation mean the asker."""
    return sorted(set(_own_duties(access).values_list("words", flat=True)))


def own_occurrences(access: Access) -> QuerySet[Occurrence]:
    """What the asker is responsible for, in plans in work, the earliest term first.

    Whoever runs the plans also has what nobody is named for, or words that mean nobody here.
    """
    own = Q(measure__responsible__overlap=_own_duties(access).order_by("pk").values_list("words", flat=True))
    if access.may(Permission.ROADMAP_EDIT):
        known = Duty.objects.visible_to(access).order_by("pk").values_list("words", flat=True)
        own |= ~Q(measure__responsible__overlap=known)
    return (
        Occurrence.objects.visible_to(access)
        .filter(own, measure__roadmap__is_confirmed=True)
        .select_related("measure__roadmap", "measure__origin__organisation")
        .order_by("ends_on", "measure__position", "pk")
    )


def responsible_persons(access: Access, roadmap: Roadmap) -> list[int]:
    """The people a plan names: by themselves, or by a role that they hold; banks are too many to read an order."""
    words = {each for responsible in roadmap.measures.values_list("responsible", flat=True) for each in responsible}
    duties = Duty.objects.visible_to(access).filter(words__in=words)
    roles = [role for role in duties.values_list("role", flat=True) if role not in ("", Role.PARTICIPANT)]
    members = Membership.objects.visible_to(access).filter(role__in=roles, person__isnull=False)
    named = {*members.values_list("person_id", flat=True), *duties.values_list("person_id", flat=True)}
    return sorted(person for person in named if person)


def is_own(access: Access, measure: Measure) -> bool:
    """Whether the asker is among the responsible of a measure."""
    return bool(set(measure.responsible) & set(own_words(access)))


@dataclass(frozen=True, slots=True)
class DutyLine:
    """Words of the plans, whom they mean, and in how many measures they stand; `variants` are their spellings."""

    words: str
    duties: list[Duty]
    measures: int
    variants: list[str]


def duty_lines(access: Access) -> list[DutyLine]:
    """All words for a responsible in the organisation's plans, letter case aside; those that mean nobody first."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for responsible in Measure.objects.visible_to(access).values_list("responsible", flat=True):
        for words in responsible:
            counts[words.casefold()][words] += 1
    meant: dict[str, dict[tuple[str, int | None], Duty]] = defaultdict(dict)
    for duty in Duty.objects.visible_to(access).select_related("person").order_by("role", "pk"):
        meant[duty.words.casefold()][duty.role, duty.person_id] = duty
    lines = [
        DutyLine(min(variants), list(meant[key].values()), variants.total(), sorted(variants))
        for key, variants in counts.items()
    ]
    return sorted(lines, key=lambda line: (bool(line.duties), line.words.casefold()))
