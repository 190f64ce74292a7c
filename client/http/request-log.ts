import type { ApiPart } from './deps.ts';

/** A line a request: who, which route, how it ended. Never a key, an address with its filters, or a body. */
export const requestLog: ApiPart = (server) => {
  server.addHook('onResponse', async ({ method, routeOptions, caller, log }, { statusCode, elapsedTime }) => {
    log.info(
      {
        method,
        route: routeOptions.url ?? null,
        status: statusCode,
        ms: Math.round(elapsedTime),
        // Without a key that works there is no caller.
        ...((caller as typeof caller | undefined) && { tenant: caller.tenantKey, key: caller.keyId }),
      },
      'request',
    );
  });
};
