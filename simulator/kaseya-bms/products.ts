/** What tells the products of one make apart: they share their API. */
export interface Product {
  /** The simulator's name for it. */
  readonly name: 'kaseya-bms' | 'vorex' | 'pulseway';
  /** As `system/settings` says it. */
  readonly productName: string;
  /** Company name that its users log in with, unless another is given. */
  readonly tenant: string;
}

export const PRODUCTS = {
  kaseyaBms: { name: 'kaseya-bms', productName: 'BMS', tenant: 'Acme IT Services' },
  vorex: { name: 'vorex', productName: 'Vorex', tenant: 'Acme Vorex' },
  pulseway: { name: 'pulseway', productName: 'Pulseway PSA', tenant: 'Acme Pulseway' },
} as const satisfies Record<string, Product>;
