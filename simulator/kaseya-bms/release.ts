import type { Main, Name, Row, Tables } from './tables.ts';

const OWNED = ['locations', 'contacts', 'assets'] as const;

/** Fields of other rows that hold the id of a row of each kind. */
const REFERENCES: Readonly<Partial<Record<Name, readonly (readonly [of: Main, field: string])[]>>> = {
  accounts: [['accounts', 'parentId']],
  locations: [
    ['contacts', 'locationId'],
    ['assets', 'accountLocationId'],
  ],
  contacts: [['assets', 'contactId']],
};

/** Takes along what belongs to a row that is gone; nothing else refers to it any more. */
export function release(tables: Tables, name: Name, row: Row): void {
  if (name === 'accounts') {
    for (const owned of OWNED) {
      for (const part of [...tables.collection(owned).by('accountId', row.id)]) tables.remove(owned, part);
    }
  }
  for (const [of, field] of REFERENCES[name] ?? []) {
    const rows =
      name === 'accounts'
        ? tables.collection(of).all()
        : tables.collection(of).by('accountId', Number(row['accountId']));
    for (const one of rows) if (one[field] === row.id) tables.update(of, one, { [field]: null });
  }
}
