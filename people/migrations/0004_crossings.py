"""No consent, head, role, link or corrected name points at a person of another organisation."""

from django.db import migrations

CONSTRAINTS = {
    "people_consent": "consent_stays_in_its_organisation",
    "people_head": "head_is_of_the_same_organisation",
    "people_membership": "member_is_of_the_same_organisation",
    "people_personallink": "link_stays_in_its_organisation",
    "people_casecorrection": "case_stays_in_its_organisation",
}

FORWARD = "".join(
    f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY (person_id, organisation_id)"
    " REFERENCES people_person (id, organisation_id) DEFERRABLE INITIALLY DEFERRED;\n"
    for table, name in CONSTRAINTS.items()
)
BACKWARD = "".join(f"ALTER TABLE {table} DROP CONSTRAINT {name};\n" for table, name in CONSTRAINTS.items())


class Migration(migrations.Migration):
    dependencies = [("people", "0003_expired_consents")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
