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

/** "3 s" or "5 min", rounded up: how long to wait before something can succeed. */
export function waitInWords(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}

/** When something is expected to end: "2026-03-02 14:05 (in about 3 h 20 min)", by the clock of this machine's place. */
export function endInWords(end: Date, now: Date): string {
  const minutes = Math.max(0, Math.round((end.getTime() - now.getTime()) / 60_000));
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${end.getFullYear()}-${two(end.getMonth() + 1)}-${two(end.getDate())}`;
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const left = minutes === 0 ? 'in less than a minute' : `in about ${hours > 0 ? `${hours} h ` : ''}${rest} min`;
  return `${day} ${two(end.getHours())}:${two(end.getMinutes())} (${left})`;
}

export function plural(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`;
}
