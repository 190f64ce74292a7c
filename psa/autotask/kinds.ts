import type { Kind } from '../../domain/kinds.ts';
import { SLOT_FIELDS } from './complete-rows.ts';
import { ENTITIES, type Entity } from './entities.ts';
import { READERS } from './mapping.ts';

/** The entity that a kind is read from. */
export const ENTITY_OF: Readonly<Record<Kind, Entity>> = {
  organization: ENTITIES.companies,
  location: ENTITIES.locations,
  contact: ENTITIES.contacts,
  configuration: ENTITIES.configurationItems,
};

/** Not a field of the entity. */
const MADE_UP = ['primaryLocation'];

/** What is asked for of a kind: the fields of its mapping, without what lies below an id, and a contact's other numbers. */
export function fieldsFor(kind: Kind): readonly string[] {
  const mapped = READERS[kind].selects
    .map((path) => path.split('/')[0] ?? path)
    .filter((field) => !MADE_UP.includes(field));
  return [...new Set(kind === 'contact' ? [...mapped, ...SLOT_FIELDS] : mapped)];
}
