CREATE INDEX "configurations_contact" ON "configurations" USING btree ("contact_id") WHERE contact_id is not null;--> statement-breakpoint
CREATE INDEX "configurations_location" ON "configurations" USING btree ("location_id") WHERE location_id is not null;--> statement-breakpoint
CREATE INDEX "contacts_location" ON "contacts" USING btree ("location_id") WHERE location_id is not null;--> statement-breakpoint
CREATE INDEX "organizations_parent" ON "organizations" USING btree ("parent_id") WHERE parent_id is not null;--> statement-breakpoint
-- A configuration's contact counts only inside the same organization. Whoever moves a contact, and however: the
-- configurations that refer to it are looked at at the end of the next run, though nothing of their own has changed.
CREATE FUNCTION contact_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO open_references (tenant_id, integration_id, kind, record_id, field, target, psa_id)
  SELECT l.tenant_id, l.integration_id, l.kind, l.record_id, 'contact', 'contact', l.base ->> 'contact'
  FROM configurations c JOIN links l ON l.record_id = c.id
  WHERE c.contact_id = NEW.id AND l.state <> 'disconnected' AND l.base ->> 'contact' IS NOT NULL
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER moved AFTER UPDATE ON contacts FOR EACH ROW
  WHEN (OLD.organization_id IS DISTINCT FROM NEW.organization_id) EXECUTE FUNCTION contact_moved();
