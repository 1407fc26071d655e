"""Bringing a document in: upload, throwing away."""

import pytest
from django.core.exceptions import PermissionDenied

from jobs.models import Job
from roadmap.models import RoadmapUpload
from roadmap.operations.uploads import discard_upload, upload_roadmap
from tests.factories import AT
from tests.roadmap.plan_steps import plan_of


def uploaded(persona, filename="план.txt"):
    return upload_roadmap(persona.access, filename=filename, content=b"plan")


def test_uploaded_document_is_kept_and_waits_to_be_read(curator):
    upload = uploaded(curator)

    assert (upload.filename, bytes(upload.content), upload.roadmap) == ("план.txt", b"plan", None)
    assert (upload.organisation, upload.uploaded_by, upload.uploaded_at) == (curator.organisation, curator.user, AT)
    job = Job.objects.get()
    assert (job, job.kind, job.params) == (upload.job, "roadmap.read", {"upload_id": upload.pk})
    assert job.return_path == f"/o/licey/roadmap/uploads/{upload.pk}/"


def test_long_name_of_a_file_is_cut(curator):
    upload = uploaded(curator, filename="п" * 300 + ".txt")

    assert (len(upload.filename), len(upload.job.title)) == (200, 200)


def test_discarded_document_is_gone_and_one_that_became_a_plan_stays(curator):
    unread, read = uploaded(curator), uploaded(curator)
    read.roadmap = plan_of(curator.organisation, is_confirmed=False)
    read.save()

    for _ in range(2):
        for upload in (unread, read):
            discard_upload(curator.access, upload_id=upload.pk)

    assert list(RoadmapUpload.objects.values_list("pk", flat=True)) == [read.pk]


@pytest.mark.parametrize("persona", ["director", "psychologist", "mentor"])
def test_only_who_edits_plans_uploads(request, curator, persona):
    upload = uploaded(curator)
    other = request.getfixturevalue(persona)

    with pytest.raises(PermissionDenied):
        uploaded(other)
    with pytest.raises(PermissionDenied):
        discard_upload(other.access, upload_id=upload.pk)


def test_stranger_discards_nothing(curator, stranger):
    upload = uploaded(curator)

    discard_upload(stranger.access, upload_id=upload.pk)

    assert RoadmapUpload.objects.get() == upload
