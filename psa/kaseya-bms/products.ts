import type { ConnectionField } from '../contract.ts';

/** What tells the products of one make apart: they share the API, its limits and everything that is written here. */
export interface Product {
  readonly provider: string;
  readonly title: string;
  readonly summary: string;
  /** What the host is that people enter. */
  readonly address: string;
  /** Hosts that most people enter. */
  readonly hosts: NonNullable<ConnectionField['presets']>;
}

export const KASEYA_BMS: Product = {
  provider: 'kaseya-bms',
  title: 'Kaseya BMS',
  summary: 'Kaseya BMS, REST API V2.',
  address: 'The gateway URL of My Settings in Kaseya BMS',
  hosts: [
    { value: 'bms.kaseya.com', name: 'United States' },
    { value: 'bmsemea.kaseya.com', name: 'Europe, Middle East and Africa' },
    { value: 'bmsapac.kaseya.com', name: 'Asia and Pacific' },
  ],
};

export const VOREX: Product = {
  provider: 'vorex',
  title: 'Vorex',
  summary: 'Vorex, which is Kaseya BMS under another name, REST API V2.',
  address: 'The host of the API of Vorex',
  hosts: [{ value: 'api.vorexlogin.com', name: 'Vorex' }],
};

export const PULSEWAY: Product = {
  provider: 'pulseway',
  title: 'Pulseway PSA',
  summary:
    'Pulseway PSA, which shares the REST API V2 of Kaseya BMS. Not Pulseway RMM, whose API is another one. An older deployment may lack some of what two-way sync needs: a push then says so.',
  address: 'The gateway URL of My Settings in Pulseway PSA',
  hosts: [{ value: 'psa.pulseway.com', name: 'Pulseway' }],
};
