import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  asksForCreate,
  becomesPending,
  type Direction,
  isSyncing,
  type Newcomer,
  whyReadOnly,
} from '../../domain/edit-rules.ts';
import type { LinkState } from '../../domain/plan-types.ts';

const state = fc.constantFrom<LinkState>('live', 'error', 'orphaned', 'disabled', 'disconnected');
const direction = fc.constantFrom<Direction>('both', 'pull', null);
const ON = { twoWay: true, canBeTwoWay: true };
const OFF = { twoWay: false, canBeTwoWay: true };

describe('rule 11: which fields are read-only', () => {
  it('is what the PSA maps, with two-way sync off', () => {
    expect(whyReadOnly('live', 'both', OFF)).toBe('two_way_off');
    expect(whyReadOnly('error', 'both', OFF)).toBe('two_way_off');
    expect(whyReadOnly('live', null, OFF)).toBeNull();
  });

  it('is what the PSA only gives, also with two-way sync on', () => {
    expect(whyReadOnly('live', 'pull', ON)).toBe('only_given');
    expect(whyReadOnly('live', 'both', ON)).toBeNull();
  });

  it('is all that is mapped for a provider that takes no writes, whatever the setting says', () => {
    expect(whyReadOnly('live', 'both', { twoWay: true, canBeTwoWay: false })).toBe('only_given');
  });

  it('is nothing on a link that does not sync', () => {
    fc.assert(
      fc.property(state, direction, fc.boolean(), fc.boolean(), (of, way, twoWay, canBeTwoWay) => {
        fc.pre(!isSyncing(of));
        expect(whyReadOnly(of, way, { twoWay, canBeTwoWay })).toBeNull();
      }),
    );
  });
});

describe('what a save puts on its way', () => {
  const fields = fc.uniqueArray(fc.constantFrom<string>('a', 'b', 'c', 'd'));
  const directions = fc.record({ a: direction, b: direction, c: direction, d: direction });

  it('is every mapped field that may be written and is: none is taken here and left out there', () => {
    fc.assert(
      fc.property(state, fc.boolean(), fields, fields, directions, (of, twoWay, changed, differing, ways) => {
        const directionOf = (field: string) => ways[field as keyof typeof ways];
        const free = changed.filter((f) => whyReadOnly(of, directionOf(f), { twoWay, canBeTwoWay: true }) === null);
        const pending = becomesPending({ state: of, twoWay, changed: free, differing, directionOf });
        for (const field of free) {
          expect(pending.includes(field)).toBe(isSyncing(of) && directionOf(field) !== null);
        }
      }),
    );
  });

  it('is never a field that the PSA does not take, never one twice, and nothing that is neither changed nor different', () => {
    fc.assert(
      fc.property(state, fc.boolean(), fields, fields, directions, (of, twoWay, changed, differing, ways) => {
        const directionOf = (field: string) => ways[field as keyof typeof ways];
        const pending = becomesPending({ state: of, twoWay, changed, differing, directionOf });
        expect(new Set(pending).size).toBe(pending.length);
        expect(pending.every((field) => directionOf(field) === 'both')).toBe(true);
        expect(pending.every((field) => changed.includes(field) || differing.includes(field))).toBe(true);
        if (!twoWay || !isSyncing(of)) expect(pending).toEqual([]);
      }),
    );
  });
});

describe('rule 12: which new records are asked for in the PSA', () => {
  const gate = { types: 'organization_type', statuses: 'organization_status' } as const;
  const newcomer: fc.Arbitrary<Newcomer> = fc.record({
    gate: fc.constantFrom(gate, undefined),
    typeTicked: fc.boolean(),
    statusTicked: fc.boolean(),
    kindEnabled: fc.boolean(),
    organization: fc.constantFrom('syncing', 'may_come', 'outside', null),
  });
  const company: Newcomer = { gate, typeTicked: true, statusTicked: true, kindEnabled: true, organization: null };

  it('is an organization with type and status ticked, and no other', () => {
    expect(asksForCreate(company)).toBe(true);
    expect(asksForCreate({ ...company, typeTicked: false })).toBe(false);
    expect(asksForCreate({ ...company, statusTicked: false })).toBe(false);
  });

  it('is what belongs to an organization that syncs or is to come', () => {
    const child = { ...company, gate: undefined, typeTicked: false, statusTicked: false };
    expect(asksForCreate({ ...child, organization: 'syncing' })).toBe(true);
    expect(asksForCreate({ ...child, organization: 'may_come' })).toBe(true);
  });

  it('is none whose organization is outside, and no contact while contacts sync is off', () => {
    fc.assert(
      fc.property(newcomer, (one) => {
        expect(asksForCreate({ ...one, organization: 'outside' })).toBe(false);
        expect(asksForCreate({ ...one, kindEnabled: false })).toBe(false);
      }),
    );
  });

  it('never becomes fewer by a further tick', () => {
    fc.assert(
      fc.property(newcomer, (one) => {
        if (asksForCreate(one)) expect(asksForCreate({ ...one, typeTicked: true, statusTicked: true })).toBe(true);
      }),
    );
  });
});
