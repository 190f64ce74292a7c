GRANT SELECT, INSERT, UPDATE, DELETE ON api_keys, pushes TO psa_sync_app;
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['api_keys', 'pushes'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON %I TO psa_sync_app USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant())', t);
  END LOOP;
END $$;
--> statement-breakpoint
-- A request brings a key and no tenant: the directory tells whose key it is.
CREATE POLICY directory ON api_keys FOR SELECT TO psa_sync_directory USING (true);
--> statement-breakpoint
GRANT SELECT (id, tenant_id, hash, scope, origin, expires_at, revoked_at, last_used_at) ON api_keys TO psa_sync_directory;
--> statement-breakpoint
-- Housekeeping asks which pushes are open, and for whom.
CREATE POLICY directory ON pushes FOR SELECT TO psa_sync_directory USING (true);
--> statement-breakpoint
GRANT SELECT (tenant_id, integration_id, kind, record_id, state, waits_for, requested_at) ON pushes TO psa_sync_directory;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION record_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM links WHERE record_id = OLD.id AND state IN ('live', 'error')) THEN
    RAISE EXCEPTION 'record % is syncing: disable or disconnect it before it is deleted', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  DELETE FROM links WHERE record_id = OLD.id;
  DELETE FROM open_references WHERE record_id = OLD.id;
  DELETE FROM pending_edits WHERE record_id = OLD.id;
  DELETE FROM pushes WHERE record_id = OLD.id;
  DELETE FROM push_intents WHERE record_id = OLD.id;
  RETURN OLD;
END $$;
--> statement-breakpoint
UPDATE integrations SET settings = settings || '{"push": {}}'::jsonb WHERE NOT settings ? 'push';
