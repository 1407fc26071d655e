"""Matching runs report their changes: they are evidence, with the pairings made of them."""

from django.db import migrations

SOURCE = "matching"
TABLE = "mentoring_matchingrun"


def touches() -> tuple[str, str]:
    """The triggers, and their removal."""
    forward, backward = [], []
    for event, name in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
        trigger = f"roadmap_touch_{event.lower()}"
        forward.append(
            f"CREATE TRIGGER {trigger} AFTER {event} ON {TABLE} REFERENCING {name} TABLE AS changed "
            f"FOR EACH STATEMENT EXECUTE FUNCTION roadmap_touch('{SOURCE}');"
        )
        backward.append(f"DROP TRIGGER {trigger} ON {TABLE};")
    return "\n".join(forward), "\n".join(backward)


class Migration(migrations.Migration):
    dependencies = [("roadmap", "0004_event_touches"), ("mentoring", "0007_matching")]

    operations = [migrations.RunSQL(*touches())]
