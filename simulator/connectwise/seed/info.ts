import { DAY_MS, EPOCH_MS, seededTimes, toSeconds } from '../../msp/epoch.ts';
import type { Random } from '../../random.ts';
import type { Info } from '../store/row.ts';

export const SEEDED_INFO: Info = {
  lastUpdated: toSeconds(EPOCH_MS - 2000 * DAY_MS),
  updatedBy: 'Admin1',
  dateEntered: toSeconds(EPOCH_MS - 3000 * DAY_MS),
  enteredBy: 'Admin1',
};

/** Who wrote a row and when; `automated` rows were mostly touched in the last days. */
export function seededInfo(random: Random, automated: boolean): Info {
  const { created, updated } = seededTimes(random, automated);
  return {
    lastUpdated: updated,
    updatedBy: automated ? 'zAutomate' : random.pick(TECHNICIANS),
    dateEntered: created,
    enteredBy: random.chance(0.2) ? 'Import' : random.pick(TECHNICIANS),
  };
}

/** Identifiers of the members who work here. */
export const TECHNICIANS = ['Admin1', 'JSmith', 'MGarcia', 'TNguyen', 'KOlsen', 'DPatel', 'RBrown', 'LChen'] as const;
