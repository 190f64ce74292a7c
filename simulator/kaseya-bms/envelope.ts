import type { Reply } from '../psa.ts';
import { Refusal } from '../refusal.ts';

/** What is answered when all went well. */
export const success = (result: unknown): Reply => ({ status: 200, json: { success: true, error: null, result } });

/** The same for lists that tell how many rows there are on all pages. */
export const paged = (result: readonly unknown[], totalRecords: number): Reply => ({
  status: 200,
  json: { success: true, error: null, result, totalRecords },
});

export function failed(status: number, code: number, message: string, subErrors: readonly string[] = []): Reply {
  const error = { code, message, details: null, stackStrace: null, subErrors };
  return { status, json: { success: false, error, result: null } };
}

/** 200 with a failure in it. */
export const invalid = (problems: readonly string[]): Refusal =>
  new Refusal(failed(200, 400, 'One or more validation errors occurred.', problems));

const SECURITY_ERROR = 978_001;

export const loginRefused = (): Reply => failed(401, SECURITY_ERROR, 'Security Error');

/** The gateway's own word about a token; it has no body. */
export const tokenRefused = (): Reply => ({
  status: 401,
  headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
  text: '',
});

export const noRoute = (): Reply => ({ status: 404, text: '' });

const GATEWAY_PAGE = (status: number): string =>
  `<html>\r\n<head><title>${status}</title></head>\r\n<body>\r\n<center><h1>${status}</h1></center>\r\n<hr><center>Microsoft-Azure-Application-Gateway/v2</center>\r\n</body>\r\n</html>\r\n`;

/** A failure with this status in the vendor's words, or its gateway's. */
export function failure(status: number, retryAfterSeconds: number | null): Reply {
  const rest = retryAfterSeconds === null ? {} : { headers: { 'retry-after': String(retryAfterSeconds) } };
  if (status === 401) return tokenRefused();
  if (status === 403) return failed(403, 403, 'Access Denied');
  if (status === 404) return noRoute();
  if (status === 429) return { ...failed(429, 429, 'API calls quota exceeded.'), ...rest };
  if (status >= 502 && status <= 504) {
    const headers = { 'content-type': 'text/html', ...(status === 503 && rest.headers) };
    return { status, headers, text: GATEWAY_PAGE(status) };
  }
  return failed(status, status, 'An error has occurred. Please contact support.');
}
