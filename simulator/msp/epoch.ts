import type { Random } from '../random.ts';

/** The seeded data's "now". Fixed, so that the same size and seed give the same bytes on every day. */
export const EPOCH_MS = Date.UTC(2026, 2, 31, 17, 0, 0);
export const DAY_MS = 86_400_000;

/** A time in UTC with seconds and `Z`, and without fractions. */
export function toSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** A time up to so many days before the epoch. */
export function daysAgo(random: Random, most: number, least = 0): string {
  return toSeconds(EPOCH_MS - Math.floor((least + random.next() * (most - least)) * DAY_MS));
}

/** A date without a time of day: midnight UTC. */
export function dateAgo(random: Random, most: number, least = 0): string {
  return `${daysAgo(random, most, least).slice(0, 10)}T00:00:00Z`;
}

/** When a row was made and last changed. People, an RMM and an import write at different paces. */
export function seededTimes(random: Random, automated: boolean): { created: string; updated: string } {
  const age = 3650 * random.next() ** 1.5 + 1;
  const updatedAgo = automated && random.chance(0.8) ? random.next() * 3 : age * random.next() ** 2;
  const at = (ago: number): string => toSeconds(EPOCH_MS - Math.floor(ago * DAY_MS));
  return { created: at(age), updated: at(updatedAgo) };
}
