import rateLimit from '@fastify/rate-limit';
import { apiError } from './api-error.ts';
import type { ApiPart } from './deps.ts';

export interface RateLimit {
  readonly requests: number;
  readonly windowSeconds: number;
}

/** Keys whose requests are counted at a time; the least recent is forgotten. */
const KEYS = 10_000;

/**
 * So many requests a key and window, counted in this process; the next is a 429 that says when to come again. Health and
 * the like are not counted.
 */
export function rateLimited({ requests, windowSeconds }: RateLimit): ApiPart {
  return async (server) => {
    await server.register(rateLimit, {
      max: requests,
      timeWindow: windowSeconds * 1000,
      cache: KEYS,
      allowList: ({ routeOptions }) => routeOptions.config.open === true,
      keyGenerator: ({ routeOptions, caller }) => (routeOptions.config.open ? '' : caller.keyId),
      errorResponseBuilder: (_request, { max, ttl }) =>
        apiError(429, `This API key has sent ${max} requests. Go on in ${Math.ceil(ttl / 1000)} seconds.`),
    });
  };
}
