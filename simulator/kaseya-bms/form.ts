import type { ApiRequest } from '../psa.ts';

const FIELD = /name="([^"]*)"[^\r\n]*(?:\r\n[^\r\n]+)*\r\n\r\n([\s\S]*?)\r\n$/;

/** The fields of a form, names in lower case; undefined for a body that is none. */
export function readForm({ headers, body }: ApiRequest): ReadonlyMap<string, string> | undefined {
  const type = headers['content-type'] ?? '';
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return new Map([...new URLSearchParams(body)].map(([name, value]) => [name.toLowerCase(), value]));
  }
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)/i.exec(type)?.[1];
  if (boundary === undefined) return undefined;
  const parts = body.split(`--${boundary}`).map((part) => FIELD.exec(part));
  return new Map(parts.flatMap((part) => (part ? [[part[1]!.toLowerCase(), part[2]!] as const] : [])));
}
