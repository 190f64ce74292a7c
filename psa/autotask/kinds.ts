import type { Kind } from '../../domain/kinds.ts';
import { ENTITIES, type Entity } from './entities.ts';

/** The entity that a kind is read from. */
export const ENTITY_OF: Readonly<Record<Kind, Entity>> = {
  organization: ENTITIES.companies,
  location: ENTITIES.locations,
  contact: ENTITIES.contacts,
  configuration: ENTITIES.configurationItems,
};
