"""Events and their guests report their changes: the group meeting is evidence."""

from django.db import migrations

SOURCE = "events"
TABLES = ("community_event", "community_eventguest")


def touches() -> tuple[str, str]:
    """The triggers, and their removal."""
    forward, backward = [], []
    for table in TABLES:
        for event, name in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
            trigger = f"roadmap_touch_{event.lower()}"
            forward.append(
                f"CREATE TRIGGER {trigger} AFTER {event} ON {table} REFERENCING {name} TABLE AS changed "
                f"FOR EACH STATEMENT EXECUTE FUNCTION roadmap_touch('{SOURCE}');"
            )
            backward.append(f"DROP TRIGGER {trigger} ON {table};")
    return "\n".join(forward), "\n".join(backward)


class Migration(migrations.Migration):
    dependencies = [("roadmap", "0003_survey_touches"), ("community", "0001_initial")]

    operations = [migrations.RunSQL(*touches())]
