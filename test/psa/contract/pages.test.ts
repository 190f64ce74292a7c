import { describe, expect, it } from 'vitest';
import { plainOurs, plainTheirs } from './plain.ts';
import { allPages } from '../support/all-pages.ts';
import { recordsOf, simulatedPsa } from './simulated-psa.ts';
import { CASES, kindsOf } from './subjects.ts';

/** So many records that the kinds of a PSA take several pages. */
const SIZE = 4_000;

describe.each(CASES)('reading $name', ({ subject }) => {
  describe.each(kindsOf(subject))('all %ss', (kind) => {
    const size = subject.kinds[kind]?.size ?? subject.size ?? SIZE;

    it('gives each once, in order, as the PSA has it, in no more requests than that takes', async () => {
      const psa = await simulatedPsa(subject, { size: subject.size ?? SIZE });
      const wanted = await psa.expected(kind);
      const request = await psa.request(kind);
      const pages = await allPages(psa.connection, request);
      const least = psa.kind(kind).least(psa.world);

      expect(pages.flatMap(({ rejects }) => rejects)).toEqual([]);
      expect(pages.flatMap(({ failedParents }) => failedParents)).toEqual([]);
      expect(wanted.length).toBeGreaterThan(0);
      expect(recordsOf(pages).map(plainOurs)).toEqual(wanted.map(plainTheirs));
      expect(psa.newRequests().length).toBeLessThanOrEqual(Math.floor(least * 1.03));
    });

    it('never has more requests under way than it may', async () => {
      const psa = await simulatedPsa(subject, { latencyMs: 5 });
      for (const requestsInFlight of [1, 3]) {
        const request = await psa.request(kind);
        await allPages(psa.reconnect({ requestsInFlight }), request);
        const { maxInFlight, total } = psa.admin.requests();
        expect(total).toBeGreaterThan(0);
        expect(maxInFlight).toBeLessThanOrEqual(requestsInFlight);
      }
    });

    it('loses nothing that stays, and gives nothing twice, while records come and go', async () => {
      const psa = await simulatedPsa(subject, { size });
      const before = await psa.expected(kind);
      const request = await psa.request(kind);
      const first = await psa.connection.page(request);
      const collections = [psa.kind(kind).collection];
      const { churn = { insert: 20, delete: 20 } } = psa.kind(kind);
      psa.admin.mutate({ ...churn, collections });
      expect(first.next, 'one page proves nothing').not.toBeNull();
      const rest = await allPages(psa.connection, { ...request, cursor: first.next });
      const read = recordsOf([first, ...rest]).map(({ psaId }) => psaId);
      const still = new Set((await psa.expected(kind)).map(({ id }) => id));

      expect(new Set(read).size).toBe(read.length);
      expect(before.map(({ id }) => id).filter((id) => still.has(id) && !read.includes(id))).toEqual([]);
    });

    const { badRow } = subject.kinds[kind] ?? {};
    if (badRow)
      it('sets a row aside that can not be read, by its id and its fields, and gives the rest', async () => {
        const psa = await simulatedPsa(subject);
        const wanted = await psa.expected(kind);
        const bad = wanted[Math.floor(wanted.length / 2)]!.id;
        psa.admin.putRows(psa.kind(kind).collection, [{ id: Number(bad), ...badRow }]);
        const pages = await allPages(psa.connection, await psa.request(kind));
        expect(recordsOf(pages).map(({ psaId }) => psaId)).toEqual(
          wanted.map(({ id }) => id).filter((id) => id !== bad),
        );
        const rejects = pages.flatMap((page) => page.rejects);
        expect(rejects.map(({ psaId }) => psaId)).toEqual([bad]);
        expect(rejects[0]?.reason).toMatch(/^[\w/]+ is /u);
      });

    it('can begin anywhere: a cursor that was kept gives the same rest to another connection', async () => {
      const psa = await simulatedPsa(subject, { size });
      const request = await psa.request(kind);
      const pages = await allPages(psa.connection, request);
      expect(pages.length).toBeGreaterThan(1);
      const ids = (of: typeof pages) => recordsOf(of).map(({ psaId }) => psaId);
      for (const [index, { next }] of pages.slice(0, 2).entries()) {
        if (next === null) break;
        const rest = await allPages(psa.reconnect(), { ...request, cursor: next });
        expect(ids(rest)).toEqual(ids(pages.slice(index + 1)));
      }
    });
  });
});
