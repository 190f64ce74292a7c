ALTER TABLE "configurations" DROP CONSTRAINT "configurations_type";
--> statement-breakpoint
ALTER TABLE "configurations" DROP CONSTRAINT "configurations_status";
--> statement-breakpoint
ALTER TABLE "configurations" DROP CONSTRAINT "configurations_manufacturer";
--> statement-breakpoint
ALTER TABLE "configurations" DROP CONSTRAINT "configurations_model";
--> statement-breakpoint
ALTER TABLE "contacts" DROP CONSTRAINT "contacts_type";
--> statement-breakpoint
ALTER TABLE "links" DROP CONSTRAINT "links_integration";
--> statement-breakpoint
ALTER TABLE "open_references" DROP CONSTRAINT "open_references_integration";
--> statement-breakpoint
ALTER TABLE "organizations" DROP CONSTRAINT "organizations_type";
--> statement-breakpoint
ALTER TABLE "organizations" DROP CONSTRAINT "organizations_status";
--> statement-breakpoint
-- References that a first sync writes by the hundred thousand, to rows that hardly ever go: looked at once a statement,
-- where a foreign key asks once for each row and column (a third of what Postgres spent on a first sync).
-- Arguments: the table that is referred to, then the columns that do.
CREATE FUNCTION references_stand() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  missing record;
  ids text := (SELECT string_agg(format('(f.%I)', name), ', ') FROM unnest(TG_ARGV[1:]) name);
BEGIN
  EXECUTE format(
    'SELECT w.tenant_id, w.id FROM (
       SELECT DISTINCT f.tenant_id, v.id FROM fresh f CROSS JOIN LATERAL (VALUES %s) v(id) WHERE v.id IS NOT NULL) w
     WHERE NOT EXISTS (SELECT FROM %I t WHERE t.tenant_id = w.tenant_id AND t.id = w.id) LIMIT 1', ids, TG_ARGV[0])
  INTO missing;
  IF missing.id IS NOT NULL THEN
    RAISE EXCEPTION '% of tenant % refer to row % of %, which does not exist', TG_TABLE_NAME, missing.tenant_id, missing.id, TG_ARGV[0]
      USING ERRCODE = 'foreign_key_violation', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
DO $$
DECLARE
  refers record;
BEGIN
  FOR refers IN SELECT * FROM (VALUES
    ('organizations', 'lookups', '''type_id'', ''status_id'''),
    ('contacts', 'lookups', '''type_id'''),
    ('configurations', 'lookups', '''type_id'', ''status_id'', ''manufacturer_id'', ''model_id'''),
    ('links', 'integrations', '''integration_id'''),
    ('open_references', 'integrations', '''integration_id''')) r(of_table, to_table, columns)
  LOOP
    EXECUTE format('CREATE TRIGGER refers_on_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS fresh
      FOR EACH STATEMENT EXECUTE FUNCTION references_stand(%L, %s)', refers.of_table, refers.to_table, refers.columns);
    -- What belongs to an integration does so for good; on records, edits and merging change what they refer to.
    CONTINUE WHEN refers.to_table = 'integrations';
    EXECUTE format('CREATE TRIGGER refers_on_update AFTER UPDATE ON %I REFERENCING NEW TABLE AS fresh
      FOR EACH STATEMENT EXECUTE FUNCTION references_stand(%L, %s)', refers.of_table, refers.to_table, refers.columns);
  END LOOP;
END $$;
--> statement-breakpoint
-- The other end, which nothing but a hand in psql deletes.
REVOKE DELETE ON lookups FROM psa_sync_app;
--> statement-breakpoint
CREATE FUNCTION lookup_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM organizations WHERE tenant_id = OLD.tenant_id AND OLD.id IN (type_id, status_id))
    OR EXISTS (SELECT FROM contacts WHERE tenant_id = OLD.tenant_id AND type_id = OLD.id)
    OR EXISTS (SELECT FROM configurations WHERE tenant_id = OLD.tenant_id AND OLD.id IN (type_id, status_id, manufacturer_id, model_id))
  THEN
    RAISE EXCEPTION 'row % of a named list is in use: give its records another one first', OLD.id USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER deleted AFTER DELETE ON lookups FOR EACH ROW EXECUTE FUNCTION lookup_deleted();
--> statement-breakpoint
CREATE FUNCTION integration_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM links WHERE tenant_id = OLD.tenant_id AND integration_id = OLD.id;
  DELETE FROM open_references WHERE tenant_id = OLD.tenant_id AND integration_id = OLD.id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER deleted AFTER DELETE ON integrations FOR EACH ROW EXECUTE FUNCTION integration_deleted();
