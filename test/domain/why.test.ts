import { describe, expect, it } from 'vitest';
import type { PlanAction } from '../../domain/plan-types.ts';
import { explain, WHY_LINKED, WHY_OUTSIDE, WHY_REVIEW } from '../../domain/why.ts';
import { contactItem } from './samples.ts';

const item = contactItem('1', 'Ann', 'Lee');
const merged = { set: {}, conflicts: [], settled: [] };

describe('rule 10: a plan in plain words', () => {
  it.each<[PlanAction, string]>([
    [{ type: 'create', item }, 'No record fits it, so one is created.'],
    [
      { type: 'link', item, recordId: '7', rule: 'full_name', merged },
      'Linked to record 7: same organization, first and last name.',
    ],
    [{ type: 'update', item, recordId: '7', revived: false, merged }, 'Record 7 takes its values.'],
    [{ type: 'update', item, recordId: '7', revived: true, merged }, 'It is back, so record 7 syncs again.'],
    [{ type: 'unchanged', item, recordId: '7', refresh: true, settled: [] }, 'Record 7 already has its values.'],
    [{ type: 'review', item, reason: 'name_taken', candidateIds: [] }, WHY_REVIEW.name_taken],
    [{ type: 'outside', item, reason: 'contacts_off' }, WHY_OUTSIDE.contacts_off],
  ])('%#', (action, words) => {
    expect(explain(action)).toBe(words);
  });

  it('shows no code and no name from the program', () => {
    const words = [WHY_OUTSIDE, WHY_REVIEW, WHY_LINKED].flatMap((table) => Object.values<string>(table));
    for (const sentence of words) expect(sentence).toMatch(/^[\w ,.]+$/u);
    for (const sentence of words) expect(sentence).not.toContain('_');
  });
});
