import { describe, expect, it } from 'vitest';
import { line } from '../../bench/floor/copy-page.ts';
import { FLOOR_TABLES } from '../../bench/psas/measured.ts';
import { KINDS } from '../../domain/kinds.ts';
import { RECORD_TABLES } from '../../db/record-tables.ts';
import { MAPPING } from '../../psa/connectwise/mapping.ts';

describe("a line of Postgres's COPY", () => {
  it('keeps what would end a field or a line', () => {
    expect(line(['a\tb\nc\\d', null, 5, { text: 'x"y' }])).toBe('a\\tb\\nc\\\\d\t\\N\t5\t{"text":"x\\\\"y"}\n');
  });
});

describe.each(KINDS)('the floor of %ss', (kind) => {
  it('fills every column that a sync fills, and no other', () => {
    const mapped = new Set<string>(MAPPING[kind].map(({ field }) => field));
    const filled = RECORD_TABLES[kind].columns.filter(({ field }) => mapped.has(field)).map(({ column }) => column);
    expect([...FLOOR_TABLES[kind].columns].sort()).toEqual(filled.sort());
  });

  it('has a value for every column, and keeps every mapped field in the base', () => {
    const { base, values } = FLOOR_TABLES[kind].of({ id: 1, name: 'x' });
    expect(values).toHaveLength(FLOOR_TABLES[kind].columns.length);
    expect(Object.keys(base).sort()).toEqual(MAPPING[kind].map(({ field }) => field).sort());
  });
});
