import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KINDS, type Kind } from '../../../domain/kinds.ts';
import type { PsaValues } from '../../../domain/values.ts';
import { MAPPING, READERS } from '../../../psa/connectwise/mapping.ts';

const id = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const text = fc.stringMatching(/^[a-z0-9 é🙂-]{0,12}[a-z0-9]$/u);
const json: fc.Arbitrary<unknown> = fc.jsonValue();
const unset = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const lookup = fc.record({ psaId: id.map(String), name: text });
const date = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));
const mac = fc.uint8Array({ minLength: 6, maxLength: 6 }).map((bytes) =>
  Buffer.from(bytes)
    .toString('hex')
    .replace(/..(?=.)/g, '$&:'),
);
const entry = { value: text, type: unset(text), primary: fc.constant(false) };
const firstIsPrimary = <T extends object>(entries: T[]) =>
  entries.map((one, index) => ({ ...one, primary: index === 0 }));

/** Canonical values by the transform that gives them. */
const CANONICAL: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  text: unset(text),
  longText: unset(text),
  rowName: unset(text),
  singleMac: unset(mac),
  date: unset(date),
  recordId: unset(id.map(String)),
  lookup: unset(lookup),
  firstLookup: unset(lookup),
  namedByText: unset(text.map((name) => ({ psaId: null, name }))),
  emails: fc.array(fc.record({ ...entry, value: text.map((name) => `${name}@x.com`) })).map(firstIsPrimary),
  phones: fc.array(fc.record({ ...entry, extension: unset(text) })).map(firstIsPrimary),
};

type Canonical = {
  psaId: string;
  name: string;
  value: string;
  type: string | null;
  extension?: string | null;
  primary: boolean;
};

/** ConnectWise's form of a canonical value: the way back, written apart from the code under test. */
const TO_CONNECTWISE: Readonly<Record<string, (value: never) => unknown>> = {
  text: (value: string) => value,
  longText: (value: string) => value,
  rowName: (value: string) => value,
  singleMac: (value: string) => value,
  date: (value: string) => `${value}T00:00:00Z`,
  recordId: (value: string) => Number(value),
  lookup: ({ psaId, name }: Canonical) => ({ id: Number(psaId), name }),
  firstLookup: ({ psaId, name }: Canonical) => [{ id: Number(psaId), name }],
  namedByText: ({ name }: Canonical) => name,
  emails: (entries: Canonical[]) => entries.map((one, index) => item(one, 'Email', index)),
  phones: (entries: Canonical[]) => entries.map((one, index) => item(one, 'Phone', 1_000 + index)),
};

function item({ value, type, extension, primary }: Canonical, communicationType: string, index: number) {
  return {
    id: index + 1,
    type: type === null ? {} : { id: 1, name: type },
    value,
    extension,
    defaultFlag: primary,
    communicationType,
  };
}

const canonicalOf = (kind: Kind) =>
  fc.record(
    Object.fromEntries(
      MAPPING[kind].map(({ field, transform, required }) => [field, required ? text : CANONICAL[transform]!]),
    ),
  ) as fc.Arbitrary<PsaValues>;

function toConnectWise(kind: Kind, fields: PsaValues): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const { field, path, transform } of MAPPING[kind]) {
    const [top = '', below] = path.split('/');
    const ours = fields[field];
    const theirs = ours === null ? null : TO_CONNECTWISE[transform]!(ours as never);
    if (below !== undefined) row[top] = { ...(row[top] as object | undefined), [below]: theirs };
    else if (Array.isArray(row[top]) && Array.isArray(theirs))
      row[top] = [...(row[top] as unknown[]), ...(theirs as unknown[])];
    else row[top] = theirs;
  }
  return row;
}

describe.each(KINDS)('any ConnectWise %s', (kind) => {
  const needed = new Set(['id', 'deletedFlag', ...MAPPING[kind].map(({ path }) => path.replace(/\/.*/u, ''))]);

  it('comes out as the values that went in', () => {
    fc.assert(
      fc.property(canonicalOf(kind), id, (fields, psaId) => {
        const { records, rejects } = READERS[kind].read([{ id: psaId, ...toConnectWise(kind, fields) }]);
        expect(rejects).toEqual([]);
        expect(records[0]).toMatchObject({ kind, psaId: String(psaId), fields });
      }),
    );
  });

  it('is never rejected, nor read differently, for a field that the mapping does not need', () => {
    const garbage = fc.dictionary(
      fc.string({ maxLength: 12 }).filter((name) => !needed.has(name)),
      json,
    );
    fc.assert(
      fc.property(canonicalOf(kind), garbage, (fields, other) => {
        const plain = { id: 1, ...toConnectWise(kind, fields) };
        expect(READERS[kind].read([{ ...other, ...plain }])).toEqual(READERS[kind].read([plain]));
      }),
    );
  });

  it('is never lost silently: each row of whatever JSON is a record or a reject', () => {
    const row: fc.Arbitrary<unknown> = fc.oneof(
      json,
      fc.record(Object.fromEntries([...needed].map((name) => [name, json])), { requiredKeys: [] }),
    );
    fc.assert(
      fc.property(fc.array(row), (rows: unknown[]) => {
        const { records, rejects } = READERS[kind].read(rows);
        expect(records.length + rejects.length).toBe(rows.length);
        for (const { reason } of rejects) expect(reason).not.toBe('');
      }),
    );
  });
});
