import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';

/** One master key (256 bits) and the name under which sealed values remember it. */
export interface MasterKey {
  readonly id: string;
  readonly key: KeyObject;
}

/** What a sealed value is bound to: opened under another tenant or integration, it fails. */
export interface SealContext {
  readonly tenantId: string;
  readonly integrationId: string;
}

/** The keys at hand: the first seals, all open. */
export type KeyRing = readonly [MasterKey, ...MasterKey[]];

const ALGORITHM = 'aes-256-gcm';

function boundTo(context: SealContext): Buffer {
  return Buffer.from(`psa-sync/credentials/${context.tenantId}/${context.integrationId}`);
}

/** Seals text with AES-256-GCM as `keyId.nonce.tag.ciphertext` (base64url parts). */
export function seal(ring: KeyRing, context: SealContext, plain: string): string {
  const { id, key } = ring[0];
  const nonce = randomBytes(12);
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(boundTo(context));
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return [id, ...[nonce, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url'))].join('.');
}

/** Opens what `seal` made. Throws without a word of the content when the key is unknown or anything was changed. */
export function open(ring: KeyRing, context: SealContext, sealed: string): string {
  const [id, nonce, tag, text] = sealed.split('.');
  const master = ring.find((candidate) => candidate.id === id);
  if (!master) {
    throw new Error(
      `credentials are sealed with master key "${id ?? ''}", which is not among PSA_SYNC_MASTER_KEYS: add it back, or enter the credentials again`,
    );
  }
  try {
    const decipher = createDecipheriv(ALGORITHM, master.key, Buffer.from(nonce ?? '', 'base64url'))
      .setAAD(boundTo(context))
      .setAuthTag(Buffer.from(tag ?? '', 'base64url'));
    return Buffer.concat([decipher.update(Buffer.from(text ?? '', 'base64url')), decipher.final()]).toString('utf8');
  } catch {
    throw new Error(
      'credentials could not be opened: they were sealed for another integration or changed since; enter them again',
    );
  }
}

/** Whether a value was sealed with the newest key; if not, rotation seals it anew. */
export function isNewest(ring: KeyRing, sealed: string): boolean {
  return sealed.startsWith(`${ring[0].id}.`);
}
