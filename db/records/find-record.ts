import { sql } from 'drizzle-orm';
import { KINDS, type Kind } from '../../domain/kinds.ts';
import type { LocalValues } from '../../domain/values.ts';
import type { TenantTx } from '../database.ts';
import { RECORD_TABLES, valuesOfRow } from '../record-tables.ts';
import { nameOfRow } from './names.ts';

export interface FoundRecord {
  readonly id: string;
  readonly kind: Kind;
  readonly name: string | null;
  readonly values: LocalValues;
  readonly origin: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A record by its id, whatever its kind; null when there is none. */
export async function findRecord(tx: TenantTx, id: string): Promise<FoundRecord | null> {
  for (const kind of KINDS) {
    const [row] = await tx.db.execute<
      Record<string, unknown> & {
        record_name: string | null;
        origin: string;
        version: string;
        created_at: string;
        updated_at: string;
      }
    >(sql`
      select r.*, ${nameOfRow(kind)} as record_name from ${sql.raw(RECORD_TABLES[kind].table)} r
      where r.tenant_id = ${tx.tenantId} and r.id = ${id}`);
    if (!row) continue;
    return {
      id,
      kind,
      name: row.record_name,
      values: valuesOfRow(kind, row),
      origin: row.origin,
      version: Number(row.version),
      createdAt: new Date(row.created_at),
      updatedAt: new Date(row.updated_at),
    };
  }
  return null;
}
