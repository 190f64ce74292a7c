import type { RunningSimulator } from '../../simulator/start.ts';
import type { Named, PsaRows, Row } from './theirs.ts';

/** Rows of the simulated PSA, as its admin side shows them. */
export function psaRows({ admin }: RunningSimulator): PsaRows {
  const rows = (collection: string) => [...admin.state(collection)] as Row[];
  return {
    companies: rows('companies'),
    sites: rows('sites'),
    contacts: rows('contacts'),
    configurations: rows('configurations'),
  };
}

/** The named lists that an operator ticks, and the collections and labels that they come from. */
const LISTS = {
  organization_type: ['companyTypes', 'name'],
  organization_status: ['companyStatuses', 'name'],
  configuration_type: ['configurationTypes', 'name'],
  configuration_status: ['configurationStatuses', 'description'],
  contact_type: ['contactTypes', 'description'],
} as const;

/** All rows of those lists. */
export function namedRows({ admin }: RunningSimulator): Named[] {
  return Object.entries(LISTS).flatMap(([list, [collection, label]]) =>
    ([...admin.state(collection)] as Row[]).map((row) => ({ list, id: String(row['id']), name: String(row[label]) })),
  );
}
