import type { EntityName } from './entity-name.ts';
import type { PicklistName, PicklistRow } from './picklists.ts';

type DataType = 'boolean' | 'datetime' | 'decimal' | 'integer' | 'long' | 'string';

/** A property of an entity, as far as the vendor's metadata tells of it. */
export interface Field {
  readonly type: DataType;
  /** Characters, for texts. */
  readonly length?: number;
  readonly required?: true;
  /** What is written to it is ignored without an error. */
  readonly readOnly?: true;
  /** Taken at creation, ignored later. */
  readonly fixed?: true;
  readonly notQueryable?: true;
  readonly picklist?: PicklistName | readonly PicklistRow[];
  /** Entity whose rows it refers to; `inactive` ones are refused where the vendor is known to. */
  readonly to?: EntityName;
  readonly activeOnly?: true;
}

export type Fields = Readonly<Record<string, Field>>;

export const text = (length?: number): Field => ({ type: 'string', ...(length !== undefined && { length }) });
export const integer: Field = { type: 'integer' };
export const long: Field = { type: 'long' };
export const decimal: Field = { type: 'decimal' };
export const flag: Field = { type: 'boolean' };
export const time: Field = { type: 'datetime' };
export const id: Fields = { id: { type: 'long', readOnly: true } };

export const required = (field: Field): Field => ({ ...field, required: true });
export const readOnly = (field: Field): Field => ({ ...field, readOnly: true });
export const fixed = (field: Field): Field => ({ ...field, fixed: true });
export const notQueryable = (field: Field): Field => ({ ...field, notQueryable: true });
export const picklist = (name: PicklistName): Field => ({ type: 'integer', picklist: name });
export const listed = (rows: readonly PicklistRow[]): Field => ({ type: 'integer', picklist: rows });
export const to = (entity: EntityName): Field => ({ type: 'integer', to: entity });
export const toActive = (entity: EntityName): Field => ({ type: 'integer', to: entity, activeOnly: true });

/** Whether webhooks can tell of it, on an entity that has some. */
export const isWebhookField = (field: Field | undefined): boolean => field !== undefined && !field.readOnly;

/** Fields of one form. */
export const all = (field: Field, ...names: string[]): Fields => Object.fromEntries(names.map((name) => [name, field]));
