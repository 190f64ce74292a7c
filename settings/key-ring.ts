import { createSecretKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { path } from './values.ts';

/** A key that seals credentials. A KeyObject, because those print no bytes however they are logged. */
export interface MasterKey {
  readonly id: string;
  readonly key: KeyObject;
}

const KEY_BYTES = 32; // AES-256
const FORM =
  'must be id:key pairs, separated by commas, each key 32 bytes in base64: `echo "k1:$(openssl rand -base64 32)"` makes one';

/** `id:base64,...`: the first seals, all open, so that a key is changed by putting a new one in front. */
export const keyRing = z
  .string()
  .transform((value, context): readonly MasterKey[] => parse(value, (why) => context.addIssue(why)));

/** The same in a file, lines for commas: how Docker and Kubernetes hand out secrets, and how the demo keeps its key. */
export const keyRingFile = path.transform((file, context): readonly MasterKey[] => {
  const content = read(file);
  if (content === undefined) {
    context.addIssue('names a file that cannot be read: check the path and its permissions');
    return [];
  }
  return parse(content, (why) => context.addIssue(`names a file whose content ${why}`));
});

function parse(value: string, refuse: (why: string) => void): readonly MasterKey[] {
  const keys: MasterKey[] = [];
  for (const pair of value
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter(Boolean)) {
    const [, id, base64] = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/_-]+={0,2})$/.exec(pair) ?? [];
    const bytes = Buffer.from(base64 ?? '', 'base64');
    if (id === undefined || bytes.length !== KEY_BYTES) {
      refuse(`${FORM} (number ${keys.length + 1} is not of that form)`);
      return [];
    }
    if (keys.some((other) => other.id === id)) {
      refuse(`must give every key an id of its own (${id} is there twice)`);
      return [];
    }
    keys.push({ id, key: createSecretKey(bytes) });
  }
  if (keys.length === 0) refuse(FORM);
  return keys;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
