CREATE TABLE "push_plan_items" (
	"tenant_id" bigint NOT NULL,
	"plan_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"kind" text NOT NULL,
	"record_id" bigint NOT NULL,
	"name" text,
	"fields" jsonb,
	"version" bigint NOT NULL,
	"state" text DEFAULT 'planned' NOT NULL,
	CONSTRAINT "push_plan_items_plan_id_position_tenant_id_pk" PRIMARY KEY("plan_id","position","tenant_id")
);
--> statement-breakpoint
CREATE TABLE "push_plans" (
	"id" bigint DEFAULT nextval('ids') NOT NULL,
	"tenant_id" bigint NOT NULL,
	"integration_id" bigint NOT NULL,
	"state" text DEFAULT 'shown' NOT NULL,
	"digest" text NOT NULL,
	"records" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text,
	"confirmed_at" timestamp with time zone,
	"confirmed_by" text,
	"finished_at" timestamp with time zone,
	CONSTRAINT "push_plans_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "push_plan_items" ADD CONSTRAINT "push_plan_items_plan" FOREIGN KEY ("tenant_id","plan_id") REFERENCES "public"."push_plans"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_plans" ADD CONSTRAINT "push_plans_integration" FOREIGN KEY ("tenant_id","integration_id") REFERENCES "public"."integrations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;