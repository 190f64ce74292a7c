import type { Email, Phone } from '../domain/values.ts';

/** Of several that claim it, the first is primary. */
export function onePrimary<T extends Email | Phone>(entries: readonly T[]): T[] {
  const first = entries.findIndex(({ primary }) => primary);
  return entries.map((entry, index) => (entry.primary && index !== first ? { ...entry, primary: false } : entry));
}
