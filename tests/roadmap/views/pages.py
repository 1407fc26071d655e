"""Asking for pages as a persona, and reading what they say; by the real clock."""

from datetime import timedelta

from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from people.models import Organisation
from roadmap.models import Measure, Roadmap
from tests.conftest import Persona
from tests.factories import RoadmapFactory, planned


def path(persona: Persona, name: str, *args: object) -> str:
    return reverse(name, args=[persona.organisation.slug, *args])


def get(persona: Persona, name: str, *args: object, **query: object) -> HttpResponse:
    return persona.client.get(path(persona, name, *args), query)


def post(persona: Persona, name: str, *args: object, **values: object) -> HttpResponse:
    return persona.client.post(path(persona, name, *args), values)


def text(response: HttpResponse) -> str:
    return response.content.decode().replace("\u00a0", " ")


def said(response: HttpResponse) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def errors(response: HttpResponse) -> dict[str, list[str]]:
    return {name: [str(each) for each in found] for name, found in response.context["form"].errors.items()}


def led_to(response: HttpResponse) -> str | None:
    """Where the answer leads on, without the organisation."""
    return response["Location"].split("/", 3)[3] if response.status_code == 302 else None


def plan_now(organisation: Organisation, **values: object) -> Roadmap:
    """A plan around today by the real clock."""
    today = timezone.localdate()
    days = {"starts_on": today - timedelta(days=100), "ends_on": today + timedelta(days=200)}
    return RoadmapFactory(organisation=organisation, **days | values)


def measure_now(plan: Roadmap, *capabilities: str, **values: object) -> Measure:
    """A measure of the plan that is open today by the real clock."""
    measure = planned(plan, *capabilities, **values)
    today = timezone.localdate()
    measure.occurrences.update(
        opens_on=today - timedelta(days=50), counts_from=plan.starts_on, counts_until=plan.ends_on
    )
    return measure
