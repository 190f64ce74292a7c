import { describe, expect, it } from 'vitest';
import type { PsaConnection } from '../../../psa/contract.ts';
import type { PsaHttp } from '../../../psa/http.ts';
import { enteredFor } from '../../support/connected-psa.ts';
import { recordsOf, simulatedPsa, type SimulatedPsa } from '../contract/simulated-psa.ts';
import { tigerpaw } from '../contract/subjects/tigerpaw.ts';
import { allPages } from '../support/all-pages.ts';
import { localHttp } from '../support/local-server.ts';

/** A connection on whose way every answer is cut off that this is found in, as by a server that can't write one of its rows. */
function cutOffAt(psa: SimulatedPsa, found: RegExp): PsaConnection {
  const connection = psa.adapter.connectionSchema.parse(enteredFor(psa.subject, psa.simulator));
  const http = localHttp({ origins: psa.adapter.origins(connection) });
  const cutting: PsaHttp = {
    ...http,
    async request(request) {
      const answer = await http.request(request);
      return found.test(answer.text) ? { ...answer, text: answer.text.slice(0, 40) } : answer;
    },
  };
  return psa.adapter.connect({ connection, http: cutting });
}

const account = (number: string) => new RegExp(`"AccountNumber":${number},"Account":`, 'u');

describe('at the last try, an account that spoils every page it is on', () => {
  it.each([1, 40, 100, 101])('is set aside as number %i of all, and all others are read', async (place) => {
    const psa = await simulatedPsa(tigerpaw, { size: 2_500 });
    const wanted = (await psa.expected('organization')).map(({ id }) => id);
    const bad = wanted[place - 1]!;
    const connection = cutOffAt(psa, account(bad));
    const request = await psa.request('organization');
    await expect(allPages(connection, request)).rejects.toMatchObject({ code: 'bad_answer', retry: 'backoff' });
    const pages = await allPages(connection, { ...request, lastTry: true });
    expect(recordsOf(pages).map(({ psaId }) => psaId)).toEqual(wanted.filter((id) => id !== bad));
    expect(pages.flatMap(({ rejects }) => rejects)).toMatchObject([
      { psaId: bad, reason: expect.stringContaining('cut off') as unknown },
    ]);
  });

  it('is found far behind the one before, in few requests', async () => {
    const psa = await simulatedPsa(tigerpaw);
    const last = (await psa.expected('organization')).at(-1)!;
    psa.admin.putRows('accounts', [{ id: 9_000_000, Name: 'Far Off', AccountType: 'Customer', Status: 'Active' }]);
    const request = { ...(await psa.request('organization')), cursor: last.id, lastTry: true };
    const page = await cutOffAt(psa, account('9000000')).page(request);
    expect(page).toMatchObject({ records: [], rejects: [{ psaId: '9000000' }] });
    expect(psa.newRequests().length).toBeLessThan(70);
  });

  it('is nobody in particular when nothing can be read: the page fails', async () => {
    const psa = await simulatedPsa(tigerpaw);
    const request = await psa.request('organization', { lastTry: true });
    await expect(cutOffAt(psa, /./u).page(request)).rejects.toMatchObject({ code: 'bad_answer' });
  });
});

describe('at the last try', () => {
  it('a contact that can not be opened is set aside, and those beside it are read', async () => {
    const psa = await simulatedPsa(tigerpaw);
    const wanted = (await psa.expected('contact')).map(({ id }) => id);
    const bad = wanted[3]!;
    psa.admin.addFaults([{ kind: 'cut', path: `^/contacts/${bad}/details$` }]);
    const pages = await allPages(psa.connection, await psa.request('contact', { lastTry: true }));
    expect(recordsOf(pages).map(({ psaId }) => psaId)).toEqual(wanted.filter((id) => id !== bad));
    expect(pages.flatMap(({ rejects }) => rejects)).toMatchObject([{ psaId: bad }]);
    expect(pages.flatMap(({ failedParents }) => failedParents)).toEqual([]);
  });

  it('the addresses of an account that can not be read fail that account alone', async () => {
    const psa = await simulatedPsa(tigerpaw);
    const wanted = await psa.expected('location');
    const bad = wanted[3]!.id.split('-')[0]!;
    const connection = cutOffAt(psa, account(bad));
    const request = await psa.request('location', { lastTry: true });
    const pages = await allPages(connection, request);
    expect(pages.flatMap(({ failedParents }) => failedParents.map(({ psaId }) => psaId))).toEqual([bad]);
    const others = wanted.map(({ id }) => id).filter((id) => !id.startsWith(`${bad}-`));
    expect(recordsOf(pages).map(({ psaId }) => psaId)).toEqual(others);
  });
});
