"""A preference is between two people of one organisation."""

from django.db import migrations

KEYS = {
    "preference_is_of_a_person_of_the_organisation": "chooser_id",
    "preference_is_for_a_person_of_the_organisation": "chosen_id",
}


class Migration(migrations.Migration):
    dependencies = [("mentoring", "0005_preference")]

    operations = [
        migrations.RunSQL(
            f"ALTER TABLE mentoring_preference ADD CONSTRAINT {name} FOREIGN KEY ({column}, organisation_id) "
            "REFERENCES people_person (id, organisation_id) DEFERRABLE INITIALLY DEFERRED;",
            f"ALTER TABLE mentoring_preference DROP CONSTRAINT {name};",
        )
        for name, column in KEYS.items()
    ]
