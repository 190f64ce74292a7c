import { describe, expect, it } from 'vitest';
import type { Kind } from '../../../domain/kinds.ts';
import { allPages } from '../support/all-pages.ts';
import { pageRequest, simulatedConnectWise } from '../support/simulated-connectwise.ts';
import { scriptedConnectWise } from '../support/scripted-connectwise.ts';

const LISTS = [
  { kind: 'organization', collection: 'companies', path: '/company/companies' },
  { kind: 'contact', collection: 'contacts', path: '/company/contacts' },
  { kind: 'configuration', collection: 'configurations', path: '/company/configurations' },
] as const;

describe.each(LISTS)('reading all $collection', ({ kind, collection, path }) => {
  it('gives every row once, in the order of ids, with not one request more than pages of 1,000', async () => {
    const { connection, rows, newRequests } = await simulatedConnectWise({ size: 5_000 });
    const pages = await allPages(connection, pageRequest(kind));
    const wanted = rows(collection).filter(({ deletedFlag }) => deletedFlag !== true);
    const records = pages.flatMap((page) => page.records);

    expect(records.map(({ psaId }) => Number(psaId))).toEqual(wanted.map(({ id }) => id).sort((a, b) => a - b));
    expect(pages.flatMap((page) => page.rejects)).toEqual([]);
    const requests = newRequests();
    expect(requests).toHaveLength(Math.ceil(wanted.length / 1_000));
    expect(new Set(requests.map((request) => request.path))).toEqual(new Set([path]));
  });

  it('gives the same records in whatever shape ConnectWise leaves things unset', async () => {
    const { connection, admin } = await simulatedConnectWise();
    const read = async (settings: Record<string, unknown>) => {
      admin.settings(settings);
      return (await allPages(connection, pageRequest(kind))).flatMap((page) => page.records);
    };
    const recorded = await read({});
    expect(recorded.length).toBeGreaterThan(0);
    expect(await read({ emptyReferences: 'absent', emptyScalars: 'absent', emptyCommunications: 'absent' })).toEqual(
      recorded,
    );
    expect(await read({ emptyReferences: 'null', emptyScalars: 'null', emptyCommunications: 'list' })).toEqual(
      recorded,
    );
    expect(await read({ emptyReferences: 'object' })).toEqual(recorded);
  });

  it('sets bad rows aside one by one, and loses none', async () => {
    const { connection, admin, rows } = await simulatedConnectWise();
    admin.addFaults([{ kind: 'corrupt', path, share: 0.2 }]);
    const pages = await allPages(connection, pageRequest(kind));
    const records = pages.flatMap((page) => page.records);
    const rejects = pages.flatMap((page) => page.rejects);
    const listed = rows(collection).filter(({ deletedFlag }) => deletedFlag !== true);

    expect(rejects.length).toBeGreaterThan(0);
    expect(records.length + rejects.length).toBe(listed.length);
    for (const { reason } of rejects) expect(reason).toMatch(/^(id|name|firstName|title) (is|are|has|holds) /);
  });

  it.each([
    [{ kind: 'html' }, 'bad_answer'],
    [{ kind: 'truncated' }, 'bad_answer'],
    [{ kind: 'cut' }, 'bad_answer'],
    [{ kind: 'drop' }, 'unreachable'],
    [{ status: 429, retryAfterSeconds: 3 }, 'rate_limited'],
    [{ status: 500 }, 'server_error'],
    [{ status: 502 }, 'server_error'],
    [{ kind: 'unauthorized' }, 'unauthorized'],
    [{ kind: 'forbidden' }, 'forbidden'],
    [{ kind: 'redirect' }, 'wrong_address'],
  ] as const)('fails by %j with %s, and goes on at the same page afterwards', async (fault, code) => {
    const { connection, admin, newRequests } = await simulatedConnectWise();
    await connection.page(pageRequest('organization'));
    newRequests();
    admin.addFaults([{ ...fault, path, count: 1 }]);
    await expect(connection.page(pageRequest(kind))).rejects.toMatchObject({ code });
    await expect(connection.page(pageRequest(kind))).resolves.toMatchObject({ rejects: [], next: null });
  });
});

