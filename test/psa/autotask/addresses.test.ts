import { describe, expect, it } from 'vitest';
import type { PsaRecord } from '../../../domain/psa-record.ts';
import type { PageRequest } from '../../../psa/contract.ts';
import type { SimulatorOptions } from '../../../simulator/start.ts';
import { simulatedAutotask, type Simulated } from './simulated-autotask.ts';

const ADDRESSES = { locations: 'addresses' };

async function withAddresses(
  options: SimulatorOptions = {},
): Promise<Simulated & { locations(): Promise<PsaRecord[]> }> {
  const psa = await simulatedAutotask(options);
  const connection = psa.connect(ADDRESSES);
  return { ...psa, connection, locations: () => psa.read('location', connection) };
}

const FIRST_PAGE = {
  ...{ cursor: null, ticked: { types: [], statuses: [] } },
  parents: () => Promise.resolve([]),
};

const at = (records: readonly PsaRecord[], company: string, address: string) =>
  records.filter(({ fields }) => fields['organization'] === company && fields['address1'] === address);

describe('locations made of addresses', () => {
  it('are one for each address of a company and of its contacts, however many have it', async () => {
    const { locations, rows, admin } = await withAddresses();
    const [first, second] = rows('Contacts').filter(({ companyID }) => companyID === 0);
    const own = {
      addressLine: '1 Own Street',
      addressLine1: 'Flat 2',
      city: 'Tampa',
      zipCode: '33601',
      countryID: 237,
    };
    admin.putRows('Companies', [{ id: 0, address1: '1 Main Street', address2: null, city: 'Tampa' }]);
    admin.putRows(
      'Contacts',
      [first!, second!].map(({ id }) => ({ id, ...own, state: null })),
    );
    const all = await locations();
    expect(new Set(all.map(({ psaId }) => psaId)).size).toBe(all.length);
    expect(at(all, '0', '1 Main Street')).toHaveLength(1);
    expect(at(all, '0', '1 Own Street').map(({ fields }) => fields)).toEqual([
      {
        ...{ organization: '0', name: '1 Own Street', address1: '1 Own Street', address2: 'Flat 2', city: 'Tampa' },
        ...{ region: null, postalCode: '33601', country: 'United States', phone: null, fax: null },
      },
    ]);
  });

  it('are all there: every address that anybody has, and no other', async () => {
    const { locations, rows } = await withAddresses();
    const filled = (value: unknown) => typeof value === 'string' && value.replaceAll('\0', '').trim() !== '';
    const homes = rows('Contacts')
      .filter((row) => filled(row['addressLine']))
      .map((row) => String(row['companyID']));
    const offices = rows('Companies')
      .filter((row) => filled(row['address1']))
      .map((row) => String(row.id));
    const read = (await locations()).map(({ fields }) => fields['organization']);
    expect(new Set(read)).toEqual(new Set([...homes, ...offices]));
  });

  it('are another location once the address has changed; the old one is gone from Autotask', async () => {
    const { locations, connection, admin } = await withAddresses();
    admin.putRows('Companies', [{ id: 0, address1: '1 Main Street' }]);
    const [before] = at(await locations(), '0', '1 Main Street');
    admin.putRows('Companies', [{ id: 0, address1: '2 Main Street' }]);
    const [after] = at(await locations(), '0', '2 Main Street');
    expect(after?.psaId).not.toBe(before?.psaId);
    const ids = [before, after].map((record) => ({ psaId: record!.psaId, organizationPsaId: '0' }));
    const answer = await connection.byIds({ kind: 'location', ids });
    expect(answer.records.map(({ psaId }) => psaId)).toEqual([after?.psaId]);
    expect(answer).toMatchObject({ missing: [before?.psaId], unknown: [] });
  });

  it('that can not be read are rejects, and what they may be is not taken for gone', async () => {
    const { locations, connection, admin, rows, companies } = await withAddresses();
    const all = await locations();
    const contact = rows('Contacts').find(({ companyID }) => companyID === 0)!;
    admin.putRows('Companies', [{ id: 0, address1: '1 Main Street' }]);
    admin.putRows('Contacts', [{ id: contact.id, addressLine: '7 Hidden Lane', city: 42 }]);
    const page = await connection.page({
      ...{ kind: 'location', cursor: null, ticked: { types: [], statuses: [] } },
      parents: (after) => Promise.resolve(after === null ? companies().slice(0, 50) : []),
    });
    expect(page.rejects).toMatchObject([{ psaId: null }]);
    expect(page.rejects[0]?.reason).toContain(String(contact.id));
    expect(page.rejects[0]?.reason).not.toContain('42');
    const other = all.find(({ fields }) => fields['organization'] !== '0')!;
    const elsewhere = other.psaId.replace(/-.*/u, '-000000000000');
    const ids = ['0-000000000000', elsewhere].map((psaId) => ({ psaId, organizationPsaId: null }));
    const answer = await connection.byIds({ kind: 'location', ids });
    expect(answer).toMatchObject({ records: [], missing: [elsewhere], unknown: ['0-000000000000'] });
  });

  it('of a company that can not be read wait with it: a contact with the same address knows neither its phone nor its fax', async () => {
    const { connection, locations, admin, rows, companies } = await withAddresses();
    const address = { city: 'Tampa', state: null, countryID: 237 };
    const lines = { address1: '1 Main Street', address2: null, postalCode: '33601', phone: '813 555 0100' };
    const contact = rows('Contacts').find(({ companyID }) => companyID === 0)!;
    const home = { id: contact.id, addressLine: '1 Main Street', addressLine1: null, zipCode: '33601', ...address };
    admin.putRows('Companies', [{ id: 0, ...lines, ...address }]);
    admin.putRows('Contacts', [home]);
    const [both] = at(await locations(), '0', '1 Main Street');
    expect(both?.fields['phone']).toBe('813 555 0100');

    admin.putRows('Companies', [{ id: 0, fax: 42 }]);
    const page = await connection.page({
      ...{ kind: 'location', cursor: null, ticked: { types: [], statuses: [] } },
      parents: (after) => Promise.resolve(after === null ? companies().slice(0, 50) : []),
    });
    expect(page.rejects).toEqual([]);
    expect(page.failedParents).toMatchObject([{ psaId: '0', error: { code: 'bad_answer' } }]);
    expect(page.failedParents[0]?.error.message).toContain('fax is a number, where a text belongs');
    expect(page.parents).not.toContain('0');
    expect(page.records.filter(({ fields }) => fields['organization'] === '0')).toEqual([]);
    expect(page.records.length).toBeGreaterThan(0);
    const ids = [{ psaId: both!.psaId, organizationPsaId: '0' }];
    expect(await connection.byIds({ kind: 'location', ids })).toMatchObject({
      records: [],
      missing: [],
      unknown: [both!.psaId],
    });
  });

  it('of a company that Autotask can not answer for are given up at the last try, and all others are there', async () => {
    const { connect, locations, companies, intercepted } = await withAddresses();
    const bad = companies()[3]!;
    const good = (await locations()).filter(({ fields }) => fields['organization'] !== bad);
    const connection = connect(
      ADDRESSES,
      {},
      intercepted(({ url, body = '' }) => {
        const isAsked = /"in","field":"id","value":\[([\d,]*)\]/u.exec(body)?.[1]?.split(',').includes(bad) === true;
        return url.pathname.endsWith('/Companies/query') && isAsked
          ? { status: 500, headers: {}, text: '<html>' }
          : null;
      }),
    );
    const request: PageRequest = {
      ...{ kind: 'location', cursor: null, ticked: { types: [], statuses: [] } },
      parents: (after) => Promise.resolve(after === null ? companies().slice(0, 50) : []),
    };
    await expect(connection.page(request)).rejects.toMatchObject({ code: 'server_error' });
    const page = await connection.page({ ...request, lastTry: true });
    expect(page.failedParents.map(({ psaId }) => psaId)).toEqual([bad]);
    expect(page.parents).not.toContain(bad);
    expect(page.records.map(({ psaId }) => psaId)).toEqual(good.map(({ psaId }) => psaId));
  });

  it('are gone once locations are company locations again, which are asked for beside them', async () => {
    const { connect, locations, rows } = await withAddresses();
    const [made] = await locations();
    const [site] = rows('CompanyLocations');
    const ids = [made!.psaId, String(site!.id)].map((psaId) => ({ psaId, organizationPsaId: '0' }));
    const answer = await connect().byIds({ kind: 'location', ids });
    expect(answer.missing).toEqual([made!.psaId]);
    expect(answer.records.map(({ psaId }) => psaId)).toEqual([String(site!.id)]);
  });

  it('leave no company location there, and take no look at Autotask for that', async () => {
    const { connection, rows, admin } = await withAddresses();
    const ids = rows('CompanyLocations').map(({ id }) => ({ psaId: String(id), organizationPsaId: '0' }));
    await connection.byIds({ kind: 'organization', ids: [] });
    admin.clearRequests();
    const { records, missing } = await connection.byIds({ kind: 'location', ids });
    expect({ records, missing }).toEqual({ records: [], missing: ids.map(({ psaId }) => psaId) });
    expect(admin.requests().requests.filter(({ path }) => /Companies|Contacts/u.test(path))).toEqual([]);
  });

  it('stay the same while only upper case or blanks change', async () => {
    const { locations, admin } = await withAddresses();
    admin.putRows('Companies', [{ id: 0, address1: '1 Main Street' }]);
    const [before] = at(await locations(), '0', '1 Main Street');
    admin.putRows('Companies', [{ id: 0, address1: '1  MAIN street ' }]);
    const [after] = at(await locations(), '0', '1  MAIN street ');
    expect(after?.psaId).toBe(before?.psaId);
  });

  it('are what organizations and contacts refer to then, and devices to none', async () => {
    const psa = await withAddresses();
    const ids = new Set((await psa.locations()).map(({ psaId }) => psaId));
    const fieldsOf = async (kind: 'organization' | 'contact' | 'configuration', field: string) =>
      (await psa.read(kind, psa.connection)).map(({ fields }) => fields[field]).filter((value) => value !== null);
    for (const [kind, field] of [
      ['organization', 'primaryLocation'],
      ['contact', 'location'],
    ] as const) {
      const referred = await fieldsOf(kind, field);
      expect(referred.length).toBeGreaterThan(0);
      expect(referred.filter((id) => !ids.has(id as string))).toEqual([]);
    }
    expect(await fieldsOf('configuration', 'location')).toEqual([]);
  });

  it('that can not be read are told by the name of the field, and cost that organization or contact alone', async () => {
    const { connection, admin, rows } = await withAddresses();
    const contact = rows('Contacts').find(({ companyID }) => companyID === 0)!;
    admin.putRows('Companies', [{ id: 0, address1: '1 Main Street', fax: 42 }]);
    admin.putRows('Contacts', [{ id: contact.id, addressLine: '7 Hidden Lane', zipCode: 42 }]);
    for (const [kind, id, field] of [
      ['organization', 0, 'fax'],
      ['contact', contact.id, 'zipCode'],
    ] as const) {
      const page = await connection.page({ ...FIRST_PAGE, kind });
      expect(page.rejects).toMatchObject([
        {
          psaId: String(id),
          reason: expect.stringContaining(`address/${field} is a number, where a text belongs`) as unknown,
        },
      ]);
      expect(page.records.length).toBeGreaterThan(0);
    }
  });

  it('are never written: what would change one is named', async () => {
    const { connection, locations, read } = await withAddresses();
    const { writer } = connection;
    const [location] = await locations();
    const problem = (record: PsaRecord, set: PsaRecord['fields']) =>
      writer!.problems({ kind: record.kind, set, current: record, settings: {} });
    expect(problem(location!, { city: 'Elsewhere' })).toMatchObject([{ code: 'not_writable' }]);
    const contact = (await read('contact', connection)).find(({ fields }) => fields['location'] !== null);
    expect(problem(contact!, { location: null })).toMatchObject([{ field: 'location', code: 'not_writable' }]);
    expect(problem(contact!, { title: 'CTO' })).toEqual([]);
  });
});

