"""Pairs and groups. The exclusion constraints below make double booking impossible, whoever asks."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Exists, F, Func, OuterRef, Q, Value

from documents.models import Document
from mentoring.domain.pairing_states import BEFORE_ORDER, LIVE, STATE_LABELS, PairingState
from mentoring.domain.vocabulary import GROUND_LABELS, KIND_LABELS, MentoringKind
from mentoring.models.profiles import FORM_CHOICES
from people.domain.consent import Purpose
from people.domain.roles import Permission
from people.models import Organisation, Person, User

if TYPE_CHECKING:
    from people.access import Access

NEVER = DateRange(empty=True)


def days(first: date, last: date) -> DateRange:
    """The period from the first to the last day, both included, as PostgreSQL keeps it."""
    return DateRange(first, last + timedelta(days=1), "[)")


def _point(field: str, function: str = "int8range") -> Func:
    """A whole number as a range of itself: GiST compares ranges without any extension."""
    return Func(F(field), F(field), Value("[]"), function=function)


class PairingQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        """All of the organisation for who makes pairings; those one is part of for who may not look at them.

        Who may only look sees those in which everybody's consent to processing is in force.
        """
        own = self.filter(organisation_id=access.organisation_id)
        if access.may(Permission.PAIRINGS_EDIT):
            return own
        if access.may(Permission.PAIRINGS_VIEW):
            return own.exclude(pk__in=own.lacking_consent(access.today).values("pk"))
        part = PairingMentee.objects.filter(mentee_id=access.person_id).values("pairing_id")  # unscoped: one's own
        return own.filter(Q(mentor_id=access.person_id) | Q(pk__in=part))

    def lacking_consent(self, on: date) -> Self:
        """Those with somebody whose consent to processing is not in force on the day `on`."""
        consenting = Person.objects.consenting(Purpose.PROCESSING, on=on)  # unscoped: narrows rows that are scoped
        places = PairingMentee.objects.filter(pairing=OuterRef("pk"))  # unscoped: correlated to scoped rows
        return self.filter(~Q(mentor__in=consenting) | Exists(places.exclude(mentee__in=consenting)))

    def live(self) -> Self:
        return self.filter(state__in=sorted(LIVE))


@pghistory.track()
class Pairing(models.Model):
    """One mentor with one or several mentees over a period."""

    State = PairingState

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    mentor = models.ForeignKey(Person, models.PROTECT, related_name="mentored_pairings", verbose_name="наставник")
    form = models.CharField("форма", max_length=30, choices=FORM_CHOICES)
    kind = models.CharField(
        "вид",
        max_length=20,
        choices=[(kind.value, label) for kind, label in KIND_LABELS.items()],
        default=MentoringKind.TRADITIONAL,
    )
    goal = models.CharField("цель", max_length=500, blank=True)
    period = DateRangeField("период")
    state = models.CharField(
        "состояние",
        max_length=15,
        choices=[(state.value, label) for state, label in STATE_LABELS.items()],
        default=PairingState.PROPOSED,
    )
    over_capacity_reason = models.CharField("почему больше наставляемых, чем можно", max_length=300, blank=True)
    basis = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    run = models.ForeignKey(
        "mentoring.MatchingRun", models.PROTECT, null=True, blank=True, related_name="pairings", verbose_name="подбор"
    )
    ended_on = models.DateField("последний день", null=True, blank=True)
    end_ground = models.CharField(
        "основание",
        max_length=20,
        blank=True,
        choices=[(ground.value, label) for ground, label in GROUND_LABELS.items()],
    )
    created_at = models.DateTimeField("создана")
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = PairingQuerySet.as_manager()

    class Meta:
        verbose_name = "пара или группа"
        verbose_name_plural = "пары и группы"
        constraints = [
            models.UniqueConstraint(fields=["id", "mentor", "organisation"], name="pairing_has_one_mentor"),
            models.CheckConstraint(condition=Q(period__isempty=False), name="pairing_period_is_not_empty"),
            models.CheckConstraint(
                condition=Q(state__in=sorted(BEFORE_ORDER)) | Q(basis__isnull=False),
                name="fixed_pairing_has_an_order",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(LIVE | {PairingState.DECLINED}), ended_on__isnull=True)
                | (Q(state__in=["completed", "ended_early", "replaced"], ended_on__isnull=False) & ~Q(end_ground="")),
                name="ended_pairing_has_day_and_ground",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state"], name="pairings_by_state")]

    def __str__(self) -> str:
        return f"пара {self.pk}"

    @property
    def starts_on(self) -> date:
        return self.period.lower

    @property
    def ends_on(self) -> date:
        """The last day, included."""
        return self.ended_on or self.period.upper - timedelta(days=1)

    @property
    def is_live(self) -> bool:
        return self.state in LIVE


class PairingMenteeQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        pairings = Pairing.objects.visible_to(access)
        return self.filter(organisation_id=access.organisation_id, pairing__in=pairings)

    def taken(self, on: date) -> Self:
        """Places taken on the day `on` or later, proposals included."""
        return self.filter(during__endswith__gt=on)


class PairingMentee(models.Model):
    """One mentee's place with a mentor. `during` is empty while nothing is taken: declined, or only planned.

    A composite foreign key (migration 0002) keeps `mentor` and `organisation` equal to the pairing's, and others
    keep both persons in the same organisation.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    pairing = models.ForeignKey(Pairing, models.CASCADE, related_name="mentees")
    mentor = models.ForeignKey(Person, models.PROTECT, related_name="+")
    mentee = models.ForeignKey(Person, models.PROTECT, related_name="mentee_places", verbose_name="наставляемый")
    during = DateRangeField("занято")
    slot = models.PositiveSmallIntegerField("место по счёту")
    places = models.PositiveSmallIntegerField("мест у наставника в то время")
    over_capacity_reason = models.CharField(max_length=300, blank=True)

    objects = PairingMenteeQuerySet.as_manager()

    class Meta:
        verbose_name = "место наставляемого"
        verbose_name_plural = "места наставляемых"
        constraints = [
            models.UniqueConstraint(fields=["pairing", "mentee"], name="one_place_per_mentee_in_a_pairing"),
            models.CheckConstraint(condition=~Q(mentor=F("mentee")), name="nobody_mentors_themselves"),
            models.CheckConstraint(
                condition=Q(slot__lte=F("places")) | ~Q(over_capacity_reason=""),
                name="capacity_is_exceeded_only_with_a_reason",
            ),
            models.CheckConstraint(condition=Q(slot__gte=1), name="slots_count_from_one"),
            ExclusionConstraint(
                name="one_mentor_at_a_time_per_mentee",
                expressions=[(_point("mentee_id"), "&&"), ("during", "&&")],
            ),
            ExclusionConstraint(
                name="one_mentee_at_a_time_per_slot",
                expressions=[
                    (_point("mentor_id"), "&&"),
                    (_point("slot", "int4range"), "&&"),
                    ("during", "&&"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentee_id} у {self.mentor_id}"
