"""How an acquaintance was confirmed is written together with the moment, and frozen with it."""

from django.db import migrations, models

KEEP = """
CREATE OR REPLACE FUNCTION documents_keep_acquaintance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT documents_is_frozen(OLD.document_id) THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'DELETE' OR OLD.confirmed_at IS NOT NULL
     OR to_jsonb(NEW) - 'confirmed_at' %(evidence)s <> to_jsonb(OLD) - 'confirmed_at' %(evidence)s THEN
    PERFORM documents_refuse('its acquaintance sheet is only filled in');
  END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0005_frozen_tables")]

    operations = [
        migrations.AddField(
            "acquaintance",
            "evidence",
            models.JSONField(blank=True, default=dict, verbose_name="как подтверждено"),
        ),
        migrations.RunSQL(KEEP % {"evidence": "- 'evidence'"}, KEEP % {"evidence": ""}),
    ]
