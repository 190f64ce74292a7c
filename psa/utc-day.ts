const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/u;

/** The day (`YYYY-MM-DD`) in UTC of a date-time, which is midnight UTC where a PSA means a date; null when it is none. */
export function utcDay(text: string): string | null {
  const [, year, month, day, zone = 'Z'] = DATE_TIME.exec(text) ?? [];
  if (!isDay(Number(year), Number(month), Number(day))) return null;
  if (zone === 'Z') return text.slice(0, 'YYYY-MM-DD'.length);
  const moment = new Date(text);
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString().slice(0, 'YYYY-MM-DD'.length);
}

/** By hand, because the engine turns 31 February into 3 March, and a database refuses it. */
function isDay(year: number, month: number, day: number): boolean {
  const daysOfMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return month >= 1 && month <= 12 && day >= 1 && day <= daysOfMonth;
}
