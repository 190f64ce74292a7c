import { describe, expect, it } from 'vitest';
import { PsaError } from '../../../psa/errors.ts';
import { scriptedConnectWise } from '../support/scripted-connectwise.ts';
import { allPages } from '../support/all-pages.ts';
import { pageRequest, simulatedConnectWise } from '../support/simulated-connectwise.ts';

const sitesOf = (company: string | undefined) => `/company/companies/${company}/sites`;
const exactly = (company: string | undefined) => `^${sitesOf(company)}$`;

describe('reading the sites of all companies', () => {
  it('gives every site once with its company, with one request for each company', async () => {
    const { connection, companies, rows, newRequests } = await simulatedConnectWise({ size: 2_500 });
    const parents = companies();
    expect(parents.length).toBeGreaterThan(100);
    const pages = await allPages(connection, pageRequest('location', parents));
    const records = pages.flatMap((page) => page.records);

    const owner = (row: Record<string, unknown>) => String((row['company'] as { id: number }).id);
    const wanted = rows('sites').filter((row) => parents.includes(owner(row)));
    const ours = new Map(records.map(({ psaId, fields }) => [psaId, fields]));
    expect(records).toHaveLength(wanted.length);
    for (const row of wanted) {
      expect(ours.get(String(row.id))).toMatchObject({ organization: owner(row), name: row['name'] });
    }
    expect(pages.flatMap((page) => page.parents)).toEqual(parents);
    expect(pages).toHaveLength(Math.ceil(parents.length / 50));
    expect(
      newRequests()
        .map(({ path }) => path)
        .sort(),
    ).toEqual(parents.map(sitesOf).sort());
  });

  it('has several requests in flight, and no more than it may', async () => {
    const { admin, companies, reconnect } = await simulatedConnectWise({ latencyMs: 5 });
    await reconnect({}, 3).page(pageRequest('location', companies()));
    expect(admin.requests().maxInFlight).toBe(3);
  });

  it('does not wait for a slow company before it asks for the next ones', async () => {
    const { admin, companies, reconnect, newRequests } = await simulatedConnectWise();
    const parents = companies().slice(0, 20);
    admin.addFaults([{ kind: 'delay', path: exactly(parents[0]), delayMs: 300 }]);
    const page = await reconnect({}, 2).page(pageRequest('location', parents));
    expect(page.parents).toEqual(parents);
    const order = newRequests().map(({ path }) => path);
    expect(order).toHaveLength(parents.length);
    expect(admin.requests().total).toBe(0);
    const others = parents.slice(1).map(sitesOf);
    expect(order.filter((path) => path !== sitesOf(parents[0]))).toEqual(others);
  });

  it('knows the end after exactly 50 companies without asking ConnectWise', async () => {
    const { connection, companies, newRequests } = await simulatedConnectWise({ size: 2_500 });
    const parents = companies().slice(0, 50);
    const first = await connection.page(pageRequest('location', parents));
    expect(first.next).toBe(parents[49]);
    newRequests();
    const last = await connection.page(pageRequest('location', parents, { cursor: first.next }));
    expect(last).toEqual({ records: [], rejects: [], failedParents: [], parents: [], next: null });
    expect(newRequests()).toEqual([]);
  });

  it('reads on where a company has more than 1,000 sites', async () => {
    const many = Array.from({ length: 1_200 }, (_, index) => ({ id: index + 1, name: `Site ${index}` }));
    const { connection, asked } = await scriptedConnectWise((path, query) => {
      if (!path.endsWith('/sites')) return undefined;
      const after = Number(query.get('pageId') ?? 0);
      const link = after === 0 ? '<http://x/?pageId=1000>; rel="next"' : '';
      return { headers: { link }, body: many.slice(after, after + 1_000) };
    });
    const page = await connection.page(pageRequest('location', ['5']));
    expect(page.records).toHaveLength(1_200);
    expect(asked()).toHaveLength(2);
  });
});

