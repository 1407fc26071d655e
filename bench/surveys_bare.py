"""What a bare Django does with the same form and the same body: no middleware, one row of JSON, one crispy form.

A web server of its own serves it: `gunicorn bench.surveys_bare:application`.
"""

import os

import dj_database_url
import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from bench.surveys_crispy import CrispyPage
from bench.surveys_form import BARE_TABLE, half

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    CRISPY_ALLOWED_TEMPLATE_PACKS="bootstrap5",
    CRISPY_TEMPLATE_PACK="bootstrap5",
    DATABASES={"default": dj_database_url.parse(os.environ["DATABASE_URL"], conn_max_age=60, conn_health_checks=True)},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=["crispy_forms", "crispy_bootstrap5"],
    MIDDLEWARE=[],
    ROOT_URLCONF=__name__,
    SECRET_KEY="bench",
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
)
django.setup()


class BareRow(models.Model):
    """One sheet as one JSON value."""

    answers = models.JSONField()

    class Meta:
        app_label = "bench"
        db_table = BARE_TABLE
        managed = False

    def __str__(self) -> str:
        return str(self.pk)


crispy = CrispyPage()


def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(crispy.render(half(0)))


@csrf_exempt
def send(request: HttpRequest) -> HttpResponse:
    BareRow.objects.create(answers=dict(request.POST.lists()))
    return HttpResponse("ok")


urlpatterns = [path("form/", form), path("send/", send)]
application = get_wsgi_application()
