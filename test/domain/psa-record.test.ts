import fc from 'fast-check';
import { expect, it } from 'vitest';
import { comparePsaIds } from '../../domain/psa-record.ts';

it('rule 5: PSA ids are ordered as numbers, of any length', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), fc.bigInt({ min: 0n, max: 10n ** 30n }), (a, b) => {
      expect(Math.sign(comparePsaIds(a.toString(), b.toString()))).toBe(a < b ? -1 : a > b ? 1 : 0);
    }),
  );
});
