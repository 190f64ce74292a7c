import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KINDS } from '../../domain/kinds.ts';
import { recordHash } from '../../domain/record-hash.ts';
import type { PsaValue, PsaValues } from '../../domain/values.ts';

const text = fc.option(fc.string({ maxLength: 5 }));
const lookup = fc.option(fc.record({ psaId: text, name: fc.string({ maxLength: 3 }) }));
const phone = fc.record({ value: fc.string({ maxLength: 3 }), extension: text, type: text, primary: fc.boolean() });
const email = fc.record({ value: fc.string({ maxLength: 3 }), type: text, primary: fc.boolean() });
const contact = fc.record(
  {
    firstName: text,
    lastName: text,
    type: lookup,
    important: fc.option(fc.boolean()),
    emails: fc.array(email, { maxLength: 2 }),
    phones: fc.array(phone, { maxLength: 2 }),
  },
  { requiredKeys: [] },
);

/** The same value with the keys of every object the other way round, as a database may hand it back. */
function reversed<V>(value: V): V {
  if (Array.isArray(value)) return value.map(reversed) as V;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  ) as V;
}

const hashOf = (fields: PsaValues) => recordHash({ kind: 'contact', mappingVersion: 1, settings: 't-', fields });

describe('rule 19: the content hash', () => {
  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(contact, (fields) => {
        expect(hashOf(reversed(fields))).toBe(hashOf(fields));
      }),
    );
  });

  it('is the same exactly for the same content', () => {
    fc.assert(
      fc.property(contact, contact, (a, b) => {
        expect(hashOf(a) === hashOf(b)).toBe(fc.stringify(sorted(a)) === fc.stringify(sorted(b)));
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, PsaValues, PsaValues]>([
    ['a blank field and one that is not mapped', { title: null }, {}],
    ['the values of two fields', { firstName: 'Ann', lastName: 'Lee' }, { firstName: 'Lee', lastName: 'Ann' }],
    ['the name of a type', { type: { psaId: '1', name: 'Sales' } }, { type: { psaId: '1', name: 'Office' } }],
    ['a flag and a text', { important: true }, { important: 'true' }],
    ['the extension of a number', { phones: [call('1')] }, { phones: [call('2')] }],
    ['the order of addresses', { emails: [mail('a'), mail('b')] }, { emails: [mail('b'), mail('a')] }],
  ])('tells apart %s', (_, a, b) => {
    expect(hashOf(a)).not.toBe(hashOf(b));
  });

  it('changes with the mapping version, the settings and the kind', () => {
    const input = { kind: 'contact', mappingVersion: 1, settings: 't-', fields: { notes: 'x' } } as const;
    const variants = [
      ...KINDS.map((kind) => ({ ...input, kind })),
      { ...input, mappingVersion: 2 },
      { ...input, settings: '--' },
    ];
    expect(new Set(variants.map(recordHash)).size).toBe(variants.length);
  });

  it('is SHA-1 in base64url', () => {
    expect(hashOf({})).toMatch(/^[\w-]{27}$/u);
  });
});

function call(extension: string): { value: string; extension: string; type: null; primary: false } {
  return { value: '555', extension, type: null, primary: false };
}

function mail(value: string): { value: string; type: null; primary: false } {
  return { value, type: null, primary: false };
}

function sorted(fields: PsaValues): [string, PsaValue][] {
  return Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
}
