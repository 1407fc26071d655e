"""Documents, journals, files, visas and acquaintance. What may never change is kept by triggers (migration 0003)."""

import uuid
from typing import TYPE_CHECKING, Self

import pghistory
from django.db import models
from django.db.models import F, Q

from documents.domain.kinds import KINDS, Words
from documents.domain.states import FROZEN_STATES, STATE_LABELS, DocumentState
from people.domain.roles import Permission
from people.models import Organisation, Person, User

if TYPE_CHECKING:
    from people.access import Access

FROZEN = sorted(state.value for state in FROZEN_STATES)


class ScopedQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        return self.filter(organisation_id=access.organisation_id)


class Journal(models.Model):
    """A registration journal and how it spells its numbers; the count starts anew each calendar year."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="journals")
    title = models.CharField("журнал", max_length=120)
    pattern = models.CharField("вид номера", max_length=40, default="{n}-од", help_text="{n} — порядковый номер")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "журнал регистрации"
        verbose_name_plural = "журналы регистрации"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "title"],
                name="one_journal_per_title",
                violation_error_message="Такой журнал уже есть.",
            ),
            models.CheckConstraint(
                condition=Q(pattern__contains="{n}"),
                name="journal_pattern_has_a_number",
                violation_error_message="Один раз напишите {n}: на его место встанет номер.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class JournalYear(models.Model):
    """The last number given in a journal in a calendar year; the row is locked while a number is taken."""

    journal = models.ForeignKey(Journal, models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["journal", "year"], name="one_count_per_journal_and_year")]

    def __str__(self) -> str:
        return f"{self.journal_id}, {self.year}: {self.last}"


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        """All of the organisation for who may see documents; signed ones that name the asker otherwise."""
        own = self.filter(organisation_id=access.organisation_id)
        if access.may(Permission.DOCUMENTS_VIEW):
            return own
        named = Acquaintance.objects.filter(person_id=access.person_id).values("document_id")  # unscoped: one's own
        return own.filter(state__in=FROZEN, pk__in=named)


@pghistory.track(exclude=["paper", "annexes"])
class Document(models.Model):
    """Anything on paper. Frozen when signed: number, date, names and wording stay as they were."""

    State = DocumentState

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="documents")
    kind = models.CharField("вид", max_length=30, choices=[(kind.code, kind.label) for kind in KINDS.values()])
    state = models.CharField(
        "состояние",
        max_length=15,
        choices=[(state.value, label) for state, label in STATE_LABELS.items()],
        default=DocumentState.DRAFT,
    )
    journal = models.ForeignKey(Journal, models.PROTECT, verbose_name="журнал")
    year = models.PositiveSmallIntegerField(null=True, editable=False)
    sequence = models.PositiveIntegerField(null=True, editable=False)
    number = models.CharField("номер", max_length=60, blank=True)
    issued_on = models.DateField("дата", null=True, blank=True)
    effective_on = models.DateField("вступает в силу", null=True, blank=True)
    heading = models.CharField("заголовок", max_length=300)
    preamble = models.TextField("преамбула")
    points = models.TextField("пункты", help_text="каждый пункт с новой строки, без номера")
    annexes = models.JSONField("приложения", default=list, blank=True, help_text="of a draft; the paper has a copy")
    paper = models.JSONField(default=dict, help_text="what the paper says, frozen when sent to agreement")
    content_sha256 = models.CharField(max_length=64, blank=True)
    check_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    basis = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="followed_by")
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="составил")
    created_at = models.DateTimeField("создан")
    sent_at = models.DateTimeField("отправлен на согласование", null=True, blank=True)
    signed_at = models.DateTimeField("подписан", null=True, blank=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    signer_name = models.CharField("подписал", max_length=320, blank=True)
    signer_post = models.CharField("должность подписавшего", max_length=200, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "документ"
        verbose_name_plural = "документы"
        constraints = [
            models.UniqueConstraint(fields=["journal", "year", "sequence"], name="one_document_per_number"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "on_agreement"])
                | (
                    Q(sequence__isnull=False, year__isnull=False, issued_on__isnull=False, signed_at__isnull=False)
                    & Q(signed_by__isnull=False, effective_on__isnull=False)
                    & ~Q(number="")
                    & ~Q(content_sha256="")
                ),
                name="signed_document_has_number_date_and_signer",
            ),
            models.CheckConstraint(
                condition=Q(effective_on__isnull=True)
                | Q(issued_on__isnull=True)
                | Q(effective_on__gte=F("issued_on")),
                name="document_takes_effect_after_it_is_issued",
            ),
        ]
        indexes = [
            models.Index(F("organisation"), F("created_at").desc(), name="documents_newest_first"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.title_number}"

    @property
    def title_number(self) -> str:
        return f"№\u00a0{self.number}" if self.number else "без номера"

    @property
    def is_frozen(self) -> bool:
        return self.state in FROZEN

    @property
    def page(self) -> str:
        return KINDS[self.kind].page

    @property
    def words(self) -> Words:
        return KINDS[self.kind].words


class DocumentFile(models.Model):
    """The finished file of a signed document. Kept in the database: one backup, one transaction, one trigger."""

    class Format(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "Word"

    document = models.ForeignKey(Document, models.PROTECT, related_name="files")
    format = models.CharField(max_length=4, choices=Format.choices)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    rendered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "format"], name="one_file_per_format")]

    def __str__(self) -> str:
        return f"{self.document_id}.{self.format}"


class Visa(models.Model):
    """What somebody said to a draft on agreement."""

    class Decision(models.TextChoices):
        AGREED = "agreed", "согласовано"
        RETURNED = "returned", "возвращено"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.CASCADE, related_name="visas")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    name = models.CharField(max_length=320)
    decision = models.CharField(max_length=10, choices=Decision.choices)
    comment = models.CharField(max_length=1000, blank=True)
    decided_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(decision="agreed") | ~Q(comment=""), name="returned_document_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_decision_display()}"


class AcquaintanceQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        own = self.filter(organisation_id=access.organisation_id)
        return own if access.may(Permission.DOCUMENTS_VIEW) else own.filter(person_id=access.person_id)


class Acquaintance(models.Model):
    """That a person named in a document has read it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.CASCADE, related_name="acquaintances")
    person = models.ForeignKey(Person, models.PROTECT, related_name="acquaintances")
    confirmed_at = models.DateTimeField("ознакомлен", null=True, blank=True)
    evidence = models.JSONField("как подтверждено", default=dict, blank=True)

    objects = AcquaintanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "person"], name="one_acquaintance_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.person_id}"
