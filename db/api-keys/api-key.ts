import { createHash, randomBytes } from 'node:crypto';
import type { ApiScope } from '../schema/api-keys.ts';

/** A key of the HTTP API as people look at it; the key itself is nowhere to be had. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly scope: ApiScope;
  readonly origin: 'edit' | 'import';
  /** First characters of the key, by which people tell keys apart. */
  readonly prefix: string;
  readonly createdBy: string | null;
  readonly createdAt: Date;
  /** The day. */
  readonly lastUsedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly revokedBy: string | null;
}

/** A key that was just made: this once, with the key itself. */
export interface NewApiKey {
  readonly id: string;
  readonly name: string;
  readonly key: string;
}

/** Tells people and scanners for leaked secrets what it is. */
const PREFIX = 'psk_';
const SECRET_BYTES = 32;
/** Eight characters of the secret: enough to tell keys apart, and 208 bits stay. */
const SHOWN = PREFIX.length + 8;
const FORM = /^psk_[A-Za-z0-9_-]{43}$/;

/** A new key, and what is kept of it. */
export function drawKey(): { readonly key: string; readonly hash: string; readonly prefix: string } {
  const key = `${PREFIX}${randomBytes(SECRET_BYTES).toString('base64url')}`;
  return { key, hash: hashKey(key), prefix: key.slice(0, SHOWN) };
}

/** Whether a text can be a key at all. */
export const looksLikeKey = (text: string): boolean => FORM.test(text);

export const hashKey = (key: string): string => createHash('sha256').update(key).digest('hex');
