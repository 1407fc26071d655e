"""Both banks: one profile per stay of a person in a bank, kept over the years."""

from datetime import date
from typing import TYPE_CHECKING, Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from mentoring.domain.bank_sheet.values import MentoringForm
from mentoring.domain.vocabulary import CATEGORY_LABELS, FORM_LABELS
from people.domain.consent import Purpose
from people.domain.roles import Permission
from people.domain.school_year import SchoolYear
from people.models import Organisation, Person

if TYPE_CHECKING:
    from people.access import Access

FORM_CHOICES = [(form.value, label) for form, label in FORM_LABELS.items()]


class ProfileQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        """Profiles of the organisation; of people without a consent in force only for who must collect it."""
        own = self.filter(organisation_id=access.organisation_id)
        if access.may(Permission.BANKS_EDIT):
            return own
        if access.may(Permission.BANKS_VIEW):
            return own.consenting(Purpose.PROCESSING, on=access.today)
        return own.filter(person_id=access.person_id)

    def consenting(self, *purposes: Purpose, on: date) -> Self:
        """Profiles of people whose consents to all `purposes` are in force on the day `on`."""
        people = Person.objects.consenting(*purposes, on=on)  # unscoped: narrows rows that are scoped
        return self.filter(person__in=people)

    def in_bank(self, on: date) -> Self:
        """Those who are in the bank on the day `on`, and have not left the organisation by then."""
        return self.filter(
            Q(left_on__isnull=True) | Q(left_on__gt=on),
            Q(person__left_on__isnull=True) | Q(person__left_on__gt=on),
            entered_on__lte=on,
        )

    def in_bank_during(self, year: SchoolYear) -> Self:
        """Those who were in the bank on any day of the school year."""
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gt=year.first_day), entered_on__lte=year.last_day)


class Profile(models.Model):
    """What both banks have in common."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    entered_on = models.DateField("вошёл в программу")
    left_on = models.DateField("вышел", null=True, blank=True)
    outcome = models.CharField("результаты программы", max_length=1000, blank=True)
    case_url = models.URLField("ссылка на кейс или отзыв", blank=True)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        abstract = True


@pghistory.track()
class MentorProfile(Profile):
    """A person's stay in the bank of mentors (columns: domain reference 4.2)."""

    class Standing(models.TextChoices):
        CANDIDATE = "candidate", "кандидат"
        APPROVED = "approved", "утверждён"

    person = models.ForeignKey(Person, models.PROTECT, related_name="mentor_profiles")
    capacity = models.PositiveSmallIntegerField("наставляемых не более", null=True, blank=True)
    hours = models.DecimalField("часов в неделю", max_digits=4, decimal_places=1, null=True, blank=True)
    standing = models.CharField("в банке как", max_length=10, choices=Standing.choices, default=Standing.APPROVED)
    trained_on = models.DateField("прошёл подготовку наставников", null=True, blank=True)
    achievements = models.CharField("важные для программы достижения", max_length=1000, blank=True)
    interests = models.CharField("интересы", max_length=1000, blank=True)
    desired_age = models.CharField("желаемый возраст наставляемых", max_length=100, blank=True)
    forms = ArrayField(
        models.CharField(max_length=30, choices=FORM_CHOICES), verbose_name="формы", default=list, blank=True
    )

    class Meta:
        verbose_name = "наставник"
        verbose_name_plural = "банк наставников"
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(left_on__isnull=True),
                name="one_open_mentor_profile_per_person",
                violation_error_message="Человек уже в банке наставников.",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("entered_on")),
                name="mentor_profile_period_is_not_reversed",
                violation_error_message="Вышел из банка раньше, чем вошёл.",
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gte=1, capacity__lte=30),
                name="mentor_capacity_is_plausible",
                violation_error_message="Наставляемых может быть от 1 до 30.",
            ),
        ]

    def __str__(self) -> str:
        return f"наставник {self.person_id}"

    def places(self) -> int:
        """How many mentees at a time: the mentor's own number, or the organisation's."""
        return self.capacity or self.organisation.places_per_mentor


class MentorTopic(models.Model):
    """A competence of a mentor."""

    profile = models.ForeignKey(MentorProfile, models.CASCADE, related_name="topics")
    topic = models.CharField("компетенция", max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "topic"],
                name="one_row_per_mentor_topic",
                violation_error_message="Такая компетенция уже указана.",
            )
        ]

    def __str__(self) -> str:
        return self.topic


@pghistory.track()
class MenteeProfile(Profile):
    """A person's stay in the bank of mentees (columns: domain reference 4.1)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="mentee_profiles")
    category = models.CharField(
        "категория наставляемого",
        max_length=20,
        choices=[(category.value, label) for category, label in CATEGORY_LABELS.items()],
        blank=True,
    )
    expectations = models.CharField("ожидания", max_length=1000, blank=True)
    form = models.CharField(
        "форма", max_length=30, choices=FORM_CHOICES, default=MentoringForm.TEACHER_TEACHER, blank=True
    )

    class Meta:
        verbose_name = "наставляемый"
        verbose_name_plural = "банк наставляемых"
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(left_on__isnull=True),
                name="one_open_mentee_profile_per_person",
                violation_error_message="Человек уже в банке наставляемых.",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("entered_on")),
                name="mentee_profile_period_is_not_reversed",
                violation_error_message="Вышел из банка раньше, чем вошёл.",
            ),
        ]

    def __str__(self) -> str:
        return f"наставляемый {self.person_id}"


class MenteeRequest(models.Model):
    """What a mentee asks help with; the weight says how much (1 to 5), the source who said so."""

    profile = models.ForeignKey(MenteeProfile, models.CASCADE, related_name="requests")
    topic = models.CharField("запрос", max_length=200)
    weight = models.PositiveSmallIntegerField("важность", default=3)
    source = models.CharField("источник", max_length=60, default="банк")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "topic"],
                name="one_row_per_mentee_request",
                violation_error_message="Такой запрос уже указан.",
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=5),
                name="request_weight_is_1_to_5",
                violation_error_message="Важность — от 1 до 5.",
            ),
        ]

    def __str__(self) -> str:
        return self.topic
