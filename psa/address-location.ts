import { createHash } from 'node:crypto';
import { foldText } from '../domain/normalise.ts';
import { comparePsaIds, type PsaRecord } from '../domain/psa-record.ts';

const HASH_CHARACTERS = 12;

/**
 * The id of the location that is made of an address, in a PSA whose addresses are no records. It is known by its organization
 * and its lines, so that one address is one location however many have it, and a changed address is another one. The same
 * whatever the case and blanks.
 */
export function addressId(organization: string, lines: readonly (string | null)[]): string {
  const folded = JSON.stringify(lines.map((line) => foldText(line ?? '')));
  return `${organization}-${createHash('sha256').update(folded).digest('hex').slice(0, HASH_CHARACTERS)}`;
}

/** Whether an id is of a location that was made so, and not of a record of the PSA's own. */
export const isAddressId = (psaId: string): boolean => /^\d+-[\da-f]+$/u.test(psaId);

/** The PSA id of the organization in the id of such a location. */
export const organizationOfAddress = (psaId: string): string => /^\d+/u.exec(psaId)?.[0] ?? '';

/** Each location once, as the first who has the address gives it; by organization, then by address. */
export function oneForEachAddress(locations: readonly PsaRecord[]): PsaRecord[] {
  const byId = new Map<string, PsaRecord>();
  for (const location of locations) if (!byId.has(location.psaId)) byId.set(location.psaId, location);
  return [...byId.values()].sort(
    (a, b) =>
      comparePsaIds(organizationOfAddress(a.psaId), organizationOfAddress(b.psaId)) || comparePsaIds(a.psaId, b.psaId),
  );
}
