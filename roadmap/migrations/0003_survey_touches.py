"""Waves report their changes, and so do statements of third persons: evidence is counted from both."""

from django.db import migrations

SOURCE = "surveys"
TABLE = "surveys_wave"

TOUCH = f"""
CREATE FUNCTION roadmap_touch_of_statement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO roadmap_touch (organisation_id, source)
  SELECT NEW.organisation_id, '{SOURCE}'
  WHERE EXISTS (SELECT 1 FROM roadmap_roadmap WHERE organisation_id = NEW.organisation_id);
  RETURN NULL;
END $$;
CREATE TRIGGER roadmap_touch_of_statement AFTER INSERT ON surveys_sheet FOR EACH ROW
  WHEN (NEW.about_id IS NOT NULL) EXECUTE FUNCTION roadmap_touch_of_statement();
"""


def touches() -> tuple[str, str]:
    """The triggers, and their removal."""
    forward = [TOUCH]
    backward = ["DROP FUNCTION roadmap_touch_of_statement CASCADE;"]
    for event, name in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
        trigger = f"roadmap_touch_{event.lower()}"
        forward.append(
            f"CREATE TRIGGER {trigger} AFTER {event} ON {TABLE} REFERENCING {name} TABLE AS changed "
            f"FOR EACH STATEMENT EXECUTE FUNCTION roadmap_touch('{SOURCE}');"
        )
        backward.append(f"DROP TRIGGER {trigger} ON {TABLE};")
    return "\n".join(forward), "\n".join(backward)


class Migration(migrations.Migration):
    dependencies = [("roadmap", "0002_crossings"), ("surveys", "0002_locks")]

    operations = [migrations.RunSQL(*touches())]
