/** One thing that was measured, as the JSON file lists it. */
export interface Result {
  readonly scenario: string;
  /** Records that the simulated PSA was made with. */
  readonly size: number;
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  /** The most that the value may be; null: it is told, not judged. */
  readonly bar: number | null;
}

interface Bar {
  readonly scenario: RegExp;
  readonly metric: string;
  readonly most: number;
  /** Smallest size that it is meant for: below it, what a sync costs whatever its size outweighs the rest. */
  readonly fromSize: number;
}

const LARGE = 100_000;

/** What a release has to keep to. The bars of requests are the least possible, which depends on the data. */
const BARS: readonly Bar[] = [
  { scenario: /^first sync, 0 ms$/, metric: 'wall time to floor', most: 3, fromSize: LARGE },
  { scenario: /^unchanged re-sync of lists, 0 ms$/, metric: 'wall time to floor', most: 3.5, fromSize: LARGE },
  { scenario: /^(first sync|unchanged re-sync), 100 ms$/, metric: 'wall time to floor', most: 1.2, fromSize: LARGE },
  { scenario: /^unchanged re-sync,/, metric: 'rows written: records and links', most: 0, fromSize: 0 },
  { scenario: /./, metric: 'history events per 10,000 records', most: 100, fromSize: 10_000 },
  { scenario: /./, metric: 'worker peak memory to smallest size', most: 1.25, fromSize: LARGE },
  { scenario: /./, metric: 'CPU a record to smallest size', most: 1.15, fromSize: LARGE },
  { scenario: /^edit to [\w-]+, idle$/, metric: 'p50 from edit to PSA', most: 80, fromSize: 0 },
  { scenario: /^edit to [\w-]+, idle$/, metric: 'p99 from edit to PSA', most: 300, fromSize: 0 },
  { scenario: /^edit to [\w-]+, beside a full sync$/, metric: 'p99 from edit to PSA', most: 1_000, fromSize: 0 },
  { scenario: /^requests of a full sync/, metric: 'above the least possible', most: 3, fromSize: 10_000 },
  { scenario: /^two tenants/, metric: 'small sync beside a large one to alone', most: 1.5, fromSize: 0 },
];

/** A result with the bar that holds for it, or the one that is given. */
export function result(
  { scenario, size }: Pick<Result, 'scenario' | 'size'>,
  metric: string,
  value: number,
  unit: string,
  bar?: number,
): Result {
  const found = BARS.find((one) => one.metric === metric && size >= one.fromSize && one.scenario.test(scenario));
  return { scenario, size, metric, value: Number(value.toPrecision(4)), unit, bar: bar ?? found?.most ?? null };
}

export function isMissed({ value, bar }: Result): boolean {
  return bar !== null && !(value <= bar);
}

/** Of what was measured more than once the middle, in the order in which it was first measured. */
export function medians(results: readonly Result[]): Result[] {
  const measures = new Map<string, Result[]>();
  for (const one of results) {
    const key = JSON.stringify([one.scenario, one.size, one.metric]);
    measures.set(key, [...(measures.get(key) ?? []), one]);
  }
  return [...measures.values()].flatMap((same) =>
    same.slice(0, 1).map((one) => ({ ...one, value: median(same.map(({ value }) => value)) })),
  );
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [below = Number.NaN, above = below] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return (below + above) / 2;
}

/** The value that the given share (0 to 1) of all is at most; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Measures that must not grow with the size, of the largest against the smallest one. */
const SIZE_RATIOS: Readonly<Record<string, string>> = {
  'worker peak memory': 'worker peak memory to smallest size',
  'CPU a record': 'CPU a record to smallest size',
};

export function compareSizes(results: readonly Result[]): Result[] {
  const smallest = Math.min(...results.map(({ size }) => size));
  return results.flatMap((large) => {
    const ratio = SIZE_RATIOS[large.metric];
    const small = results.find(
      ({ size, scenario, metric }) => size === smallest && scenario === large.scenario && metric === large.metric,
    );
    if (ratio === undefined || !small || large.size === smallest) return [];
    return [result(large, ratio, large.value / small.value, 'x')];
  });
}
