import { describe, expect, it } from 'vitest';
import { limitWarnings } from '../../../client/operate/limit-warnings.ts';
import { adapterFor, adapters } from '../../../psa/registry.ts';

describe('limits of an integration', () => {
  it.each(adapters)('are within those of the vendor as a new one of $title begins', ({ provider, capabilities }) => {
    expect(limitWarnings(provider, capabilities.limits)).toEqual([]);
  });

  it('are warned of each where they are above', () => {
    const settings = { requestsInFlight: 50, requestsPerWindow: 100_000, windowSeconds: 60 };
    expect(limitWarnings('autotask', settings)).toEqual([
      'Autotask allows 10000 requests in 3600 s, and 100000 in 60 s are set: unless it has raised that for you, it turns requests away.',
      'Autotask allows 3 at once to each endpoint, and 50 are set: unless it has raised that for you, it turns requests away.',
    ]);
    expect(limitWarnings('kaseya-bms', { ...settings, windowSeconds: 300, requestsPerWindow: 10_000 })).toHaveLength(1);
  });

  it('are held against the vendor over its own time, whatever their window is', () => {
    const { limits } = adapterFor('kaseya-bms').capabilities;
    const over = (requestsPerWindow: number, windowSeconds: number) =>
      limitWarnings('kaseya-bms', { ...limits, requestsPerWindow, windowSeconds }).length;
    expect([over(25, 60), over(26, 60)]).toEqual([0, 1]);
    // A day's worth may all be sent in its first hour.
    expect([over(1_500, 86_400), over(1_501, 86_400)]).toEqual([0, 1]);
  });

  it('have nothing to be held against where the vendor names none', () => {
    expect(
      limitWarnings('tigerpaw', { requestsInFlight: 100, requestsPerWindow: 1_000_000, windowSeconds: 1 }),
    ).toEqual([]);
  });
});
