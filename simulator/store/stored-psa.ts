import type { Journal } from '../journal.ts';
import type { SimulatedPsa } from '../psa.ts';
import type { Collection, StoredRow } from './collection.ts';
import { DataFile, type DataFileOptions } from './data-file.ts';
import { recordChange, type StoredForm } from './record-change.ts';
import type { Store } from './store.ts';

/** What of a simulated PSA is the same wherever rows lie in a store. */
type StoredPsa = Pick<SimulatedPsa, 'counts' | 'rows' | 'journal' | 'clearJournal'> & {
  /** Back to the seeded data, with an empty journal and data file. */
  resetRows(): void;
};

export interface StoredPsaOptions<Name extends string, Row extends StoredRow> extends DataFileOptions<Name, Row> {
  readonly journal: Journal;
  /** Fills the empty store. */
  readonly seedRows: () => void;
  /** File that keeps every change; see `DataFile`. */
  readonly dataFile?: string | undefined;
  readonly form?: StoredForm;
  /** A row as the API serves it. */
  readonly serve: (name: Name, row: Row) => object;
}

/** Seeds a store, brings back what its data file keeps, and notes every later change in file and journal. */
export function createStoredPsa<Name extends string, Row extends StoredRow>(
  store: Store<Name, Row, Collection<Row>>,
  options: StoredPsaOptions<Name, Row>,
): StoredPsa {
  const { journal, seedRows, dataFile, form, serve } = options;
  seedRows();
  const kept = dataFile === undefined ? undefined : new DataFile(dataFile, options);
  kept?.attach(store);
  store.listen((change) => journal.add(recordChange(change, form)));

  function* served(name: Name): Iterable<object> {
    for (const row of store.collection(name).all()) yield serve(name, row);
  }
  return {
    counts: () => Object.fromEntries(store.names.map((name) => [name, store.collection(name).size])),
    rows: (name) => (store.has(name) ? served(name) : undefined),
    journal: (filter) => journal.read(filter),
    clearJournal: () => journal.clear(),
    resetRows: () => {
      store.clear();
      store.quietly(seedRows);
      kept?.clear();
      journal.clear();
    },
  };
}
