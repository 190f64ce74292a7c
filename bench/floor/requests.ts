import type { Kind } from '../../domain/kinds.ts';
import type { LoggedRequest } from '../simulator.ts';

/** What a request reads: records of a kind, or the lists of types and statuses (`reference`, the login included). */
export type Stream = Kind | 'reference';

const STREAMS: readonly (readonly [RegExp, Stream])[] = [
  [/^\/company\/companies\/\d+\/sites$/, 'location'],
  [/^\/company\/companies$/, 'organization'],
  [/^\/company\/contacts$/, 'contact'],
  [/^\/company\/configurations$/, 'configuration'],
];

export function streamOf({ path }: Pick<LoggedRequest, 'path'>): Stream {
  return STREAMS.find(([pattern]) => pattern.test(path))?.[1] ?? 'reference';
}

/** Paths with queries, below the API's root, by what they read and in the order in which they were sent. */
export type FloorRequests = Readonly<Record<Stream, readonly string[]>>;

export function floorRequests(log: readonly LoggedRequest[]): FloorRequests {
  const of = (stream: Stream) =>
    log
      .filter((request) => streamOf(request) === stream && !request.path.startsWith('/login/'))
      .map(({ path, query }) => (query === '' ? path : `${path}?${query}`));
  return {
    reference: of('reference'),
    organization: of('organization'),
    location: of('location'),
    contact: of('contact'),
    configuration: of('configuration'),
  };
}
