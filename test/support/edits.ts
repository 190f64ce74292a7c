import type { Database, TenantTx } from '../../db/database.ts';
import { saveEdit } from '../../db/edits/save-edits.ts';
import { makeRecord } from '../../db/edits/make-records.ts';
import type { Edited, EditRecord, MakeRecord } from '../../db/edits/edit.ts';
import { changeSettings } from '../../db/integrations/change-settings.ts';
import { findRecord } from '../../db/records/find-record.ts';
import { sql } from 'drizzle-orm';
import type { Kind } from '../../domain/kinds.ts';
import type { LocalValues } from '../../domain/values.ts';
import { providerRules } from '../../psa/registry.ts';
import { rowsOfTenant } from './pretend-sync.ts';
import type { TestIntegration } from './tenant.ts';

/** How a tenant's people work with its records. */
export function editor(database: Database, home: TestIntegration) {
  const inTenant = <T>(work: (tx: TenantTx) => Promise<T>) => database.withTenant(home.tenantId, work);
  return {
    inTenant,
    edit: (recordId: string, set: LocalValues, more: Partial<EditRecord> = {}): Promise<Edited> =>
      inTenant((tx) => saveEdit(tx, { recordId, set, source: 'edit', author: 'ada', ...more }, providerRules)),
    make: (kind: Kind, values: LocalValues, source: MakeRecord['source'] = 'edit'): Promise<Edited> =>
      inTenant((tx) => makeRecord(tx, { kind, values, source, author: 'ada' }, providerRules)),
    valuesOf: async (recordId: string) => (await inTenant((tx) => findRecord(tx, recordId)))?.values ?? null,
    twoWay: (twoWay = true) => inTenant((tx) => changeSettings(tx, home.integrationId, { twoWay })),
    pending: () =>
      rowsOfTenant(
        database,
        home,
        sql`
        select record_id, field, value, version::int, origin, author from pending_edits order by record_id, field`,
      ),
    pushes: () =>
      rowsOfTenant(
        database,
        home,
        sql`
        select record_id, kind, state, version::int, origin, author, attempts, reason_code from pushes order by record_id`,
      ),
    history: (recordId: string) =>
      rowsOfTenant(
        database,
        home,
        sql`
        select source, author, changes from field_history where record_id = ${recordId} order by id`,
      ),
    lookup: async (list: string, name: string): Promise<string> => {
      const [row] = await rowsOfTenant<{ id: string }>(
        database,
        home,
        sql`select id from lookups where list = ${list} and name = ${name}`,
      );
      if (!row) throw new Error(`the list ${list} has no row ${name}`);
      return row.id;
    },
  };
}

export type Editor = ReturnType<typeof editor>;
