import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../db/database.ts';
import { saveLookups } from '../../../db/lookups/save-lookups.ts';
import { type ToPsaValues, toPsaValues } from '../../../db/push/to-psa-values.ts';
import type { Kind } from '../../../domain/kinds.ts';
import type { PsaValues } from '../../../domain/values.ts';
import { providerRules } from '../../../psa/registry.ts';
import { testDatabase } from '../../support/database.ts';
import { type Editor, editor } from '../../support/edits.ts';
import { pretendSync, psaRecord, recordOf, rowsOfTenant } from '../../support/pretend-sync.ts';
import { testIntegration, type TestIntegration } from '../../support/tenant.ts';

let database: Database;
let home: TestIntegration;
let people: Editor;

const DEVICE: PsaValues = {
  organization: '7',
  name: 'PC',
  location: '5',
  type: { psaId: '1', name: 'Workstation' },
  status: { psaId: '1', name: 'In use' },
  manufacturer: { psaId: '3', name: 'Dell' },
  model: { psaId: null, name: 'XPS' },
  purchasedAt: '2024-02-29',
  notes: null,
};

const inPsaTerms = async (kind: Kind, recordId: string, fields: readonly string[], base?: ToPsaValues['base']) => {
  const values = (await people.valuesOf(recordId)) ?? {};
  const integration = { id: home.integrationId, key: 'connectwise', provider: 'connectwise', settings: {} };
  return people.inTenant((tx) =>
    toPsaValues(tx, { integration, kind, values, fields, ...(base && { base }) }, providerRules),
  );
};

beforeAll(async () => {
  ({ database } = await testDatabase());
});

beforeEach(async () => {
  home = await testIntegration(database, { twoWay: true });
  people = editor(database, home);
  await pretendSync(database, home, {
    records: {
      organization: [psaRecord('organization', '7', { name: 'Acme' })],
      location: [psaRecord('location', '5', { organization: '7', name: 'Office' })],
      configuration: [psaRecord('configuration', '1', DEVICE)],
    },
  });
});

describe('values in the terms of a PSA', () => {
  it('are what a sync brought in: rows of lists by its ids or texts, records by its ids', async () => {
    const device = await recordOf(database, home, 'configuration', '1');
    expect(await inPsaTerms('configuration', device, Object.keys(DEVICE))).toEqual({
      values: DEVICE,
      parents: [],
      unknown: [],
    });
  });

  it.each(['orphaned', 'disabled', 'disconnected'])(
    'name a parent that is not there, also one that is %s',
    async (state) => {
      const device = await recordOf(database, home, 'configuration', '1');
      const office = await recordOf(database, home, 'location', '5');
      await rowsOfTenant(database, home, sql`update links set state = ${state} where record_id = ${office}`);
      expect(await inPsaTerms('configuration', device, ['name', 'location'])).toEqual({
        values: { name: 'PC' },
        parents: [{ field: 'location', recordId: office, onlyGiven: false }],
        unknown: [],
      });
    },
  );

  it('name a row that the PSA does not have', async () => {
    const [row] = await rowsOfTenant<{ id: string }>(
      database,
      home,
      sql`
      insert into lookups (tenant_id, list, name, name_key) values (${home.tenantId}, 'organization_type', 'Friend', 'friend') returning id`,
    );
    const acme = await recordOf(database, home, 'organization', '7');
    await people.edit(acme, { type: row?.id ?? '' });
    expect(await inPsaTerms('organization', acme, ['type', 'name'])).toMatchObject({
      values: { name: 'Acme' },
      unknown: [{ field: 'type', message: expect.stringContaining('"Friend"') as string }],
    });
  });

  it('choose the ticked row where the PSA has two of a name, but leave the one that it has', async () => {
    await people.inTenant((tx) =>
      saveLookups(tx, home.integrationId, [
        { list: 'organization_type', psaId: '1', name: 'Client', inactive: false },
        { list: 'organization_type', psaId: '0', name: 'client', inactive: false },
      ]),
    );
    const acme = await recordOf(database, home, 'organization', '7');
    expect((await inPsaTerms('organization', acme, ['type'])).values).toMatchObject({ type: { psaId: '1' } });
    const had = { type: { psaId: '0', name: 'client' } };
    expect((await inPsaTerms('organization', acme, ['type'], had)).values).toEqual(had);
  });
});
