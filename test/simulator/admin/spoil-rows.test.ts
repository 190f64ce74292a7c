import { describe, expect, it } from 'vitest';
import { corruptRows, withoutRows } from '../../../simulator/admin/spoil-rows.ts';
import { PSAS, type PsaName } from '../../../simulator/psas.ts';

type Row = Readonly<Record<string, unknown>>;

/** A collection of each shape, the envelope of its list, and the fields that hold a row's id and say what it is. */
const LISTS: readonly [PsaName, collection: string, envelope: string, id: string, label: string][] = [
  ['connectwise', 'companies', '', 'id', 'name'],
  ['connectwise', 'contacts', '', 'id', 'firstName'],
  ['autotask', 'Companies', 'items', 'id', 'companyName'],
  ['autotask', 'ConfigurationItems', 'items', 'id', 'referenceTitle'],
  ['kaseya-bms', 'accounts', 'result', 'id', 'accountName'],
  ['kaseya-bms', 'contacts', 'result', 'id', 'firstName'],
  ['tigerpaw', 'accounts', 'Accounts', 'AccountNumber', 'Account/Name'],
  ['tigerpaw', 'contacts', 'Contacts', 'ContactNumber', 'Contact/FirstName'],
];

const rowsOf = (name: PsaName, collection: string): Row[] => [
  ...(PSAS[name]({ size: 2_000, seed: 1, now: Date.now }).rows(collection) as Iterable<Row>),
];

const at = (row: Row, path: string): unknown =>
  path.split('/').reduce<unknown>((value, field) => (value as Row)[field], row);

describe('a spoilt row', () => {
  it.each(LISTS)('of %s %s has no id, or no text where it says what it is', (name, collection, envelope, id, label) => {
    const rows = rowsOf(name, collection);
    const list = envelope === '' ? rows : { success: true, [envelope]: rows, total: rows.length };
    const { json } = corruptRows({ status: 200, json: list }, 1);
    const spoilt = (envelope === '' ? json : (json as Row)[envelope]) as Row[];
    const texts = spoilt.filter((row) => row[id] !== 'abc').map((row) => at(row, label));
    expect(spoilt).toHaveLength(rows.length);
    expect(texts.length).toBeLessThan(rows.length);
    expect(new Set(texts.map((text) => (text === null ? 'null' : typeof text)))).toEqual(
      new Set(['null', 'number', 'object', 'undefined']),
    );
  });

  it('is one of a list: a single record keeps the lists that are in it', () => {
    const [account] = rowsOf('kaseya-bms', 'accounts');
    for (const json of [account, { success: true, error: null, result: account }]) {
      expect(corruptRows({ status: 200, json }, 1).json).toEqual(json);
      expect(withoutRows({ status: 200, json }).json).toEqual(json);
    }
  });
});
