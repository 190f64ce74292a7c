/** Every table of the simulated PSA. Those of the second half are only referred to: no endpoint serves them. */
export const COLLECTION_NAMES = [
  'companies',
  'sites',
  'contacts',
  'configurations',
  'communications',
  'companyTypeAssociations',
  'contactTypeAssociations',
  'companyTypes',
  'companyStatuses',
  'contactTypes',
  'contactDepartments',
  'relationships',
  'communicationTypes',
  'configurationTypes',
  'configurationStatuses',
  'questions',
  'questionValues',
  'manufacturers',
  'countries',
  'states',
  'userDefinedFields',
  'callbacks',

  'addressFormats',
  'billingTerms',
  'calendars',
  'currencies',
  'deliveryMethods',
  'documents',
  'emailTemplates',
  'entityTypes',
  'invoiceTemplates',
  'markets',
  'members',
  'ownershipTypes',
  'pricingSchedules',
  'sicCodes',
  'slas',
  'systemDepartments',
  'systemLocations',
  'taxCodes',
  'timeZones',
  'tracks',
] as const;

export type CollectionName = (typeof COLLECTION_NAMES)[number];

export function isCollectionName(name: string): name is CollectionName {
  return (COLLECTION_NAMES as readonly string[]).includes(name);
}
