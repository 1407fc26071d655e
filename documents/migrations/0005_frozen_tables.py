"""Visas and bases are not truncated either."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER keep_visas BEFORE TRUNCATE ON documents_visa
  FOR EACH STATEMENT EXECUTE FUNCTION documents_keep_table();
CREATE TRIGGER keep_bases BEFORE TRUNCATE ON documents_document_basis
  FOR EACH STATEMENT EXECUTE FUNCTION documents_keep_table();
"""

BACKWARD = """
DROP TRIGGER keep_visas ON documents_visa;
DROP TRIGGER keep_bases ON documents_document_basis;
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_acquaintance_crossings")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
