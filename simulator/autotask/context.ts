import type { Changeable } from '../changeable.ts';
import { Journal } from '../journal.ts';
import { toSeconds } from '../msp/epoch.ts';
import { Collection, type StoredRow } from '../store/collection.ts';
import { Store } from '../store/store.ts';
import { ENTITIES } from './schema/entities.ts';
import { ENTITY_NAMES, type EntityName } from './schema/entity-name.ts';
import type { Settings } from './settings.ts';

/** What every handler works with. */
export class Context {
  readonly store = new Store<EntityName>(ENTITY_NAMES, (name) => new Collection(ENTITIES[name].indexes));
  readonly journal = new Journal();
  readonly #now: () => number;
  readonly #settings: Changeable<Settings>;

  constructor(settings: Changeable<Settings>, now: () => number) {
    this.#settings = settings;
    this.#now = now;
  }

  get settings(): Settings {
    return this.#settings.now;
  }

  /** The present time as rows hold it. */
  now(): string {
    return toSeconds(this.#now());
  }

  rowsOf(name: EntityName, companyId: number): readonly StoredRow[] {
    return this.store.collection(name).by('companyID', companyId);
  }
}
