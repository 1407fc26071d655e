"""Uploaded banks on their way in: the file, the mapping of its columns, and what each row would do."""

from typing import TYPE_CHECKING, Self

from django.db import models

from jobs.models import Job
from mentoring.domain.bank_sheet.columns import Bank
from people.models import Organisation, Person, User

if TYPE_CHECKING:
    from people.access import Access

BANK_LABELS = {Bank.MENTORS: "банк наставников", Bank.MENTEES: "банк наставляемых"}


class ScopedQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        return self.filter(organisation_id=access.organisation_id)


class BankImport(models.Model):
    """One upload. Nothing of it is in the banks before it is confirmed; then all of it or nothing."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", "читаем файл"
        READ = "read", "прочитан, ждёт подтверждения"
        REFUSED = "refused", "прочитать не удалось"
        CONFIRMED = "confirmed", "записываем"
        DONE = "done", "записан"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    bank = models.CharField("банк", max_length=10, choices=[(bank.value, label) for bank, label in BANK_LABELS.items()])
    filename = models.CharField("файл", max_length=200)
    content = models.BinaryField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.UPLOADED)
    mapping = models.JSONField(default=dict, blank=True, help_text="column index → field, where a person chose")
    columns = models.JSONField(default=list, blank=True, help_text="columns as they were understood")
    notes = models.JSONField(default=list, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    problem = models.CharField(max_length=1000, blank=True)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "загрузка банка"
        verbose_name_plural = "загрузки банков"

    def __str__(self) -> str:
        return self.filename

    @property
    def may_be_discarded(self) -> bool:
        """Whether nothing of it is in the bank or on its way there; needs `job` read along."""
        is_being_written = self.state == self.State.CONFIRMED and not (self.job and self.job.is_finished)
        return self.state != self.State.DONE and not is_being_written


class BankImportRow(models.Model):
    """What one row of the file would do."""

    class Outcome(models.TextChoices):
        CREATE = "create", "новый"
        CHANGE = "change", "изменится"
        SAME = "same", "без изменений"
        FAULT = "fault", "ошибка"

    bank_import = models.ForeignKey(BankImport, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField("строка")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    name = models.CharField(max_length=320)
    values = models.JSONField()
    changes = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bank_import", "number"], name="one_import_row_per_number")]
        indexes = [models.Index(fields=["bank_import", "outcome", "number"], name="import_rows_by_outcome")]

    def __str__(self) -> str:
        return f"строка {self.number}"
