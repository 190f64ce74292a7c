import type { Kind } from '../../../domain/kinds.ts';
import type { LoggedRequest } from '../../simulator.ts';

/** What a request reads: records of a kind, the lists of types and statuses, or `login`: where the API is. */
type Stream = Kind | 'reference' | 'login';

/** The requests of a sync, as path and query below the API's root, by what they read, in the order in which they came. */
export type Requests = Readonly<Record<Stream, readonly string[]>>;

const STREAMS: readonly (readonly [RegExp, Stream])[] = [
  [/^\/company\/companies\/\d+\/sites$/, 'location'],
  [/^\/company\/companies$/, 'organization'],
  [/^\/company\/contacts$/, 'contact'],
  [/^\/company\/configurations$/, 'configuration'],
  [/^\/login\//, 'login'],
];

export function sortRequests(log: readonly Pick<LoggedRequest, 'path' | 'query'>[]): Requests {
  const sorted: Record<Stream, string[]> = {
    ...{ login: [], reference: [] },
    ...{ organization: [], location: [], contact: [], configuration: [] },
  };
  for (const { path, query } of log) {
    const stream = STREAMS.find(([pattern]) => pattern.test(path))?.[1] ?? 'reference';
    sorted[stream].push(query === '' ? path : `${path}?${query}`);
  }
  return sorted;
}
