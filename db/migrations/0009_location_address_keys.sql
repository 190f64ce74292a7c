ALTER TABLE "locations" ADD COLUMN "address_key" bigint;--> statement-breakpoint
CREATE INDEX "locations_address_match" ON "locations" USING btree ("organization_id","address_key");