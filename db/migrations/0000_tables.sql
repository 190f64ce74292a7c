CREATE SEQUENCE "public"."ids" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE SEQUENCE "public"."sync_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "budget_slots" (
	"tenant_id" bigint NOT NULL,
	"integration_id" bigint NOT NULL,
	"holder" bigint NOT NULL,
	"slots" integer NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "budget_slots_tenant_id_integration_id_holder_pk" PRIMARY KEY("tenant_id","integration_id","holder")
);
--> statement-breakpoint
CREATE TABLE "budgets" (
	"tenant_id" bigint NOT NULL,
	"integration_id" bigint NOT NULL,
	"window_started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"used" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "budgets_tenant_id_integration_id_pk" PRIMARY KEY("tenant_id","integration_id")
);
--> statement-breakpoint
CREATE TABLE "configurations" (
	"id" bigint DEFAULT nextval('ids') NOT NULL,
	"tenant_id" bigint NOT NULL,
	"match_key" bigint,
	"origin" text DEFAULT 'sync' NOT NULL,
	"version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"organization_id" bigint NOT NULL,
	"name" text,
	"hostname" text,
	"type_id" bigint,
	"status_id" bigint,
	"contact_id" bigint,
	"location_id" bigint,
	"manufacturer_id" bigint,
	"model_id" bigint,
	"asset_tag" text,
	"serial_number" text,
	"mac_address" text,
	"primary_ip" text,
	"default_gateway" text,
	"operating_system" text,
	"platform" text,
	"position" text,
	"installed_by" text,
	"installed_at" date,
	"purchased_at" date,
	"warranty_expires_at" date,
	"notes" text,
	CONSTRAINT "configurations_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "conflicts" (
	"id" bigint DEFAULT nextval('ids') NOT NULL,
	"tenant_id" bigint NOT NULL,
	"integration_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"record_id" bigint NOT NULL,
	"field" text NOT NULL,
	"local_value" jsonb,
	"psa_value" jsonb,
	"run_id" bigint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"restored_at" timestamp with time zone,
	"restored_by" text,
	CONSTRAINT "conflicts_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "contacts" (
	"id" bigint DEFAULT nextval('ids') NOT NULL,
	"tenant_id" bigint NOT NULL,
	"match_key" bigint,
	"origin" text DEFAULT 'sync' NOT NULL,
	"version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"organization_id" bigint NOT NULL,
	"first_name" text,
	"last_name" text,
	"title" text,
	"type_id" bigint,
	"location_id" bigint,
	"emails" jsonb,
	"phones" jsonb,
	"important" boolean,
	"notes" text,
	CONSTRAINT "contacts_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "dry_run_items" (
	"tenant_id" bigint NOT NULL,
	"run_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"psa_id" text NOT NULL,
	"action" text NOT NULL,
	"reason" text,
	"record_id" bigint DEFAULT nextval('ids') NOT NULL,
	"organization_id" bigint,
	"match_key" bigint,
	"name" text,
	"local" jsonb NOT NULL,
	"changes" jsonb NOT NULL,
	CONSTRAINT "dry_run_items_tenant_id_run_id_kind_psa_id_pk" PRIMARY KEY("tenant_id","run_id","kind","psa_id")
);
--> statement-breakpoint
CREATE TABLE "field_history" (
	"id" bigint DEFAULT nextval('ids') NOT NULL,
	"tenant_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"record_id" bigint NOT NULL,
	"source" text NOT NULL,
	"run_id" bigint,
	"author" text,
	"changes" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "field_history_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "integrations" (
	"id" bigint DEFAULT nextval('ids') NOT NULL,
	"tenant_id" bigint NOT NULL,
	"key" text NOT NULL,
	"provider" text NOT NULL,
	"connection" jsonb NOT NULL,
	"credentials" text NOT NULL,
	"settings" jsonb NOT NULL,
	"settings_version" integer DEFAULT 1 NOT NULL,
	"two_way_since" timestamp with time zone,
	"paused_at" timestamp with time zone,
	"needs_credentials" boolean DEFAULT false NOT NULL,
	"blocked_until" timestamp with time zone,
	"fence" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "integrations_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "integrations_key" UNIQUE("tenant_id","key")
);
--> statement-breakpoint
CREATE TABLE "links" (
	"tenant_id" bigint NOT NULL,
	"integration_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"psa_id" text NOT NULL,
	"record_id" bigint NOT NULL,
	"state" text DEFAULT 'live' NOT NULL,
	"rule" text NOT NULL,
	"base" jsonb,
	"hash" text NOT NULL,
	"drifted" boolean DEFAULT false NOT NULL,
	"base_seq" bigint NOT NULL,
	"writing_until" timestamp with time zone,
	"error" text,
	"changed_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "links_tenant_id_integration_id_kind_psa_id_pk" PRIMARY KEY("tenant_id","integration_id","kind","psa_id")
);
--> statement-breakpoint
CREATE TABLE "locations" (
	"id" bigint DEFAULT nextval('ids') NOT NULL,
	"tenant_id" bigint NOT NULL,
	"match_key" bigint,
	"origin" text DEFAULT 'sync' NOT NULL,
	"version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"organization_id" bigint NOT NULL,
	"name" text,
	"address_1" text,
	"address_2" text,
	"city" text,
	"region" text,
	"postal_code" text,
	"country" text,
	"phone" text,
	"fax" text,
	"notes" text,
	CONSTRAINT "locations_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "lookup_links" (
	"tenant_id" bigint NOT NULL,
	"integration_id" bigint NOT NULL,
	"list" text NOT NULL,
	"psa_id" text NOT NULL,
	"lookup_id" bigint NOT NULL,
	"name" text NOT NULL,
	"inactive" boolean DEFAULT false NOT NULL,
	"ticked" boolean DEFAULT false NOT NULL,
	CONSTRAINT "lookup_links_tenant_id_integration_id_list_psa_id_pk" PRIMARY KEY("tenant_id","integration_id","list","psa_id")
);
--> statement-breakpoint
CREATE TABLE "lookups" (
	"id" bigint DEFAULT nextval('ids') NOT NULL,
	"tenant_id" bigint NOT NULL,
	"list" text NOT NULL,
	"parent_id" bigint,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "lookups_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "lookups_name" UNIQUE NULLS NOT DISTINCT("tenant_id","list","parent_id","name_key")
);
--> statement-breakpoint
CREATE TABLE "open_references" (
	"tenant_id" bigint NOT NULL,
	"integration_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"record_id" bigint NOT NULL,
	"field" text NOT NULL,
	"target" text NOT NULL,
	"psa_id" text NOT NULL,
	CONSTRAINT "open_references_record_id_field_integration_id_tenant_id_pk" PRIMARY KEY("record_id","field","integration_id","tenant_id")
);
--> statement-breakpoint
CREATE TABLE "organizations" (
	"id" bigint DEFAULT nextval('ids') NOT NULL,
	"tenant_id" bigint NOT NULL,
	"match_key" bigint,
	"origin" text DEFAULT 'sync' NOT NULL,
	"version" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"name" text,
	"short_name" text,
	"type_id" bigint,
	"status_id" bigint,
	"parent_id" bigint,
	"primary_location_id" bigint,
	"description" text,
	"alert" text,
	"quick_notes" text,
	CONSTRAINT "organizations_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "orphan_proposals" (
	"id" bigint DEFAULT nextval('ids') NOT NULL,
	"tenant_id" bigint NOT NULL,
	"integration_id" bigint NOT NULL,
	"run_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"psa_ids" text[] NOT NULL,
	"live_count" integer NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decided_at" timestamp with time zone,
	"decided_by" text,
	CONSTRAINT "orphan_proposals_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "pending_edits" (
	"tenant_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"record_id" bigint NOT NULL,
	"field" text NOT NULL,
	"value" jsonb,
	"version" bigint NOT NULL,
	"origin" text NOT NULL,
	"author" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pending_edits_record_id_field_tenant_id_pk" PRIMARY KEY("record_id","field","tenant_id")
);
--> statement-breakpoint
CREATE TABLE "push_intents" (
	"tenant_id" bigint NOT NULL,
	"integration_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"record_id" bigint NOT NULL,
	"subject" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"fence" bigint NOT NULL,
	"known_ids" text[] NOT NULL,
	"match_key" bigint,
	"organization_id" bigint,
	"sent_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "push_intents_record_id_subject_integration_id_tenant_id_pk" PRIMARY KEY("record_id","subject","integration_id","tenant_id")
);
--> statement-breakpoint
CREATE TABLE "rejects" (
	"id" bigint DEFAULT nextval('ids') NOT NULL,
	"tenant_id" bigint NOT NULL,
	"integration_id" bigint NOT NULL,
	"run_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"scope" text NOT NULL,
	"psa_id" text,
	"code" text NOT NULL,
	"reason" text NOT NULL,
	"raw" text,
	"resolved_at" timestamp with time zone,
	"resolved_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "rejects_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "reviews" (
	"id" bigint DEFAULT nextval('ids') NOT NULL,
	"tenant_id" bigint NOT NULL,
	"integration_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"psa_id" text NOT NULL,
	"reason" text NOT NULL,
	"organization_id" bigint,
	"candidate_ids" bigint[] NOT NULL,
	"fields" jsonb NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"run_id" bigint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decided_at" timestamp with time zone,
	"decided_by" text,
	CONSTRAINT "reviews_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "reviews_once" UNIQUE("tenant_id","integration_id","kind","psa_id")
);
--> statement-breakpoint
CREATE TABLE "run_ranges" (
	"tenant_id" bigint NOT NULL,
	"run_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"cursor" text,
	"tries" integer DEFAULT 0 NOT NULL,
	"pages" integer DEFAULT 0 NOT NULL,
	"expected" integer,
	"read" integer DEFAULT 0 NOT NULL,
	"created" integer DEFAULT 0 NOT NULL,
	"linked" integer DEFAULT 0 NOT NULL,
	"updated" integer DEFAULT 0 NOT NULL,
	"unchanged" integer DEFAULT 0 NOT NULL,
	"outside" integer DEFAULT 0 NOT NULL,
	"review" integer DEFAULT 0 NOT NULL,
	"rejected" integer DEFAULT 0 NOT NULL,
	"orphaned" integer DEFAULT 0 NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "run_ranges_tenant_id_run_id_kind_pk" PRIMARY KEY("tenant_id","run_id","kind")
);
--> statement-breakpoint
CREATE TABLE "run_seen" (
	"tenant_id" bigint NOT NULL,
	"run_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"cursor" text NOT NULL,
	"psa_ids" text[] NOT NULL,
	CONSTRAINT "run_seen_tenant_id_run_id_kind_cursor_pk" PRIMARY KEY("tenant_id","run_id","kind","cursor")
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"id" bigint DEFAULT nextval('ids') NOT NULL,
	"tenant_id" bigint NOT NULL,
	"integration_id" bigint NOT NULL,
	"job" text NOT NULL,
	"dry_run" boolean DEFAULT false NOT NULL,
	"trigger" text NOT NULL,
	"state" text DEFAULT 'running' NOT NULL,
	"fence" bigint NOT NULL,
	"settings" jsonb NOT NULL,
	"settings_version" integer NOT NULL,
	"mapping_version" integer NOT NULL,
	"started_seq" bigint NOT NULL,
	"workflow_id" text NOT NULL,
	"workflow_run_id" text NOT NULL,
	"error_code" text,
	"error_text" text,
	"remarks" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "runs_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "tenants" (
	"id" bigint PRIMARY KEY DEFAULT nextval('ids') NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tenants_key_unique" UNIQUE("key")
);
--> statement-breakpoint
ALTER TABLE "budget_slots" ADD CONSTRAINT "budget_slots_integration" FOREIGN KEY ("tenant_id","integration_id") REFERENCES "public"."integrations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budgets" ADD CONSTRAINT "budgets_integration" FOREIGN KEY ("tenant_id","integration_id") REFERENCES "public"."integrations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "configurations" ADD CONSTRAINT "configurations_organization" FOREIGN KEY ("tenant_id","organization_id") REFERENCES "public"."organizations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "configurations" ADD CONSTRAINT "configurations_type" FOREIGN KEY ("tenant_id","type_id") REFERENCES "public"."lookups"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "configurations" ADD CONSTRAINT "configurations_status" FOREIGN KEY ("tenant_id","status_id") REFERENCES "public"."lookups"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "configurations" ADD CONSTRAINT "configurations_manufacturer" FOREIGN KEY ("tenant_id","manufacturer_id") REFERENCES "public"."lookups"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "configurations" ADD CONSTRAINT "configurations_model" FOREIGN KEY ("tenant_id","model_id") REFERENCES "public"."lookups"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "configurations" ADD CONSTRAINT "configurations_contact" FOREIGN KEY ("tenant_id","contact_id") REFERENCES "public"."contacts"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "configurations" ADD CONSTRAINT "configurations_location" FOREIGN KEY ("tenant_id","location_id") REFERENCES "public"."locations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conflicts" ADD CONSTRAINT "conflicts_integration" FOREIGN KEY ("tenant_id","integration_id") REFERENCES "public"."integrations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_organization" FOREIGN KEY ("tenant_id","organization_id") REFERENCES "public"."organizations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_type" FOREIGN KEY ("tenant_id","type_id") REFERENCES "public"."lookups"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_location" FOREIGN KEY ("tenant_id","location_id") REFERENCES "public"."locations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dry_run_items" ADD CONSTRAINT "dry_run_items_run" FOREIGN KEY ("tenant_id","run_id") REFERENCES "public"."runs"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "field_history" ADD CONSTRAINT "field_history_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "integrations" ADD CONSTRAINT "integrations_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "links" ADD CONSTRAINT "links_integration" FOREIGN KEY ("tenant_id","integration_id") REFERENCES "public"."integrations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "locations" ADD CONSTRAINT "locations_organization" FOREIGN KEY ("tenant_id","organization_id") REFERENCES "public"."organizations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lookup_links" ADD CONSTRAINT "lookup_links_integration" FOREIGN KEY ("tenant_id","integration_id") REFERENCES "public"."integrations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lookup_links" ADD CONSTRAINT "lookup_links_lookup" FOREIGN KEY ("tenant_id","lookup_id") REFERENCES "public"."lookups"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lookups" ADD CONSTRAINT "lookups_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lookups" ADD CONSTRAINT "lookups_parent" FOREIGN KEY ("tenant_id","parent_id") REFERENCES "public"."lookups"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "open_references" ADD CONSTRAINT "open_references_integration" FOREIGN KEY ("tenant_id","integration_id") REFERENCES "public"."integrations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_type" FOREIGN KEY ("tenant_id","type_id") REFERENCES "public"."lookups"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_status" FOREIGN KEY ("tenant_id","status_id") REFERENCES "public"."lookups"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_parent" FOREIGN KEY ("tenant_id","parent_id") REFERENCES "public"."organizations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orphan_proposals" ADD CONSTRAINT "orphan_proposals_run" FOREIGN KEY ("tenant_id","run_id") REFERENCES "public"."runs"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pending_edits" ADD CONSTRAINT "pending_edits_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_intents" ADD CONSTRAINT "push_intents_integration" FOREIGN KEY ("tenant_id","integration_id") REFERENCES "public"."integrations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rejects" ADD CONSTRAINT "rejects_run_fk" FOREIGN KEY ("tenant_id","run_id") REFERENCES "public"."runs"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_integration" FOREIGN KEY ("tenant_id","integration_id") REFERENCES "public"."integrations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_ranges" ADD CONSTRAINT "run_ranges_run" FOREIGN KEY ("tenant_id","run_id") REFERENCES "public"."runs"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_seen" ADD CONSTRAINT "run_seen_run" FOREIGN KEY ("tenant_id","run_id") REFERENCES "public"."runs"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_integration" FOREIGN KEY ("tenant_id","integration_id") REFERENCES "public"."integrations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "configurations_match" ON "configurations" USING btree ("organization_id","match_key");--> statement-breakpoint
CREATE INDEX "conflicts_record" ON "conflicts" USING btree ("record_id","id");--> statement-breakpoint
CREATE INDEX "contacts_match" ON "contacts" USING btree ("organization_id","match_key");--> statement-breakpoint
CREATE INDEX "dry_run_items_match" ON "dry_run_items" USING btree ("run_id","organization_id","match_key");--> statement-breakpoint
CREATE INDEX "field_history_record" ON "field_history" USING btree ("record_id","id");--> statement-breakpoint
CREATE INDEX "links_record" ON "links" USING btree ("record_id");--> statement-breakpoint
CREATE UNIQUE INDEX "links_one_tie_a_record" ON "links" USING btree ("record_id","integration_id") WHERE state in ('live', 'error', 'disabled');--> statement-breakpoint
CREATE INDEX "locations_match" ON "locations" USING btree ("organization_id","match_key");--> statement-breakpoint
CREATE INDEX "organizations_match" ON "organizations" USING btree ("match_key","tenant_id");--> statement-breakpoint
CREATE INDEX "rejects_run" ON "rejects" USING btree ("run_id","kind");--> statement-breakpoint
CREATE INDEX "runs_recent" ON "runs" USING btree ("integration_id","id");