ALTER TABLE "budget_slots" ADD COLUMN "endpoint" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "budgets" ADD COLUMN "endpoint" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "budget_slots" DROP CONSTRAINT "budget_slots_tenant_id_integration_id_holder_pk";--> statement-breakpoint
ALTER TABLE "budgets" DROP CONSTRAINT "budgets_tenant_id_integration_id_pk";--> statement-breakpoint
ALTER TABLE "budget_slots" ADD CONSTRAINT "budget_slots_tenant_id_integration_id_endpoint_holder_pk" PRIMARY KEY("tenant_id","integration_id","endpoint","holder");--> statement-breakpoint
ALTER TABLE "budgets" ADD CONSTRAINT "budgets_tenant_id_integration_id_endpoint_pk" PRIMARY KEY("tenant_id","integration_id","endpoint");
