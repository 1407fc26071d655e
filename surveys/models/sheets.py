"""What people answered: named sheets; the sealed box, counts, words and pairs of anonymous waves; results."""

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from people.domain.consent import Purpose
from people.domain.roles import Permission
from people.models import Organisation, Person, User
from surveys.models.questionnaires import SIDES, ScopedQuerySet
from surveys.models.waves import Invitation, Wave

if TYPE_CHECKING:
    from datetime import date

    from people.access import Access


class SheetQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        """For who runs waves, all but statements; statements too for who may read them; for others nothing.

        Nobody reads what others were asked to tell about them, though they be curator or psychologist.
        """
        own = self.filter(organisation_id=access.organisation_id)
        about_somebody = Q(about__isnull=False)
        seen = Q(pk__in=[])
        if access.may(Permission.SURVEYS_EDIT):
            seen |= ~about_somebody
        if access.may(Permission.STATEMENTS_READ):
            seen |= about_somebody & ~Q(about=access.person_id)
        return own.filter(seen).consenting(access.today)

    def consenting(self, on: "date") -> Self:
        """Those of people, and about people, whose consent to processing is in force on the day `on`."""
        people = Person.objects.consenting(Purpose.PROCESSING, on=on)  # unscoped: narrows rows that are scoped
        about = Q(about__isnull=False, about__in=people)
        return self.filter(Q(about__isnull=True, person__in=people) | about)


class Sheet(models.Model):
    """The answers of one named person: sent once, never changed. `is_anonymous` is what keeps it out of such waves."""

    class Source(models.TextChoices):
        LINK = "link", "по ссылке"
        PAPER = "paper", "с бумаги"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="sheets")
    is_anonymous = models.BooleanField(default=False, editable=False)
    invitation = models.OneToOneField(Invitation, models.PROTECT, related_name="sheet")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    about = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    side = models.CharField(max_length=10, choices=SIDES, blank=True)
    answers = models.JSONField("ответы")
    sent_at = models.DateTimeField("отправлено")
    seconds = models.PositiveIntegerField("секунд", default=0)
    source = models.CharField("как получено", max_length=5, choices=Source.choices, default=Source.LINK)
    typed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    fed_at = models.DateTimeField("перенесено в банк", null=True, blank=True)
    fed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = "ответы"
        verbose_name_plural = "ответы"
        constraints = [
            models.UniqueConstraint(fields=["id", "organisation"], name="sheet_belongs_to_one_organisation"),
            models.CheckConstraint(condition=Q(is_anonymous=False), name="sheet_with_a_name_is_not_anonymous"),
            models.CheckConstraint(
                condition=Q(source="link", typed_by__isnull=True) | Q(source="paper", typed_by__isnull=False),
                name="sheet_from_paper_has_a_typist",
            ),
        ]

    def __str__(self) -> str:
        return f"ответы {self.pk}"


class SealedSheet(models.Model):
    """A sheet in the box of an anonymous wave: nobody reads it before the wave is closed, and then all at once.

    Its key is no part of the database. The box is emptied in one transaction, in random order: migration 0002 keeps
    it from named waves, `surveys.operations.closing` empties it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="+")
    is_anonymous = models.BooleanField(default=True, editable=False)
    sealed = models.BinaryField()

    class Meta:
        verbose_name = "запечатанные ответы"
        verbose_name_plural = "запечатанные ответы"
        constraints = [
            models.CheckConstraint(condition=Q(is_anonymous=True), name="sealed_sheet_is_anonymous"),
        ]

    def __str__(self) -> str:
        return "запечатанные ответы"


class Tally(models.Model):
    """How many chose a value of a key on one side of an anonymous wave.

    The empty value counts those who answered the key at all, the empty key all sheets.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="tallies")
    side = models.CharField(max_length=10, choices=SIDES, blank=True)
    key = models.CharField(max_length=81, blank=True)
    value = models.CharField(max_length=60, blank=True)
    count = models.PositiveIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wave", "side", "key", "value"], name="one_tally_per_value"),
        ]

    def __str__(self) -> str:
        return f"{self.key}={self.value}: {self.count}"


