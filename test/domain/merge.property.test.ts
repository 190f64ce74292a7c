import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeFields, type MergeInput } from '../../domain/merge.ts';
import type { Merged } from '../../domain/plan-types.ts';
import { isBlank, sameValue, type LocalValue, type LocalValues, type PsaValue } from '../../domain/values.ts';
import { planItem } from './samples.ts';

/** One field as the PSA holds it, and in our terms; `open` when it points to a record that we do not have. */
interface Cell {
  readonly psa: PsaValue;
  readonly local: LocalValue;
  readonly open: boolean;
}

const cell = (psa: PsaValue, local = psa as LocalValue, open = false): Cell => ({ psa, local, open });
const mail = (value: string) => [{ value, type: null, primary: true }];

const text = fc.constantFrom(cell(null), cell('a'), cell('b'));
const emails = fc.constantFrom(cell([]), cell(mail('a')), cell(mail('b')));
const type = fc.constantFrom(cell(null), cell({ psaId: '1', name: 'x' }, '91'), cell({ psaId: '2', name: 'y' }, '92'));
const location = fc.constantFrom(cell(null), cell('1', '81'), cell('1', null, true), cell('2', null, true));
const cells = fc.record({ firstName: text, lastName: text, title: text, emails, type, location });

const mine = fc.record({
  firstName: fc.constantFrom(null, 'a', 'b', 'c'),
  lastName: fc.constantFrom(null, '', 'a', 'c'),
  title: fc.constantFrom(null, 'a'),
  emails: fc.constantFrom([], mail('a'), mail('c')),
  type: fc.constantFrom(null, '91', '92', '93'),
  location: fc.constantFrom(null, '81', '82'),
  notes: fc.constantFrom(null, 'never mapped'),
});

const column = <K extends keyof Cell>(row: Record<string, Cell>, key: K): Record<string, Cell[K]> =>
  Object.fromEntries(Object.entries(row).map(([field, value]) => [field, value[key]]));

const input: fc.Arbitrary<MergeInput> = fc
  .record({
    now: cells,
    before: fc.option(cells),
    local: mine,
    pending: fc.subarray(['firstName', 'lastName', 'emails', 'type', 'location']),
    drifted: fc.boolean(),
    twoWay: fc.boolean(),
    keepLocalWhenBlank: fc.boolean(),
    force: fc.boolean(),
  })
  .map(({ now, before, ...rest }) => {
    const open = Object.entries(now)
      .filter(([, value]) => value.open)
      .map(([field]) => ({ field, target: 'location' as const, psaId: '1' }));
    const fields = column(now, 'psa');
    const item = planItem('contact', { psaId: '1', fields, local: column(now, 'local'), open });
    return { ...rest, kind: 'contact', item, base: before && column(before, 'psa') };
  });

function apply(before: MergeInput, { set, settled }: Merged): MergeInput {
  const local: LocalValues = { ...before.local, ...set };
  const pending = before.pending.filter((field) => !settled.includes(field));
  return { ...before, local, pending, base: before.item.fields, drifted: false };
}

const holds = (check: (given: MergeInput, merged: Merged) => void) => {
  fc.assert(
    fc.property(input, (given) => {
      check(given, mergeFields(given));
    }),
    { numRuns: 2000 },
  );
};

describe('rule 3, for any record and any PSA record', () => {
  it('merging again after applying brings nothing', () => {
    holds((given, merged) => {
      expect(mergeFields(apply(given, merged))).toEqual({ set: {}, conflicts: [], settled: [] });
    });
  });

  it('fields that the PSA does not map are never touched', () => {
    holds((given, { set, conflicts, settled }) => {
      const touched = [...Object.keys(set), ...conflicts.map(({ field }) => field), ...settled];
      expect(touched.filter((field) => !(field in given.item.fields))).toEqual([]);
    });
  });

  it('a pending edit survives exactly when it differs, and the PSA has not moved under two-way or left a blank that is not to count', () => {
    holds(({ item, base, local, pending, twoWay, force, keepLocalWhenBlank }, { settled }) => {
      for (const field of pending) {
        const differs = item.open.some((open) => open.field === field) || !sameValue(local[field], item.local[field]);
        const moved = base === null || !sameValue(base[field], item.fields[field]);
        const ignored = keepLocalWhenBlank && isBlank(item.fields[field]);
        expect(!settled.includes(field)).toBe(differs && (ignored || (twoWay && !force && !moved)));
      }
    });
  });

  it('what is not pending ends with the value of the PSA', () => {
    holds((given, merged) => {
      const after = apply(given, merged);
      for (const [field, psa] of Object.entries(given.item.local)) {
        const waits = after.pending.includes(field) || given.item.open.some((open) => open.field === field);
        const ignored = given.keepLocalWhenBlank && isBlank(given.item.fields[field]);
        if (!waits && !ignored) expect(sameValue(after.local[field], psa)).toBe(true);
      }
    });
  });
});

describe('rule 3: nothing is lost silently', () => {
  it('every value that falls is logged, unless it is blank or the PSA gave it', () => {
    holds(({ base, local, pending, drifted }, { set, conflicts }) => {
      for (const field of Object.keys(set)) {
        const value = local[field];
        const given = base?.[field];
        const fromPsa =
          field === 'type' || field === 'location' ? !isBlank(given) && !drifted : sameValue(value, given);
        if (pending.includes(field) || !(isBlank(value) || fromPsa)) {
          expect(conflicts).toContainEqual({ field, local: value, psa: set[field] });
        }
      }
    });
  });

  it('what is logged is what fell', () => {
    holds(({ local, item, pending }, { conflicts, set }) => {
      for (const { field, local: fallen, psa } of conflicts) {
        expect(fallen).toEqual(local[field]);
        expect(psa).toEqual(item.local[field]);
        expect(field in set || pending.includes(field)).toBe(true);
      }
    });
  });

  it('a change in the PSA over a record that nobody touched is no conflict', () => {
    fc.assert(
      fc.property(cells, cells, (before, now) => {
        const item = planItem('contact', { psaId: '1', fields: column(now, 'psa'), local: column(now, 'local') });
        const switches = { drifted: false, twoWay: false, keepLocalWhenBlank: false, force: false };
        const base = column(before, 'psa');
        const local = column(before, 'local');
        fc.pre(!before.location.open && !now.location.open);
        expect(mergeFields({ kind: 'contact', item, base, local, pending: [], ...switches }).conflicts).toEqual([]);
      }),
    );
  });
});
