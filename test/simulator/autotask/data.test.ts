import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAutotask } from '../../../simulator/autotask/index.ts';
import { ENTITIES } from '../../../simulator/autotask/schema/entities.ts';
import { ENTITY_NAMES } from '../../../simulator/autotask/schema/entity-name.ts';
import type { SimulatedPsa } from '../../../simulator/psa.ts';
import type { Json } from './api-client.ts';

const everything = (psa: SimulatedPsa): string =>
  JSON.stringify(Object.keys(psa.counts()).map((name) => [...(psa.rows(name) ?? [])]));
const rowsOf = (psa: SimulatedPsa, name: string): Json[] => [...(psa.rows(name) ?? [])] as Json[];
const MUTATION = { seed: 1, insert: 20, change: 40, delete: 10, merge: 2 };

describe('the made-up MSP', () => {
  const psa = createAutotask({ size: 5000, seed: 3, now: Date.now });

  it('is the same for the same size and seed, also after a reset', () => {
    const again = createAutotask({ size: 5000, seed: 3, now: () => 0 });
    expect(everything(again)).toBe(everything(psa));
    again.mutate(MUTATION);
    expect(everything(again)).not.toBe(everything(psa));
    again.reset();
    expect(everything(again)).toBe(everything(psa));
  });

  it('has one primary location for each company, with unique names inside it', () => {
    const locations = rowsOf(psa, 'CompanyLocations');
    const primaries = locations.filter((row) => row['isPrimary']).map((row) => row['companyID']);
    expect(new Set(primaries).size).toBe(primaries.length);
    expect(primaries).toHaveLength(psa.counts()['Companies'] ?? 0);
    const names = locations.map((row) => `${String(row['companyID'])}/${String(row['name']).toLowerCase()}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it('has every company type but none of number 5, inactive rows, and devices without a title', () => {
    const types = new Set(rowsOf(psa, 'Companies').map((row) => row['companyType']));
    expect([...types].toSorted()).toEqual([1, 2, 3, 4, 6, 7, 8]);
    expect(rowsOf(psa, 'Contacts').some((row) => row['isActive'] === 0)).toBe(true);
    for (const name of ['Companies', 'CompanyLocations', 'ConfigurationItems'])
      expect(rowsOf(psa, name).some((row) => row['isActive'] === false)).toBe(true);
    expect(rowsOf(psa, 'ConfigurationItems').some((row) => row['referenceTitle'] === null)).toBe(true);
  });

  it('keeps every change in a data file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'simulator-test-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const options = { size: 200, seed: 4, dataFile: join(folder, 'changes.jsonl'), now: Date.now };
    const first = createAutotask(options);
    first.mutate(MUTATION);
    expect(everything(createAutotask(options))).toBe(everything(first));
  });

  it('merges companies with all that they have, and leaves nothing pointing at what is gone', () => {
    const merged = createAutotask({ size: 2000, seed: 5, now: Date.now });
    const before = merged.counts();
    const { merged: pairs } = merged.mutate({ ...MUTATION, insert: 0, change: 0, delete: 0, merge: 10 });
    expect(pairs).toHaveLength(10);
    expect(merged.counts()).toEqual({ ...before, Companies: (before['Companies'] ?? 0) - pairs.length });
    const idsOf = (name: string) => new Set(rowsOf(merged, name).map((row) => row['id']));
    for (const { from } of pairs) expect(idsOf('Companies').has(from)).toBe(false);
    for (const name of ENTITY_NAMES) {
      for (const [field, { to }] of Object.entries(ENTITIES[name].fields)) {
        if (!to) continue;
        const there = idsOf(to);
        const astray = rowsOf(merged, name).filter((row) => row[field] !== null && !there.has(row[field]));
        expect([name, field, astray]).toEqual([name, field, []]);
      }
    }
  });
});
