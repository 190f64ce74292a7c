import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Kind } from '../../domain/kinds.ts';
import { matchKey } from '../../domain/match-key.ts';
import type { LocalValues } from '../../domain/values.ts';
import { foldText } from '../../domain/normalise.ts';

const PARTS: readonly (readonly [Kind, readonly string[]])[] = [
  ['organization', ['name']],
  ['contact', ['firstName', 'lastName']],
  ['configuration', ['type', 'name']],
  ['location', ['name', 'address1', 'address2', 'city', 'region', 'country']],
];

/** Short texts over few letters, so that equal and nearly equal ones are common. */
const part = fc.oneof(
  fc.constant(null),
  fc.array(fc.constantFrom('a', 'A', 'b', ' ', '\n', 'ß', 'ss'), { maxLength: 4 }).map((letters) => letters.join('')),
);

describe.each(PARTS)('rule 5: the match key of a %s', (kind, fields) => {
  const values = fc.record(Object.fromEntries(fields.map((field) => [field, part])));

  it('is the same exactly when all parts are the same', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const [left, right] = [matchKey(kind, a), matchKey(kind, b)];
        fc.pre(left !== null && right !== null);
        const same = fields.every((field) => foldText(a[field] ?? '') === foldText(b[field] ?? ''));
        expect(left === right).toBe(same);
      }),
      { numRuns: 500 },
    );
  });

  it('is a signed 64-bit number', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const key = matchKey(kind, { name: `x${name}`, lastName: `x${name}`, type: '7' }) ?? '';
        expect(BigInt.asIntN(64, BigInt(key)).toString()).toBe(key);
      }),
    );
  });

  it('does not hear of other fields', () => {
    const given = Object.fromEntries(fields.map((field) => [field, 'x']));
    expect(matchKey(kind, { ...given, notes: 'other', organization: '5', serialNumber: '9' })).toBe(
      matchKey(kind, given),
    );
  });
});

describe('rule 5: a record that has no name', () => {
  it.each([
    ['organization', { name: ' ' }],
    ['contact', { firstName: null, lastName: '' }],
    ['configuration', { name: null, type: '7' }],
    ['location', { name: '', city: '\t' }],
  ] as const)('has no match key: %s', (kind, values) => {
    expect(matchKey(kind, values)).toBeNull();
  });

  it('has one as soon as some part of a contact name or an address is there', () => {
    expect(matchKey('contact', { firstName: 'Ann', lastName: null })).not.toBeNull();
    expect(matchKey('location', { name: null, address1: '1 High Street' })).not.toBeNull();
  });
});

describe('rule 5: the key of an address alone, for a PSA whose addresses have no names', () => {
  const key = (values: LocalValues) => matchKey('location', values, 'address_alone');
  const home = { address1: '1 High Street', city: 'York' };

  it('does not hear of the name, nor of the postal code', () => {
    expect(key({ ...home, name: 'Head office', postalCode: 'YO1' })).toBe(key({ ...home, address1: '1 HIGH  street' }));
    expect(key({ ...home, name: 'Head office' })).not.toBe(key({ ...home, name: 'Head office', city: 'Leeds' }));
  });

  it('is none for what has only a name', () => {
    expect(key({ name: 'Head office' })).toBeNull();
  });
});

it('rule 5: match keys are stored, so they never change', () => {
  expect(matchKey('organization', { name: 'Acme' })).toBe(matchKey('organization', { name: 'ACME ' }));
  expect([
    matchKey('organization', { name: 'Straße 7 GmbH' }),
    matchKey('contact', { firstName: 'Ann', lastName: 'Lee' }),
    matchKey('configuration', { name: 'DC01', type: '42' }),
    matchKey('location', { name: 'Main', address1: '1 High Street', city: 'York', country: 'UK' }),
    matchKey('location', { address1: '1 High Street', city: 'York', country: 'UK' }, 'address_alone'),
  ]).toMatchInlineSnapshot(`
    [
      "-2588690720366997029",
      "3589083388519426909",
      "4015551365587387672",
      "-6624270882525791442",
      "3332165123407455806",
    ]
  `);
});
