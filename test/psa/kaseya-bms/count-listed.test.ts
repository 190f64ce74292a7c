import { describe, expect, it } from 'vitest';
import { simulatedPsa } from '../contract/simulated-psa.ts';
import { kaseyaBms } from '../contract/subjects/kaseya-bms.ts';

const LIST = /^\/servicedesk\/hardwareasset\/searchselect$/u;

describe('how many devices there are, which the list does not say', () => {
  it('is told with the first page, for a few more requests for pages', async () => {
    const psa = await simulatedPsa(kaseyaBms, { size: 900 });
    const { total } = await psa.connection.page(await psa.request('configuration'));
    expect(total).toBe(psa.world.records('configuration').length);
    expect(psa.newRequests().filter(({ path }) => LIST.test(path)).length).toBeLessThan(20);
  });

  it('is not asked for where a page is all there is', async () => {
    const psa = await simulatedPsa(kaseyaBms, { size: 60 });
    const page = await psa.connection.page(await psa.request('configuration'));
    expect(page.total).toBeUndefined();
    expect(psa.newRequests().filter(({ path }) => LIST.test(path))).toHaveLength(1);
  });

  it('is left out when it can not be told, and the devices are read all the same', async () => {
    const psa = await simulatedPsa(kaseyaBms, { size: 900 });
    const request = await psa.request('configuration');
    psa.admin.addFaults([{ status: 500, path: LIST.source, query: '(?:^|&)PageNumber=2(?:&|$)' }]);
    const page = await psa.connection.page(request);
    expect(page.total).toBeUndefined();
    expect(page.records.length).toBeGreaterThan(0);
  });
});
