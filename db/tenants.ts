import { eq, sql } from 'drizzle-orm';
import type { Database, TenantTx } from './database.ts';
import { tenants } from './schema/tenants.ts';

export type Tenant = typeof tenants.$inferSelect;

/** The id behind a tenant's key; null when there is none. */
export async function findTenantId(database: Database, key: string): Promise<string | null> {
  const [row] = await database.withDirectory((tx) =>
    tx.db.execute<{ id: string }>(sql`select id from tenants where key = ${key}`),
  );
  return row?.id ?? null;
}

/** Makes a tenant; answers its id. */
export async function createTenant(
  database: Database,
  input: { readonly key: string; readonly name: string },
): Promise<string> {
  // Row-level security lets a tenant be written only by itself, so its id is drawn before there is anything to see.
  const [drawn] = await database.withTenant('0', (tx) =>
    tx.db.execute<{ id: string }>(sql`select nextval('ids')::text as id`),
  );
  const id = drawn?.id ?? '';
  await database.withTenant(id, (tx) => tx.db.insert(tenants).values({ id, ...input }));
  return id;
}

export async function readTenant(tx: TenantTx): Promise<Tenant | null> {
  const [row] = await tx.db.select().from(tenants).where(eq(tenants.id, tx.tenantId));
  return row ?? null;
}
