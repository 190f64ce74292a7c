import type { ConnectWiseClient } from '../client.ts';
import { systemInfo } from '../schemas.ts';

/** The release of the server (`2025.1`), which decides how long names may be. */
export interface Release {
  /** Null: not asked yet, or not told in a form that we know. */
  known(): string | null;
  /** Asks, once for the life of a connection. */
  ask(signal?: AbortSignal): Promise<string | null>;
}

export function createRelease(client: ConnectWiseClient): Release {
  let release: string | null = null;
  return {
    known: () => release,
    async ask(signal) {
      if (release !== null) return release;
      const { data } = systemInfo.safeParse(await client.systemInfo(signal));
      release = /\d{4}\.\d+/u.exec(data?.version ?? '')?.[0] ?? null;
      return release;
    },
  };
}
