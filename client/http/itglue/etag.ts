import { apiError } from '../api-error.ts';

/** A record's version, as a header has it. */
export const etagOf = (version: number): string => `"${version}"`;

/** The version that a request wants to change; undefined when it does not say. */
export function versionIn(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined;
  const [, version] = /^\s*(?:W\/)?"(\d{1,15})"\s*$/u.exec(ifMatch) ?? [];
  if (version !== undefined) return Number(version);
  throw apiError(400, 'If-Match has to be one ETag as a GET of the record sends it, like "3".');
}
