"""The page that waits for a job."""

from django.urls import reverse

from jobs.models import Job
from tests.conftest import Persona
from tests.factories import AT

HTMX = {"HTTP_HX_REQUEST": "true"}


def job_of(persona: Persona, **values: object) -> Job:
    usual = {"title": "Чтение файла", "kind": "any", "return_path": "/o/licey/mentors/"}
    moments = {"created_at": AT, "queued_at": AT}
    return Job.objects.create(organisation=persona.organisation, created_by=persona.user, **(usual | moments | values))


def page(persona: Persona, job: Job) -> str:
    return reverse("job_detail", args=[persona.organisation.slug, job.pk])


def test_waiting_page_shows_how_far_the_job_is(curator: Persona) -> None:
    job = job_of(curator, state=Job.State.RUNNING, done=1, total=4, message="Разбираем строки")

    response = curator.client.get(page(curator, job))

    text = response.content.decode()
    assert '<progress max="100" value="25"' in text
    assert "Разбираем строки…" in text
    assert "hx-get" in text


def test_waiting_page_asks_for_a_fragment_only(curator: Persona) -> None:
    text = curator.client.get(page(curator, job_of(curator)), **HTMX).content.decode()

    assert "В очереди" in text
    assert "<html" not in text


def test_waiting_page_leads_to_the_result(curator: Persona) -> None:
    job = job_of(curator, state=Job.State.DONE)

    assert curator.client.get(page(curator, job))["Location"] == job.return_path
    assert curator.client.get(page(curator, job), **HTMX)["HX-Redirect"] == job.return_path


def test_waiting_page_says_why_it_failed_and_asks_no_more(curator: Persona) -> None:
    job = job_of(curator, state=Job.State.FAILED, error="Файл занят.")

    text = curator.client.get(page(curator, job)).content.decode()

    assert "Файл занят." in text
    assert "hx-get" not in text
    assert "Вернуться" in text


def test_colleagues_job_is_404(curator: Persona, hr_officer: Persona) -> None:
    assert hr_officer.client.get(page(hr_officer, job_of(curator))).status_code == 404
