import type { Random } from '../../random.ts';
import { toVendorTime, type Info } from '../store/row.ts';

/** The seeded data's "now". Fixed, so that the same size and seed give the same bytes on every day. */
const EPOCH_MS = Date.UTC(2026, 2, 31, 17, 0, 0);
const DAY_MS = 86_400_000;

/** A time up to so many days before the epoch. */
export function daysAgo(random: Random, most: number, least = 0): string {
  return toVendorTime(EPOCH_MS - Math.floor((least + random.next() * (most - least)) * DAY_MS));
}

/** A date without a time of day: midnight UTC. */
export function dateAgo(random: Random, most: number, least = 0): string {
  return `${daysAgo(random, most, least).slice(0, 10)}T00:00:00Z`;
}

export const SEEDED_INFO: Info = {
  lastUpdated: toVendorTime(EPOCH_MS - 2000 * DAY_MS),
  updatedBy: 'Admin1',
  dateEntered: toVendorTime(EPOCH_MS - 3000 * DAY_MS),
  enteredBy: 'Admin1',
};

/** People, an RMM and an import write at different paces; `automated` rows were mostly touched in the last days. */
export function seededInfo(random: Random, automated: boolean): Info {
  const age = 3650 * random.next() ** 1.5 + 1;
  const updatedAgo = automated && random.chance(0.8) ? random.next() * 3 : age * random.next() ** 2;
  return {
    lastUpdated: toVendorTime(EPOCH_MS - Math.floor(updatedAgo * DAY_MS)),
    updatedBy: automated ? 'zAutomate' : random.pick(TECHNICIANS),
    dateEntered: toVendorTime(EPOCH_MS - Math.floor(age * DAY_MS)),
    enteredBy: random.chance(0.2) ? 'Import' : random.pick(TECHNICIANS),
  };
}

/** Identifiers of the members who work here. */
export const TECHNICIANS = ['Admin1', 'JSmith', 'MGarcia', 'TNguyen', 'KOlsen', 'DPatel', 'RBrown', 'LChen'] as const;
