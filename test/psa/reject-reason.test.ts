import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { rejectReason } from '../../psa/reject-reason.ts';

function reasonOf(schema: z.ZodType, row: unknown): string {
  const { error } = schema.safeParse(row);
  return error ? rejectReason(row, error, 'id') : 'is taken';
}

const SCHEMA = z.object({
  id: z.int().positive(),
  name: z.string(),
  active: z.boolean(),
  count: z.int(),
  items: z.array(z.object({ kind: z.enum(['Email', 'Fax']) })),
});
const GOOD = { id: 1, name: 'Acme', active: true, count: 3, items: [{ kind: 'Email' }] };

describe('why a row is set aside', () => {
  it.each([
    [{ name: 7 }, 'name is a number, where a text belongs'],
    [{ name: {} }, 'name is an object, where a text belongs'],
    [{ name: null }, 'name is empty'],
    [{ name: undefined }, 'name is missing'],
    [{ active: 'yes' }, 'active is a text, where true or false belongs'],
    [{ count: 1.5 }, 'count is a number, where a whole number belongs'],
    [{ items: 'none' }, 'items is a text, where a list belongs'],
    [{ items: [{ kind: 'Pager' }] }, 'items/0/kind is none of Email, Fax'],
  ])('names the field, the sort of thing that came, and what to do: %j', (change, words) => {
    expect(reasonOf(SCHEMA, { ...GOOD, ...change })).toBe(
      `${words}. Correct it in the PSA; the next sync reads it again.`,
    );
  });

  it.each([['a text'], [{ ...GOOD, id: 'x' }], [{ ...GOOD, id: 0 }]])(
    'sends nobody to the PSA for what is no record of it: %j',
    (row) => {
      expect(reasonOf(SCHEMA, row)).toMatch(/between the PSA and psa-sync/);
    },
  );

  it('holds no value', () => {
    const canary = 'CANARY-7f3a';
    const value = fc.oneof(fc.constant(canary), fc.constant([canary]), fc.constant({ [canary]: canary }));
    const row = fc.dictionary(fc.constantFrom(...Object.keys(GOOD)), value, { minKeys: 1 });
    fc.assert(fc.property(row, (changes) => !reasonOf(SCHEMA, { ...GOOD, ...changes }).includes(canary)));
  });
});
