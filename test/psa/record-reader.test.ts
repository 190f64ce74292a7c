import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { MappingRow } from '../../psa/contract.ts';
import { createRecordReader } from '../../psa/record-reader.ts';
import { transform } from '../../psa/transform.ts';

const transforms = { text: transform({ reads: z.string(), toOurs: (value) => value }) };
const row = (field: string, path: string, name = 'text'): MappingRow => ({
  field,
  path,
  direction: 'both',
  transform: name,
});
const rows = [row('name', 'name'), row('region', 'state/name'), row('country', 'state/country')];
const reader = createRecordReader({ kind: 'location', rows, transforms, gated: false });

describe('reading the rows of a page', () => {
  it('reads several fields below one reference', () => {
    const { records } = reader.read([{ id: 1, name: 'Main', state: { name: 'Florida', country: 'US' } }]);
    expect(records[0]?.fields).toEqual({ name: 'Main', region: 'Florida', country: 'US' });
    expect(reader.selects).toEqual(['id', 'name', 'state/name', 'state/country']);
  });

  it('rejects a row by the names of its fields and goes on with the others', () => {
    const bad = { id: 2, name: 7, state: { name: [] } };
    const { records, rejects } = reader.read([{ id: 1, name: 'Main' }, bad, { id: 3, name: 'Depot' }]);
    expect(records.map(({ psaId }) => psaId)).toEqual(['1', '3']);
    expect(rejects).toEqual([
      {
        psaId: '2',
        reason:
          'name is a number, where a text belongs; state/name is a list, where a text belongs. Correct it in the PSA; the next sync reads it again.',
        raw: JSON.stringify(bad),
      },
    ]);
  });

  it.each([
    ['no row at all', null, null],
    ['a text', 'row', null],
    ['no id', { name: 'Main' }, null],
    ['an id as text', { id: '13' }, null],
    ['an id below one', { id: 0 }, null],
    ['an id that JSON has rounded', JSON.parse('{"id": 9007199254740993}') as unknown, null],
  ])('rejects %s', (_what, bad, psaId) => {
    const { records, rejects } = reader.read([bad]);
    expect(records).toEqual([]);
    expect(rejects).toMatchObject([
      { psaId, reason: expect.stringMatching(/^(id|the row) is .*Look at the row/) as string },
    ]);
  });

  it('finds the id where the PSA has it, 0 and texts included where those are ids', () => {
    const id = { field: 'AccountNumber', schema: z.union([z.int().nonnegative(), z.string().min(1)]) };
    const own = createRecordReader({ kind: 'location', rows: [row('name', 'Name')], transforms, gated: false, id });
    const { records, rejects } = own.read([
      { AccountNumber: 0, Name: 'Ours' },
      { AccountNumber: 'c7', Name: 'Home' },
      { AccountNumber: -1, Name: 'Lost' },
    ]);
    expect(records.map(({ psaId }) => psaId)).toEqual(['0', 'c7']);
    expect(rejects).toMatchObject([{ psaId: null }]);
    expect(own.selects).toEqual(['AccountNumber', 'Name']);
    expect(own.idOf({ AccountNumber: 0 })).toBe('0');
  });

  it('needs what is required, below a reference too', () => {
    const needed = [{ ...row('region', 'state/name'), required: true as const }];
    const strict = createRecordReader({ kind: 'location', rows: needed, transforms, gated: false });
    const { records, rejects } = strict.read([
      { id: 1 },
      { id: 2, state: { name: '' } },
      { id: 3, state: { name: 'Florida' } },
    ]);
    expect(records.map(({ psaId }) => psaId)).toEqual(['3']);
    expect(rejects.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^state is missing\. /),
      expect.stringMatching(/^state\/name is blank\. /),
    ]);
  });

  it('names at most three fields and counts the rest', () => {
    const many = ['name', 'address1', 'address2', 'city', 'region'].map((field) => row(field, field));
    const wide = createRecordReader({ kind: 'location', rows: many, transforms, gated: false });
    const { rejects } = wide.read([{ id: 1, name: 1, address1: 1, address2: 1, city: 1, region: 1 }]);
    expect(rejects[0]?.reason).toMatch(/^name is [^;]*; address1 is [^;]*; address2 is [^;]*; and 2 more\. /);
  });

  it('keeps a rejected row in a form that can be stored, cut to a bounded size', () => {
    const { rejects } = reader.read([{ id: 1, name: ['\0\ud83d', '🙂'.repeat(5_000)] }]);
    const raw = rejects[0]?.raw ?? '';
    expect(raw.length).toBeLessThanOrEqual(4_000);
    expect(Buffer.from(raw).toString()).toBe(raw);
    expect(raw).not.toContain('\0');
  });

  it('tells the developer of a row that names no transform or goes too deep', () => {
    const make = (bad: MappingRow) => () =>
      createRecordReader({ kind: 'location', rows: [bad], transforms, gated: false });
    expect(make(row('name', 'name', 'upper'))).toThrow('the transform upper, which does not exist');
    expect(make(row('name', 'a/b/c'))).toThrow('at most two levels');
  });
});
