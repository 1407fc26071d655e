"""No row points across organisations or at another mentor than its pairing's; lines of a signed order are frozen."""

from django.db import migrations

FORWARD = """
ALTER TABLE mentoring_mentorprofile ADD CONSTRAINT mentor_profile_stays_in_its_organisation
  FOREIGN KEY (person_id, organisation_id) REFERENCES people_person (id, organisation_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE mentoring_menteeprofile ADD CONSTRAINT mentee_profile_stays_in_its_organisation
  FOREIGN KEY (person_id, organisation_id) REFERENCES people_person (id, organisation_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE mentoring_pairing ADD CONSTRAINT mentor_is_of_the_same_organisation
  FOREIGN KEY (mentor_id, organisation_id) REFERENCES people_person (id, organisation_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE mentoring_pairingmentee ADD CONSTRAINT mentee_is_of_the_same_organisation
  FOREIGN KEY (mentee_id, organisation_id) REFERENCES people_person (id, organisation_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE mentoring_pairingmentee ADD CONSTRAINT place_is_with_the_mentor_of_its_pairing
  FOREIGN KEY (pairing_id, mentor_id, organisation_id)
  REFERENCES mentoring_pairing (id, mentor_id, organisation_id) DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION mentoring_keep_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (TG_OP <> 'INSERT' AND documents_is_frozen(OLD.order_id))
     OR (TG_OP <> 'DELETE' AND documents_is_frozen(NEW.order_id)) THEN
    PERFORM documents_refuse('its lines stay as they are');
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER keep_line BEFORE INSERT OR UPDATE OR DELETE ON mentoring_assignmentorderline
  FOR EACH ROW EXECUTE FUNCTION mentoring_keep_line();

CREATE FUNCTION mentoring_keep_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF documents_is_frozen(OLD.document_id) THEN
    PERFORM documents_refuse('what it does stays as it is');
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER keep_order BEFORE UPDATE OR DELETE ON mentoring_assignmentorder
  FOR EACH ROW EXECUTE FUNCTION mentoring_keep_order();

CREATE TRIGGER keep_lines BEFORE TRUNCATE ON mentoring_assignmentorderline
  FOR EACH STATEMENT EXECUTE FUNCTION documents_keep_table();
"""

BACKWARD = """
DROP FUNCTION mentoring_keep_line, mentoring_keep_order CASCADE;
DROP TRIGGER keep_lines ON mentoring_assignmentorderline;
ALTER TABLE mentoring_pairingmentee DROP CONSTRAINT place_is_with_the_mentor_of_its_pairing;
ALTER TABLE mentoring_pairingmentee DROP CONSTRAINT mentee_is_of_the_same_organisation;
ALTER TABLE mentoring_pairing DROP CONSTRAINT mentor_is_of_the_same_organisation;
ALTER TABLE mentoring_menteeprofile DROP CONSTRAINT mentee_profile_stays_in_its_organisation;
ALTER TABLE mentoring_mentorprofile DROP CONSTRAINT mentor_profile_stays_in_its_organisation;
"""


class Migration(migrations.Migration):
    dependencies = [("mentoring", "0002_initial"), ("documents", "0003_frozen")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
