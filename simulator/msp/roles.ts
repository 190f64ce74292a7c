import type { Random } from '../random.ts';

export type RoleName =
  | 'client'
  | 'prospect'
  | 'lead'
  | 'vendor'
  | 'partner'
  | 'competitor'
  | 'former client'
  /** The MSP itself. */
  | 'owner';

/** How a company stands with the MSP. */
export type Standing = 'active' | 'inactive' | 'credit hold' | 'delinquent' | 'imported' | 'not approved' | 'problem';

/** What a company is to the MSP, and with it how much of everything it has. */
export interface Role {
  readonly name: RoleName;
  readonly share: number;
  /** Shares of those that are not active. */
  readonly standings: readonly (readonly [standing: Standing, share: number])[];
  /** Weight of contacts and of devices against a client's. */
  readonly contacts: number;
  readonly devices: number;
}

const FORMER: Role = {
  name: 'former client',
  share: 0.08,
  standings: [['inactive', 0.92]],
  contacts: 0.3,
  devices: 0.12,
};

/** The roles of other companies than the MSP itself; shares are assumptions, no distribution is published. */
export const ROLES: readonly Role[] = [
  {
    name: 'client',
    share: 0.36,
    standings: [
      ['inactive', 0.05],
      ['credit hold', 0.03],
      ['delinquent', 0.03],
      ['problem', 0.01],
    ],
    contacts: 1,
    devices: 1,
  },
  {
    name: 'prospect',
    share: 0.22,
    standings: [
      ['inactive', 0.2],
      ['not approved', 0.2],
    ],
    contacts: 0.08,
    devices: 0,
  },
  {
    name: 'lead',
    share: 0.17,
    standings: [
      ['not approved', 0.6],
      ['imported', 0.2],
    ],
    contacts: 0.05,
    devices: 0,
  },
  { name: 'vendor', share: 0.12, standings: [['inactive', 0.1]], contacts: 0.15, devices: 0 },
  { name: 'partner', share: 0.03, standings: [], contacts: 0.2, devices: 0.01 },
  { name: 'competitor', share: 0.02, standings: [], contacts: 0.02, devices: 0 },
  FORMER,
];

export function pickRole(random: Random): Role {
  let left = random.next();
  return ROLES.find((role) => (left -= role.share) < 0) ?? FORMER;
}

export function pickStanding(random: Random, { standings }: Role): Standing {
  let left = random.next();
  return standings.find(([, share]) => (left -= share) < 0)?.[0] ?? 'active';
}
