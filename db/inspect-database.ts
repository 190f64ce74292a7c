import postgres from 'postgres';

/** What a database says of itself, for `doctor`. */
export interface DatabaseFacts {
  readonly version: string;
  /** How far its clock is ahead of ours; negative: behind. */
  readonly clockAheadMs: number;
  /** Roles that the login would have to be a member of and is not. */
  readonly missingRoles: readonly string[];
  /** Tables with rows of tenants that row-level security does not hold for everybody. */
  readonly openTables: readonly string[];
}

const ROLES = ['psa_sync_app', 'psa_sync_directory'];

/** Looks at a database as the login of `url`. */
export async function inspectDatabase(url: string): Promise<DatabaseFacts> {
  const client = postgres(url, { max: 1, onnotice: () => undefined, connect_timeout: 10 });
  try {
    const [server] = await client<{ version: string }[]>`select current_setting('server_version') as version`;
    // By now the connection stands, so the middle of the round trip is when the clock was read.
    const before = Date.now();
    const [clock] = await client<{ ms: string }[]>`select extract(epoch from clock_timestamp()) * 1000 as ms`;
    const clockAheadMs = Math.round(Number(clock?.ms) - (before + Date.now()) / 2);
    const missing = await client<{ role: string }[]>`
      select role from unnest(${ROLES}::text[]) as role
      where case when exists (select from pg_roles where rolname = role) then not pg_has_role(session_user, role, 'MEMBER') else true end`;
    const open = await client<{ table: string }[]>`
      select distinct c.relname as table from pg_class c
      left join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
      where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
        and (a.attname is not null or c.relname = 'tenants') and not (c.relrowsecurity and c.relforcerowsecurity)`;
    return {
      version: server?.version ?? 'unknown',
      clockAheadMs,
      missingRoles: missing.map(({ role }) => role),
      openTables: open.map(({ table }) => table),
    };
  } finally {
    await client.end({ timeout: 5 });
  }
}
