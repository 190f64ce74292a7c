import { finished } from 'node:stream/promises';
import type postgres from 'postgres';
import type { Kind } from '../../domain/kinds.ts';
import { type ColumnValue, FLOOR_TABLES, type PsaRow, recordId } from '../psas/measured.ts';

export interface Home {
  readonly tenantId: string;
  readonly integrationId: string;
}

const COPY_TIMEOUT_MS = 60_000;
const LINK_COLUMNS = 'tenant_id, integration_id, kind, psa_id, record_id, rule, base, hash, base_seq';

/** Writes a page as two COPYs in one transaction: its records, and their links. */
export async function copyPage(sql: postgres.Sql, kind: Kind, home: Home, rows: readonly PsaRow[]): Promise<void> {
  if (rows.length === 0) return;
  const { table, columns, of } = FLOOR_TABLES[kind];
  let records = '';
  let links = '';
  for (const row of rows) {
    const { base, values } = of(row);
    if (values[0] === null) continue; // belongs to no organization, so the sync leaves it outside
    const id = recordId(kind, row.id);
    records += line([id, home.tenantId, spread(row.id), ...values]);
    const hash = `${row.id}`.padStart(27, '0');
    links += line([home.tenantId, home.integrationId, kind, row.id, id, 'created', base, hash, 1]);
  }
  await sql.begin(async (tx) => {
    await copy(tx, `copy ${table} (id, tenant_id, match_key, ${columns.join(', ')}) from stdin`, records);
    await copy(tx, `copy links (${LINK_COLUMNS}) from stdin`, links);
  });
}

async function copy(tx: postgres.TransactionSql, statement: string, text: string): Promise<void> {
  const stream = await tx.unsafe(statement).writable();
  stream.end(text);
  // The driver never says so when Postgres refuses a line: its log does.
  await finished(stream, { signal: AbortSignal.timeout(COPY_TIMEOUT_MS) });
}

/** Match keys are hashes, so they come in no order. */
function spread(id: number): number {
  return Math.imul(id, 0x9e3779b1);
}

/** A line of COPY's text format. */
export function line(values: readonly ColumnValue[]): string {
  return `${values.map(field).join('\t')}\n`;
}

function field(value: ColumnValue): string {
  if (value === null) return '\\N';
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return SPECIAL.test(text) ? text.replace(new RegExp(SPECIAL, 'g'), (character) => ESCAPES[character] ?? '') : text;
}

const SPECIAL = /[\\\t\n\r]/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
