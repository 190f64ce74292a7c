import type { Kind } from '../../../domain/kinds.ts';

/** Characters, as ConnectWise counts them (UTF-16); where releases differ: the first one that allows it, oldest first. */
type Length = number | readonly (readonly [since: string, characters: number])[];

const LONG_NAMES = '2026.11';

/** Longest texts, of the vendor's document; what is not here has no limit there, and the server is the judge. */
const LENGTHS: Readonly<Record<Kind, Readonly<Record<string, Length>>>> = {
  organization: {
    name: [
      ['', 50],
      [LONG_NAMES, 156],
    ],
    shortName: [
      ['', 25],
      ['2022.2', 30],
      [LONG_NAMES, 156],
    ],
  },
  location: {
    name: [
      ['', 50],
      [LONG_NAMES, 156],
    ],
    address1: 50,
    address2: 50,
    city: 50,
    postalCode: 12,
  },
  contact: {},
  configuration: {
    name: 100,
    serialNumber: 250,
    model: 50,
    assetTag: 50,
    macAddress: 25,
    primaryIp: 50,
    defaultGateway: 50,
    operatingSystem: 250,
  },
};

/** Of e-mail addresses, phone numbers and their extensions. */
export const ENTRY_LENGTHS = { value: 250, extension: 15 } as const;

/** Characters that a release takes in a field, or null for no known limit; of the newest release where it is not known. */
export function longest(kind: Kind, field: string, release: string | null): number | null {
  const length = LENGTHS[kind][field];
  if (length === undefined || typeof length === 'number') return length ?? null;
  const allowed = release === null ? length : length.filter(([since]) => isAtLeast(release, since));
  return allowed.at(-1)?.[1] ?? null;
}

/** Releases as `year.number`. */
function isAtLeast(release: string, since: string): boolean {
  const [year = 0, number = 0] = release.split('.').map(Number);
  const [sinceYear = 0, sinceNumber = 0] = since.split('.').map(Number);
  return year === sinceYear ? number >= sinceNumber : year > sinceYear;
}
