import { describe, expect, it } from 'vitest';
import type { PageRequest, PsaConnection, PsaPage } from '../../../psa/contract.ts';
import { allPages } from '../support/all-pages.ts';
import { parentOf, recordsOf, simulatedPsa, type SimulatedPsa } from './simulated-psa.ts';
import { CASES, kindsOf } from './subjects.ts';

const QUICK = [
  [{ status: 502 }, 'server_error'],
  [{ status: 503, retryAfterSeconds: null }, 'server_error'],
  [{ kind: 'html' }, 'bad_answer'],
  [{ kind: 'cut' }, 'bad_answer'],
  [{ kind: 'truncated' }, 'bad_answer'],
  [{ kind: 'drop' }, 'unreachable'],
] as const;

const PASSING = [
  ...QUICK,
  [{ kind: 'slow', delayMs: 20_000 }, 'unreachable'],
  [{ kind: 'hang' }, 'unreachable'],
] as const;

const LASTING = [
  [{ kind: 'unauthorized' }, 'unauthorized'],
  [{ kind: 'redirect' }, 'wrong_address'],
] as const;

/** So short that a test need not wait, so long that a sound answer is there in time. */
const LIMITS = { totalMs: 1_500 };

describe.each(CASES)('when $name is unwell', ({ subject }) => {
  describe.each(kindsOf(subject))('reading %ss', (kind) => {
    it.each(PASSING)('fails by %j with %s, to be tried again, and goes on at the same page', async (fault, code) => {
      const psa = await simulatedPsa(subject);
      const connection = psa.reconnect({ limits: LIMITS });
      const request = await psa.request(kind);
      psa.admin.addFaults([{ ...fault, path: psa.kind(kind).path, count: 1 }]);
      const pages = await throughFailure(connection, request, (error) =>
        expect(error).toMatchObject({ name: 'PsaError', code, retry: 'backoff', mayHaveHappened: false }),
      );
      expect(recordsOf(pages).map(({ psaId }) => psaId)).toEqual((await psa.expected(kind)).map(({ id }) => id));
    });

    it('waits as long as a 429 says, and no shorter', async () => {
      const psa = await simulatedPsa(subject);
      const request = await psa.request(kind);
      psa.admin.addFaults([{ status: 429, retryAfterSeconds: 7, path: psa.kind(kind).path, count: 1 }]);
      await throughFailure(psa.connection, request, (error) =>
        expect(error).toMatchObject({ code: 'rate_limited', retry: 'at', retryAfterMs: 7_000, scope: 'integration' }),
      );
    });

    it.each(LASTING)('fails by %j with %s for good, also midway', async (fault, code) => {
      const psa = await simulatedPsa(subject);
      const request = await psa.request(kind);
      await psa.connection.page(request);
      psa.admin.addFaults([{ ...fault, path: '/' }]);
      await expect(psa.connection.page(request)).rejects.toMatchObject({
        ...{ name: 'PsaError', code, retry: 'never', scope: 'integration' },
      });
    });

    const { pathUnder, detailPath } = subject.kinds[kind] ?? {};
    if (detailPath) {
      it.each(QUICK)('loses nothing of what was read before one record failed by %j with %s', async (fault, code) => {
        const psa = await simulatedPsa(subject);
        const connection = psa.reconnect({ limits: LIMITS });
        const request = await psa.request(kind);
        psa.admin.addFaults([{ ...fault, path: detailPath, afterRequests: 20, count: 1 }]);
        const pages = await throughFailure(connection, request, (error) =>
          expect(error).toMatchObject({ name: 'PsaError', code, retry: 'backoff' }),
        );
        const wanted = (await psa.expected(kind)).map(({ id }) => id);
        expect(recordsOf(pages).map(({ psaId }) => psaId)).toEqual(wanted);
        expect(pages[0]?.records.length).toBeGreaterThan(10);
        expect(detailsOf(psa, detailPath)).toBeLessThanOrEqual(wanted.length + SOME);
      });

      it('gets on with each try where one request in ten fails, and asks for hardly anything twice', async () => {
        const psa = await simulatedPsa(subject);
        const request = await psa.request(kind);
        const faults = [{ status: 503 }, { status: 429 }, { status: 500 }];
        psa.admin.addFaults(faults.map((fault) => ({ ...fault, path: detailPath, share: 0.03 })));
        const { pages, failures } = await throughFailures(psa.connection, request);
        const wanted = (await psa.expected(kind)).map(({ id }) => id);
        expect(recordsOf(pages).map(({ psaId }) => psaId)).toEqual(wanted);
        expect(failures.length).toBeGreaterThan(2);
        expect(detailsOf(psa, detailPath)).toBeLessThanOrEqual(wanted.length + SOME * failures.length);
      });
    }

    if (!pathUnder)
      it('tells a person which right is missing when the PSA forbids it', async () => {
        const psa = await simulatedPsa(subject);
        const request = await psa.request(kind);
        psa.admin.addFaults([{ kind: 'forbidden', path: psa.kind(kind).path }]);
        await expect(psa.connection.page(request)).rejects.toMatchObject({ code: 'forbidden', retry: 'never' });
      });

    it('ends with the reason of the caller who gives up, at once', async () => {
      const psa = await simulatedPsa(subject);
      const controller = new AbortController();
      const request = await psa.request(kind, { signal: controller.signal });
      psa.admin.addFaults([{ kind: 'hang', path: psa.kind(kind).path }]);
      const page = psa.connection.page(request);
      setTimeout(() => controller.abort(new Error('called off by a person')), 50);
      await expect(page).rejects.toThrow('called off by a person');
    });

    if (pathUnder)
      it('leaves out the records of an organization that refuses, and says which', async () => {
        const psa = await simulatedPsa(subject);
        const wanted = await psa.expected(kind);
        const refusing = parentOf(wanted[5]!);
        const request = await psa.request(kind);
        psa.admin.addFaults([{ kind: 'forbidden', path: pathUnder(refusing) }]);
        const pages = await allPages(psa.connection, request);
        const failed = pages.flatMap(({ failedParents }) => failedParents);
        expect(failed).toMatchObject([{ psaId: refusing, error: { code: 'forbidden' } }]);
        const others = wanted.filter((record) => parentOf(record) !== refusing);
        expect(recordsOf(pages).map(({ psaId }) => psaId)).toEqual(others.map(({ id }) => id));
        expect(pages.flatMap(({ parents }) => parents)).not.toContain(refusing);
      });
  });
});

/** What may be under way beside a request that fails, and that request. */
const SOME = 10;

/** Requests for all of one record. */
const detailsOf = ({ admin }: SimulatedPsa, detailPath: string): number =>
  admin.requests().requests.filter(({ path }) => new RegExp(detailPath, 'u').test(path)).length;

/** All pages, through one failure, which is looked at. */
async function throughFailure(connection: PsaConnection, request: PageRequest, look: (error: unknown) => void) {
  const { pages, failures } = await throughFailures(connection, request);
  failures.forEach(look);
  expect(failures).toHaveLength(1);
  return pages;
}

/** All pages, trying again whatever happens; and what did. */
async function throughFailures(connection: PsaConnection, request: PageRequest) {
  const pages: PsaPage[] = [];
  const failures: unknown[] = [];
  for (let cursor = request.cursor; ;) {
    try {
      const page = await connection.page({ ...request, cursor });
      pages.push(page);
      if (page.next === null) return { pages, failures };
      cursor = page.next;
    } catch (error) {
      failures.push(error);
      if (failures.length > 100) throw error;
    }
  }
}
