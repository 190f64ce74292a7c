import { describe, expect, it } from 'vitest';
import { fits, findMatch } from '../../domain/match.ts';
import type { LocalValues } from '../../domain/values.ts';
import { contactRecord, planRecord } from './samples.ts';

const nobody: ReadonlySet<string> = new Set();
const ann = { firstName: 'Ann', lastName: 'Lee' };

describe('rule 5: finding the record of a PSA record', () => {
  it('one candidate is linked, by the rule of its kind', () => {
    const record = contactRecord('10', 'ann', 'LEE');
    expect(findMatch('contact', ann, [record], nobody)).toEqual({ found: 'one', record, rule: 'full_name' });
    const other = planRecord('11', {});
    const rules = (['organization', 'configuration', 'location'] as const).map((kind) =>
      findMatch(kind, {}, [other], nobody),
    );
    expect(rules).toMatchObject([{ rule: 'name' }, { rule: 'type_and_name' }, { rule: 'address' }]);
  });

  it('several candidates are no match', () => {
    const records = [contactRecord('10', 'Ann', 'Lee'), contactRecord('11', 'Ann', 'Lee')];
    expect(findMatch('contact', ann, records, nobody)).toEqual({ found: 'several', candidateIds: ['10', '11'] });
  });

  it('a linked, a claimed and a younger record are no candidates, but hold the name', () => {
    const records = [
      contactRecord('10', 'Ann', 'Lee', { linkedTo: '5' }),
      contactRecord('11', 'Ann', 'Lee'),
      contactRecord('12', 'Ann', 'Lee', { olderThanRun: false }),
    ];
    const match = findMatch('contact', ann, records, new Set(['11']));
    expect(match).toEqual({ found: 'taken', holderIds: ['10', '11', '12'] });
  });

  it('none is none', () => {
    expect(findMatch('contact', ann, [], nobody)).toEqual({ found: 'none' });
  });
});

describe('rule 5: configurations are told apart by serial and MAC', () => {
  const device = (over: LocalValues): LocalValues => ({ name: 'DC01', type: '7', ...over });

  it.each<[string, LocalValues, LocalValues]>([
    ['nothing but type and name', {}, {}],
    ['the same serial in another case', { serialNumber: 'abc1' }, { serialNumber: ' ABC1' }],
    ['a blank serial on one side', { serialNumber: 'abc1' }, { serialNumber: ' ' }],
    ['the same MAC written otherwise', { macAddress: '00:1A:2B:3C:4D:5E' }, { macAddress: '001a.2b3c.4d5e' }],
    ['a MAC that is none', { macAddress: '00:1A:2B:3C:4D:5E' }, { macAddress: 'n/a' }],
    ['a serial here and a MAC there', { serialNumber: 'abc1' }, { macAddress: '00:1A:2B:3C:4D:5E' }],
  ])('fits: %s', (_, a, b) => {
    expect(fits('configuration', device(a), device(b))).toBe(true);
    expect(fits('configuration', device(b), device(a))).toBe(true);
  });

  it.each<[string, LocalValues, LocalValues]>([
    ['two serials', { serialNumber: 'abc1' }, { serialNumber: 'abc2' }],
    ['two MACs', { macAddress: '00:1A:2B:3C:4D:5E' }, { macAddress: '00:1A:2B:3C:4D:5F' }],
    [
      'two serials in spite of one MAC',
      { serialNumber: 'abc1', macAddress: '001a2b3c4d5e' },
      { serialNumber: 'abc2', macAddress: '001a2b3c4d5e' },
    ],
    ['two types', { type: '7' }, { type: '8' }],
    ['two names', { name: 'DC01' }, { name: 'DC02' }],
  ])('never matches: %s', (_, a, b) => {
    expect(fits('configuration', device(a), device(b))).toBe(false);
    expect(fits('configuration', device(b), device(a))).toBe(false);
  });

  it('a record whose serial differs is no candidate beside one whose serial fits', () => {
    const fitting = planRecord('10', device({ serialNumber: 'abc1' }));
    const other = planRecord('11', device({ serialNumber: 'abc2' }));
    const match = findMatch('configuration', device({ serialNumber: 'ABC1' }), [other, fitting], nobody);
    expect(match).toEqual({ found: 'one', record: fitting, rule: 'type_and_name' });
  });
});

describe('rule 5: what fits in general', () => {
  it('serials and MACs count for configurations only', () => {
    expect(fits('organization', { name: 'A', serialNumber: '1' }, { name: 'a', serialNumber: '2' })).toBe(true);
  });

  it('two records without a name never fit', () => {
    expect(fits('contact', { firstName: '', lastName: null }, { firstName: null, lastName: '' })).toBe(false);
  });
});
