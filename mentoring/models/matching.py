"""Matching runs: what was matched, how, what came out, and what people changed on the board since."""

from typing import TYPE_CHECKING, Self

import pghistory
from django.db import models
from django.db.models import Q

from mentoring.domain.matching.values import OBJECTIVE_LABELS, Objective
from people.domain.roles import Permission
from people.models import Organisation, Person, User

if TYPE_CHECKING:
    from people.access import Access

OBJECTIVE_CHOICES = [(objective.value, label) for objective, label in OBJECTIVE_LABELS.items()]


class OfWhoPairsQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        """Rows of the organisation, for who puts people together; nobody else sees how it is done."""
        own = self.filter(organisation_id=access.organisation_id)
        return own if access.may(Permission.PAIRINGS_EDIT) else own.none()


@pghistory.track()
class MatchingSettings(models.Model):
    """How an organisation matches: points per criterion, what comes first, whether mentors must be trained.

    An organisation without a row matches by the defaults.
    """

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="+")
    weights = models.JSONField("баллы по признакам", default=dict)
    objective = models.CharField("что важнее", max_length=10, choices=OBJECTIVE_CHOICES, default=Objective.COVER)
    demands_training = models.BooleanField("наставник должен пройти подготовку", default=False)

    objects = OfWhoPairsQuerySet.as_manager()

    class Meta:
        verbose_name = "правила подбора"
        verbose_name_plural = "правила подбора"

    def __str__(self) -> str:
        return f"правила подбора {self.organisation_id}"


class MatchingRun(models.Model):
    """One matching of both banks. Its input, weights and result stay; what people made of it is told by its steps.

    Input and result are JSON by ids of persons (`domain/matching/problem_json.py`): names are read when shown.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "считается"
        SOLVED = "solved", "готов"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    state = models.CharField("состояние", max_length=10, choices=State.choices, default=State.QUEUED)
    objective = models.CharField("что важнее", max_length=10, choices=OBJECTIVE_CHOICES)
    weights = models.JSONField("баллы по признакам", default=dict)
    has_district = models.BooleanField("с наставниками района", default=False)
    input = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    created_at = models.DateTimeField("создан")
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    solved_at = models.DateTimeField("решён", null=True, blank=True)

    objects = OfWhoPairsQuerySet.as_manager()

    class Meta:
        verbose_name = "подбор"
        verbose_name_plural = "подборы"
        constraints = [
            models.UniqueConstraint(fields=["id", "organisation"], name="matching_run_is_of_one_organisation"),
            models.CheckConstraint(
                condition=Q(state="queued", solved_at__isnull=True) | (~Q(state="queued") & Q(solved_at__isnull=False)),
                name="matching_run_is_solved_at_a_moment",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-created_at"], name="matching_runs_newest_first")]

    def __str__(self) -> str:
        return f"подбор {self.pk}"


class MatchingStep(models.Model):
    """One change on the board: a pair fixed or forbidden, or that taken back; undone steps stay as a trace."""

    class Kind(models.TextChoices):
        PIN = "pin", "закреплено"
        UNPIN = "unpin", "закрепление снято"
        BAN = "ban", "запрещено"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    run = models.ForeignKey(MatchingRun, models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField("номер")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    mentee = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="наставляемый")
    mentor = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="наставник")
    reason = models.CharField("причина", max_length=300, blank=True)
    made_at = models.DateTimeField("когда")
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField("отменено", null=True, blank=True)

    objects = OfWhoPairsQuerySet.as_manager()

    class Meta:
        verbose_name = "шаг подбора"
        verbose_name_plural = "шаги подбора"
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="matching_steps_are_numbered"),
            models.CheckConstraint(
                condition=~Q(kind="ban") | ~Q(reason=""),
                name="matching_ban_has_a_reason",
                violation_error_message="Напишите, почему эту пару составлять нельзя.",
            ),
        ]

    def __str__(self) -> str:
        return f"шаг {self.number}"
