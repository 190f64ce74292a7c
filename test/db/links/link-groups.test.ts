import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../db/database.ts';
import { countGroup, listLinkGroups, moveGroup } from '../../../db/links/link-groups.ts';
import type { LinkMove } from '../../../db/links/link-moves.ts';
import { testDatabase } from '../../support/database.ts';
import { pretendSync, psaRecord } from '../../support/pretend-sync.ts';
import { testIntegration, type TestIntegration } from '../../support/tenant.ts';

let database: Database;
let home: TestIntegration;

const organizations = [
  psaRecord('organization', '7', { name: 'Acme' }),
  psaRecord('organization', '8', { name: 'Bolt' }),
];
const inTenant = <T>(work: Parameters<typeof database.withTenant<T>>[1]) => database.withTenant(home.tenantId, work);
const group = (type: string | null) => ({
  integrationId: home.integrationId,
  kind: 'organization' as const,
  type,
  status: null,
});
const move = (name: LinkMove, type: string | null = null) => inTenant((tx) => moveGroup(tx, name, group(type)));
const states = async () =>
  (await inTenant((tx) => listLinkGroups(tx, home.integrationId, 'organization'))).map(
    ({ type, status, state, count }) => `${type} ${status} ${state} ${count}`,
  );

beforeAll(async () => {
  ({ database } = await testDatabase());
});

beforeEach(async () => {
  home = await testIntegration(database);
  await pretendSync(database, home, { records: { organization: organizations } });
});

describe('links of a type', () => {
  it('are counted by what they have in common', async () => {
    expect(await states()).toEqual(['Client Active live 2']);
  });

  it('move together, named in any case, and only where the move fits', async () => {
    expect(await move('disable', 'client')).toBe(2);
    expect(await states()).toEqual(['Client Active disabled 2']);
    expect(await move('disable', 'Client')).toBe(0);
    expect(await move('enable', 'Vendor')).toBe(0);
    expect(await move('enable')).toBe(2);
  });

  it('keep their data when they are disconnected, and take every field again when they are reconnected', async () => {
    await move('disconnect', 'Client');
    expect(await states()).toEqual(['Client Active disconnected 2']);
    expect(await inTenant((tx) => countGroup(tx, 'reconnect', group('Client')))).toBe(2);
    await move('reconnect', 'Client');
    await pretendSync(database, home, { records: { organization: organizations } });
    expect(await states()).toEqual(['Client Active live 2']);
  });
});
