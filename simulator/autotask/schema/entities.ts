import { COMPANY, COMPANY_LOCATION } from './company.ts';
import { CONFIGURATION_ITEM } from './configuration-item.ts';
import { CONTACT } from './contact.ts';
import { entity, MADE, type Entity } from './entity.ts';
import type { EntityName } from './entity-name.ts';
import * as lookups from './lookups.ts';
import { EVENT_ERROR_LOG, webhookEntities } from './webhooks.ts';

const COMPANIES = entity('Company', COMPANY, {
  ...MADE,
  hasWebhooks: true,
  indexes: ['parentCompanyID'],
  udfs: [
    { name: 'CRM ID', type: 'string', length: 100 },
    { name: 'Discount', type: 'number' },
    { name: 'Onboarded', type: 'datetime' },
  ],
});

const CONTACTS = entity('Contact', CONTACT, {
  ...MADE,
  canDelete: true,
  hasWebhooks: true,
  child: { of: 'Companies', at: 'Contacts', by: 'companyID' },
  indexes: ['companyID'],
  udfs: [{ name: 'Badge', type: 'string', length: 50 }],
});

const CONFIGURATION_ITEMS = entity('ConfigurationItem', CONFIGURATION_ITEM, {
  ...MADE,
  hasWebhooks: true,
  indexes: ['companyID', 'contactID'],
  udfs: [
    { name: 'Rack', type: 'string', length: 50 },
    { name: 'MAC Address', type: 'string', length: 255 },
  ],
});

export const ENTITIES: Readonly<Record<EntityName, Entity>> = {
  Companies: COMPANIES,
  CompanyLocations: entity('CompanyLocation', COMPANY_LOCATION, {
    ...MADE,
    canDelete: true,
    child: { of: 'Companies', at: 'Locations', by: 'companyID' },
    indexes: ['companyID'],
  }),
  Contacts: CONTACTS,
  ConfigurationItems: CONFIGURATION_ITEMS,
  Products: entity('Product', lookups.PRODUCT, { ...MADE, udfs: [] }),
  ConfigurationItemTypes: entity('ConfigurationItemType', lookups.CONFIGURATION_ITEM_TYPE, {
    ...MADE,
    canDelete: true,
  }),
  ConfigurationItemCategories: entity('ConfigurationItemCategory', lookups.CONFIGURATION_ITEM_CATEGORY, MADE),
  CompanyCategories: entity('CompanyCategory', lookups.COMPANY_CATEGORY, { canUpdate: true }),
  ClassificationIcons: entity('ClassificationIcon', lookups.CLASSIFICATION_ICON),
  Countries: entity('Country', lookups.COUNTRY, { canUpdate: true }),
  Resources: entity('Resource', lookups.RESOURCE, { canUpdate: true, udfs: [] }),
  ...webhookEntities('Company', COMPANIES),
  ...webhookEntities('Contact', CONTACTS),
  ...webhookEntities('ConfigurationItem', CONFIGURATION_ITEMS),
  WebhookEventErrorLogs: entity('WebhookEventErrorLog', EVENT_ERROR_LOG, { canDelete: true }),
};
