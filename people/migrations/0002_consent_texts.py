"""The first versions of the four consent texts."""

import json
from pathlib import Path

from django.db import migrations

TEXTS = Path(__file__).resolve().parent.parent / "data" / "consent_texts.json"


def load(apps, schema_editor):
    model = apps.get_model("people", "ConsentText")
    model.objects.bulk_create(model(**text) for text in json.loads(TEXTS.read_text()))


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