describe('locations made of addresses, in a run that has read companies and contacts', () => {
  /** So many that each kind takes several pages. */
  const SEVERAL_PAGES = { size: 13_000 };

  async function readTwice(psa: Simulated, run = 'first'): Promise<void> {
    await psa.read('organization', psa.connection, run);
    await psa.read('contact', psa.connection, run);
    psa.admin.clearRequests();
  }
  const asked = ({ admin }: Simulated): number => admin.requests().requests.length;

  it('are the same, and take no request', async () => {
    const psa = await withAddresses(SEVERAL_PAGES);
    const apart = await psa.locations();
    await readTwice(psa);
    expect(await psa.read('location', psa.connection, 'first')).toEqual(apart);
    expect(asked(psa)).toBe(0);
  });

  it('are asked for by another run, which sees what has changed since', async () => {
    const psa = await withAddresses();
    await readTwice(psa);
    psa.admin.putRows('Companies', [{ id: 0, address1: '2 Main Street' }]);
    const read = await psa.read('location', psa.connection, 'second');
    expect(at(read, '0', '2 Main Street')).toHaveLength(1);
    expect(asked(psa)).toBeGreaterThan(0);
  });

  it('are asked for where another process has read some of the contacts', async () => {
    const psa = await withAddresses(SEVERAL_PAGES);
    const apart = await psa.locations();
    await psa.read('organization', psa.connection, 'first');
    const request: PageRequest = { ...FIRST_PAGE, kind: 'contact', run: 'first' };
    const { next } = await psa.connection.page(request);
    const { next: third } = await psa.connect(ADDRESSES).page({ ...request, cursor: next });
    for (let cursor = third; cursor !== null;) cursor = (await psa.connection.page({ ...request, cursor })).next;
    psa.admin.clearRequests();
    expect(await psa.read('location', psa.connection, 'first')).toEqual(apart);
    expect(asked(psa)).toBeGreaterThan(0);
  });

  it('are there once each, though a page of contacts was read twice', async () => {
    const psa = await withAddresses(SEVERAL_PAGES);
    const apart = await psa.locations();
    await psa.read('organization', psa.connection, 'first');
    await psa.connection.page({ ...FIRST_PAGE, kind: 'contact', run: 'first' });
    await psa.read('contact', psa.connection, 'first');
    psa.admin.clearRequests();
    expect(await psa.read('location', psa.connection, 'first')).toEqual(apart);
    expect(asked(psa)).toBe(0);
  });

  it('of a company that can not be read fail with it, and a contact that can not be read is a reject', async () => {
    const psa = await withAddresses();
    const contact = psa.rows('Contacts').find(({ companyID }) => companyID !== 0)!;
    psa.admin.putRows('Companies', [{ id: 0, address1: '1 Main Street', fax: 42 }]);
    psa.admin.putRows('Contacts', [{ id: contact.id, addressLine: '7 Hidden Lane', city: 42 }]);
    await readTwice(psa);
    const parents = (after: string | null) => Promise.resolve(after === null ? psa.companies() : []);
    const page = await psa.connection.page({ ...FIRST_PAGE, kind: 'location', run: 'first', parents });
    expect(asked(psa)).toBe(0);
    expect(page.failedParents.map(({ psaId }) => psaId)).toEqual(['0']);
    expect(page.rejects.map(({ reason }) => reason)).toEqual([expect.stringContaining(`contact ${contact.id}`)]);
    expect(page.records.length).toBeGreaterThan(0);
  });
});
