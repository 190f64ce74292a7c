import type { Changeable } from '../changeable.ts';
import { Journal } from '../journal.ts';
import type { CollectionName } from './schema/collection-name.ts';
import type { Settings } from './settings.ts';
import { toSeconds } from '../msp/epoch.ts';
import type { Row, Stamp } from './store/row.ts';
import { Store } from './store/store.ts';
import { View } from './read/view.ts';

/** A saved record, as callbacks tell it. */
export interface RecordEvent {
  readonly action: 'added' | 'updated' | 'deleted';
  readonly collection: CollectionName;
  readonly row: Row;
  /** Identifier of the member who did it. */
  readonly by: string;
}

/** What every handler works with. */
export class Context {
  /** Told of every record that is saved through the API or the admin side. */
  announce: (event: RecordEvent) => void = () => undefined;
  readonly store = new Store();
  readonly journal = new Journal();
  readonly now: () => number;
  readonly #settings: Changeable<Settings>;
  #views = new Map<CollectionName, View>();

  constructor(settings: Changeable<Settings>, now: () => number) {
    this.#settings = settings;
    this.now = now;
  }

  get settings(): Settings {
    return this.#settings.now;
  }

  /** Throws away what was worked out under other settings. */
  settingsChanged(): void {
    this.#views = new Map();
    this.store.revision++;
  }

  view(name: CollectionName): View {
    let view = this.#views.get(name);
    if (!view) {
      view = new View(name, this.store, this.settings);
      this.#views.set(name, view);
    }
    return view;
  }

  /** The row of the API's own member. */
  memberId(): number | undefined {
    const members = this.store.collection('members').all();
    return members.find((row) => row['identifier'] === this.settings.member)?.id;
  }

  /** Marks a record as updated because something that belongs to it was. */
  touch(collection: CollectionName, id: number, stamp: Stamp): void {
    const row = this.store.get(collection, id);
    if (!row || !this.settings.partsTouchParent) return;
    this.store.update(collection, row, {}, stamp);
    this.announce({ action: 'updated', collection, row, by: stamp.by });
  }

  /** The mark of a write by the API's member, or by somebody else. */
  stamp(by: string = this.settings.member): Stamp {
    return { at: toSeconds(this.now()), by };
  }
}
