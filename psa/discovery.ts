/** Something of a PSA that has to be asked for before the first request, such as which host serves a customer; it moves now and then. */
export interface Discovery {
  current(): Promise<string>;
  /** Asks again, because `stale` did not work; the same text comes back when nothing moved. Several callers ask once. */
  renewed(stale: string): Promise<string>;
}

/** What callers wait for is a small page without credentials. */
export const DISCOVERY_TIMEOUT_MS = 30_000;

/** Asks when it is first needed, once for all; a failure is the callers', and the next one tries again. */
export function createDiscovery(discover: () => Promise<string>): Discovery {
  let known: Promise<string> | null = null;

  function ask(): Promise<string> {
    const asking = discover();
    known = asking;
    asking.catch(() => {
      if (known === asking) known = null;
    });
    return asking;
  }

  const current = () => known ?? ask();
  return {
    current,
    async renewed(stale) {
      const found = await current();
      return found === stale ? ask() : found;
    },
  };
}
