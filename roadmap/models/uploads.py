"""Documents on their way to a plan: the file, and what came of reading it."""

from typing import TYPE_CHECKING, Self

from django.db import models

from jobs.models import Job
from people.domain.roles import Permission
from people.models import Organisation, User
from roadmap.models.plans import Roadmap

if TYPE_CHECKING:
    from people.access import Access


class RoadmapUploadQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        own = self.filter(organisation_id=access.organisation_id)
        return own if access.may(Permission.ROADMAP_EDIT) else own.none()


class RoadmapUpload(models.Model):
    """An uploaded roadmap: being read, refused with the reason, or read into a plan that waits to be confirmed."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    filename = models.CharField("файл", max_length=200)
    content = models.BinaryField()
    problem = models.CharField(max_length=1000, blank=True)
    roadmap = models.OneToOneField(Roadmap, models.CASCADE, null=True, blank=True, related_name="upload")
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = RoadmapUploadQuerySet.as_manager()

    class Meta:
        verbose_name = "загруженная дорожная карта"
        verbose_name_plural = "загруженные дорожные карты"

    def __str__(self) -> str:
        return self.filename
