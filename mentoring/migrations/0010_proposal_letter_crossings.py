"""A letter about proposals goes to a person of the organisation that writes it."""

from django.db import migrations

NAME = "proposal_letter_is_to_a_person_of_the_organisation"


class Migration(migrations.Migration):
    dependencies = [("mentoring", "0009_proposal_letters"), ("people", "0001_initial")]

    operations = [
        migrations.RunSQL(
            f"ALTER TABLE mentoring_proposalletter ADD CONSTRAINT {NAME} FOREIGN KEY (person_id, organisation_id) "
            "REFERENCES people_person (id, organisation_id) DEFERRABLE INITIALLY DEFERRED;",
            f"ALTER TABLE mentoring_proposalletter DROP CONSTRAINT {NAME};",
        )
    ]
