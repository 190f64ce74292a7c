import type { Context } from '../context.ts';
import type { ValidationError } from '../errors.ts';
import type { CollectionName } from '../schema/collection-name.ts';
import { COLLECTIONS } from '../schema/collections.ts';
import type { Row, Stamp } from '../store/row.ts';

/** A JSON object of a request body. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** A body, read: what to store, what belongs into other tables, what is wrong. */
export interface Draft {
  /** Values as rows hold them; undefined clears a field. */
  readonly values: Record<string, unknown>;
  /** What is kept in other tables or apart: `types`, `communicationItems`, `customFields`, `questions`, `newSite`. */
  readonly parts: Record<string, readonly unknown[]>;
  readonly errors: ValidationError[];
}

/** One write on its way through checking and storing. */
export interface Write {
  readonly context: Context;
  readonly collection: CollectionName;
  readonly draft: Draft;
  /** The row to change; undefined when one is created. */
  readonly row: Row | undefined;
  readonly stamp: Stamp;
}

/** A write whose row is stored. */
export type Stored = Write & { readonly row: Row; readonly created: boolean };

/** What a collection demands and does beyond its fields. */
export interface Rules {
  /** Takes out of a new record's body what names a row that is still to be made. */
  readonly takeParts?: (body: JsonObject) => { readonly body: JsonObject; readonly parts: Draft['parts'] };
  /** What a new record, or one replaced as a whole, gets where nothing is sent. */
  readonly defaults?: (context: Context) => Record<string, unknown>;
  /** Fields that are set once: later values are ignored. */
  readonly fixed?: readonly string[];
  /** Fields that a PUT without them leaves alone. */
  readonly keptByPut?: readonly string[];
  /** Refuses what only a PUT stumbles over. */
  readonly refusePut?: (body: JsonObject) => void;
  /** Completes the draft and adds what is wrong with it. */
  readonly check?: (write: Write) => void;
  /** Carries the write on into other tables. */
  readonly saved?: (stored: Stored) => void;
  /** Deletes, or refuses to. Without it a row goes unless it is in use. */
  readonly remove?: (context: Context, row: Row, stamp: Stamp, query: URLSearchParams) => void;
}

/** As error entries name a record: `contact`, `companyStatus`. */
export function resourceName(collection: CollectionName): string {
  const { singular } = COLLECTIONS[collection];
  return (singular.charAt(0).toLowerCase() + singular.slice(1)).replaceAll(' ', '');
}

/** The value a field will have after the write. */
export function after({ draft, row }: Write, field: string): unknown {
  return field in draft.values ? draft.values[field] : row?.[field];
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
