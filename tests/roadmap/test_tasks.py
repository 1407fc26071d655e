"""Reading an uploaded document as the worker does it."""

from datetime import date
from functools import partial
from pathlib import Path

import pytest

from jobs.models import Job
from jobs.tasks import run
from roadmap.models import Duty, Occurrence, Roadmap
from roadmap.operations.uploads import upload_roadmap
from roadmap.tasks import read_document
from tests.mentoring.at_once import at_once
from tests.mentoring.order_steps import fresh

DOCUMENTS = Path(__file__).with_name("documents")
B = "B-omutninskiy-kolledzh.txt"


def uploaded(persona, filename=B, content=None):
    content = content if content is not None else (DOCUMENTS / filename).read_bytes()
    return upload_roadmap(persona.access, filename=filename, content=content)


def read(persona, *args, **kwargs):
    """The upload after the worker had it."""
    upload = uploaded(persona, *args, **kwargs)
    run(job_id=upload.job_id)
    return fresh(upload)


def quiet(done, total, message=""):
    """Progress that nobody follows."""


def test_real_document_becomes_a_plan_to_check(curator):
    upload = read(curator)

    plan = upload.roadmap
    assert (plan.organisation, plan.source, plan.source_name) == (curator.organisation, Roadmap.Source.FILE, B)
    assert (plan.is_confirmed, plan.created_by, upload.problem) == (False, curator.user, "")
    assert (plan.measures.count(), plan.stages.count()) == (18, 6)
    assert upload.job.state == Job.State.DONE


@pytest.mark.parametrize(
    ("filename", "measures"),
    [(path.name, number) for path, number in zip(sorted(DOCUMENTS.glob("*.txt")), (7, 18, 17, 32, 26), strict=True)],
    ids=lambda value: str(value)[:1],
)
def test_each_measure_has_its_dates_responsible_and_capabilities(curator, filename, measures):
    plan = read(curator, filename).roadmap

    rows = list(plan.measures.in_order())
    assert len(rows) == measures
    assert [row for row in rows if not row.occurrences.exists()] == []
    assert [row.title for row in rows if not row.capabilities] == []
    known = set(Duty.objects.filter(organisation=plan.organisation).values_list("words", flat=True))
    meant = {words for row in rows for words in row.responsible}
    assert known <= meant
    assert (plan.starts_on is not None, plan.ends_on is not None) == (True, True)


def test_document_without_a_period_gets_one_and_a_doubt_that_says_so(curator):
    plan = read(curator, "A-lingvisticheskaya-gimnaziya-3.txt").roadmap

    messages = [doubt["message"] for doubt in plan.doubts if doubt["message"].startswith("Документ не говорит")]
    assert messages == [
        f"Документ не говорит, на какой срок план: взято с {plan.starts_on:%d.%m.%Y} по {plan.ends_on:%d.%m.%Y}. "
        "Исправьте, если это не так."
    ]


@pytest.mark.parametrize(
    ("filename", "content"),
    [
        ("меню.txt", "Понедельник: каша, чай.".encode()),
        ("план.docx", b"PK broken"),
        ("план.pdf", b""),
        ("план.xyz", b"1"),
    ],
)
def test_refused_file_stores_why_and_makes_no_plan(curator, filename, content):
    upload = read(curator, filename, content)

    assert (upload.roadmap, Roadmap.objects.count(), Occurrence.objects.count()) == (None, 0, 0)
    assert upload.problem != ""
    assert upload.job.state == Job.State.DONE


def test_reading_twice_is_harmless(curator):
    upload = read(curator)
    measure = upload.roadmap.measures.in_order()[0]
    measure.title = "Исправлено"
    measure.save()

    read_document(quiet, upload_id=upload.pk)

    assert (Roadmap.objects.count(), fresh(measure).title) == (1, "Исправлено")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_workers_at_once_write_one_plan(curator):
    upload = uploaded(curator)

    at_once(*[partial(read_document, quiet, upload_id=upload.pk)] * 2)

    assert (Roadmap.objects.count(), fresh(upload).roadmap.measures.count()) == (1, 18)


def test_plan_of_one_school_teaches_no_other(curator, stranger):
    read(curator)

    assert Duty.objects.filter(organisation=stranger.organisation).count() == 0
    assert Roadmap.objects.filter(organisation=stranger.organisation).count() == 0


def test_terms_of_the_document_are_dates(curator):
    plan = read(curator).roadmap

    row = plan.measures.in_order()[0].occurrences.get()
    assert (row.starts_on, row.ends_on) == (date(2024, 8, 1), date(2024, 8, 31))
