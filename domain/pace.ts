/** How far the reading of one kind is. */
export interface Reading {
  readonly ended: boolean;
  /** Records so far. */
  readonly read: number;
  /** Records in all; null where nothing tells. */
  readonly expected: number | null;
  /** When its first page was taken; null before that. */
  readonly begunAt: Date | null;
}

/** The window of time that a PSA's limit counts requests in. */
export interface RequestWindow {
  readonly lengthMs: number;
  /** No more may be sent before it is over. */
  readonly isSpent: boolean;
}

/** Of what takes less there is no need to tell, and before that there is too little to tell by. */
const LEAST_MS = 30_000;

const HOUR_MS = 3_600_000;

/**
 * Records an hour; null while that can't be told. What the limit allows is sent at the beginning of a window and then nothing,
 * so a spent window counts as a whole: else the first minute would promise a tenth of the time.
 */
export function recordsPerHour(
  { read, begunAt }: Reading,
  { lengthMs, isSpent }: RequestWindow,
  now: Date,
): number | null {
  if (begunAt === null || read === 0) return null;
  const elapsed = now.getTime() - begunAt.getTime();
  const counted = isSpent ? Math.max(1, Math.ceil(elapsed / lengthMs)) * lengthMs : elapsed;
  return counted < LEAST_MS ? null : (read / counted) * HOUR_MS;
}

/** How many records there are, as far as is known: a number that was passed by was of another time. */
export function stillExpected({ read, expected }: Pick<Reading, 'read' | 'expected'>): number | null {
  return expected === null || read > expected ? null : expected;
}

/** When all kinds will have been read at the pace of each; null while one of them does not tell, or when all have ended. */
export function expectedEnd(readings: readonly Reading[], window: RequestWindow, now: Date): Date | null {
  const open = readings.filter(({ ended }) => !ended);
  const left = open.map((reading) => {
    const pace = recordsPerHour(reading, window, now);
    const expected = stillExpected(reading);
    if (expected === 0) return 0;
    return pace === null || expected === null ? null : ((expected - reading.read) / pace) * HOUR_MS;
  });
  if (open.length === 0 || left.includes(null)) return null;
  return new Date(now.getTime() + Math.max(...left.map((ms) => ms ?? 0)));
}
