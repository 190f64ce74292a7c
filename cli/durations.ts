const MINUTES = { m: 1, h: 60, d: 1440 } as const;

/** Minutes out of `90m`, `2h` or `1d`; undefined for anything else. */
export function readMinutes(value: string): number | undefined {
  const [, amount, unit] = /^(\d{1,6})([mhd])$/.exec(value) ?? [];
  return amount === undefined ? undefined : Number(amount) * MINUTES[unit as keyof typeof MINUTES];
}

/** "90 minutes", "2 hours", "1 day": the largest unit that divides. */
export function minutesInWords(minutes: number): string {
  if (minutes % MINUTES.d === 0) return plural(minutes / MINUTES.d, 'day');
  if (minutes % MINUTES.h === 0) return plural(minutes / MINUTES.h, 'hour');
  return plural(minutes, 'minute');
}

/** "3.2 s" or "4 min 5 s", for how long something took. */
export function tookInWords(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}

export function plural(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`;
}
