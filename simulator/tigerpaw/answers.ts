import type { Reply } from '../psa.ts';

/** Business failures come under 200. */
export const failed = (message: string): Reply => ({ status: 200, json: { Success: false, Message: message } });

const SERVER_PAGE = (status: number, what: string): string =>
  `<!DOCTYPE html>\r\n<html><head><title>${status}</title></head><body><h2>${status} - ${what}.</h2></body></html>\r\n`;

const message = (status: number, Message: string): Reply => ({ status, json: { Message } });

/** One answer for every fault of a signature, which does not say what is wrong with it. */
export const unauthorized = (): Reply => message(401, 'Authorization has been denied for this request.');
export const forbidden = (): Reply => message(403, 'Access denied by the security role of the rep.');
/** The web server's own: a body must say how long it is. */
export const lengthRequired = (): Reply => ({
  status: 411,
  headers: { 'content-type': 'text/html' },
  text: SERVER_PAGE(411, 'Length Required'),
});
export const wrongVerb = (method: string): Reply =>
  message(405, `The requested resource does not support http method '${method}'.`);
export const invalidRequest = (): Reply => message(400, 'The request is invalid.');
export const notFound = (): Reply => message(404, 'No HTTP resource was found that matches the request.');

/** A failure with this status in the words of the vendor's framework, or of the web server before it. */
export function failure(status: number, retryAfterSeconds: number | null): Reply {
  const rest = retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) };
  if (status === 401) return unauthorized();
  if (status === 403) return forbidden();
  if (status === 404) return notFound();
  if (status === 429) return { ...message(429, 'Too many requests.'), headers: rest };
  if (status >= 502 && status <= 504) {
    const headers = { 'content-type': 'text/html', ...(status === 503 && rest) };
    return { status, headers, text: SERVER_PAGE(status, 'Service unavailable') };
  }
  return message(status, 'An error has occurred.');
}
