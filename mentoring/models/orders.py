"""Assignment orders: a document plus the lines that say what it does to which pairing."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from documents.models import Document
from mentoring.domain.vocabulary import GROUND_LABELS
from mentoring.models.pairings import Pairing
from people.models import Organisation, Person

if TYPE_CHECKING:
    from people.access import Access


class AssignmentOrderQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        """Orders whose document the asker may see."""
        documents = Document.objects.visible_to(access)
        return self.filter(organisation_id=access.organisation_id, document__in=documents)


class AssignmentOrder(models.Model):
    """An order on pairs and groups; its text, number and state are the document's."""

    class Action(models.TextChoices):
        ASSIGN = "assign", "закрепление"
        CHANGE = "change", "изменение"
        END = "end", "прекращение"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    document = models.OneToOneField(Document, models.PROTECT, primary_key=True, related_name="assignment_order")
    action = models.CharField("что делает", max_length=10, choices=Action.choices)
    control = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="контроль возложен на"
    )

    objects = AssignmentOrderQuerySet.as_manager()

    class Meta:
        verbose_name = "приказ о наставничестве"
        verbose_name_plural = "приказы о наставничестве"

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.pk}"


class AssignmentOrderLineQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        orders = AssignmentOrder.objects.visible_to(access)
        return self.filter(organisation_id=access.organisation_id, order__in=orders)


class AssignmentOrderLine(models.Model):
    """What an order does to one pairing; frozen together with the document (migration 0002)."""

    class Action(models.TextChoices):
        ASSIGN = "assign", "закрепить"
        EXTEND = "extend", "продлить"
        END = "end", "прекратить"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    order = models.ForeignKey(AssignmentOrder, models.CASCADE, related_name="lines")
    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="order_lines")
    action = models.CharField(max_length=10, choices=Action.choices)
    last_day = models.DateField("последний день", null=True, blank=True)
    ground = models.CharField(
        "основание",
        max_length=20,
        blank=True,
        choices=[(ground.value, label) for ground, label in GROUND_LABELS.items()],
    )

    objects = AssignmentOrderLineQuerySet.as_manager()

    class Meta:
        verbose_name = "строка приказа"
        verbose_name_plural = "строки приказа"
        constraints = [
            models.UniqueConstraint(fields=["order", "pairing"], name="one_line_per_pairing_in_an_order"),
            models.CheckConstraint(
                condition=Q(action="assign")
                | Q(action="extend", last_day__isnull=False)
                | (Q(action="end", last_day__isnull=False) & ~Q(ground="")),
                name="order_line_says_until_when_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.pairing_id}"
