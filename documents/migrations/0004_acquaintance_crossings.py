"""Nobody of another organisation stands on an acquaintance sheet."""

from django.db import migrations

FORWARD = """
ALTER TABLE documents_document ADD CONSTRAINT document_belongs_to_one_organisation UNIQUE (id, organisation_id);
ALTER TABLE documents_acquaintance ADD CONSTRAINT reader_is_of_the_same_organisation
  FOREIGN KEY (person_id, organisation_id) REFERENCES people_person (id, organisation_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE documents_acquaintance ADD CONSTRAINT sheet_is_of_the_same_organisation
  FOREIGN KEY (document_id, organisation_id) REFERENCES documents_document (id, organisation_id)
  DEFERRABLE INITIALLY DEFERRED;
"""

BACKWARD = """
ALTER TABLE documents_acquaintance DROP CONSTRAINT sheet_is_of_the_same_organisation;
ALTER TABLE documents_acquaintance DROP CONSTRAINT reader_is_of_the_same_organisation;
ALTER TABLE documents_document DROP CONSTRAINT document_belongs_to_one_organisation;
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_frozen"), ("people", "0002_consent_texts")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
