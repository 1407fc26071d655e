"""An order, its lines, and the order behind a pairing are of one organisation."""

from django.db import migrations

FORWARD = """
ALTER TABLE mentoring_pairing ADD CONSTRAINT pairing_belongs_to_one_organisation UNIQUE (id, organisation_id);
ALTER TABLE mentoring_assignmentorder
  ADD CONSTRAINT order_belongs_to_one_organisation UNIQUE (document_id, organisation_id),
  ADD CONSTRAINT order_is_of_the_organisation_of_its_document
  FOREIGN KEY (document_id, organisation_id) REFERENCES documents_document (id, organisation_id)
  DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE mentoring_pairing ADD CONSTRAINT basis_is_of_the_same_organisation
  FOREIGN KEY (basis_id, organisation_id) REFERENCES documents_document (id, organisation_id)
  DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE mentoring_assignmentorderline
  ADD CONSTRAINT line_is_of_the_organisation_of_its_order
  FOREIGN KEY (order_id, organisation_id) REFERENCES mentoring_assignmentorder (document_id, organisation_id)
  DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT line_is_of_the_organisation_of_its_pairing
  FOREIGN KEY (pairing_id, organisation_id) REFERENCES mentoring_pairing (id, organisation_id)
  DEFERRABLE INITIALLY DEFERRED;
"""

BACKWARD = """
ALTER TABLE mentoring_assignmentorderline DROP CONSTRAINT line_is_of_the_organisation_of_its_pairing;
ALTER TABLE mentoring_assignmentorderline DROP CONSTRAINT line_is_of_the_organisation_of_its_order;
ALTER TABLE mentoring_pairing DROP CONSTRAINT basis_is_of_the_same_organisation;
ALTER TABLE mentoring_assignmentorder DROP CONSTRAINT order_is_of_the_organisation_of_its_document;
ALTER TABLE mentoring_assignmentorder DROP CONSTRAINT order_belongs_to_one_organisation;
ALTER TABLE mentoring_pairing DROP CONSTRAINT pairing_belongs_to_one_organisation;
"""


class Migration(migrations.Migration):
    dependencies = [("mentoring", "0003_crossings"), ("documents", "0004_acquaintance_crossings")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
