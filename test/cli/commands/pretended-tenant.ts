import type { IntegrationSettings } from '../../../db/schema/integrations.ts';
import { readTenant } from '../../../db/tenants.ts';
import { pretendSync, type PretendedSync, psaRecord, recordOf } from '../../support/pretend-sync.ts';
import { testIntegration } from '../../support/tenant.ts';
import type { Kind } from '../../../domain/kinds.ts';
import type { OperatorShell } from './support.ts';

/** A tenant of its own whose syncs are pretended, and a shell that names it. */
export async function pretendedTenant(shell: OperatorShell, settings: Partial<IntegrationSettings> = {}) {
  const { database } = shell;
  const home = await testIntegration(database, settings);
  const tenant = await database.withTenant(home.tenantId, readTenant);
  const environment = { PSA_SYNC_TENANT: tenant?.key ?? '' };
  const companies = [
    psaRecord('organization', '7', { name: 'Acme' }),
    psaRecord('organization', '8', { name: 'Bolt' }),
  ];
  return {
    home,
    cli: (line: string) => shell.cli(line, { environment }),
    json: <T>(line: string) => shell.json<T>(line, { environment }),
    /** A run that meets the companies Acme (PSA id 7) and Bolt (8), and what is given. */
    sync: ({ records = {}, ...more }: Partial<PretendedSync> = {}) =>
      pretendSync(database, home, { records: { organization: companies, ...records }, ...more }),
    idOf: (kind: Kind, psaId: string) => recordOf(database, home, kind, psaId),
  };
}

export type PretendedTenant = Awaited<ReturnType<typeof pretendedTenant>>;

/** A contact of Acme. */
export function person(psaId: string, firstName: string, lastName: string, title: string | null = null) {
  return psaRecord('contact', psaId, { organization: '7', firstName, lastName, title });
}
