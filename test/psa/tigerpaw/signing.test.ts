import { describe, expect, it } from 'vitest';
import { sign } from '../../../psa/tigerpaw/sign.ts';
import { simulatedPsa } from '../contract/simulated-psa.ts';
import { tigerpaw } from '../contract/subjects/tigerpaw.ts';

const refused = (work: Promise<unknown>) => work.catch((error: unknown) => error);

describe('a signature', () => {
  it('is that of the known example', () => {
    const keys = {
      publicKey: '11111111-2222-4333-8444-555555555555',
      privateKey: '9f0c2d1e-0000-4000-8000-00000000beef',
    };
    expect(sign(keys, 'GET', '/api/accounts/1052932', Date.UTC(2015, 5, 18, 7, 25, 43))).toEqual({
      authorization:
        'TSI MTExMTExMTEtMjIyMi00MzMzLTg0NDQtNTU1NTU1NTU1NTU1OlFjMkpsK0xWYUVOQjZDOXBQbzNJQUFqQjAyTnBwQm4yNE5PdUhCS01vOEk9',
      'x-tsi-date': 'Thu, 18 Jun 2015 07:25:43 GMT',
    });
  });
});

describe('clocks that differ', () => {
  it.each([7_200, -7_200])('by %i seconds: signs by the clock of the server after one refusal', async (seconds) => {
    const { connection, admin } = await simulatedPsa(tigerpaw, { settings: { clockAheadSeconds: seconds } });
    expect((await connection.lookups()).length).toBeGreaterThan(0);
    await connection.lookups();
    expect(admin.requests().requests.filter(({ status }) => status === 401)).toHaveLength(1);
  });

  it('do not hide keys that are wrong: those are refused, in words that say where to look', async () => {
    const { reconnect } = await simulatedPsa(tigerpaw, { settings: { clockAheadSeconds: 7_200 } });
    expect(await refused(reconnect({ entries: tigerpaw.wrong }).check())).toMatchObject({
      code: 'unauthorized',
      retry: 'never',
      message: expect.stringMatching(/REST API Security.*120 minutes behind the server's/u) as unknown,
    });
  });

  it('are not blamed while they agree', async () => {
    const { reconnect } = await simulatedPsa(tigerpaw);
    const error = await refused(reconnect({ entries: tigerpaw.wrong }).check());
    expect(error).toMatchObject({ code: 'unauthorized', message: expect.not.stringContaining('clock') as unknown });
  });
});
