import type { DeviceType } from './device-kinds.ts';
import type { Locale } from './people.ts';
import type { RoleName, Standing } from './roles.ts';

/** Shared by all drawn rows: times in UTC with seconds and `Z`. */
interface Drawn {
  readonly created: string;
  readonly updated: string;
}

/** ISO 3166 code of a country that the drawn addresses are in. */
export type CountryCode = 'US' | 'DE' | 'FR' | 'PL';

export interface MspCompany extends Drawn {
  readonly role: RoleName;
  readonly standing: Standing;
  /** Not unique; may be odd. At most 50 characters. */
  readonly name: string;
  /** A plain word, unique without regard to case; at most 30 characters. */
  readonly shortName: string;
  readonly locale: Locale;
  readonly domain: string;
  readonly phone?: string;
  readonly fax?: string;
  readonly website?: string;
  /** Place of the parent in `companies`; always an earlier one. */
  readonly parent?: number;
}

export interface MspSite extends Drawn {
  /** Place in `companies`. */
  readonly company: number;
  /** Exactly one site of each company is its main one; it comes first. */
  readonly main: boolean;
  readonly active: boolean;
  /** Not unique, not even within a company. At most 50 characters, as all texts here. */
  readonly name: string;
  readonly address1?: string;
  readonly address2?: string;
  readonly city?: string;
  /** Two letters, with the country US only. */
  readonly state?: string;
  /** At most 10 characters. */
  readonly zip?: string;
  readonly country: CountryCode;
  readonly phone?: string;
  readonly fax?: string;
}

export interface MspContact extends Drawn {
  /** Place in `companies`; one in a hundred belongs nowhere. */
  readonly company?: number;
  /** Place in `sites`, one of its company. */
  readonly site?: number;
  /** The first contact of its company that somebody marked as such. */
  readonly main: boolean;
  readonly active: boolean;
  /** At most 30 characters. */
  readonly firstName: string;
  readonly lastName?: string;
  readonly title?: string;
  readonly email?: string;
  readonly secondEmail?: string;
  readonly phone?: string;
  readonly extension?: string;
  readonly mobile?: string;
  readonly homePhone?: string;
  readonly fax?: string;
}

export interface MspDevice extends Drawn {
  readonly company: number;
  /** Places in `sites` and `contacts`, of the same company. */
  readonly site?: number;
  readonly contact?: number;
  readonly type: DeviceType;
  readonly active: boolean;
  /** At most 100 characters. */
  readonly name: string;
  readonly manufacturer?: string;
  readonly model?: string;
  readonly serial?: string;
  /** 12, 14, 17 or 25 characters: see `macAddress`. */
  readonly mac?: string;
  readonly ip?: string;
  readonly system?: string;
  readonly assetTag?: string;
  readonly notes?: string;
  /** Dates at midnight UTC. */
  readonly purchased?: string;
  readonly installed?: string;
  readonly warrantyEnds?: string;
}

/** A believable MSP as no vendor in particular would store it; rows refer to one another by their place in these lists. */
export interface Msp {
  /** The first is the MSP itself. */
  readonly companies: readonly MspCompany[];
  readonly sites: readonly MspSite[];
  readonly contacts: readonly MspContact[];
  readonly devices: readonly MspDevice[];
}
