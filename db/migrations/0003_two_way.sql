CREATE TABLE "api_keys" (
	"id" bigint DEFAULT nextval('ids') NOT NULL,
	"tenant_id" bigint NOT NULL,
	"name" text NOT NULL,
	"scope" text NOT NULL,
	"origin" text NOT NULL,
	"hash" text NOT NULL,
	"prefix" text NOT NULL,
	"created_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"revoked_by" text,
	CONSTRAINT "api_keys_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "api_keys_hash" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "pushes" (
	"tenant_id" bigint NOT NULL,
	"integration_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"record_id" bigint NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"version" bigint DEFAULT 1 NOT NULL,
	"origin" text NOT NULL,
	"author" text,
	"requested_at" timestamp with time zone DEFAULT now() NOT NULL,
	"reason_code" text,
	"reason" text,
	"waits_for" bigint,
	"attempts" integer DEFAULT 0 NOT NULL,
	"settled_at" timestamp with time zone,
	"retried_by" text,
	"retried_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pushes_record_id_integration_id_tenant_id_pk" PRIMARY KEY("record_id","integration_id","tenant_id")
);
--> statement-breakpoint
ALTER TABLE "pending_edits" ADD COLUMN "integration_id" bigint NOT NULL;--> statement-breakpoint
ALTER TABLE "pending_edits" DROP CONSTRAINT "pending_edits_tenant_id_tenants_id_fk";
--> statement-breakpoint
ALTER TABLE "pending_edits" DROP CONSTRAINT "pending_edits_record_id_field_tenant_id_pk";--> statement-breakpoint
ALTER TABLE "push_intents" DROP CONSTRAINT "push_intents_record_id_subject_integration_id_tenant_id_pk";--> statement-breakpoint
ALTER TABLE "pending_edits" ADD CONSTRAINT "pending_edits_record_id_integration_id_field_tenant_id_pk" PRIMARY KEY("record_id","integration_id","field","tenant_id");--> statement-breakpoint
ALTER TABLE "push_intents" DROP COLUMN "subject";--> statement-breakpoint
ALTER TABLE "push_intents" ADD CONSTRAINT "push_intents_record_id_integration_id_tenant_id_pk" PRIMARY KEY("record_id","integration_id","tenant_id");--> statement-breakpoint
ALTER TABLE "links" ADD COLUMN "writing" jsonb;--> statement-breakpoint
ALTER TABLE "links" ADD COLUMN "write_fence" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "push_intents" ADD COLUMN "writing_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pushes" ADD CONSTRAINT "pushes_integration" FOREIGN KEY ("tenant_id","integration_id") REFERENCES "public"."integrations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "pushes_open" ON "pushes" USING btree ("tenant_id","state","requested_at") WHERE state in ('pending', 'waiting', 'failed', 'attention');--> statement-breakpoint
CREATE INDEX "pushes_waiting" ON "pushes" USING btree ("waits_for") WHERE state = 'waiting';--> statement-breakpoint
ALTER TABLE "pending_edits" ADD CONSTRAINT "pending_edits_integration" FOREIGN KEY ("tenant_id","integration_id") REFERENCES "public"."integrations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;