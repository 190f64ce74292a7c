import { hash } from 'node:crypto';
import { fieldNames } from './fields.ts';
import type { Kind } from './kinds.ts';
import { isEntries, type PsaValue, type PsaValues } from './values.ts';

interface HashInput {
  readonly kind: Kind;
  /** The adapter's; rises when a record would map to something else. */
  readonly mappingVersion: number;
  /** `settingsDigest` of the run's settings. */
  readonly settings: string;
  readonly fields: PsaValues;
}

/**
 * The content of a PSA record as it was synced, in 27 characters: while it stays, there is nothing new to apply.
 * Independent of the order of keys, because a base that comes back from the database has lost it.
 */
export function recordHash({ kind, mappingVersion, settings, fields }: HashInput): string {
  const content: unknown[] = [kind, mappingVersion, settings];
  for (const field of fieldNames(kind)) content.push(canonical(fields[field]));
  return hash('sha1', JSON.stringify(content), 'base64url');
}

/** 0 stands for a field that is not mapped: no value is a number. */
function canonical(value: PsaValue | undefined): unknown {
  if (value === undefined) return 0;
  if (value === null || typeof value !== 'object') return value;
  if (!isEntries(value)) return [value.psaId, value.name];
  return value.map((entry) => ['extension' in entry ? entry.extension : 0, entry.value, entry.type, entry.primary]);
}
