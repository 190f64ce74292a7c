import { describe, expect, it } from 'vitest';
import { allPages } from '../support/all-pages.ts';
import { parentOf, recordsOf, simulatedPsa } from './simulated-psa.ts';
import { CASES, kindsOf } from './subjects.ts';

const PASSING = [
  [{ status: 502 }, 'server_error'],
  [{ status: 503, retryAfterSeconds: null }, 'server_error'],
  [{ kind: 'html' }, 'bad_answer'],
  [{ kind: 'cut' }, 'bad_answer'],
  [{ kind: 'truncated' }, 'bad_answer'],
  [{ kind: 'drop' }, 'unreachable'],
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

    const { pathUnder } = subject.kinds[kind] ?? {};
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

type Psa = Awaited<ReturnType<typeof simulatedPsa>>;

/** All pages, through one failure, which is looked at. */
async function throughFailure(
  connection: Psa['connection'],
  request: Awaited<ReturnType<Psa['request']>>,
  look: (error: unknown) => void,
) {
  const pages = [];
  let failures = 0;
  for (let cursor = request.cursor; ;) {
    try {
      const page = await connection.page({ ...request, cursor });
      pages.push(page);
      if (page.next === null) break;
      cursor = page.next;
    } catch (error) {
      look(error);
      failures += 1;
    }
  }
  expect(failures).toBe(1);
  return pages;
}
