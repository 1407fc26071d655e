"""What must never be: rows that cross organisations, a name in an anonymous wave, a version or sheet that changes."""

from django.db import migrations

CROSSINGS = {
    "surveys_version": [("version_is_of_its_organisation", "questionnaire_id", "surveys_questionnaire")],
    "surveys_wave": [
        ("wave_asks_by_a_version_of_its_organisation", "version_id", "surveys_version"),
        ("exit_wave_has_an_entry_of_its_organisation", "entry_id", "surveys_wave"),
    ],
    "surveys_invitation": [
        ("invitation_is_to_a_wave_of_its_organisation", "wave_id", "surveys_wave"),
        ("invitation_is_for_a_person_of_its_organisation", "person_id", "people_person"),
        ("invitation_is_about_a_person_of_its_organisation", "about_id", "people_person"),
    ],
    "surveys_letter": [("letter_is_of_its_organisation", "invitation_id", "surveys_invitation")],
    "surveys_draft": [("draft_is_of_its_organisation", "invitation_id", "surveys_invitation")],
    "surveys_sheet": [
        ("sheet_is_of_a_wave_of_its_organisation", "wave_id", "surveys_wave"),
        ("sheet_answers_an_invitation_of_its_organisation", "invitation_id", "surveys_invitation"),
        ("sheet_is_of_a_person_of_its_organisation", "person_id", "people_person"),
        ("sheet_is_about_a_person_of_its_organisation", "about_id", "people_person"),
    ],
    "surveys_sealedsheet": [("sealed_sheet_is_of_its_organisation", "wave_id", "surveys_wave")],
    "surveys_tally": [("tally_is_of_its_organisation", "wave_id", "surveys_wave")],
    "surveys_pairedscores": [("paired_scores_are_of_their_organisation", "wave_id", "surveys_wave")],
    "surveys_openanswer": [
        ("open_answer_is_of_a_wave_of_its_organisation", "wave_id", "surveys_wave"),
        ("open_answer_is_of_a_sheet_of_its_organisation", "sheet_id", "surveys_sheet"),
    ],
    "surveys_wavefigures": [("figures_are_of_their_organisation", "wave_id", "surveys_wave")],
    "surveys_swotpoint": [("swot_point_is_of_its_organisation", "wave_id", "surveys_wave")],
    "surveys_statementreading": [("reading_is_of_a_sheet_of_its_organisation", "sheet_id", "surveys_sheet")],
}

ANONYMITY = {
    "surveys_sheet": "named_sheet_is_of_a_named_wave",
    "surveys_sealedsheet": "sealed_sheet_is_of_an_anonymous_wave",
}

UNCHANGING = """
CREATE FUNCTION surveys_unchanging() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER version_in_use_does_not_change BEFORE UPDATE ON surveys_version FOR EACH ROW
  WHEN (OLD.frozen_at IS NOT NULL AND (OLD.content <> NEW.content OR NEW.frozen_at IS NULL))
  EXECUTE FUNCTION surveys_unchanging('a version that people answer by does not change');
CREATE TRIGGER sent_sheet_does_not_change BEFORE UPDATE ON surveys_sheet FOR EACH ROW
  WHEN (OLD.answers <> NEW.answers OR OLD.person_id <> NEW.person_id OR OLD.sent_at <> NEW.sent_at)
  EXECUTE FUNCTION surveys_unchanging('what was sent does not change');
"""

TAKING = """
CREATE FUNCTION surveys_taking() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Shared by those who send, and waited for by who closes: a box that is being emptied takes nothing more.
  PERFORM 1 FROM surveys_wave WHERE id = NEW.wave_id AND state = 'open' FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'a wave that is not open takes no sheets' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER open_wave_takes_sheets BEFORE INSERT ON surveys_sheet
  FOR EACH ROW EXECUTE FUNCTION surveys_taking();
CREATE TRIGGER open_wave_takes_sealed_sheets BEFORE INSERT ON surveys_sealedsheet
  FOR EACH ROW EXECUTE FUNCTION surveys_taking();
"""


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
    for table, name in ANONYMITY.items():
        forward.append(
            f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY (wave_id, is_anonymous) "
            "REFERENCES surveys_wave (id, is_anonymous) DEFERRABLE INITIALLY DEFERRED;"
        )
        backward.append(f"ALTER TABLE {table} DROP CONSTRAINT {name};")
    return "\n".join(forward), "\n".join(backward)


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_initial"), ("people", "0001_initial")]

    operations = [
        migrations.RunSQL(*crossings()),
        migrations.RunSQL(
            UNCHANGING,
            "DROP TRIGGER version_in_use_does_not_change ON surveys_version;"
            "DROP TRIGGER sent_sheet_does_not_change ON surveys_sheet;"
            "DROP FUNCTION surveys_unchanging();",
        ),
        migrations.RunSQL(
            TAKING,
            "DROP TRIGGER open_wave_takes_sheets ON surveys_sheet;"
            "DROP TRIGGER open_wave_takes_sealed_sheets ON surveys_sealedsheet;"
            "DROP FUNCTION surveys_taking();",
        ),
    ]
