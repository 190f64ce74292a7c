import { sql } from 'drizzle-orm';
import { KINDS, type Kind } from '../../domain/kinds.ts';
import type { LocalValues } from '../../domain/values.ts';
import type { TenantTx } from '../database.ts';
import type { RawRow } from '../raw-row.ts';
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

type Row = RawRow<
  Pick<FoundRecord, 'origin' | 'createdAt' | 'updatedAt'> & { shownName: string | null; version: string }
>;

/** A record by its id, whatever its kind; null when there is none. */
export async function findRecord(tx: TenantTx, id: string): Promise<FoundRecord | null> {
  for (const kind of KINDS) {
    const [row] = await tx.db.execute<Row>(sql`
      select r.*, ${nameOfRow(kind)} as "shownName", r.created_at as "createdAt", r.updated_at as "updatedAt"
      from ${sql.raw(RECORD_TABLES[kind].table)} r where r.tenant_id = ${tx.tenantId} and r.id = ${id}`);
    if (!row) continue;
    return {
      id,
      kind,
      name: row.shownName,
      values: valuesOfRow(kind, row),
      origin: row.origin,
      version: Number(row.version),
      createdAt: new Date(row.createdAt),
      updatedAt: new Date(row.updatedAt),
    };
  }
  return null;
}
