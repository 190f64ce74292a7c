import type { MasterTable } from '../tables.ts';
import { masterRow } from '../views.ts';
import { done, ok, parameter, type Call, type Route } from './route.ts';

const VERSION = '18.2.1';

/** Master tables by their paths; `shortened` ones leave out the vendor's own entries where they are asked to. */
const MASTER_TABLES: Readonly<Record<string, { readonly of: MasterTable; readonly shortened?: true }>> = {
  'accounts/types': { of: 'accountTypes', shortened: true },
  'accounts/statuses': { of: 'accountStatuses', shortened: true },
  countries: { of: 'countries', shortened: true },
  states: { of: 'states', shortened: true },
  phonelocations: { of: 'phoneLocations', shortened: true },
  titles: { of: 'titles' },
  departments: { of: 'departments' },
  nameprefixes: { of: 'namePrefixes' },
};

const masterTables = Object.entries(MASTER_TABLES).map(([path, { of, shortened }]): Route => {
  const isShort = (call: Call): boolean =>
    shortened === true && parameter(call, 'excludeSystemEntries')?.toLowerCase() === 'true';
  return {
    method: 'GET',
    path: `mastertables/${path}`,
    needs: ['masterTables'],
    answer: (call) => {
      const rows = call.context.tables.collection(of).all();
      return ok((isShort(call) ? rows.filter((row) => row['IsSystemEntry'] !== true) : rows).map(masterRow));
    },
  };
});

const product = {
  HasValidLicense: true,
  IsUsingNamedUserLicense: false,
  IsTigerpawOne: false,
  IsArchivedDatabase: false,
  DatabaseVersion: VERSION,
};

export const SYSTEM_ROUTES: readonly Route[] = [
  { method: 'GET', path: 'diagnostics/validate/user', needs: [], answer: () => done() },
  {
    method: 'GET',
    path: 'diagnostics/database/version',
    needs: [],
    answer: () => ok({ Success: true, Message: VERSION }),
  },
  { method: 'GET', path: 'diagnostics/productInformation', needs: [], answer: () => ok(product) },
  ...masterTables,
];