describe('a company whose sites can not be read', () => {
  it.each([
    [403, 'forbidden'],
    [404, 'not_found'],
  ])('fails nobody else when it refuses with %i', async (status, code) => {
    const { connection, admin, companies } = await simulatedConnectWise();
    const parents = companies();
    const bad = parents[3];
    admin.addFaults([{ status, path: exactly(bad) }]);
    const page = await connection.page(pageRequest('location', parents));
    expect(page.failedParents).toEqual([{ psaId: bad, error: expect.any(PsaError) as PsaError }]);
    expect(page.failedParents[0]?.error).toMatchObject({ code, scope: 'parent' });
    expect(page.parents).toEqual(parents.filter((id) => id !== bad));
    expect(page.next).toBeNull();
  });

  it.each([
    [{ status: 500 }, 'server_error'],
    [{ status: 429, retryAfterSeconds: 9 }, 'rate_limited'],
    [{ kind: 'html' }, 'bad_answer'],
    [{ kind: 'cut' }, 'bad_answer'],
    [{ kind: 'drop' }, 'unreachable'],
    [{ kind: 'unauthorized' }, 'unauthorized'],
  ] as const)('ends the page before it by %j, and fails the next one without asking again', async (fault, code) => {
    const { connection, admin, companies, newRequests } = await simulatedConnectWise();
    const parents = companies();
    admin.addFaults([{ ...fault, path: exactly(parents[5]), count: 1 }]);

    const first = await connection.page(pageRequest('location', parents));
    expect(first.parents).toEqual(parents.slice(0, 5));
    expect(first.next).toBe(parents[4]);
    newRequests();
    const rest = pageRequest('location', parents, { cursor: first.next });
    await expect(connection.page(rest)).rejects.toMatchObject({ code });
    expect(newRequests()).toEqual([]);

    const pages = await allPages(connection, rest);
    expect(pages.flatMap((page) => page.parents)).toEqual(parents.slice(5));
  });

  it('fails the page at once when it is the first', async () => {
    const { connection, admin, companies } = await simulatedConnectWise();
    admin.addFaults([{ status: 500, path: exactly(companies()[0]), count: 1 }]);
    await expect(connection.page(pageRequest('location', companies()))).rejects.toMatchObject({
      code: 'server_error',
      scope: 'parent',
    });
  });

  it('is set aside at the last try, and the others go on', async () => {
    const { connection, admin, companies } = await simulatedConnectWise();
    const parents = companies();
    admin.addFaults([{ kind: 'truncated', path: exactly(parents[2]) }]);
    const page = await connection.page(pageRequest('location', parents, { lastTry: true }));
    expect(page.failedParents).toMatchObject([{ psaId: parents[2], error: { code: 'bad_answer' } }]);
    expect(page.parents).toHaveLength(parents.length - 1);
  });

  it('is not set aside at the last try for what concerns everybody', async () => {
    const { connection, admin, companies } = await simulatedConnectWise();
    admin.addFaults([{ status: 429, path: exactly(companies()[0]) }]);
    const request = pageRequest('location', companies(), { lastTry: true });
    await expect(connection.page(request)).rejects.toMatchObject({ code: 'rate_limited', retry: 'at' });
  });

  it('has bad sites set aside one by one', async () => {
    const { connection, admin, companies, rows } = await simulatedConnectWise();
    admin.addFaults([{ kind: 'corrupt', path: '^/company/companies/\\d+/sites', share: 0.2 }]);
    const { records, rejects } = await connection.page(pageRequest('location', companies()));
    const wanted = rows('sites').filter((row) => companies().includes(String((row['company'] as { id: number }).id)));
    expect(rejects.length).toBeGreaterThan(0);
    expect(records.length + rejects.length).toBe(wanted.length);
  });
});

describe('cancelling', () => {
  it("stops with the caller's reason", async () => {
    const { connection, companies } = await simulatedConnectWise({ latencyMs: 50 });
    const controller = new AbortController();
    const request = pageRequest('location', companies(), { signal: controller.signal });
    const page = connection.page(request);
    setTimeout(() => controller.abort(new Error('cancelled by a person')), 60);
    await expect(page).rejects.toThrow('cancelled by a person');
  });
});
