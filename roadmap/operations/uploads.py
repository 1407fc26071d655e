"""Bringing a plan in from a document: upload, and throwing away what is not needed."""

from django.db import transaction
from django.urls import reverse

from jobs.operations import start_job
from people.access import Access
from people.domain.roles import Permission
from roadmap.models import RoadmapUpload


@transaction.atomic
def upload_roadmap(access: Access, *, filename: str, content: bytes) -> RoadmapUpload:
    """Keep an uploaded document and start reading it; no plan is in work before it is confirmed."""
    access.check(Permission.ROADMAP_EDIT)
    upload = RoadmapUpload.objects.create(
        organisation=access.organisation,
        filename=filename[:200],
        content=content,
        uploaded_at=access.at,
        uploaded_by_id=access.user_id,
    )
    upload.job = start_job(
        access,
        kind="roadmap.read",
        title=f"Чтение файла «{upload.filename}»"[:200],
        params={"upload_id": upload.pk},
        return_path=reverse("roadmap_upload_detail", args=[access.organisation.slug, upload.pk]),
    )
    upload.save(update_fields=["job"])
    return upload


@transaction.atomic
def discard_upload(access: Access, *, upload_id: int) -> None:
    """Throw away a document that did not become a plan; a second press changes nothing."""
    access.check(Permission.ROADMAP_EDIT)
    RoadmapUpload.objects.visible_to(access).filter(pk=upload_id, roadmap__isnull=True).delete()
