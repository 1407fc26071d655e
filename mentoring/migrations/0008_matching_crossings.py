"""What matching keeps is of one organisation: steps, bans, replies; a shared mentor is of the one that is asked."""

from django.db import migrations

PERSON = "people_person (id, organisation_id)"
KEYS = [
    ("mentoring_pairing", "run_is_of_the_same_organisation", "run_id, organisation_id", "mentoring_matchingrun (id, organisation_id)"),
    ("mentoring_matchingstep", "step_is_of_the_organisation_of_its_run", "run_id, organisation_id", "mentoring_matchingrun (id, organisation_id)"),
    ("mentoring_matchingstep", "step_is_about_a_mentor_of_the_organisation", "mentor_id, organisation_id", PERSON),
    ("mentoring_matchingstep", "step_is_about_a_mentee_of_the_organisation", "mentee_id, organisation_id", PERSON),
    ("mentoring_pairban", "ban_is_of_a_mentor_of_the_organisation", "mentor_id, organisation_id", PERSON),
    ("mentoring_pairban", "ban_is_of_a_mentee_of_the_organisation", "mentee_id, organisation_id", PERSON),
    ("mentoring_pairingreply", "reply_is_of_the_organisation_of_its_pairing", "pairing_id, organisation_id", "mentoring_pairing (id, organisation_id)"),
    ("mentoring_pairingreply", "reply_is_of_a_person_of_the_organisation", "person_id, organisation_id", PERSON),
    ("mentoring_sharingrequest", "shared_mentor_is_of_the_organisation_that_is_asked", "mentor_id, owner_id", PERSON),
    ("mentoring_sharingrequest", "guest_is_of_the_organisation_that_asks", "guest_id, organisation_id", PERSON),
]


class Migration(migrations.Migration):
    dependencies = [("mentoring", "0007_matching"), ("people", "0001_initial")]

    operations = [
        migrations.RunSQL(
            f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({columns}) REFERENCES {target} "
            "DEFERRABLE INITIALLY DEFERRED;",
            f"ALTER TABLE {table} DROP CONSTRAINT {name};",
        )
        for table, name, columns, target in KEYS
    ]
