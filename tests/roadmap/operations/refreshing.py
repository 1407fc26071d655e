"""Steps of tests about evidence: looking for it, and what was found."""

from datetime import date

from documents.models import Document
from documents.operations.acts import send_act, sign_act
from people.models import Organisation
from roadmap.models import Measure, Touch
from roadmap.operations.refresh import refresh
from tests.conftest import Persona
from tests.factories import AT, PASSWORD, TODAY

Row = tuple[str, str, bool, date]


def look(organisation: Organisation, today: date = TODAY, *, everything: bool = False) -> int:
    """Look for the evidence of what was touched, on a day; gives how many occurrences changed."""
    return refresh(organisation, today=today, at=AT, everything=everything)


def calm() -> None:
    """Forget what was touched so far."""
    Touch.objects.all().delete()


def evidence_of(measure: Measure, position: int = 0) -> list[Row]:
    """Capability, words, whether it is enough, and the day of each row of evidence."""
    rows = measure.occurrences.get(position=position).evidence.order_by("capability", "pk")
    return list(rows.values_list("capability", "words", "is_enough", "happened_on"))


def done_on(measure: Measure) -> list[date | None]:
    """The days on which the occurrences of a measure were done."""
    return list(measure.occurrences.order_by("position").values_list("done_on", flat=True))


def sign(curator: Persona, director: Persona, document: Document) -> Document:
    """A general order sent and signed today."""
    send_act(curator.access, document_id=document.pk)
    return sign_act(director.access, document_id=document.pk, password=PASSWORD, effective_on=TODAY)
