import type { Kind } from '../../domain/kinds.ts';
import type { RecordReader } from '../record-reader.ts';
import { EMAIL_SLOTS, fieldsOfSlots, PHONE_SLOTS } from './slots.ts';

export type Readers = Readonly<Record<Kind, RecordReader>>;

/** How rows say which location they refer to: the one thing that differs by where locations come from. */
export interface Places {
  readonly readers: Readers;
  /** What is asked for of a kind. */
  fields(kind: Kind): readonly string[];
  /** Puts into rows what they say of their location. */
  refer(kind: Kind, rows: readonly unknown[], signal?: AbortSignal): Promise<readonly unknown[]>;
}

/** The fields that a reader needs, without what lies below an id and what is made up; of a contact all its numbers. */
export function fieldsFor(readers: Readers, kind: Kind, madeUp: string): readonly string[] {
  const mapped = readers[kind].selects.map((path) => path.split('/')[0] ?? path).filter((field) => field !== madeUp);
  return [...new Set(kind === 'contact' ? [...mapped, ...fieldsOfSlots([...EMAIL_SLOTS, ...PHONE_SLOTS])] : mapped)];
}
