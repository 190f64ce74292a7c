import { describe, expect, it } from 'vitest';
import { isBlank, sameValue, type PsaValue } from '../../domain/values.ts';

const phone = { value: '1', extension: null, type: 'Work', primary: true };

describe('the same value', () => {
  it.each<[string, PsaValue | undefined, PsaValue | undefined]>([
    ['two texts', 'a', 'a'],
    ['all blanks', null, ''],
    ['no list and an empty list', undefined, []],
    [
      'entries whose keys come back in another order',
      [phone],
      [{ primary: true, type: 'Work', value: '1', extension: null }],
    ],
    ['a type that was renamed', { psaId: '1', name: 'Lead' }, { psaId: '1', name: 'Prospect' }],
    ['a row known by name alone', { psaId: null, name: 'X1' }, { name: 'X1', psaId: null }],
  ])('%s', (_, a, b) => {
    expect(sameValue(a, b)).toBe(true);
    expect(sameValue(b, a)).toBe(true);
  });

  it.each<[string, PsaValue | undefined, PsaValue | undefined]>([
    ['texts in another case', 'a', 'A'],
    ['false and blank', false, null],
    ['a flag and a text', true, 'true'],
    ['entries in another order', [phone, { ...phone, value: '2' }], [{ ...phone, value: '2' }, phone]],
    ['another extension', [phone], [{ ...phone, extension: '7' }]],
    ['one entry more', [phone], [phone, phone]],
    ['two types of one name', { psaId: '1', name: 'Lead' }, { psaId: '2', name: 'Lead' }],
    ['two rows known by name alone', { psaId: null, name: 'X1' }, { psaId: null, name: 'X2' }],
    ['a row and a text', { psaId: '1', name: 'Lead' }, '1'],
    ['a row and entries', { psaId: '1', name: 'Lead' }, [phone]],
  ])('not %s', (_, a, b) => {
    expect(sameValue(a, b)).toBe(false);
    expect(sameValue(b, a)).toBe(false);
  });
});

it('a value is blank when a person would see nothing, and "no" is something', () => {
  expect([null, undefined, '', []].map(isBlank)).toEqual([true, true, true, true]);
  expect(['0', false, [phone], { psaId: null, name: 'x' }].map(isBlank)).toEqual([false, false, false, false]);
});
