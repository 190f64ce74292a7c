import postgres from 'postgres';
import { atEnd } from '../support/at-end.ts';
import { fold } from './fold.ts';
import type { Kind, Their } from './theirs.ts';

/**
 * What stands in our database, in terms that both the oracle and the real thing can use: a record is named by its id if it
 * was there before (`#12`), else by the PSA record that it was made from (`new contact 40001`). Named rows are
 * `list|parent|name` with names as they are compared.
 */
export interface Ours {
  readonly records: Map<string, OurRecord>;
  /** By `kind psaId`. */
  readonly links: Map<string, OurLink>;
  /** Open ones, by `kind psaId`. */
  readonly reviews: Map<string, { readonly reason: string; readonly candidates: readonly string[] }>;
  /** `record field -> kind psaId`. */
  readonly open: Set<string>;
  /** `record field`. */
  readonly pending: Set<string>;
  /** PSA rows of named lists, `list psaId` -> our row. */
  readonly rows: Map<string, string>;
}

export interface OurRecord {
  readonly kind: Kind;
  readonly values: Readonly<Record<string, string | null>>;
}

interface OurLink {
  readonly record: string;
  readonly state: string;
  readonly rule: string;
}

/**
 * What the PSA gave for each link when it last was taken, and under which settings; the oracle's own memory, never read
 * from the database.
 */
export type Bases = Map<string, { readonly fields: Readonly<Record<string, Their>>; readonly under: string }>;

/** Columns of each kind that hold fields. */
const TABLES: Record<Kind, { readonly table: string; readonly columns: readonly string[] }> = {
  organization: {
    table: 'organizations',
    columns: [
      ...['name', 'short_name', 'type_id', 'status_id', 'parent_id', 'primary_location_id'],
      ...['description', 'alert', 'quick_notes'],
    ],
  },
  location: {
    table: 'locations',
    columns: [
      ...['organization_id', 'name', 'address_1', 'address_2', 'city', 'region', 'postal_code', 'country'],
      ...['phone', 'fax', 'notes'],
    ],
  },
  contact: {
    table: 'contacts',
    columns: [
      ...['organization_id', 'first_name', 'last_name', 'title', 'type_id', 'location_id', 'emails', 'phones'],
      ...['important', 'notes'],
    ],
  },
  configuration: {
    table: 'configurations',
    columns: [
      ...['organization_id', 'name', 'hostname', 'type_id', 'status_id', 'contact_id', 'location_id'],
      ...['manufacturer_id', 'model_id', 'asset_tag', 'serial_number', 'mac_address', 'primary_ip', 'default_gateway'],
      ...['operating_system', 'platform', 'position', 'installed_by', 'installed_at', 'purchased_at'],
      ...['warranty_expires_at', 'notes'],
    ],
  },
};

const NAMED_ROWS = new Set(['type', 'status', 'manufacturer', 'model']);
const OTHER_RECORDS = new Set(['organization', 'parent', 'primaryLocation', 'location', 'contact']);

const fieldOf = (column: string): string =>
  column.replace(/_id$/u, '').replace(/_([a-z0-9])/gu, (_, letter: string) => letter.toUpperCase());

/** Ids of all records; what is not among those of before is new. */
export type KnownIds = ReadonlySet<string>;

/** A connection of the owner, who sees past row-level security; ends with the test file. */
export function openOwner(ownerUrl: string): postgres.Sql {
  const sql = postgres(ownerUrl, { max: 1, idle_timeout: 2, onnotice: () => undefined });
  atEnd(() => sql.end());
  return sql;
}

export interface Home {
  readonly provider: string;
  readonly tenantId: string;
  readonly integrationId: string;
}

/** How ids of ours are named. */
export interface Terms {
  /** A record, whatever its kind. */
  record(id: string | null): string | null;
  /** The value of a field as the database holds it. */
  value(field: string, value: unknown): string | null;
  /** A row of a named list. */
  row(id: string): string;
}

