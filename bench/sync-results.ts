import type { FloorMeasure } from './measure-floor.ts';
import type { SyncMeasure } from './measure-sync.ts';
import { countRequests, leastRequests } from './psas/measured.ts';
import { type Result, result } from './result.ts';

export interface Measured {
  /** As it reads in the table, latency included. */
  readonly scenario: string;
  readonly size: number;
  /** Of lists or sites alone only the times are told: the rest stands with the whole sync. */
  readonly isPart: boolean;
  readonly sync: SyncMeasure;
  readonly floor: FloorMeasure;
}

/** Tables that hold what was synced; the others are the run's own books. */
const RECORD_TABLES = ['organizations', 'locations', 'contacts', 'configurations', 'links'];

/** Where a sync's time goes. What is neither waited for nor computed is what Temporal takes between the steps. */
const PARTS = [
  ['psa', 'PSA wait'],
  ['parse', 'parse'],
  ['plan', 'plan'],
  ['database', 'database'],
  ['rest', 'Temporal'],
] as const;

/** What a sync and its floor come to. */
export function syncResults({ scenario, size, isPart, sync, floor }: Measured): Result[] {
  const tell = (metric: string, value: number, unit: string, bar?: number) =>
    result({ scenario, size }, metric, value, unit, bar);
  const cpu = (of: Readonly<Record<string, number>>) => (of['worker'] ?? of['floor'] ?? 0) + (of['postgres'] ?? 0);
  const times = [
    tell('wall time', sync.wallSeconds, 's'),
    tell('wall time of floor', floor.wallSeconds, 's'),
    tell('wall time to floor', sync.wallSeconds / floor.wallSeconds, 'x'),
    tell('CPU of worker and Postgres to floor', cpu(sync.cpu) / cpu(floor.cpu), 'x'),
    tell('CPU of other programs', sync.othersCores, 'cores'),
  ];
  if (isPart) return times;

  const records = Object.values(sync.counts).reduce((sum, { read }) => sum + read, 0);
  const requests = countRequests(sync.requests);
  const least = leastRequests(sync.counts, sync.requests);
  const written = Object.entries(sync.written);
  const rows = (wanted: boolean) =>
    written.reduce((sum, [table, count]) => (RECORD_TABLES.includes(table) === wanted ? sum + count : sum), 0);
  return [
    ...times,
    ...(['lists', 'sites', 'reference'] as const).map((of) =>
      tell(`requests: ${of}`, requests[of], 'requests', least[of]),
    ),
    tell('worker peak memory', sync.peakMebibytes, 'MiB'),
    ...(['worker', 'postgres', 'temporal', 'simulator'] as const).map((of) => tell(`CPU: ${of}`, sync.cpu[of], 's')),
    tell('CPU a record', ((cpu(sync.cpu) + sync.cpu.temporal) / records) * 1e6, 'us'),
    tell('history events per 10,000 records', (sync.historyEvents / records) * 10_000, 'events'),
    tell('rows written: records and links', rows(true), 'rows'),
    tell('rows written: all others', rows(false), 'rows'),
    ...PARTS.map(([part, words]) => tell(`time: ${words}`, sync.times[part] / 1000, 's')),
  ];
}
