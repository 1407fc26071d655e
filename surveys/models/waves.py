"""Waves and whom they ask: invitations, letters, drafts of answers."""

import uuid
from datetime import date
from typing import TYPE_CHECKING, Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from documents.models import Document
from people.domain.roles import Permission
from people.models import Organisation, Person, User
from surveys.domain.audience import Audience
from surveys.domain.disclosure import LEAST_THRESHOLD, THRESHOLD
from surveys.models.questionnaires import SIDES, ScopedQuerySet, Version

if TYPE_CHECKING:
    from people.access import Access


def default_reminders() -> list[int]:
    """Three days and one day before closing."""
    return [3, 1]


class WaveQuerySet(ScopedQuerySet):
    def running(self) -> Self:
        return self.filter(state=Wave.State.OPEN)

    def overdue(self, on: date) -> Self:
        """Those that are open though their last day is over on the day `on`."""
        return self.running().filter(closes_on__lt=on)


@pghistory.track()
class Wave(models.Model):
    """A questionnaire put before an audience for some days. `key` is what the seals of an anonymous wave grow from."""

    class State(models.TextChoices):
        DRAFT = "draft", "готовится"
        OPEN = "open", "идёт"
        CLOSED = "closed", "завершено"

    class Stage(models.TextChoices):
        SINGLE = "", "разовое"
        ENTRY = "entry", "на входе"
        EXIT = "exit", "на выходе"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, models.PROTECT, related_name="waves", verbose_name="анкета")
    title = models.CharField("название", max_length=200)
    audience = models.JSONField("кого спрашиваем", default=dict)
    opens_on = models.DateField("первый день")
    closes_on = models.DateField("последний день")
    remind_days = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name="напомнить за столько дней до конца",
        default=default_reminders,
        blank=True,
    )
    is_anonymous = models.BooleanField("без имён", default=False)
    threshold = models.PositiveSmallIntegerField("не показывать группы меньше", default=THRESHOLD)
    stage = models.CharField("когда", max_length=5, choices=Stage.choices, blank=True, default=Stage.SINGLE)
    entry = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="exits", verbose_name="с каким входом сравнить"
    )
    reader = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="кто читает свободные ответы")
    state = models.CharField("состояние", max_length=6, choices=State.choices, default=State.DRAFT)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    paper_typed = models.PositiveIntegerField("внесено с бумаги", default=0)
    summary = models.ForeignKey(Document, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField("создано")
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField("запущено", null=True, blank=True)
    closed_at = models.DateTimeField("завершено", null=True, blank=True)

    objects = WaveQuerySet.as_manager()

    class Meta:
        verbose_name = "анкетирование"
        verbose_name_plural = "анкетирования"
        constraints = [
            models.UniqueConstraint(fields=["id", "organisation"], name="wave_belongs_to_one_organisation"),
            models.UniqueConstraint(fields=["id", "is_anonymous"], name="wave_is_anonymous_or_not"),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="wave_period_is_not_reversed",
                violation_error_message="Последний день раньше первого.",
            ),
            models.CheckConstraint(
                condition=Q(threshold__gte=LEAST_THRESHOLD),
                name="wave_threshold_protects",
                violation_error_message="Порог — не меньше трёх: иначе ответы можно узнать.",
            ),
            models.CheckConstraint(
                condition=Q(stage="exit", entry__isnull=False) | (~Q(stage="exit") & Q(entry__isnull=True)),
                name="exit_wave_has_its_entry",
                violation_error_message="Выберите, с каким входным анкетированием сравнивать.",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", opened_at__isnull=True) | (~Q(state="draft") & Q(opened_at__isnull=False)),
                name="launched_wave_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(closed_at__isnull=True)),
                name="closed_wave_has_a_moment",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state"], name="waves_by_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def asks(self) -> Audience:
        return Audience.from_json(self.audience)

    def is_answerable(self, on: date) -> bool:
        """Whether sheets are taken on the day `on`."""
        return self.state == self.State.OPEN and self.opens_on <= on <= self.closes_on


class InvitationQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        """All of the organisation for who runs waves; those about somebody for who reads statements; one's own."""
        own = self.filter(organisation_id=access.organisation_id)
        if access.may(Permission.SURVEYS_EDIT):
            return own
        seen = Q(person_id=access.person_id)
        if access.may(Permission.STATEMENTS_READ):
            seen |= Q(about__isnull=False)
        return own.filter(seen)

    def usable(self) -> Self:
        return self.filter(revoked_at__isnull=True)


class Invitation(models.Model):
    """One person asked by one wave. The token of its link is `nonce`, signed with the server's key: `surveys.seals`.

    Of an anonymous wave it says who has answered, on which day, and nothing else. `about` and `relation` are there
    for statements of third persons.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="кто отвечает")
    about = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="о ком")
    relation = models.CharField("кем приходится", max_length=100, blank=True)
    side = models.CharField("сторона", max_length=10, choices=SIDES, blank=True)
    nonce = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    revoked_at = models.DateTimeField("ссылка отозвана", null=True, blank=True)
    is_answered = models.BooleanField("ответил", default=False)
    answered_on = models.DateField("день ответа", null=True, blank=True)
    is_on_paper = models.BooleanField("на бумаге", default=False)
    minutes = models.PositiveSmallIntegerField("минут", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "приглашение"
        verbose_name_plural = "приглашения"
        constraints = [
            models.UniqueConstraint(fields=["id", "organisation"], name="invitation_belongs_to_one_organisation"),
            models.UniqueConstraint(
                fields=["wave", "person", "about"], nulls_distinct=False, name="one_invitation_per_person_and_wave"
            ),
            models.CheckConstraint(
                condition=Q(is_answered=True, answered_on__isnull=False)
                | Q(is_answered=False, answered_on__isnull=True),
                name="answered_invitation_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} в {self.wave_id}"


class Letter(models.Model):
    """A letter with somebody's link: what waits, what went out, what could not."""

    class Kind(models.TextChoices):
        INVITATION = "invitation", "приглашение"
        REMINDER = "reminder", "напоминание"

    class State(models.TextChoices):
        QUEUED = "queued", "в очереди"
        SENT = "sent", "отправлено"
        FAILED = "failed", "не отправлено"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="letters")
    kind = models.CharField("вид", max_length=10, choices=Kind.choices)
    day = models.DateField("день")
    state = models.CharField("состояние", max_length=6, choices=State.choices, default=State.QUEUED)
    sent_at = models.DateTimeField("отправлено", null=True, blank=True)
    problem = models.CharField("почему нет", max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "письмо"
        verbose_name_plural = "письма"
        constraints = [
            models.UniqueConstraint(fields=["invitation", "kind", "day"], name="one_letter_a_day_of_a_kind"),
        ]
        indexes = [models.Index(fields=["day"], condition=Q(state="queued"), name="letters_to_send")]

    def __str__(self) -> str:
        return f"{self.kind}, {self.day}"


class Draft(models.Model):
    """Answers not sent yet: open in a named wave, sealed with the key of the person's link in an anonymous one.

    No moment is kept: it would tell when somebody answered.
    """

    invitation = models.OneToOneField(Invitation, models.CASCADE, primary_key=True, related_name="draft")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    answers = models.JSONField(null=True)
    sealed = models.BinaryField(null=True)
    seconds = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "черновик"
        verbose_name_plural = "черновики"
        constraints = [
            models.CheckConstraint(
                condition=Q(answers__isnull=False, sealed__isnull=True)
                | Q(answers__isnull=True, sealed__isnull=False, seconds=0),
                name="draft_is_open_or_sealed",
            ),
        ]

    def __str__(self) -> str:
        return f"черновик {self.pk}"
