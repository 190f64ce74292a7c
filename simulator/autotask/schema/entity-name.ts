/** Entities whose changes webhooks tell. */
const SUBJECTS = ['Company', 'Contact', 'ConfigurationItem'] as const;
export type Subject = (typeof SUBJECTS)[number];

/** Entities that are simulated, by the vendor's names; the first four are what an MSP has most of. */
export const ENTITY_NAMES = [
  ...([
    'Companies',
    'CompanyLocations',
    'Contacts',
    'ConfigurationItems',
    'Products',
    'ConfigurationItemTypes',
  ] as const),
  ...(['ConfigurationItemCategories', 'CompanyCategories', 'ClassificationIcons', 'Countries', 'Resources'] as const),
  ...SUBJECTS.map((subject) => `${subject}Webhooks` as const),
  ...SUBJECTS.map((subject) => `${subject}WebhookFields` as const),
  ...SUBJECTS.map((subject) => `${subject}WebhookUdfFields` as const),
  ...SUBJECTS.map((subject) => `${subject}WebhookExcludedResources` as const),
  'WebhookEventErrorLogs' as const,
];

export type EntityName = (typeof ENTITY_NAMES)[number];
