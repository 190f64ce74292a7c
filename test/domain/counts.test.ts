import { describe, expect, it } from 'vitest';
import { addCounts, countActions, NO_COUNTS } from '../../domain/counts.ts';
import type { PlanAction } from '../../domain/plan-types.ts';
import { contactItem } from './samples.ts';

const item = contactItem('1', 'Ann', 'Lee');
const merged = { set: {}, conflicts: [], settled: [] };
const one: readonly PlanAction[] = [
  { type: 'create', item },
  { type: 'link', item, recordId: '1', rule: 'name', merged },
  { type: 'update', item, recordId: '1', revived: false, merged },
  { type: 'unchanged', item, recordId: '1', refresh: false, settled: [] },
  { type: 'review', item, reason: 'name_taken', candidateIds: [] },
  { type: 'outside', item, reason: 'contacts_off' },
];

describe('rule 9: counts', () => {
  it('hold every action once, with what was kept out and rejected before', () => {
    const each = { created: 1, linked: 1, updated: 1, unchanged: 1, review: 1 };
    expect(countActions(one, { outside: 4, rejected: 2 })).toEqual({ ...each, read: 12, outside: 5, rejected: 2 });
  });

  it('of an empty page are none', () => {
    expect(countActions([], { outside: 0, rejected: 0 })).toEqual(NO_COUNTS);
  });

  it('of two pages are their sum', () => {
    const page = countActions(one, { outside: 4, rejected: 2 });
    expect(addCounts(page, page)).toEqual(countActions([...one, ...one], { outside: 8, rejected: 4 }));
  });
});
