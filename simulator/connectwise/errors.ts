import type { Reply } from '../psa.ts';
import { Refusal } from '../refusal.ts';

/** One entry of an error body's `errors`. */
export interface ValidationError {
  readonly code: string;
  readonly message: string;
  readonly resource?: string;
  readonly field?: string;
}

export function errorReply(status: number, code: string, message: string, errors?: readonly ValidationError[]): Reply {
  return { status, json: { code, message, errors: errors ?? null } };
}

export const refuse = (status: number, code: string, message: string, errors?: readonly ValidationError[]): Refusal =>
  new Refusal(errorReply(status, code, message, errors));

/** 400 with the list of what is wrong, as the vendor words it: "contact object is invalid". */
export const invalid = (resource: string, errors: readonly ValidationError[]): Refusal =>
  refuse(400, 'InvalidObject', `${resource} object is invalid`, errors);

export const notFound = (singular: string, id: number | string): Refusal =>
  refuse(404, 'NotFound', `${singular} ${id} not found`);

export const noEndpoint = (): Reply => errorReply(404, 'ConnectWiseApi', 'The endpoint does not exist.');

/** A gateway's answer to a path it can't place: plain text, no JSON. */
export const cannotRoute = (): Reply => ({ status: 400, text: 'Cannot route. Codebase/company is invalid' });

export const forbidden = (): Reply =>
  errorReply(403, 'Security', 'You do not have security permission to perform this action.');

export const unauthorized = (message = 'Provided username and/or password are invalid.'): Reply =>
  errorReply(401, 'Unauthorized', message);

/** The odd one: `error` instead of `code`. */
export function tooManyRequests(retryAfterSeconds: number | null): Reply {
  return {
    status: 429,
    ...(retryAfterSeconds !== null && { headers: { 'retry-after': String(retryAfterSeconds) } }),
    json: {
      error: 'ConnectWiseAPI',
      message: `Too many requests. Please try again in ${retryAfterSeconds ?? 30} seconds.`,
    },
  };
}

const GATEWAY_PAGE = (status: number): string =>
  `<html>\r\n<head><title>${status} Bad Gateway</title></head>\r\n<body>\r\n<center><h1>${status} Bad Gateway</h1></center>\r\n<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n`;

/** A failure in the vendor's words, or its gateway's. */
export function failure(status: number, retryAfterSeconds: number | null): Reply {
  switch (status) {
    case 401:
      return unauthorized();
    case 403:
      return forbidden();
    case 404:
      return noEndpoint();
    case 429:
      return tooManyRequests(retryAfterSeconds);
    case 500:
      return errorReply(
        500,
        'ConnectWiseApi',
        'Execution Timeout Expired. The timeout period elapsed prior to completion of the operation.',
      );
    case 502:
    case 503:
    case 504: {
      const retryAfter =
        status === 503 && retryAfterSeconds !== null ? { 'retry-after': String(retryAfterSeconds) } : {};
      return { status, headers: { 'content-type': 'text/html', ...retryAfter }, text: GATEWAY_PAGE(status) };
    }
    default:
      return errorReply(status, 'ConnectWiseApi', `Simulated failure ${status}.`);
  }
}
