-- Roles. The application connects as `psa_sync_app`, which owns nothing; `psa_sync_directory` sees ids across tenants
-- and nothing else. Both are switched to by members (SET ROLE or the start-up parameter `role`).
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'psa_sync_app') THEN
    CREATE ROLE psa_sync_app NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'psa_sync_directory') THEN
    CREATE ROLE psa_sync_directory NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
  -- Said even to a login that is a member already: one that made the role itself may give it away, but not work as it.
  EXECUTE format('GRANT psa_sync_app TO %I', current_user);
  EXECUTE format('GRANT psa_sync_directory TO %I', current_user);
END $$;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO psa_sync_app, psa_sync_directory;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO psa_sync_app;
--> statement-breakpoint
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO psa_sync_app;
--> statement-breakpoint
-- So that every process can see whether the tables are up to date.
GRANT USAGE ON SCHEMA drizzle TO psa_sync_app;
--> statement-breakpoint
GRANT SELECT ON ALL TABLES IN SCHEMA drizzle TO psa_sync_app;
--> statement-breakpoint
-- History is append-only, for the application too.
REVOKE UPDATE, DELETE ON field_history FROM psa_sync_app;
--> statement-breakpoint
-- A missing tenant raises: current_setting without "missing_ok" fails when nothing was set, and '' is no number.
CREATE FUNCTION current_tenant() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT current_setting('psa_sync.tenant_id')::bigint $$;
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOR t IN SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
           WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON %I TO psa_sync_app USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant())', t);
  END LOOP;
END $$;
--> statement-breakpoint
ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE tenants FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY tenant ON tenants TO psa_sync_app USING (id = current_tenant()) WITH CHECK (id = current_tenant());
--> statement-breakpoint
-- The directory: which tenants and integrations there are, by id and key. No names, no settings, no records.
CREATE POLICY directory ON tenants FOR SELECT TO psa_sync_directory USING (true);
--> statement-breakpoint
GRANT SELECT (id, key) ON tenants TO psa_sync_directory;
--> statement-breakpoint
CREATE POLICY directory ON integrations FOR SELECT TO psa_sync_directory USING (true);
--> statement-breakpoint
GRANT SELECT (id, tenant_id, key, provider) ON integrations TO psa_sync_directory;
--> statement-breakpoint
CREATE POLICY directory ON runs FOR SELECT TO psa_sync_directory USING (true);
--> statement-breakpoint
GRANT SELECT (id, tenant_id, integration_id, state, workflow_id, workflow_run_id) ON runs TO psa_sync_directory;
--> statement-breakpoint
-- Every write to a record raises its version. One that is no sync's marks the record's links as drifted, so that the
-- next full sync looks at them again, whoever wrote and however.
CREATE FUNCTION record_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.version := OLD.version + 1;
  NEW.updated_at := now();
  IF current_setting('psa_sync.origin', true) IS DISTINCT FROM 'sync' THEN
    UPDATE links SET drifted = true WHERE record_id = NEW.id AND NOT drifted;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- A record that is tied to a PSA is never deleted under its link.
CREATE FUNCTION record_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM links WHERE record_id = OLD.id AND state IN ('live', 'error')) THEN
    RAISE EXCEPTION 'record % is syncing: disable or disconnect it before it is deleted', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  DELETE FROM links WHERE record_id = OLD.id;
  DELETE FROM open_references WHERE record_id = OLD.id;
  DELETE FROM pending_edits WHERE record_id = OLD.id;
  RETURN OLD;
END $$;
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['organizations', 'locations', 'contacts', 'configurations'] LOOP
    EXECUTE format('CREATE TRIGGER written BEFORE UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION record_written()', t);
    EXECUTE format('CREATE TRIGGER deleted BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION record_deleted()', t);
  END LOOP;
END $$;