describe('what a page tells apart', () => {
  it('fields of the records, as ConnectWise has them', async () => {
    const { connection, rows } = await simulatedConnectWise();
    const read = async (kind: Kind) => (await allPages(connection, pageRequest(kind))).flatMap((page) => page.records);
    const idOf = (reference: unknown) => {
      const id = (reference as { id?: number } | null | undefined)?.id;
      return id === undefined ? null : String(id);
    };
    const companies = new Map(rows('companies').map((row) => [String(row.id), row]));
    for (const { psaId, fields, types } of await read('organization')) {
      const row = companies.get(psaId);
      expect(fields).toMatchObject({
        name: row?.['name'],
        shortName: row?.['identifier'],
        parent: idOf(row?.['parentCompany']),
      });
      expect(types.map((type) => type.psaId)).toEqual((row?.['types'] as { id: number }[]).map(({ id }) => String(id)));
    }
    const contacts = new Map(rows('contacts').map((row) => [String(row.id), row]));
    const people = await read('contact');
    for (const { psaId, fields } of people) {
      const row = contacts.get(psaId);
      expect(fields).toMatchObject({ organization: idOf(row?.['company']), location: idOf(row?.['site']) });
    }
    expect(people.some(({ fields }) => fields['organization'] === null)).toBe(true);
  });
});

describe('what happens in ConnectWise while it is read', () => {
  it('never hides a record: what stays and what is new comes, once each', async () => {
    const { connection, admin, rows } = await simulatedConnectWise({ size: 5_000 });
    const before = rows('contacts').map(({ id }) => id);
    const first = await connection.page(pageRequest('contact'));
    const { inserted, deleted } = admin.mutate({ insert: 50, delete: 50, collections: ['contacts'] });
    const rest = await allPages(connection, pageRequest('contact', [], { cursor: first.next }));
    const read = [first, ...rest].flatMap((page) => page.records).map(({ psaId }) => Number(psaId));

    const gone = new Set(deleted['contacts']);
    const wanted = [...before, ...(inserted['contacts'] ?? [])].filter((id) => !gone.has(id));
    expect(new Set(read).size).toBe(read.length);
    expect(wanted.filter((id) => !read.includes(id))).toEqual([]);
  });

  it('takes deleted and merged companies off the list', async () => {
    const { connection, admin, companies } = await simulatedConnectWise();
    const before = companies();
    const { deleted, merged } = admin.mutate({ delete: 2, merge: 2, collections: ['companies'] });
    const gone = [...(deleted['companies'] ?? []), ...merged.map(({ from }) => from)].map(String);
    const { records } = await connection.page(pageRequest('organization'));
    expect(records.map(({ psaId }) => psaId)).toEqual(before.filter((id) => !gone.includes(id)));
  });

  it('may move the company to another codebase without a page failing', async () => {
    const { connection, admin, rows } = await simulatedConnectWise({
      size: 5_000,
      settings: { legacyCodebase: false },
    });
    const first = await connection.page(pageRequest('contact'));
    admin.settings({ codebase: 'v2025_2/' });
    const rest = await allPages(connection, pageRequest('contact', [], { cursor: first.next }));
    expect([first, ...rest].flatMap((page) => page.records)).toHaveLength(rows('contacts').length);
  });
});

describe('what is left to ConnectWise to filter', () => {
  it('is ticked statuses and deleted companies, not company types', async () => {
    const { connection, newRequests, rows } = await simulatedConnectWise();
    const ticked = { types: ['1'], statuses: ['1'] };
    const { records } = await connection.page(pageRequest('organization', [], { ticked }));
    const wanted = rows('companies').filter(
      (row) => row['deletedFlag'] !== true && (row['status'] as { id: number }).id === 1,
    );
    expect(records).toHaveLength(wanted.length);
    expect(records.some(({ types }) => types.every(({ psaId }) => psaId !== '1'))).toBe(true);
    expect(newRequests()[0]?.query.get('conditions')).toBe('deletedFlag = false and status/id in (1)');
  });

  it('is ticked types and statuses of configurations', async () => {
    const { connection, newRequests } = await simulatedConnectWise();
    const ticked = { types: ['1', '3'], statuses: ['1'] };
    const { records } = await connection.page(pageRequest('configuration', [], { ticked }));
    expect(records.length).toBeGreaterThan(0);
    expect(new Set(records.map((record) => record.types[0]?.psaId))).toEqual(new Set(['1', '3']));
    expect(new Set(records.map((record) => record.status?.psaId))).toEqual(new Set(['1']));
    expect(newRequests()[0]?.query.get('conditions')).toBe('type/id in (1,3) and status/id in (1)');
  });

  it('is nothing of contacts, and nothing where nothing is ticked', async () => {
    const { connection, newRequests } = await simulatedConnectWise();
    await connection.page(pageRequest('contact', [], { ticked: { types: ['1'], statuses: ['1'] } }));
    await connection.page(pageRequest('configuration'));
    expect(newRequests().map(({ query }) => query.get('conditions'))).toEqual([null, null]);
  });
});

