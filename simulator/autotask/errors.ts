import type { Reply } from '../psa.ts';
import { Refusal } from '../refusal.ts';

/** Autotask refuses with 500 and a list of texts, whatever is wrong. */
export const errorReply = (status: number, ...errors: string[]): Reply => ({ status, json: { errors } });

export const refuse = (...errors: string[]): Refusal => new Refusal(errorReply(500, ...errors));

const page = (title: string): string =>
  `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN">\r\n<html><head><title>${title}</title></head>\r\n<body><h2>${title}</h2></body></html>\r\n`;

/** The web server's own page: no such route, an address that is too long, or maintenance. */
export const notFoundPage = (): Reply => ({
  status: 404,
  headers: { 'content-type': 'text/html' },
  text: page('404 - File or directory not found.'),
});

/** Capital M, and no list of errors. */
export const wrongVerb = (method: string): Reply => ({
  status: 405,
  json: { Message: `The requested resource does not support http method '${method}'.` },
});

export const noPermission = (verb: string): Reply =>
  errorReply(500, `The logged in Resource does not have the adequate permissions to ${verb} this entity type.`);

export const unauthorized = (): Reply =>
  errorReply(401, 'The credentials supplied are not valid: check user name, secret and zone.');

const withRetryAfter = (reply: Reply, seconds: number | null): Reply =>
  seconds === null ? reply : { ...reply, headers: { ...reply.headers, 'retry-after': String(seconds) } };

export const tooManyThreads = (threads: number, retryAfterSeconds: number | null): Reply =>
  withRetryAfter(
    errorReply(429, `The API thread threshold of ${threads} threads has been exceeded for this object endpoint.`),
    retryAfterSeconds,
  );

export const tooManyRequests = (requests: number, retryAfterSeconds: number | null): Reply =>
  withRetryAfter(
    errorReply(429, `The API request threshold of ${requests} requests per hour has been exceeded.`),
    retryAfterSeconds,
  );

export const unexpected = (errorId: number): Reply =>
  errorReply(
    500,
    `An unexpected error has occurred. If the problem persists, please contact Autotask Support and reference Error ID: ${errorId}`,
  );

/** A failure in the vendor's words, or its gateway's. */
export function failure(status: number, retryAfterSeconds: number | null): Reply {
  switch (status) {
    case 401:
      return unauthorized();
    case 403:
      return { ...noPermission('query'), status: 403 };
    case 404:
      return notFoundPage();
    case 429:
      return tooManyThreads(3, retryAfterSeconds);
    case 500:
      return unexpected(1166);
    case 502:
    case 503:
    case 504:
      return withRetryAfter(
        { status, text: page(`${status} - Service Unavailable`), headers: { 'content-type': 'text/html' } },
        status === 503 ? retryAfterSeconds : null,
      );
    default:
      return errorReply(status, `Simulated failure ${status}.`);
  }
}
