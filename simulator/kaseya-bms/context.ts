import type { Changeable } from '../changeable.ts';
import { Journal } from '../journal.ts';
import { toSeconds } from '../msp/epoch.ts';
import type { Product } from './products.ts';
import { release } from './release.ts';
import type { Settings } from './settings.ts';
import { createTables, type Name, type Row } from './tables.ts';

export const API_USER = 9;

/** What every handler works with. */
export class Context {
  readonly tables = createTables();
  readonly journal = new Journal();
  readonly product: Product;
  readonly now: () => number;
  readonly #settings: Changeable<Settings>;

  constructor(product: Product, settings: Changeable<Settings>, now: () => number) {
    this.product = product;
    this.#settings = settings;
    this.now = now;
  }

  get settings(): Settings {
    return this.#settings.now;
  }

  /** The marks of a write by the API's user, or by somebody else. */
  stamp(by: number = API_USER): { readonly modifiedBy: number; readonly modifiedOn: string } {
    return { modifiedBy: by, modifiedOn: toSeconds(this.now()) };
  }

  /** Adds a row with the next id; `asked` if it is what a request is about. */
  insert(name: Name, values: Readonly<Record<string, unknown>>, asked: boolean, by?: number): Row {
    const { modifiedBy, modifiedOn } = this.stamp(by);
    const id = this.tables.collection(name).nextId();
    const marks = { createdBy: modifiedBy, createdOn: modifiedOn, modifiedBy, modifiedOn };
    const row = this.tables.insert(name, { ...values, id, ...marks });
    if (asked) this.journal.own(name, id);
    return row;
  }

  /** Writes values into the row that a request is about. */
  update(name: Name, row: Row, values: Readonly<Record<string, unknown>>, by?: number): void {
    this.tables.update(name, row, { ...values, ...this.stamp(by) });
    this.journal.own(name, row.id);
  }

  /** Removes the row that a request is about, with what belongs to it. */
  remove(name: Name, row: Row): void {
    this.tables.remove(name, row);
    this.journal.own(name, row.id);
    release(this.tables, name, row);
  }
}
