import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkValues } from '../../domain/check-values.ts';
import { fieldNames } from '../../domain/fields.ts';
import { type Kind, KINDS } from '../../domain/kinds.ts';

const problem = (kind: Kind, field: string, value: unknown) =>
  checkValues(kind, { [field]: value }).problems.map(({ code }) => code)[0];
const value = (kind: Kind, field: string, given: unknown) => checkValues(kind, { [field]: given }).values[field];

describe('checking values by their fields', () => {
  it('names every field that is wrong', () => {
    const { problems } = checkValues('configuration', {
      name: 7,
      installedAt: 'tomorrow',
      colour: 'red',
      notes: 'fine',
    });
    expect(problems.map(({ field, code }) => [field, code])).toEqual([
      ['name', 'wrong_type'],
      ['installedAt', 'wrong_type'],
      ['colour', 'unknown_field'],
    ]);
  });

  it('knows no field that objects have by themselves', () => {
    for (const field of ['constructor', 'toString', 'hasOwnProperty']) {
      expect(problem('contact', field, 'x')).toBe('unknown_field');
    }
    expect(checkValues('contact', JSON.parse('{"__proto__": {"name": "x"}}') as Record<string, unknown>)).toMatchObject(
      {
        problems: [{ field: '__proto__', code: 'unknown_field' }],
      },
    );
  });

  it('stores texts as a sync would: without NULs, with one kind of line end, blank ones as nothing', () => {
    expect(value('contact', 'notes', 'a\0b\r\nc')).toBe('ab\nc');
    expect(value('contact', 'title', '   ')).toBeNull();
  });

  it('limits texts; a MAC address to 17 characters', () => {
    expect(problem('configuration', 'macAddress', '00:1a:2b:3c:4d:5e')).toBeUndefined();
    expect(problem('configuration', 'macAddress', '00:1a:2b:3c:4d:5e,')).toBe('too_long');
    expect(problem('contact', 'title', 'x'.repeat(1001))).toBe('too_long');
    expect(problem('contact', 'notes', 'x'.repeat(1001))).toBeUndefined();
  });

  it('takes days that there are', () => {
    expect(value('configuration', 'installedAt', '2024-02-29')).toBe('2024-02-29');
    for (const day of ['2023-02-29', '2024-13-01', '0000-01-01', '2024-1-1', '2024-02-29T00:00:00Z', 20240229]) {
      expect(problem('configuration', 'installedAt', day)).toBe('wrong_type');
    }
  });

  it('takes ids that Postgres has room for', () => {
    expect(value('contact', 'organization', '9223372036854775807')).toBe('9223372036854775807');
    for (const id of ['9223372036854775808', '0', '-1', '01', '1.5', 'x', 12]) {
      expect(problem('contact', 'organization', id)).toBe('wrong_type');
    }
  });

  it('takes addresses and numbers whole, with at most one primary', () => {
    expect(value('contact', 'phones', [{ value: '1', extension: '' }])).toEqual([
      { value: '1', extension: null, type: null, primary: false },
    ]);
    const mail = { value: 'a@b.example', type: null, primary: true };
    expect(problem('contact', 'emails', [mail, mail])).toBe('wrong_type');
    expect(problem('contact', 'emails', [{ ...mail, extension: '1' }])).toBe('wrong_type');
    expect(problem('contact', 'emails', [{ ...mail, value: ' ' }])).toBe('required');
    expect(problem('contact', 'emails', Array(101).fill({ value: 'a', type: null, primary: false }))).toBe('too_long');
    expect(problem('contact', 'emails', 'a@b.example')).toBe('wrong_type');
  });

  it('says nothing of the values themselves', () => {
    const secret = 'correct horse battery staple';
    const { problems } = checkValues('contact', { important: secret, organization: secret, emails: [secret] });
    expect(problems).toHaveLength(3);
    expect(JSON.stringify(problems)).not.toContain('horse');
  });

  it('never throws, and what it lets through it lets through again, the same', () => {
    const field = fc.constantFrom(...KINDS.flatMap((kind) => fieldNames(kind)), 'constructor', 'x');
    const entry = fc.record({ value: fc.string(), type: fc.option(fc.string()), primary: fc.boolean() });
    const given = fc.dictionary(
      field,
      fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.array(entry), fc.constantFrom('2024-02-29', '7')),
    );
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), given, (kind, values) => {
        const once = checkValues(kind, values);
        expect(Object.keys(once.values).every((name) => fieldNames(kind).includes(name))).toBe(true);
        expect(Object.keys(once.values).length + once.problems.length).toBe(Object.keys(values).length);
        expect(checkValues(kind, once.values)).toEqual({ values: once.values, problems: [] });
        expect(JSON.stringify(once.values)).not.toMatch(/(?<!\\)\\u0000/u);
      }),
    );
  });
});