describe('the end of a list', () => {
  const thousand = (from: number) =>
    Array.from({ length: 1_000 }, (_, index) => ({ id: from + index, firstName: 'Ann' }));

  it('is known without another request when the last page is exactly full', async () => {
    const { connection, admin, rows, newRequests } = await simulatedConnectWise();
    const missing = 1_000 - rows('contacts').length;
    admin.putRows(
      'contacts',
      Array.from({ length: missing }, () => ({ firstName: 'Ann' })),
    );
    const page = await connection.page(pageRequest('contact'));
    expect(page.records).toHaveLength(1_000);
    expect(page.next).toBeNull();
    expect(newRequests()).toHaveLength(1);
  });

  it('is asked for where a gateway removed the empty link, and then known', async () => {
    const { connection, asked } = await scriptedConnectWise((path, query) => {
      if (!path.endsWith('/company/contacts')) return undefined;
      return { headers: {}, body: query.has('pageId') ? [] : thousand(1) };
    });
    const pages = await allPages(connection, pageRequest('contact'));
    expect(pages.map(({ records }) => records.length)).toEqual([1_000, 0]);
    expect(asked().map(({ query }) => query['pageId'])).toEqual([undefined, '1000']);
  });

  it('never comes from a server that ignores where to go on: a bad answer instead of an endless loop', async () => {
    const { connection } = await scriptedConnectWise((path) => {
      if (!path.endsWith('/company/contacts')) return undefined;
      return { headers: { link: '<http://x/?pageId=1000>; rel="next"' }, body: thousand(1) };
    });
    await expect(allPages(connection, pageRequest('contact'))).rejects.toMatchObject({ code: 'bad_answer' });
  });

  it('is not taken from something that is no list', async () => {
    const { connection } = await scriptedConnectWise(() => ({ body: { Codebase: 'v2025_1/' } }));
    await expect(connection.page(pageRequest('contact'))).rejects.toMatchObject({ code: 'bad_answer', scope: 'page' });
  });
});

describe('a page that never can be read in one piece, at the last try', () => {
  const poisoned = (id: number) =>
    [
      { kind: 'cut', path: '/company/contacts', query: '^(?!.*id in).*communicationItems' },
      { status: 500, path: '/company/contacts', query: `id in \\((.*,)?${id}[,)]` },
    ] as const;

  it('gives all records but the one that spoils it, and names that', async () => {
    const { connection, admin, rows } = await simulatedConnectWise();
    const contacts = rows('contacts');
    const bad = contacts[50]?.id ?? 0;
    admin.addFaults(poisoned(bad));
    await expect(connection.page(pageRequest('contact'))).rejects.toMatchObject({ code: 'bad_answer' });
    const page = await connection.page(pageRequest('contact', [], { lastTry: true }));
    expect(page.records).toHaveLength(contacts.length - 1);
    expect(page.rejects).toEqual([
      { psaId: String(bad), reason: expect.stringContaining('HTTP 500') as string, raw: '' },
    ]);
    expect(page.next).toBeNull();
  });

  it('may be nothing but bad records, with an id or without', async () => {
    const { connection } = await scriptedConnectWise((path, query) => {
      if (!path.endsWith('/company/contacts')) return undefined;
      return query.get('fields') === 'id' ? { body: [{ id: 7 }, { id: 'x' }] } : { status: 500, body: 'fault' };
    });
    const page = await connection.page(pageRequest('contact', [], { lastTry: true }));
    expect(page).toMatchObject({ records: [], rejects: [{ psaId: null }, { psaId: '7' }], next: null });
  });

  it('fails after all when there is no end of bad records', async () => {
    const { connection, admin } = await simulatedConnectWise();
    admin.addFaults([{ status: 500, path: '/company/contacts', query: 'communicationItems' }]);
    await expect(connection.page(pageRequest('contact', [], { lastTry: true }))).rejects.toMatchObject({
      code: 'server_error',
    });
  });

  it('fails as ever for what another try may mend', async () => {
    const { connection, admin } = await simulatedConnectWise();
    admin.addFaults([{ status: 429, path: '/company/contacts' }]);
    await expect(connection.page(pageRequest('contact', [], { lastTry: true }))).rejects.toMatchObject({
      code: 'rate_limited',
    });
  });
});
