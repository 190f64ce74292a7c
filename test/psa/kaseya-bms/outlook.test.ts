import { describe, expect, it } from 'vitest';
import { simulatedPsa, type SimulatedPsa } from '../contract/simulated-psa.ts';
import { kaseyaBms } from '../contract/subjects/kaseya-bms.ts';
import { allPages } from '../support/all-pages.ts';
import { devicesOf, simulatedBms } from '../support/simulated-bms.ts';

const LIST = /^\/servicedesk\/hardwareasset\/searchselect$/u;

const total = (psa: SimulatedPsa) => psa.world.records('configuration').length;

describe('how many devices are left to read, which the list does not say', () => {
  it('is told with the first page, for a few more requests for pages', async () => {
    const psa = await simulatedPsa(kaseyaBms, { size: 900 });
    const { records, left } = await psa.connection.page(await psa.request('configuration'));
    expect(records.length + left!).toBe(total(psa));
    expect(psa.newRequests().filter(({ path }) => LIST.test(path)).length).toBeLessThan(20);
  });

  it('counts no devices of accounts outside: about right from the first page, and better with each', async () => {
    const { connect, admin } = await simulatedBms({ size: 4_000 });
    const assets = [...(admin.state('assets') as Iterable<{ accountId: number; isActive: boolean }>)];
    const active = assets.filter(({ isActive }) => isActive);
    const isInside = (accountId: number) => accountId % 10 === 0;
    const accounts = [...new Set(active.map(({ accountId }) => accountId).filter(isInside))].map(String);
    const wanted = active.filter(({ accountId }) => isInside(accountId)).length;
    expect(wanted).toBeLessThan(active.length / 4);

    let read = 0;
    const off: number[] = [];
    for (const { records, left } of await allPages(connect(), devicesOf(accounts))) {
      read += records.length;
      off.push(Math.abs(read + left! - wanted));
    }
    expect(off[0]).toBeLessThan(wanted / 3);
    expect(Math.max(...off.slice(off.length / 2))).toBeLessThan(wanted / 6);
    expect(off.at(-1)).toBe(0);
  });

  it('is right in the middle of a page that the limit has cut off, too', async () => {
    const psa = await simulatedPsa(kaseyaBms, { size: 900 });
    const request = await psa.request('configuration');
    psa.admin.addFaults([
      { status: 429, retryAfterSeconds: 60, path: '^/servicedesk/hardwareasset/\\d+$', afterRequests: 10, count: 1 },
    ]);
    const first = await psa.connection.page(request);
    expect(first.records.length).toBeLessThan(100);
    expect(first.records.length + first.left!).toBe(total(psa));
    const second = await psa.reconnect().page({ ...request, cursor: first.next });
    expect(first.records.length + second.records.length + second.left!).toBe(total(psa));
  });

  it('is not asked for where a page is all there is', async () => {
    const psa = await simulatedPsa(kaseyaBms, { size: 60 });
    const page = await psa.connection.page(await psa.request('configuration'));
    expect(page.left).toBeUndefined();
    expect(psa.newRequests().filter(({ path }) => LIST.test(path))).toHaveLength(1);
  });

  it('is left out when it can not be told, and the devices are read all the same', async () => {
    const psa = await simulatedPsa(kaseyaBms, { size: 900 });
    const request = await psa.request('configuration');
    psa.admin.addFaults([{ status: 500, path: LIST.source, query: '(?:^|&)PageNumber=2(?:&|$)' }]);
    const page = await psa.connection.page(request);
    expect(page.left).toBeUndefined();
    expect(page.records.length).toBeGreaterThan(0);
  });

  it('is left out as long as no device was met that is wanted: nothing tells how long that will go on', async () => {
    const { connect } = await simulatedBms({ size: 900 });
    const pages = await allPages(connect(), devicesOf([]));
    expect(pages.slice(0, -1).map(({ left }) => left)).toEqual(pages.slice(1).map(() => undefined));
  });
});
