import { describe, expect, it } from 'vitest';
import { mergeFields, type MergeInput } from '../../domain/merge.ts';
import type { OpenReference } from '../../domain/plan-types.ts';
import { planItem } from './samples.ts';

const nothing = { set: {}, conflicts: [], settled: [] };

describe('rule 7: references that cannot be resolved yet', () => {
  const open: OpenReference[] = [{ field: 'location', target: 'location', psaId: '5' }];
  /** A configuration at the PSA's location 5, which we do not have; it was at `base` at the last sync, and ours is at `mine`. */
  const point = (base: string | null, mine: string | null, over: Partial<MergeInput> = {}) =>
    mergeFields({
      kind: 'configuration',
      item: planItem('configuration', { psaId: '1', fields: { location: '5' }, local: { location: null }, open }),
      base: base === null ? null : { location: base },
      local: { location: mine },
      pending: [],
      drifted: true,
      twoWay: true,
      keepLocalWhenBlank: false,
      force: false,
      ...over,
    });

  it('are no conflict where we hold none', () => {
    expect(point(null, null)).toEqual(nothing);
    expect(point('4', null)).toEqual(nothing);
    expect(point('5', null)).toEqual(nothing);
  });

  it('keep the id that was resolved from them while the PSA has not moved', () => {
    expect(point('5', '77')).toEqual(nothing);
    expect(point('5', '77', { twoWay: false })).toEqual(nothing);
    expect(point('5', '77', { force: true })).toEqual(nothing);
  });

  it('become blank once the PSA moved', () => {
    expect(point('4', '77').set).toEqual({ location: null });
    expect(point('4', '77', { drifted: false }).conflicts).toEqual([]);
    expect(point(null, '77').conflicts).toEqual([{ field: 'location', local: '77', psa: null }]);
  });

  it('do not agree with a pending edit that cleared them', () => {
    expect(point('5', null, { pending: ['location'] })).toEqual(nothing);
    expect(point('4', null, { pending: ['location'] }).settled).toEqual(['location']);
  });
});
