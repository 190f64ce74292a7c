import { inspectDatabase } from '../../db/inspect-database.ts';
import { pendingMigrations } from '../../db/migrate.ts';
import { plural } from '../durations.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

/** Oldest major version that the tests run on; older ones lack what the schema uses (NULLS NOT DISTINCT). */
const OLDEST_POSTGRES = 15;
/** Schedules and time-outs bear this much; more makes the times in lists confusing. */
const CLOCK_TOLERANCE_MS = 5_000;

/** The database as the login of `url` sees it. */
export async function lookAtPostgres(url: string): Promise<Finding[]> {
  const { version, clockAheadMs, missingRoles, openTables } = await inspectDatabase(url);
  const pending = await pendingMigrations(url);
  const found = [
    Number.parseInt(version, 10) >= OLDEST_POSTGRES
      ? ok('Postgres', version)
      : fail('Postgres', version, `psa-sync needs Postgres ${OLDEST_POSTGRES} or newer.`),
    pending === 0
      ? ok('migrations', 'all there')
      : fail('migrations', `${plural(pending, 'migration')} missing`, 'Run `psa-sync migrate`.'),
    Math.abs(clockAheadMs) <= CLOCK_TOLERANCE_MS
      ? ok('clock', 'agrees with the database')
      : warn(
          'clock',
          `the database's clock is ${Math.round(clockAheadMs / 1000)} s ahead of this machine's`,
          'Set both by a time server (NTP).',
        ),
  ];
  if (pending > 0) return found; // roles and policies come with the migrations
  return [...found, rolesOf(missingRoles), isolationOf(openTables)];
}

function rolesOf(missing: readonly string[]): Finding {
  if (missing.length === 0) return ok('roles', 'the login may act as psa_sync_app and psa_sync_directory');
  const names = missing.join(', ');
  return fail('roles', `the login is no member of ${names}`, `As the owner of the tables: GRANT ${names} TO <login>;`);
}

function isolationOf(open: readonly string[]): Finding {
  if (open.length === 0) return ok('row-level security', 'forced on every table with rows of tenants');
  return fail(
    'row-level security',
    `not forced on ${open.join(', ')}: tenants could see each other's rows`,
    'As the owner: ALTER TABLE <table> ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; and find out who switched it off.',
  );
}