export async function readTerms(sql: postgres.Sql, { tenantId, integrationId }: Home, known: KnownIds): Promise<Terms> {
  const links = await sql<{ kind: Kind; psa_id: string; record_id: string }[]>`
    select kind, psa_id, record_id from links
    where tenant_id = ${tenantId} and integration_id = ${integrationId}
    order by state = 'live' desc, length(psa_id), psa_id`;
  const made = new Map<string, string>();
  for (const { kind, psa_id, record_id } of links) {
    if (!made.has(record_id)) made.set(record_id, `new ${kind} ${psa_id}`);
  }
  const rows = await sql<{ id: string; list: string; parent: string | null; name: string }[]>`
    select l.id, l.list, p.name as parent, l.name from lookups l
    left join lookups p on p.tenant_id = l.tenant_id and p.id = l.parent_id where l.tenant_id = ${tenantId}`;
  const rowNames = new Map(rows.map(({ id, list, parent, name }) => [id, `${list}|${fold(parent)}|${fold(name)}`]));
  const record = (id: string | null) =>
    id === null ? null : known.has(id) ? `#${id}` : (made.get(id) ?? `unlinked ${id}`);
  const row = (id: string) => rowNames.get(id) ?? `no row ${id}`;
  return {
    record,
    row,
    value(field, value) {
      if (value === null) return null;
      if (NAMED_ROWS.has(field)) return row(value as string);
      return OTHER_RECORDS.has(field) ? record(value as string) : plain(value);
    },
  };
}

/** Reads a tenant's records, links and what waits. */
export async function readOurs(sql: postgres.Sql, home: Home, known: KnownIds): Promise<Ours> {
  const { tenantId, integrationId } = home;
  const terms = await readTerms(sql, home, known);
  const record = (id: string) => terms.record(id) ?? '';
  const records = new Map<string, OurRecord>();
  for (const [kind, { table, columns }] of Object.entries(TABLES) as [Kind, (typeof TABLES)[Kind]][]) {
    for (const row of await sql<Record<string, unknown>[]>`
      select * from ${sql(table)} where tenant_id = ${tenantId} order by id`) {
      const values = columns.map((column) => [fieldOf(column), terms.value(fieldOf(column), row[column])]);
      records.set(record(row['id'] as string), { kind, values: Object.fromEntries(values) as OurRecord['values'] });
    }
  }
  const links = await sql<{ kind: Kind; psa_id: string; record_id: string; state: string; rule: string }[]>`
    select kind, psa_id, record_id, state, rule from links
    where tenant_id = ${tenantId} and integration_id = ${integrationId}`;
  const reviews = await sql<{ kind: Kind; psa_id: string; reason: string; candidate_ids: string[] }[]>`
    select kind, psa_id, reason, candidate_ids from reviews
    where tenant_id = ${tenantId} and integration_id = ${integrationId} and state = 'open'`;
  const open = await sql<{ record_id: string; field: string; target: Kind; psa_id: string }[]>`
    select record_id, field, target, psa_id from open_references
    where tenant_id = ${tenantId} and integration_id = ${integrationId}`;
  const pending = await sql<{ record_id: string; field: string }[]>`
    select record_id, field from pending_edits where tenant_id = ${tenantId}`;
  const ties = await sql<{ list: string; psa_id: string; lookup_id: string }[]>`
    select list, psa_id, lookup_id from lookup_links where tenant_id = ${tenantId} and integration_id = ${integrationId}`;
  return {
    records,
    links: new Map(
      links.map((link) => [
        `${link.kind} ${link.psa_id}`,
        { record: record(link.record_id), state: link.state, rule: link.rule },
      ]),
    ),
    reviews: new Map(
      reviews.map(({ kind, psa_id, reason, candidate_ids }) => [
        `${kind} ${psa_id}`,
        { reason, candidates: candidate_ids.map(record).sort() },
      ]),
    ),
    open: new Set(open.map((o) => `${record(o.record_id)} ${o.field} -> ${o.target} ${o.psa_id}`)),
    pending: new Set(pending.map((edit) => `${record(edit.record_id)} ${edit.field}`)),
    rows: new Map(ties.map((tie) => [`${tie.list} ${tie.psa_id}`, terms.row(tie.lookup_id)])),
  };
}

/** Every record's id, of all kinds. */
export async function recordIds(sql: postgres.Sql, tenantId: string): Promise<KnownIds> {
  const ids = await sql<{ id: string }[]>`
    select id from organizations where tenant_id = ${tenantId} union all
    select id from locations where tenant_id = ${tenantId} union all
    select id from contacts where tenant_id = ${tenantId} union all
    select id from configurations where tenant_id = ${tenantId}`;
  return new Set(ids.map((row) => row.id));
}

/** Text as it is; days and flags as text; lists with their keys in order. Blank is nothing. */
function plain(value: unknown): string | null {
  if (value === null || value === '') return null;
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (Array.isArray(value)) {
    const sorted = (value as object[]).map((entry) =>
      Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1))),
    );
    return sorted.length === 0 ? null : JSON.stringify(sorted);
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
