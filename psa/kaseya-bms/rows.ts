type Row = Readonly<Record<string, unknown>>;

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A row of a list that stands in two fields, as one value; the names of both, by the field that mapping reads. */
type Pairs = Readonly<Record<string, string>>;

/** Puts the id of a chosen row to its name: `categoryId: 3, category: "Server"` is `category: {id: 3, name: "Server"}`. */
function paired(row: unknown, pairs: Pairs): unknown {
  if (!isRow(row)) return row;
  const values = Object.entries(pairs).map(([name, id]) => [name, { id: row[id] ?? null, name: row[name] ?? null }]);
  return { ...row, ...(Object.fromEntries(values) as Row) };
}

/** Rows as the mapping reads them. Nothing is checked here: what is not as it should be is rejected by the reader. */
export const accountRow = (row: unknown): unknown => paired(row, { accountType: 'accountTypeId' });

export const assetRow = (row: unknown): unknown =>
  paired(row, { category: 'categoryId', manufacturer: 'manufacturerId' });

/** The locations of an account, each with its main address in the place of all of them. */
export function locationRows(account: unknown): unknown[] {
  if (!isRow(account)) return [account];
  const { id, locations } = account;
  if (locations === null || locations === undefined) return [];
  if (!Array.isArray(locations)) return [locations];
  return locations.map((location: unknown) =>
    isRow(location) ? { ...location, accountId: id, addresses: mainOf(location['addresses']) } : location,
  );
}

function mainOf(addresses: unknown): unknown {
  if (!Array.isArray(addresses)) return addresses;
  const rows: readonly unknown[] = addresses;
  return rows.find((address) => isRow(address) && address['isMain'] === true) ?? rows[0] ?? null;
}
