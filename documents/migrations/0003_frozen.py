"""What is signed does not change: kept by the database, whoever asks and by whatever means.

A signed document may only move on along its life. Its files, basis, visas and acquaintance sheet are frozen with it;
on the sheet a blank may be filled once. TRUNCATE is refused too, except where a test database allows it to itself.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION documents_is_frozen(bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM documents_document WHERE id = $1 AND state NOT IN ('draft', 'on_agreement'))
$$;

CREATE FUNCTION documents_refuse(what text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a signed document is frozen: %', what USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION documents_keep_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state IN ('draft', 'on_agreement') THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'DELETE' THEN
    PERFORM documents_refuse('it is not deleted');
  END IF;
  IF to_jsonb(NEW) - 'state' <> to_jsonb(OLD) - 'state' THEN
    PERFORM documents_refuse('nothing but its state changes');
  END IF;
  IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
    ('signed', 'in_force'), ('in_force', 'amended'), ('in_force', 'ended'), ('amended', 'ended')
  ) THEN
    PERFORM documents_refuse('its state only moves on');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_document BEFORE UPDATE OR DELETE ON documents_document
  FOR EACH ROW EXECUTE FUNCTION documents_keep_document();

CREATE FUNCTION documents_keep_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    PERFORM documents_refuse('its file stays as it is');
  END IF;
  IF NOT documents_is_frozen(NEW.document_id) THEN
    RAISE EXCEPTION 'only a signed document has a file' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_file BEFORE INSERT OR UPDATE OR DELETE ON documents_documentfile
  FOR EACH ROW EXECUTE FUNCTION documents_keep_file();

CREATE FUNCTION documents_keep_visa() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (TG_OP <> 'INSERT' AND documents_is_frozen(OLD.document_id))
     OR (TG_OP <> 'DELETE' AND documents_is_frozen(NEW.document_id)) THEN
    PERFORM documents_refuse('its visas stay as they are');
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER keep_visa BEFORE INSERT OR UPDATE OR DELETE ON documents_visa
  FOR EACH ROW EXECUTE FUNCTION documents_keep_visa();

CREATE FUNCTION documents_keep_basis() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (TG_OP <> 'INSERT' AND documents_is_frozen(OLD.from_document_id))
     OR (TG_OP <> 'DELETE' AND documents_is_frozen(NEW.from_document_id)) THEN
    PERFORM documents_refuse('its basis stays as it is');
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER keep_basis BEFORE INSERT OR UPDATE OR DELETE ON documents_document_basis
  FOR EACH ROW EXECUTE FUNCTION documents_keep_basis();

CREATE FUNCTION documents_keep_acquaintance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT documents_is_frozen(OLD.document_id) THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'DELETE' OR OLD.confirmed_at IS NOT NULL
     OR to_jsonb(NEW) - 'confirmed_at' <> to_jsonb(OLD) - 'confirmed_at' THEN
    PERFORM documents_refuse('its acquaintance sheet is only filled in');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_acquaintance BEFORE UPDATE OR DELETE ON documents_acquaintance
  FOR EACH ROW EXECUTE FUNCTION documents_keep_acquaintance();

CREATE FUNCTION documents_keep_table() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(current_setting('portal.may_truncate', true), '') <> 'on' THEN
    PERFORM documents_refuse('its table is not truncated');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_documents BEFORE TRUNCATE ON documents_document
  FOR EACH STATEMENT EXECUTE FUNCTION documents_keep_table();
CREATE TRIGGER keep_files BEFORE TRUNCATE ON documents_documentfile
  FOR EACH STATEMENT EXECUTE FUNCTION documents_keep_table();
CREATE TRIGGER keep_acquaintances BEFORE TRUNCATE ON documents_acquaintance
  FOR EACH STATEMENT EXECUTE FUNCTION documents_keep_table();
"""

BACKWARD = """
DROP FUNCTION documents_keep_document, documents_keep_file, documents_keep_visa, documents_keep_basis,
  documents_keep_acquaintance, documents_keep_table, documents_refuse, documents_is_frozen CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
