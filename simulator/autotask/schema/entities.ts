import type { EntityName } from './entity-name.ts';
import { COMPANY, COMPANY_LOCATION } from './company.ts';
import { CONFIGURATION_ITEM } from './configuration-item.ts';
import { CONTACT } from './contact.ts';
import type { Fields } from './field.ts';
import { CLASSIFICATION_ICON, CONFIGURATION_ITEM_TYPE, COUNTRY, PRODUCT, RESOURCE } from './lookups.ts';

export interface UdfDefinition {
  readonly name: string;
  readonly type: 'string' | 'number' | 'datetime';
  readonly length?: number;
}

/** An entity: its fields, and what the API lets people do with it. */
export interface Entity {
  /** As errors and metadata call one row. */
  readonly singular: string;
  readonly fields: Fields;
  readonly canCreate: boolean;
  readonly canUpdate: boolean;
  readonly canDelete: boolean;
  readonly hasWebhooks: boolean;
  /** Written below its company only, at this name. */
  readonly child?: 'Contacts' | 'Locations';
  /** Fields that rows are found by fast. */
  readonly indexes: readonly string[];
  /** Missing: the entity has no user-defined fields. */
  readonly udfs?: readonly UdfDefinition[];
}

const none = { canCreate: false, canUpdate: false, canDelete: false, hasWebhooks: false, indexes: [] } as const;
const made = { ...none, canCreate: true, canUpdate: true };

export const ENTITIES: Readonly<Record<EntityName, Entity>> = {
  Companies: {
    ...made,
    singular: 'Company',
    fields: COMPANY,
    hasWebhooks: true,
    indexes: ['parentCompanyID'],
    udfs: [
      { name: 'CRM ID', type: 'string', length: 100 },
      { name: 'Discount', type: 'number' },
      { name: 'Onboarded', type: 'datetime' },
    ],
  },
  CompanyLocations: {
    ...made,
    singular: 'CompanyLocation',
    fields: COMPANY_LOCATION,
    canDelete: true,
    child: 'Locations',
    indexes: ['companyID'],
  },
  Contacts: {
    ...made,
    singular: 'Contact',
    fields: CONTACT,
    canDelete: true,
    hasWebhooks: true,
    child: 'Contacts',
    indexes: ['companyID'],
    udfs: [{ name: 'Badge', type: 'string', length: 50 }],
  },
  ConfigurationItems: {
    ...made,
    singular: 'ConfigurationItem',
    fields: CONFIGURATION_ITEM,
    hasWebhooks: true,
    indexes: ['companyID', 'contactID'],
    udfs: [
      { name: 'Rack', type: 'string', length: 50 },
      { name: 'MAC Address', type: 'string', length: 255 },
    ],
  },
  Products: { ...made, singular: 'Product', fields: PRODUCT, udfs: [] },
  ConfigurationItemTypes: {
    ...made,
    singular: 'ConfigurationItemType',
    fields: CONFIGURATION_ITEM_TYPE,
    canDelete: true,
  },
  ClassificationIcons: { ...none, singular: 'ClassificationIcon', fields: CLASSIFICATION_ICON },
  Countries: { ...none, singular: 'Country', fields: COUNTRY, canUpdate: true },
  Resources: { ...none, singular: 'Resource', fields: RESOURCE, canUpdate: true, udfs: [] },
};

/** Name of the property that holds user-defined fields, and of the stored map that it is made of. */
export const UDFS = 'userDefinedFields';
