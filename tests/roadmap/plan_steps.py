"""The steps of a plan: words of measures, signed orders, duties, a school and its authority."""

from datetime import date, timedelta

from documents.models import Document
from documents.operations.acts import draft_act, send_act, sign_act
from people.domain.roles import Role
from people.models import Organisation, Person
from roadmap.models import Duty, Measure, Occurrence, Roadmap
from roadmap.operations.measures import MeasureWords
from tests.conftest import Persona
from tests.factories import PASSWORD, TODAY, MeasureFactory, OccurrenceFactory, RoadmapFactory

SEPTEMBER, YEAR_END = date(2026, 9, 1), date(2027, 8, 31)


def words(**values: object) -> MeasureWords:
    """What a plain measure says, with these changes."""
    usual = {
        "number": "1",
        "title": "Провести совещание",
        "details": [],
        "term_text": "",
        "responsible": [],
        "result": "",
        "documents": [],
        "capabilities": [],
        "stage_id": None,
    }
    return MeasureWords(**usual | values)


def dates_of(measure: Measure) -> list[tuple[date | None, date | None]]:
    """The dated windows of a measure as the database has them."""
    rows = Occurrence.objects.filter(measure=measure).order_by("position")
    return list(rows.values_list("starts_on", "ends_on"))


def ending(plan: Roadmap, days: int, **values: object) -> Occurrence:
    """An occurrence of a new measure that ends so many days after TODAY."""
    return OccurrenceFactory(
        measure=MeasureFactory(roadmap=plan, **values), ends_on=TODAY + timedelta(days=days), starts_on=SEPTEMBER
    )


def act_draft(curator: Persona, heading: str = "О совещании") -> Document:
    return draft_act(curator.access, heading=heading, preamble="В целях", points=["Провести."])


def sign(curator: Persona, director: Persona, document: Document) -> Document:
    """A general order sent and signed today."""
    send_act(curator.access, document_id=document.pk)
    return sign_act(director.access, document_id=document.pk, password=PASSWORD, effective_on=TODAY)


def signed_act(curator: Persona, director: Persona, heading: str = "О совещании") -> Document:
    return sign(curator, director, act_draft(curator, heading))


def means(organisation: Organisation, phrase: str, role: Role | str = "", person: Person | None = None) -> Duty:
    """Says whom words for a responsible mean."""
    return Duty.objects.create(organisation=organisation, words=phrase, role=role, person=person)


def plan_of(organisation: Organisation, **values: object) -> Roadmap:
    return RoadmapFactory(organisation=organisation, **values)
