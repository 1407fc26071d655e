"""Reading both banks: lists, filters, load, the queue of those without a mentor."""

from dataclasses import dataclass
from datetime import date

from django.db.models import (
    Count,
    DateField,
    Exists,
    F,
    Func,
    IntegerField,
    Max,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Greatest

from mentoring.domain.bank_sheet.fields import Bank
from mentoring.models import MenteeProfile, MenteeRequest, MentorProfile, MentorTopic, PairingMentee
from mentoring.queries.failures import came_back
from people.access import Access
from people.domain.consent import Purpose
from people.domain.school_year import SchoolYear
from people.models import Consent, Person
from people.models.persons import folded


@dataclass(frozen=True, slots=True)
class BankFilter:
    """What a bank's list is narrowed and sorted by; the defaults show everybody of this year by name.

    `consent` is "yes", "no", or "wanted": those in the bank today whose consent has yet to be got. `standing` narrows
    mentors alone: "candidate", "approved", or "untrained": those without a mark of training.
    """

    search: str = ""
    year: SchoolYear | None = None
    consent: str = ""
    load: str = ""
    sort: str = "name"
    standing: str = ""


SORTS = {
    "name": ("person__sort_key", "pk"),
    "-name": ("-person__sort_key", "pk"),
    "entered": ("entered_on", "pk"),
    "-entered": ("-entered_on", "pk"),
}


def _upper(field: str) -> Func:
    return Func(F(field), function="upper", output_field=DateField())


def _days_until(day: date, since: str) -> Func:
    today = Value(day, output_field=DateField())
    return Func(today, F(since), template="(%(expressions)s)", arg_joiner=" - ", output_field=IntegerField())


def _consents(access: Access) -> QuerySet[Consent]:
    return Consent.objects.in_force(access.today).filter(  # unscoped: correlated
        person=OuterRef("person_id"), purpose=Purpose.PROCESSING
    )


def _has_consent(access: Access) -> Coalesce:
    # Not Exists: PostgreSQL would look up everybody's consent at once, and a page shows a few people only.
    return Coalesce(Subquery(_consents(access).annotate(yes=Value(True)).values("yes")[:1]), False)


def _narrowed(
    access: Access, profiles: QuerySet[MentorProfile] | QuerySet[MenteeProfile], wanted: BankFilter
) -> QuerySet[MentorProfile] | QuerySet[MenteeProfile]:
    on = access.today
    found = profiles.in_bank_during(wanted.year or SchoolYear.of(on))
    for word in folded(wanted.search).split():
        found = found.filter(person__sort_key__contains=word)
    found = found.annotate(has_consent=_has_consent(access))
    if wanted.consent:
        given = Exists(_consents(access))
        found = found.filter(given if wanted.consent == "yes" else ~given)
    if wanted.consent == "wanted":
        found = found.in_bank(on)
    return found.order_by(*SORTS.get(wanted.sort, SORTS["name"]))


def _taken_now(on: date) -> QuerySet[PairingMentee]:
    return PairingMentee.objects.taken(on)  # unscoped: narrowed by rows that are scoped


def mentor_list(access: Access, wanted: BankFilter) -> QuerySet[MentorProfile]:
    """Mentors with topics, `has_consent` and `taken`: how many places are taken today or later."""
    profiles = _narrowed(access, MentorProfile.objects.visible_to(access), wanted)
    taken = (
        _taken_now(access.today)
        .filter(mentor=OuterRef("person_id"))
        .order_by()
        .values("mentor")
        .annotate(taken=Count("pk"))
        .values("taken")
    )
    found = profiles.annotate(taken=Coalesce(Subquery(taken), 0))
    if wanted.load:
        places = Coalesce(F("capacity"), access.organisation.places_per_mentor)
        found = found.filter(taken__lt=places) if wanted.load == "free" else found.filter(taken__gte=places)
    if wanted.standing:
        untrained = wanted.standing == "untrained"
        found = found.filter(**{"trained_on": None} if untrained else {"standing": wanted.standing})
    return found.select_related("person", "organisation").prefetch_related(
        Prefetch("topics", MentorTopic.objects.order_by("pk"))  # unscoped: of scoped rows
    )


def mentee_list(access: Access, wanted: BankFilter) -> QuerySet[MenteeProfile]:
    """Mentees with requests, `has_consent`, `waits` and, in `person.places`, their mentors of today or later."""
    profiles = _narrowed(access, MenteeProfile.objects.visible_to(access), wanted)
    places = _taken_now(access.today).filter(mentee=OuterRef("person_id"))
    found = profiles.annotate(waits=~Exists(places))
    if wanted.load:
        found = found.filter(waits=wanted.load == "free")
    return found.select_related("person").prefetch_related(
        Prefetch("requests", MenteeRequest.objects.order_by("-weight", "pk")),  # unscoped: of scoped rows
        Prefetch(
            "person__mentee_places",
            PairingMentee.objects.visible_to(access)
            .taken(access.today)
            .select_related("mentor", "pairing")
            .order_by("during", "pk"),
            to_attr="places",
        ),
    )


def bank_list(access: Access, bank: Bank, wanted: BankFilter) -> QuerySet[MentorProfile] | QuerySet[MenteeProfile]:
    """The list of either bank."""
    return mentor_list(access, wanted) if bank == Bank.MENTORS else mentee_list(access, wanted)


def by_index_of_names(
    access: Access, profiles: QuerySet[MentorProfile] | QuerySet[MenteeProfile]
) -> QuerySet[MentorProfile] | QuerySet[MenteeProfile]:
    """The same profiles: that their persons are of the organisation too is true anyway (a composite foreign key).

    Said aloud, it lets PostgreSQL walk its index of names and stop after one page, however many people there are.
    """
    return profiles.filter(person__organisation_id=access.organisation_id)


def hidden_count(access: Access, bank: Bank) -> int:
    """How many people of the bank are not shown to the asker because their consent is not in force."""
    model = MentorProfile if bank == Bank.MENTORS else MenteeProfile
    everybody = model.objects.filter(organisation=access.organisation)  # unscoped: a count, of the own organisation
    shown = model.objects.visible_to(access)
    return everybody.in_bank(access.today).count() - shown.in_bank(access.today).count()


def queue(access: Access) -> QuerySet[MenteeProfile]:
    """Mentees without a mentor, the longest waiting first, with `has_consent`.

    `waits_since` is the first day without a mentor, `days_waiting` how long ago that was, `is_refused` whether they
    are here after a refusal.
    """
    places = PairingMentee.objects.filter(mentee=OuterRef("person_id"))  # unscoped: correlated to scoped rows
    last = (
        places.filter(during__endswith__lte=access.today)
        .order_by()
        .values("mentee")
        .annotate(last=Max(_upper("during")))
        .values("last")
    )
    return (
        MenteeProfile.objects.visible_to(access)
        .in_bank(access.today)
        .filter(~Exists(places.taken(access.today)))
        .annotate(waits_since=Greatest(F("entered_on"), Coalesce(Subquery(last), F("entered_on"))))
        .annotate(days_waiting=_days_until(access.today, "waits_since"), has_consent=_has_consent(access))
        .annotate(is_refused=came_back(access))
        .select_related("person")
        .prefetch_related(
            Prefetch("requests", MenteeRequest.objects.order_by("-weight", "pk"))
        )  # unscoped: of scoped rows
        .order_by("waits_since", "person__sort_key", "pk")
    )


def years_of_bank(access: Access, bank: Bank) -> list[SchoolYear]:
    """School years in which somebody was in the bank, newest first."""
    model = MentorProfile if bank == Bank.MENTORS else MenteeProfile
    first = model.objects.visible_to(access).order_by("entered_on", "pk").values_list("entered_on", flat=True).first()
    this = SchoolYear.of(access.today)
    oldest = SchoolYear.of(first) if first else this
    return [SchoolYear(start) for start in range(this.start, min(oldest.start, this.start) - 1, -1)]


def profiles_of(access: Access, person: Person) -> tuple[list[MentorProfile], list[MenteeProfile]]:
    """A person's stays in both banks, newest first."""
    mentor = MentorProfile.objects.visible_to(access).filter(person=person).prefetch_related("topics")
    mentee = MenteeProfile.objects.visible_to(access).filter(person=person).prefetch_related("requests")
    return list(mentor.order_by("-entered_on", "-pk")), list(mentee.order_by("-entered_on", "-pk"))


@dataclass(frozen=True, slots=True)
class BankFigures:
    """The numbers of a bank's tile; of those who wait, `refused` came back after a refusal."""

    mentors: int
    mentees: int
    waiting: int
    longest_wait_days: int
    longest_waiting: str
    mentors_with_consent: int
    mentees_with_consent: int
    refused: int = 0

    @property
    def people(self) -> int:
        return self.mentors + self.mentees

    @property
    def with_consent(self) -> int:
        return self.mentors_with_consent + self.mentees_with_consent

    @property
    def consent_percent(self) -> int:
        return 100 * self.with_consent // self.people if self.people else 0


def bank_figures(access: Access) -> BankFigures:
    """How many are in the banks today, how many wait, how many consents are in force."""
    mentors = _counted(access, MentorProfile.objects.visible_to(access), Bank.MENTORS)
    mentees = _counted(access, MenteeProfile.objects.visible_to(access), Bank.MENTEES)
    waiting = list(queue(access).prefetch_related(None))
    counts = {bank: (people, consenting) for bank, people, consenting in mentors.union(mentees, all=True)}
    (mentors_there, mentors_consenting), (mentees_there, mentees_consenting) = (
        counts.get(bank, (0, 0)) for bank in (Bank.MENTORS, Bank.MENTEES)
    )
    return BankFigures(
        mentors=mentors_there,
        mentees=mentees_there,
        waiting=len(waiting),
        longest_wait_days=waiting[0].days_waiting if waiting else 0,
        longest_waiting=waiting[0].person.short_name if waiting else "",
        refused=sum(profile.is_refused for profile in waiting),
        mentors_with_consent=mentors_consenting,
        mentees_with_consent=mentees_consenting,
    )


def _counted(
    access: Access, profiles: QuerySet[MentorProfile] | QuerySet[MenteeProfile], bank: Bank
) -> QuerySet[MentorProfile] | QuerySet[MenteeProfile]:
    """The bank's name, how many are in it today, and how many of them consent; no row where nobody is."""
    consenting = Q(person__in=Person.objects.consenting(Purpose.PROCESSING, on=access.today))  # unscoped: narrows
    one_row = profiles.in_bank(access.today).order_by().values("organisation")
    counted = one_row.annotate(bank=Value(bank.value), people=Count("pk"), consenting=Count("pk", filter=consenting))
    return counted.values_list("bank", "people", "consenting")


def bank_for_export(access: Access, bank: Bank, wanted: BankFilter) -> list[MentorProfile] | list[MenteeProfile]:
    """The list as it goes out of the house: only people whose consent is in force, with `export_places`.

    The places are those of all years; the other side of a place goes out under the same rule.
    """
    profiles = _going_out(access, bank, wanted)
    places = _places_of(access, bank, profiles, PairingMentee.objects.all())  # unscoped: narrowed by scoped rows
    for profile in profiles:
        profile.export_places = places.get(profile.person_id, [])
    return profiles


def bank_for_print(access: Access, bank: Bank, wanted: BankFilter) -> list[MentorProfile] | list[MenteeProfile]:
    """The list as it is printed: people as in `bank_for_export`, with `print_people`.

    Those are the people of the other side whose places are taken today or later, each once.
    """
    profiles = _going_out(access, bank, wanted)
    places = _places_of(access, bank, profiles, _taken_now(access.today))
    for profile in profiles:
        taken = places.get(profile.person_id, [])
        people = [place.mentee if bank == Bank.MENTORS else place.mentor for place in taken]
        profile.print_people = list(dict.fromkeys(people))
    return profiles


def _going_out(access: Access, bank: Bank, wanted: BankFilter) -> list[MentorProfile] | list[MenteeProfile]:
    return list(bank_list(access, bank, wanted).filter(has_consent=True).select_related("person", "organisation"))


def _places_of(
    access: Access,
    bank: Bank,
    profiles: list[MentorProfile] | list[MenteeProfile],
    places: QuerySet[PairingMentee],
) -> dict[int, list[PairingMentee]]:
    """Those of `places` that are of the profiles' people and of consenting people on the other side."""
    side, other = ("mentor_id", "mentee") if bank == Bank.MENTORS else ("mentee_id", "mentor")
    consenting = Person.objects.consenting(Purpose.PROCESSING, on=access.today)  # unscoped: narrows
    people = [profile.person_id for profile in profiles]
    rows = places.filter(**{f"{side}__in": people, f"{other}__in": consenting}, during__isempty=False)
    found: dict[int, list[PairingMentee]] = {}
    for row in rows.select_related("mentor", "mentee", "pairing").order_by("during", "pk"):
        found.setdefault(getattr(row, side), []).append(row)
    return found
