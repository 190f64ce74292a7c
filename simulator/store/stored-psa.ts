import type { Journal } from '../journal.ts';
import type { RawRow, SimulatedPsa } from '../psa.ts';
import type { Collection, StoredRow } from './collection.ts';
import { DataFile, type DataFileOptions } from './data-file.ts';
import { recordChange, type StoredForm } from './record-change.ts';
import type { Store } from './store.ts';

/** What of a simulated PSA is the same wherever rows lie in a store. */
type StoredPsa = Pick<SimulatedPsa, 'counts' | 'rows' | 'putRows' | 'deleteRows' | 'journal' | 'clearJournal'> & {
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
  /** What else is written with a row that the admin side writes past all validation; it may refuse it. Default: nothing. */
  readonly marks?: (name: Name, raw: RawRow, known: Row | undefined) => Readonly<Record<string, unknown>>;
  /** Takes along what a removed row leaves behind. Default: nothing. */
  readonly removed?: (name: Name, row: Row) => void;
}

/** Seeds a store, brings back what its data file keeps, and notes every later change in file and journal. */
export function createStoredPsa<Name extends string, Row extends StoredRow>(
  store: Store<Name, Row, Collection<Row>>,
  options: StoredPsaOptions<Name, Row>,
): StoredPsa {
  const { journal, seedRows, dataFile, form, serve, marks, removed } = options;
  seedRows();
  const kept = dataFile === undefined ? undefined : new DataFile(dataFile, options);
  kept?.attach(store);
  store.listen((change) => journal.add(recordChange(change, form)));

  function* served(name: Name): Iterable<object> {
    for (const row of store.collection(name).all()) yield serve(name, row);
  }
  function known(name: string): Name {
    if (store.has(name)) return name;
    throw new Error(`No collection "${name}". There are: ${store.names.join(', ')}.`);
  }

  return {
    counts: () => Object.fromEntries(store.names.map((name) => [name, store.collection(name).size])),
    rows: (name) => (store.has(name) ? served(name) : undefined),
    putRows: (collection, rows) => {
      const name = known(collection);
      return rows.map((raw) => {
        const id = raw.id ?? store.collection(name).nextId();
        const before = store.get(name, id);
        store.put(name, { ...before, ...marks?.(name, raw, before), ...raw, id } as Row);
        return id;
      });
    },
    deleteRows: (collection, ids) => {
      const name = known(collection);
      const rows = ids.flatMap((id) => store.get(name, id) ?? []);
      for (const row of rows) {
        store.remove(name, row);
        removed?.(name, row);
      }
      return rows.length;
    },
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
