import type { EntityName } from './entity-name.ts';
import type { Fields } from './field.ts';

interface UdfDefinition {
  readonly name: string;
  readonly type: 'string' | 'number' | 'datetime';
  readonly length?: number;
}

/** An entity: its fields, and what the API lets people do with it. */
export interface Entity {
  /** As errors and metadata call one row. */
  readonly singular: string;
  readonly fields: Fields;
  readonly canCreate: boolean;
  readonly canUpdate: boolean;
  readonly canDelete: boolean;
  readonly hasWebhooks: boolean;
  /** Written below a row `of` another entity only, `at` this name; the field `by` tells which row. */
  readonly child?: { readonly of: EntityName; readonly at: string; readonly by: string };
  /** Fields that rows are found by fast. */
  readonly indexes: readonly string[];
  /** Missing: the entity has no user-defined fields. */
  readonly udfs?: readonly UdfDefinition[];
}

const none = { canCreate: false, canUpdate: false, canDelete: false, hasWebhooks: false, indexes: [] } as const;

/** An entity that can be read, and what else is said of it. */
export const entity = (singular: string, fields: Fields, more: Partial<Entity> = {}): Entity => ({
  ...none,
  singular,
  fields,
  ...more,
});

/** Rows of it can be made and changed. */
export const MADE = { canCreate: true, canUpdate: true } as const;

/** Name of the property that holds user-defined fields, and of the stored map that it is made of. */
export const UDFS = 'userDefinedFields';
