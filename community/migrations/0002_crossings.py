"""Guests and waves of an event are of its organisation."""

from django.db import migrations

CROSSINGS = {
    "community_eventguest": [
        ("guest_is_of_an_event_of_its_organisation", "event_id", "community_event"),
        ("guest_is_a_person_of_its_organisation", "person_id", "people_person"),
    ],
    "community_eventwave": [
        ("event_wave_is_of_an_event_of_its_organisation", "event_id", "community_event"),
        ("event_wave_is_a_wave_of_its_organisation", "wave_id", "surveys_wave"),
    ],
}


def crossings() -> tuple[str, str]:
    """The composite foreign keys, and their removal."""
    forward, backward = [], []
    for table, keys in CROSSINGS.items():
        for name, column, target in keys:
            forward.append(
                f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({column}, organisation_id) "
                f"REFERENCES {target} (id, organisation_id) DEFERRABLE INITIALLY DEFERRED;"
            )
            backward.append(f"ALTER TABLE {table} DROP CONSTRAINT {name};")
    return "\n".join(forward), "\n".join(backward)


class Migration(migrations.Migration):
    dependencies = [("community", "0001_initial")]

    operations = [migrations.RunSQL(*crossings())]
