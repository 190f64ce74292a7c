import { DEVICE_TYPES } from '../../msp/device-kinds.ts';

export interface PicklistRow {
  readonly value: number;
  readonly label: string;
  readonly isActive: boolean;
  readonly isSystem: boolean;
  readonly isDefault?: true;
}

export const picklistRows = (start: number, step: number, labels: readonly string[], isSystem = false): PicklistRow[] =>
  labels.map((label, at) => ({ value: start + at * step, label, isActive: true, isSystem }));

/** Of the vendor: there is no 5, and the list can't be changed. */
const COMPANY_TYPES: readonly PicklistRow[] = [
  { value: 1, label: 'Customer', isActive: true, isSystem: true },
  { value: 2, label: 'Lead', isActive: true, isSystem: true },
  { value: 3, label: 'Prospect', isActive: true, isSystem: true, isDefault: true },
  { value: 4, label: 'Dead', isActive: true, isSystem: true },
  { value: 6, label: 'Cancelation', isActive: true, isSystem: true },
  { value: 7, label: 'Vendor', isActive: true, isSystem: true },
  { value: 8, label: 'Partner', isActive: true, isSystem: true },
];

/** Ids of a tenant's own rows are whatever they came to be: nothing may count on 1, 2, 3. */
const DEVICE_TYPE_ROWS = picklistRows(29_683_440, 3, DEVICE_TYPES).map((row) => ({
  ...row,
  isActive: row.label !== 'License',
}));

/** The tenant's lists, by name. */
export const PICKLISTS = {
  companyType: COMPANY_TYPES,
  classification: picklistRows(4, 5, ['Gold', 'Silver', 'Bronze', 'Delinquent']),
  configurationItemType: DEVICE_TYPE_ROWS,
  marketSegment: picklistRows(29_682_778, 1, ['Healthcare', 'Legal', 'Finance', 'Manufacturing']),
  territory: picklistRows(29_682_801, 1, ['Florida', 'Colorado']),
  competitor: picklistRows(29_682_900, 1, ['Another IT Shop']),
  invoiceMethod: picklistRows(1, 1, ['Manual', 'Do not print or email', 'Batch']),
  billToAddress: picklistRows(1, 1, ['Account', 'Location', 'Custom'], true),
  apiVendor: picklistRows(61, 1, ['Datto RMM', 'Another RMM'], true),
  namePrefix: picklistRows(1, 1, ['Mr.', 'Mrs.', 'Ms.', 'Dr.']),
  nameSuffix: picklistRows(1, 1, ['Jr.', 'Sr.', 'III']),
  serviceLevelAgreement: picklistRows(3, 2, ['Standard', 'Premium']),
  categoryColor: picklistRows(1, 1, ['Blue', 'Green', 'Grey', 'Orange', 'Red'], true),
  productCategory: picklistRows(12, 2, ['Hardware', 'Software']),
  period: picklistRows(1, 1, ['One-Time', 'Monthly', 'Quarterly', 'Semi-Annual', 'Yearly'], true),
  billingType: picklistRows(1, 1, ['Billable', 'Not billable'], true),
  rmmManufacturer: picklistRows(101, 1, ['Dell Inc.', 'HP', 'LENOVO']),
  licenseType: picklistRows(
    1,
    1,
    ['Professional', 'Dashboard', 'Time & Attendance', 'Team Member', 'Executive', 'Contractor', 'API User'],
    true,
  ),
} as const satisfies Record<string, readonly PicklistRow[]>;

export type PicklistName = keyof typeof PICKLISTS;

/** The rows of a picklist, by its name or as they are. */
export const rowsOf = (list: PicklistName | readonly PicklistRow[]): readonly PicklistRow[] =>
  typeof list === 'string' ? PICKLISTS[list] : list;

/** The picklist value of a licence that only uses the API, and never owns a record. */
export const API_LICENSE = 7;
