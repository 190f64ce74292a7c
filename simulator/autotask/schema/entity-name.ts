/** Entities that are simulated, by the vendor's names; the first four are what an MSP has most of. */
export const ENTITY_NAMES = [
  'Companies',
  'CompanyLocations',
  'Contacts',
  'ConfigurationItems',
  'Products',
  'ConfigurationItemTypes',
  'ClassificationIcons',
  'Countries',
  'Resources',
] as const;

export type EntityName = (typeof ENTITY_NAMES)[number];
