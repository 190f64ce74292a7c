import { describe, expect, it } from 'vitest';
import { simulatedConnectWise, type Row } from '../support/simulated-connectwise.ts';

const GONE = '999999';
const topLevel = (ids: readonly (string | number)[]) =>
  ids.map((id) => ({ psaId: String(id), organizationPsaId: null }));
const owner = (row: Row | undefined) => String((row?.['company'] as { id: number } | undefined)?.id);

describe.each([
  { kind: 'organization', collection: 'companies' },
  { kind: 'contact', collection: 'contacts' },
  { kind: 'configuration', collection: 'configurations' },
] as const)('asking for $collection by id', ({ kind, collection }) => {
  it('finds those that are there and proves the others missing', async () => {
    const { connection, rows } = await simulatedConnectWise();
    const some = rows(collection)
      .slice(0, 5)
      .map(({ id }) => id);
    const answer = await connection.byIds({ kind, ids: topLevel([...some, GONE]) });
    expect(answer.records.map(({ psaId }) => Number(psaId)).sort()).toEqual([...some].sort());
    expect(answer).toMatchObject({ rejects: [], missing: [GONE], unknown: [] });
  });

  it('needs few requests for many ids', async () => {
    const { connection, rows, newRequests } = await simulatedConnectWise({ size: 3_000 });
    const all = rows(collection).map(({ id }) => id);
    const { records, missing } = await connection.byIds({ kind, ids: topLevel(all) });
    expect(records).toHaveLength(all.length);
    expect(missing).toEqual([]);
    expect(newRequests().length).toBeLessThanOrEqual(Math.ceil(all.length / 100));
  });

  it('takes a record that can not be read for there, not for missing', async () => {
    const { connection, admin, rows } = await simulatedConnectWise();
    admin.addFaults([{ kind: 'corrupt', share: 1, path: `/company/${collection}` }]);
    const ids = topLevel(
      rows(collection)
        .slice(0, 40)
        .map(({ id }) => id),
    );
    const { records, rejects, missing, unknown } = await connection.byIds({ kind, ids });
    const withoutId = rejects.filter(({ psaId }) => psaId === null);
    expect(withoutId.length).toBeGreaterThan(0);
    expect(records.length + rejects.length).toBe(ids.length);
    expect(missing).toEqual([]);
    expect(unknown).toHaveLength(withoutId.length);
  });

  it.each([
    [{ status: 500 }, 'server_error'],
    [{ status: 403 }, 'forbidden'],
    [{ status: 404 }, 'wrong_address'],
    [{ kind: 'html' }, 'bad_answer'],
  ] as const)('proves nothing when ConnectWise answers with %j', async (fault, code) => {
    const { connection, admin } = await simulatedConnectWise();
    admin.addFaults([{ ...fault, path: `/company/${collection}` }]);
    await expect(connection.byIds({ kind, ids: topLevel([GONE]) })).rejects.toMatchObject({ code });
  });
});

describe('asking for companies by id', () => {
  it('shows deleted and merged ones as gone', async () => {
    const { connection, admin } = await simulatedConnectWise();
    const { deleted, merged } = admin.mutate({ delete: 3, merge: 2, collections: ['companies'] });
    const ids = [...(deleted['companies'] ?? []), ...merged.map(({ from }) => from)];
    expect(ids).toHaveLength(5);
    const { records, missing } = await connection.byIds({ kind: 'organization', ids: topLevel(ids) });
    expect(records.map(({ psaId }) => Number(psaId)).sort()).toEqual(ids.sort());
    expect(records.every(({ gone }) => gone)).toBe(true);
    expect(missing).toEqual([]);
  });
});

describe('asking for sites by id', () => {
  it('asks their companies, once each', async () => {
    const { connection, rows, newRequests } = await simulatedConnectWise();
    const sites = rows('sites').slice(0, 10);
    const ids = sites.map((row) => ({ psaId: String(row.id), organizationPsaId: owner(row) }));
    const gone = { psaId: GONE, organizationPsaId: owner(sites[0]) };
    const { records, missing, unknown } = await connection.byIds({ kind: 'location', ids: [...ids, gone] });
    expect(records.map(({ psaId, fields }) => ({ psaId, organizationPsaId: fields['organization'] }))).toEqual(
      expect.arrayContaining(ids),
    );
    expect({ missing, unknown }).toEqual({ missing: [GONE], unknown: [] });
    expect(newRequests()).toHaveLength(new Set(sites.map(owner)).size);
  });

  it('does not know those of a company that refuses, or of no company', async () => {
    const { connection, admin, rows } = await simulatedConnectWise();
    const deletedCompany = admin.mutate({ delete: 1, collections: ['companies'] }).deleted['companies']?.[0];
    const site = rows('sites').find((row) => owner(row) !== String(deletedCompany));
    admin.addFaults([{ status: 403, path: '^/company/companies/\\d+/sites' }]);
    const ids = [
      { psaId: String(site?.id), organizationPsaId: owner(site) },
      { psaId: '1', organizationPsaId: String(deletedCompany) },
      { psaId: GONE, organizationPsaId: null },
    ];
    const answer = await connection.byIds({ kind: 'location', ids });
    expect(answer).toMatchObject({ records: [], missing: [] });
    expect([...answer.unknown].sort()).toEqual(['1', String(site?.id), GONE].sort());
  });

  it('takes a 404 for missing only when the company is proven gone', async () => {
    const { connection, admin, rows } = await simulatedConnectWise();
    const deletedCompany = admin.mutate({ delete: 1, collections: ['companies'] }).deleted['companies']?.[0];
    const site = rows('sites').find((row) => owner(row) !== String(deletedCompany));
    admin.addFaults([{ status: 404, path: '^/company/companies/\\d+/sites' }]);
    const answer = await connection.byIds({
      kind: 'location',
      ids: [
        { psaId: '1', organizationPsaId: GONE },
        { psaId: '2', organizationPsaId: String(deletedCompany) },
        { psaId: '3', organizationPsaId: owner(site) },
      ],
    });
    expect([...answer.missing].sort()).toEqual(['1', '2']);
    expect(answer.unknown).toEqual(['3']);
  });

  it('fails when ConnectWise is away', async () => {
    const { connection, admin } = await simulatedConnectWise();
    admin.addFaults([{ status: 503 }]);
    const ids = [{ psaId: '1', organizationPsaId: '2' }];
    await expect(connection.byIds({ kind: 'location', ids })).rejects.toMatchObject({ code: 'server_error' });
  });
});
