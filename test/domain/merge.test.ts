import { describe, expect, it } from 'vitest';
import { mergeFields, type MergeInput } from '../../domain/merge.ts';
import { planItem } from './samples.ts';

/** A configuration that was named `DC01` at the last sync and since then only differs as told; two-way is on. */
function merge({ psa, mine, ...over }: Partial<MergeInput> & { psa: string | null; mine: string | null }) {
  return mergeFields({
    kind: 'configuration',
    item: planItem('configuration', { psaId: '1', fields: { name: psa } }),
    base: { name: 'DC01' },
    local: { name: mine, hostname: 'only ours' },
    pending: [],
    drifted: mine !== 'DC01',
    twoWay: true,
    keepLocalWhenBlank: false,
    force: false,
    ...over,
  });
}

const nothing = { set: {}, conflicts: [], settled: [] };
const conflict = (local: string | null, psa: string | null) => ({ field: 'name', local, psa });

describe('rule 3: the base decides, field by field', () => {
  it('takes what the PSA changed, which is no conflict where nobody edited', () => {
    expect(merge({ psa: 'DC02', mine: 'DC01' })).toEqual({ ...nothing, set: { name: 'DC02' } });
  });

  it('lets a pending edit survive while the PSA has not moved', () => {
    expect(merge({ psa: 'DC01', mine: 'MINE', pending: ['name'] })).toEqual(nothing);
  });

  it('lets the PSA win once it moved, and logs the edit', () => {
    const fallen = { set: { name: 'DC02' }, conflicts: [conflict('MINE', 'DC02')], settled: ['name'] };
    expect(merge({ psa: 'DC02', mine: 'MINE', pending: ['name'] })).toEqual(fallen);
  });

  it('takes equal values for agreement, not conflict', () => {
    expect(merge({ psa: 'MINE', mine: 'MINE', pending: ['name'] })).toEqual({ ...nothing, settled: ['name'] });
    expect(merge({ psa: 'DC01', mine: 'DC01', pending: ['name'] })).toEqual({ ...nothing, settled: ['name'] });
  });

  it('takes what the PSA made of a list of ours for no conflict: a phone was given a type', () => {
    const phone = (type: string | null, primary: boolean) => [{ value: '555-01', extension: null, type, primary }];
    const phones = (mine: string | null) => ({
      kind: 'contact' as const,
      item: planItem('contact', { psaId: '1', fields: { phones: phone('Direct', true) } }),
      base: { phones: phone('Direct', true) },
      local: { phones: phone(mine, false) },
    });
    const given = { set: { phones: phone('Direct', true) }, conflicts: [], settled: [] };
    expect(merge({ psa: null, mine: null, ...phones(null) })).toEqual(given);
    const fallen = { field: 'phones', local: phone('Cell', false), psa: phone('Direct', true) };
    expect(merge({ psa: null, mine: null, ...phones('Cell') })).toEqual({ ...given, conflicts: [fallen] });
  });

  it('logs an edit that cleared a field when it falls', () => {
    const fallen = { set: { name: 'DC02' }, conflicts: [conflict(null, 'DC02')], settled: ['name'] };
    expect(merge({ psa: 'DC02', mine: null, pending: ['name'] })).toEqual(fallen);
  });

  it.each([
    ['two-way is off', { twoWay: false }],
    ['the link is new or reconnected', { base: null }],
    ['an orphan is revived', { force: true }],
  ])('lets the PSA win over a pending edit when %s', (_, over) => {
    const fallen = { set: { name: 'DC01' }, conflicts: [conflict('MINE', 'DC01')], settled: ['name'] };
    expect(merge({ psa: 'DC01', mine: 'MINE', pending: ['name'], ...over })).toEqual(fallen);
  });

  it('logs every value of ours that the first link replaces, but no blank', () => {
    expect(merge({ psa: 'DC01', mine: 'dc01', base: null }).conflicts).toEqual([conflict('dc01', 'DC01')]);
    expect(merge({ psa: 'DC01', mine: null, base: null })).toEqual({ ...nothing, set: { name: 'DC01' } });
  });

  it('takes a field that was mapped only now, and logs what it held', () => {
    expect(merge({ psa: 'DC01', mine: 'ours', base: {} }).conflicts).toEqual([conflict('ours', 'DC01')]);
  });
});

describe('rule 19: a full sync repairs drift', () => {
  it('puts back what was changed without a pending edit, and logs it', () => {
    expect(merge({ psa: 'DC01', mine: 'drift' })).toEqual({
      ...nothing,
      set: { name: 'DC01' },
      conflicts: [conflict('drift', 'DC01')],
    });
  });
});

describe('rule 4: blank PSA values', () => {
  const keep = { keepLocalWhenBlank: true };

  it('overwrite', () => {
    expect(merge({ psa: null, mine: 'DC01' })).toEqual({ ...nothing, set: { name: null } });
    expect(merge({ psa: null, mine: 'DC01', ...keep, keepLocalWhenBlank: false }).set).toEqual({ name: null });
  });

  it('overwrite nothing when the integration keeps local values', () => {
    expect(merge({ psa: null, mine: 'DC01', ...keep })).toEqual(nothing);
    expect(merge({ psa: null, mine: 'ours', ...keep, base: null })).toEqual(nothing);
  });

  it('leave a pending edit standing that they would have overruled', () => {
    expect(merge({ psa: null, mine: 'MINE', pending: ['name'], ...keep })).toEqual(nothing);
  });

  it('agree with blanks of any shape', () => {
    expect(merge({ psa: null, mine: '' })).toEqual(nothing);
  });
});

describe('rule 2: types, statuses and the like', () => {
  const typed = (base: string, psa: string, mine: string, drifted: boolean) =>
    mergeFields({
      kind: 'configuration',
      item: planItem('configuration', {
        psaId: '1',
        fields: { type: { psaId: psa, name: `type ${psa}` } },
        local: { type: `9${psa}` },
      }),
      base: { type: { psaId: base, name: 'as it was called' } },
      local: { type: mine },
      pending: [],
      drifted,
      twoWay: false,
      keepLocalWhenBlank: false,
      force: false,
    });

  it('take the new row; no conflict unless the record was changed here', () => {
    expect(typed('1', '2', '91', false)).toEqual({ ...nothing, set: { type: '92' } });
    expect(typed('1', '2', '95', true).conflicts).toEqual([{ field: 'type', local: '95', psa: '92' }]);
  });

  it('stay when the PSA only renamed the row', () => {
    expect(typed('1', '1', '91', false)).toEqual(nothing);
  });
});
