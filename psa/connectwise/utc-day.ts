const DATE_TIME = /^(\d{4}-\d\d-\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/u;

/** The day (`YYYY-MM-DD`) in UTC of a date-time, which ConnectWise writes as midnight UTC for dates; null when it is none. */
export function utcDay(text: string): string | null {
  const [, day = '', zone = 'Z'] = DATE_TIME.exec(text) ?? [];
  const moment = new Date(zone === 'Z' ? `${day}T00:00:00Z` : text);
  if (day === '' || Number.isNaN(moment.getTime())) return null;
  const utc = moment.toISOString().slice(0, 10);
  // The engine turns 31 February into 3 March; a database would refuse it, and so do we.
  return zone === 'Z' && utc !== day ? null : utc;
}
