import type { Name, Row, Tables } from './tables.ts';

/** What is gone takes along the people in it, and is no account's parent any more. */
export function release(tables: Tables, name: Name, { id }: Row): void {
  if (name !== 'accounts') return;
  for (const person of [...tables.collection('contacts').by('AccountNumber', id)]) tables.remove('contacts', person);
  for (const account of tables.collection('accounts').all()) {
    if (account['ParentAccountNumber'] === id) tables.update('accounts', account, { ParentAccountNumber: null });
  }
}
