import { expect, it } from 'vitest';
import { needsApproval } from '../../domain/sweep.ts';

it.each([
  [0, 0, false],
  [20, 20, false],
  [21, 21, true],
  [21, 209, true],
  [21, 210, false],
  [100, 1000, false],
  [101, 1000, true],
])('rule 8: a sweep that would orphan %i of %i waits for approval: %s', (candidates, live, expected) => {
  expect(needsApproval({ candidates, live })).toBe(expected);
});
