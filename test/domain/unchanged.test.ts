import { describe, expect, it } from 'vitest';
import type { PlanLink } from '../../domain/plan-types.ts';
import { isUnchanged } from '../../domain/unchanged.ts';
import { contactItem, linkTo } from './samples.ts';

const item = contactItem('1', 'Ann', 'Lee');

describe('rule 19: a PSA record counts as unchanged', () => {
  it.each(['live', 'error'] as const)('when its link is %s and nothing differs', (state) => {
    expect(isUnchanged(linkTo(item, '10', { state }), item.hash)).toBe(true);
  });

  it.each<[string, Partial<PlanLink>]>([
    ['content, mapping or settings differ', { hash: 'other' }],
    ['the record was changed here', { drifted: true }],
    ['a reference is still open', { open: [{ field: 'location', target: 'location', psaId: '3' }] }],
    ['it was orphaned', { state: 'orphaned' }],
    ['it is disabled', { state: 'disabled' }],
    ['it is disconnected', { state: 'disconnected' }],
  ])('but not when %s', (_, over) => {
    expect(isUnchanged(linkTo(item, '10', over), item.hash)).toBe(false);
  });
});
