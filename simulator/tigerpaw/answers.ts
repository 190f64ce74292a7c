import type { Reply } from '../psa.ts';

/** Business failures come under 200. */
export const failed = (message: string): Reply => ({ status: 200, json: { Success: false, Message: message } });

const message = (status: number, Message: string): Reply => ({ status, json: { Message } });

/** One answer for every fault of a signature, which does not say what is wrong with it. */
export const unauthorized = (): Reply => message(401, 'Authorization has been denied for this request.');
export const forbidden = (): Reply => message(403, 'Access denied by the security role of the rep.');
export const wrongVerb = (method: string): Reply =>
  message(405, `The requested resource does not support http method '${method}'.`);
export const notFound = (): Reply => message(404, 'No HTTP resource was found that matches the request.');

const SERVER_PAGE = (status: number): string =>
  `<!DOCTYPE html>\r\n<html><head><title>${status}</title></head><body><h2>${status} - Service unavailable.</h2></body></html>\r\n`;

/** A failure with this status in the words of the vendor's framework, or of the web server before it. */
export function failure(status: number, retryAfterSeconds: number | null): Reply {
  const rest = retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) };
  if (status === 401) return unauthorized();
  if (status === 403) return forbidden();
  if (status === 404) return notFound();
  if (status === 429) return { ...message(429, 'Too many requests.'), headers: rest };
  if (status >= 502 && status <= 504) {
    const headers = { 'content-type': 'text/html', ...(status === 503 && rest) };
    return { status, headers, text: SERVER_PAGE(status) };
  }
  return message(status, 'An error has occurred.');
}
