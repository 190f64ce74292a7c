import { subscribe } from 'node:diagnostics_channel';
import type { Stopwatch } from './stopwatch.ts';

/**
 * Tells the stopwatch of every HTTP request of this process, by the channels that undici reports on. What follows an
 * answer in the same turn of the event loop is `parse`: JSON, check and mapping.
 */
export function timeRequests(stopwatch: Stopwatch): void {
  const answered = () => {
    stopwatch.end('psa');
    stopwatch.begin('parse');
    setImmediate(() => stopwatch.end('parse'));
  };
  subscribe('undici:request:create', () => stopwatch.begin('psa'));
  subscribe('undici:request:trailers', answered);
  subscribe('undici:request:error', answered);
}
