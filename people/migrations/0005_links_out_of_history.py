"""Takes the tokens of personal links out of the history: addresses were kept whole where somebody came in by one."""

from django.db import migrations

FORWARD = r"""
UPDATE pghistory_context
SET metadata = jsonb_set(metadata, '{url}', to_jsonb(regexp_replace(metadata ->> 'url', '^(/(a|l)/).*$', '\1…')))
WHERE metadata ->> 'url' ~ '^/(a|l)/';
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0004_crossings"), ("pghistory", "0007_auto_20250421_0444")]

    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
