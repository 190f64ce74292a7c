import { Collection as SharedCollection } from '../../store/collection.ts';
import type { CollectionSpec } from '../schema/collections.ts';
import { referredId, textOf, type Reference, type Row } from './row.ts';

/** The vendor's links are not to be followed: another host, a release of its own, a double slash. */
export const LINK_BASE = 'https://api-na.myconnectwise.net/v4_6_release/apis/3.0/';

/** One table, with the objects that stand for its rows in others; found by id and by the parents its specification names. */
export class Collection extends SharedCollection<Row> {
  readonly spec: CollectionSpec;
  readonly #references = new Map<number, Reference>();

  constructor(spec: CollectionSpec) {
    super(spec.indexes, (value) => (typeof value === 'number' ? value : referredId(value)));
    this.spec = spec;
  }

  override change(row: Row, values: Readonly<Record<string, unknown>>): void {
    super.change(row, values);
    const reference = this.#references.get(row.id);
    if (reference) Object.assign(reference, this.#describe(row));
  }

  override remove(row: Row): void {
    super.remove(row);
    this.#references.delete(row.id);
  }

  /** The shared object that stands for this row in others. */
  reference(row: Row): Reference {
    let reference = this.#references.get(row.id);
    if (!reference) {
      reference = this.#describe(row);
      this.#references.set(row.id, reference);
    }
    return reference;
  }

  #describe(row: Row): Reference {
    const { identifier, whole, href, singular, label, shownAs = 'name' } = this.spec;
    if (whole) return { ...row, name: textOf(row[label]), _info: {} };
    const shown = singular === 'Contact' ? [row['firstName'], row['lastName']].filter(Boolean).join(' ') : row[label];
    const reference: Reference = { id: row.id, [shownAs]: textOf(shown) };
    if (identifier) reference.identifier = textOf(row[identifier]);
    if (href) {
      const path = href.replace('{id}', String(row.id)).replace('{company}', String(referredId(row['company'])));
      const name = `${singular.charAt(0).toLowerCase()}${singular.slice(1)}_href`;
      reference._info = { [name]: LINK_BASE + path };
    }
    return reference;
  }
}
