import type { Writer } from '../../db/edits/edit.ts';
import type { ApiScope } from '../../db/schema/api-keys.ts';

/** Whose key a request came with, and what it may do. */
export interface Caller {
  readonly keyId: string;
  readonly tenantId: string;
  readonly tenantKey: string;
  /** What people call the key; the author of what it writes. */
  readonly name: string;
  readonly scope: ApiScope;
  /** `import`: what it writes is never pushed. */
  readonly origin: 'edit' | 'import';
}

/** Null: nobody has this key (any more). */
export type Authenticate = (key: string) => Promise<Caller | null>;

/** What edits note of a caller. */
export function writerOf(caller: Caller): Writer {
  return { source: caller.origin, author: caller.name };
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before any handler runs, but on routes that are `open`. */
    caller: Caller;
  }
  interface FastifyContextConfig {
    /** Answers without a key: health and the like. */
    open?: boolean;
  }
}