class PairedScores(models.Model):
    """The scales of one anonymous sheet under a mark made of the person's own secret: entry meets exit by it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="paired_scores")
    mark = models.CharField(max_length=64)
    scores = models.JSONField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["wave", "mark"], name="paired_scores_by_mark")]

    def __str__(self) -> str:
        return "оценки для сравнения"


class OpenAnswerQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        """What is released; all of it for the one curator who reads the wave's words."""
        own = self.filter(organisation_id=access.organisation_id)
        if not access.may(Permission.SURVEYS_VIEW):
            return own.none()
        return own.filter(Q(state=OpenAnswer.State.RELEASED) | Q(wave__reader_id=access.user_id))


class OpenAnswer(models.Model):
    """Words somebody wrote, apart from the rest of their sheet; `sheet` only where the wave is named."""

    class State(models.TextChoices):
        PENDING = "pending", "не прочитано"
        RELEASED = "released", "показывается"
        WITHHELD = "withheld", "скрыто"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="open_answers")
    sheet = models.ForeignKey(Sheet, models.CASCADE, null=True, blank=True, related_name="open_answers")
    side = models.CharField(max_length=10, choices=SIDES, blank=True)
    key = models.CharField(max_length=81)
    text = models.TextField("ответ")
    group = models.CharField("группа", max_length=100, blank=True)
    state = models.CharField("состояние", max_length=8, choices=State.choices, default=State.PENDING)

    objects = OpenAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "свободный ответ"
        verbose_name_plural = "свободные ответы"
        constraints = [
            models.UniqueConstraint(fields=["sheet", "key"], name="one_open_answer_per_sheet_and_key"),
        ]
        indexes = [models.Index(fields=["wave", "key"], name="open_answers_by_question")]

    def __str__(self) -> str:
        return self.text[:60]


class WaveFigures(models.Model):
    """The results of a wave, counted once; `sheets` says from how many, `received` how many had come by then.

    The two differ by the sheets of people who have withdrawn their consent since.
    """

    wave = models.OneToOneField(Wave, models.CASCADE, primary_key=True, related_name="figures")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    sheets = models.PositiveIntegerField()
    received = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField("посчитано")
    tallies = models.JSONField(help_text="side → key → value → count, as in Tally")
    changes = models.JSONField(default=list, help_text="of an exit wave: entry against exit, key by key")
    unpaired = models.PositiveIntegerField(default=0, help_text="of an exit wave: sheets that met no entry")
    scores = models.JSONField(default=list, help_text="of a questionnaire with levels: points and level of each sheet")

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"итоги {self.pk}"


class SwotPoint(models.Model):
    """A line of a wave's SWOT table."""

    class Quadrant(models.TextChoices):
        STRENGTH = "strength", "сильные стороны"
        WEAKNESS = "weakness", "слабые стороны"
        OPPORTUNITY = "opportunity", "возможности"
        THREAT = "threat", "угрозы"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="swot_points")
    quadrant = models.CharField("куда", max_length=11, choices=Quadrant.choices)
    text = models.CharField("текст", max_length=300)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "строка SWOT"
        verbose_name_plural = "строки SWOT"
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "quadrant", "text"],
                name="one_swot_point_per_text",
                violation_error_message="Такая строка уже есть.",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class StatementReading(models.Model):
    """That somebody read a statement about a person."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="readings")
    reader = models.ForeignKey(User, models.PROTECT, related_name="+")
    read_at = models.DateTimeField("прочитано")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "чтение сведений"
        verbose_name_plural = "чтения сведений"

    def __str__(self) -> str:
        return f"{self.sheet_id}, {self.read_at}"
