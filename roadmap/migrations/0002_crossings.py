"""No row of a plan points into another organisation; what evidence is counted from reports its changes.

A measure may name its origin in the authority above: the one crossing there is meant to be.
"""

from django.db import migrations

CROSSINGS = {
    "roadmap_stage": [("stage_is_in_a_roadmap_of_its_organisation", "roadmap_id", "roadmap_roadmap")],
    "roadmap_measure": [("measure_is_in_a_roadmap_of_its_organisation", "roadmap_id", "roadmap_roadmap")],
    "roadmap_occurrence": [("occurrence_is_of_its_organisation", "measure_id", "roadmap_measure")],
    "roadmap_evidence": [
        ("evidence_is_of_its_organisation", "occurrence_id", "roadmap_occurrence"),
        ("evidence_names_a_document_of_its_organisation", "document_id", "documents_document"),
        ("evidence_has_a_file_of_its_organisation", "file_id", "roadmap_evidencefile"),
    ],
    "roadmap_planneddocument": [
        ("planned_document_is_for_its_organisation", "measure_id", "roadmap_measure"),
        ("planned_document_is_of_its_organisation", "document_id", "documents_document"),
    ],
    "roadmap_approval": [
        ("approval_is_of_a_roadmap_of_its_organisation", "roadmap_id", "roadmap_roadmap"),
        ("approval_is_by_an_order_of_its_organisation", "document_id", "documents_document"),
    ],
    "roadmap_roadmapupload": [("upload_is_of_the_same_organisation", "roadmap_id", "roadmap_roadmap")],
    "roadmap_duty": [("duty_is_of_a_person_of_the_organisation", "person_id", "people_person")],
    "roadmap_districtreminder": [("reminded_measure_is_of_the_school", "measure_id", "roadmap_measure")],
    "roadmap_feed": [("feed_is_of_a_roadmap_of_its_organisation", "roadmap_id", "roadmap_roadmap")],
}

WATCHED = {
    "documents_document": "documents",
    "people_consent": "people",
    "people_person": "people",
    "mentoring_mentorprofile": "banks",
    "mentoring_menteeprofile": "banks",
    "mentoring_pairing": "pairings",
    "mentoring_pairingmentee": "pairings",
}

TOUCH = """
CREATE FUNCTION roadmap_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO roadmap_touch (organisation_id, source)
  SELECT DISTINCT each.id, TG_ARGV[0]
  FROM changed
  JOIN people_organisation own ON own.id = changed.organisation_id
  CROSS JOIN LATERAL (VALUES (own.id), (own.parent_id)) AS each (id)
  WHERE EXISTS (SELECT 1 FROM roadmap_roadmap WHERE roadmap_roadmap.organisation_id = each.id);
  RETURN NULL;
END $$;
"""


def crossings() -> tuple[str, str]:
    """The composite foreign keys, and their removal."""
    forward = [
        "ALTER TABLE roadmap_stage ADD CONSTRAINT part_is_in_the_roadmap_of_its_stage "
        "FOREIGN KEY (parent_id, roadmap_id) REFERENCES roadmap_stage (id, roadmap_id) "
        "DEFERRABLE INITIALLY DEFERRED;",
        "ALTER TABLE roadmap_measure ADD CONSTRAINT measure_is_in_the_roadmap_of_its_stage "
        "FOREIGN KEY (stage_id, roadmap_id) REFERENCES roadmap_stage (id, roadmap_id) "
        "DEFERRABLE INITIALLY DEFERRED;",
    ]
    backward = [
        "ALTER TABLE roadmap_stage DROP CONSTRAINT part_is_in_the_roadmap_of_its_stage;",
        "ALTER TABLE roadmap_measure DROP CONSTRAINT measure_is_in_the_roadmap_of_its_stage;",
    ]
    for table, keys in CROSSINGS.items():
        for name, column, target in keys:
            forward.append(
                f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({column}, organisation_id) "
                f"REFERENCES {target} (id, organisation_id) DEFERRABLE INITIALLY DEFERRED;"
            )
            backward.append(f"ALTER TABLE {table} DROP CONSTRAINT {name};")
    return "\n".join(forward), "\n".join(backward)


def touches() -> tuple[str, str]:
    """The triggers that write down what has changed, and their removal."""
    forward = [TOUCH]
    for table, source in WATCHED.items():
        for event, name in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
            forward.append(
                f"CREATE TRIGGER roadmap_touch_{event.lower()} AFTER {event} ON {table} "
                f"REFERENCING {name} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION roadmap_touch('{source}');"
            )
    return "\n".join(forward), "DROP FUNCTION roadmap_touch CASCADE;"


class Migration(migrations.Migration):
    dependencies = [
        ("roadmap", "0001_initial"),
        ("documents", "0004_acquaintance_crossings"),
        ("mentoring", "0004_order_crossings"),
    ]

    operations = [migrations.RunSQL(*crossings()), migrations.RunSQL(*touches())]
