import type { StoredRow } from '../../store/collection.ts';
import type { Values } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { refuse, unexpected } from '../errors.ts';
import { Refusal } from '../../refusal.ts';
import type { EntityName } from '../schema/entity-name.ts';
import { COMPANY_CATEGORY, DEFAULT_DEVICE_CATEGORY } from '../seed/lookups.ts';
import type { Rules } from './entity-rules.ts';
import { webhookRules } from './webhook-rules.ts';

/** Of a company, and of its primary location, which is the same place. */
const ADDRESS = ['address1', 'address2', 'city', 'state', 'postalCode', 'countryID', 'phone', 'fax'] as const;

const addressOf = (row: Values): Values => Object.fromEntries(ADDRESS.map((field) => [field, row[field]]));

const differs = (row: Values, before: Values | undefined): boolean =>
  ADDRESS.some((field) => before !== undefined && field in before && before[field] !== row[field]);

function sameCompany(context: Context, after: Values, field: string, entity: EntityName): void {
  const id = after[field];
  if (typeof id !== 'number') return;
  if (context.store.get(entity, id)?.['companyID'] === after['companyID']) return;
  const type = entity === 'CompanyLocations' ? 'CompanyLocation' : 'Contact';
  throw refuse(`Reference value on field: ${field} of type: ${type} does not exist or is invalid.`);
}

function checkCompany({ store, settings }: Context, after: Values): void {
  const company = store.get('Companies', Number(after['companyID']));
  if (settings.inactiveCompanies === 'refuse' && company?.['isActive'] === false) {
    throw refuse('Reference value on field: companyID of type: Company does not exist or is invalid.');
  }
}

const primaryOf = (context: Context, companyId: number): StoredRow | undefined =>
  context.rowsOf('CompanyLocations', companyId).find((row) => row['isPrimary'] === true);

const COMPANIES: Rules = {
  stamps: { created: 'createDate', changed: ['lastActivityDate', 'lastTrackedModifiedDateTime'] },
  defaults: () => ({ isActive: true, companyCategoryID: COMPANY_CATEGORY.standard }),
  check({ settings }, after, row, sent) {
    if (!row && settings.billToBug && sent['billToAddressToUse'] === undefined) throw new Refusal(unexpected(1166));
    if (row?.id === 0 && after['isActive'] === false) throw refuse('The internal company cannot be inactivated.');
    if (row?.id === 0 && typeof after['parentCompanyID'] === 'number') {
      throw refuse('The internal company cannot have a parent company.');
    }
    if (row && after['parentCompanyID'] === row.id) throw refuse('A company cannot be its own parent.');
  },
  follow(context, row, before) {
    const { store, settings } = context;
    if (!before && settings.createsPrimaryLocation) {
      const values = {
        ...addressOf(row),
        companyID: row.id,
        name: 'Primary Location',
        isPrimary: true,
        isActive: true,
      };
      store.insert('CompanyLocations', { ...values, id: store.collection('CompanyLocations').nextId() });
    }
    const primary = primaryOf(context, row.id);
    if (primary && settings.mirrorsPrimaryAddress && differs(row, before)) {
      store.update('CompanyLocations', primary, addressOf(row));
    }
  },
};

const LOCATIONS: Rules = {
  stamps: { changed: [] },
  defaults: () => ({ isActive: true, isPrimary: false }),
  check(context, after, row) {
    if (!row) checkCompany(context, after);
    const others = context.rowsOf('CompanyLocations', Number(after['companyID'])).filter((one) => one.id !== row?.id);
    const isTaken = others.some((one) => String(one['name']).toLowerCase() === String(after['name']).toLowerCase());
    if (isTaken && context.settings.duplicateLocationNames === 'refuse' && row?.['name'] !== after['name']) {
      throw refuse(`A CompanyLocation already exists with Name [${String(after['name'])}].`);
    }
    if (after['isPrimary'] === true && after['isActive'] === false) {
      throw refuse('A primary location cannot be inactive.');
    }
    if (row?.['isPrimary'] === true && after['isPrimary'] !== true) {
      throw refuse('A company must have a primary location: make another one the primary location.');
    }
    if (after['isPrimary'] === true && !after['phone']) {
      throw refuse('Value does not exist for the required field phone');
    }
  },
  follow(context, row, before) {
    const { store, settings } = context;
    if (row['isPrimary'] !== true) return;
    for (const other of context.rowsOf('CompanyLocations', Number(row['companyID']))) {
      if (other !== row && other['isPrimary'] === true) store.update('CompanyLocations', other, { isPrimary: false });
    }
    const company = store.get('Companies', Number(row['companyID']));
    const isMade = !before || before['isPrimary'] === false;
    if (company && settings.mirrorsPrimaryAddress && (isMade || differs(row, before))) {
      store.update('Companies', company, addressOf(row));
    }
  },
  mayGo(_, row) {
    if (row['isPrimary'] === true) throw refuse('The primary location of a company cannot be deleted.');
  },
};

const CONTACTS: Rules = {
  stamps: { created: 'createDate', changed: ['lastActivityDate', 'lastModifiedDate'] },
  defaults: () => ({ primaryContact: false, receivesEmailNotifications: true }),
  check(context, after, row) {
    if (!row) checkCompany(context, after);
    sameCompany(context, after, 'companyLocationID', 'CompanyLocations');
  },
  follow(context, row) {
    if (row['primaryContact'] !== true) return;
    for (const other of context.rowsOf('Contacts', Number(row['companyID']))) {
      if (other !== row && other['primaryContact'] === true) {
        context.store.update('Contacts', other, { primaryContact: false });
      }
    }
  },
  mayGo({ store }, row) {
    const isInUse = store.collection('ConfigurationItems').by('contactID', row.id).length > 0;
    if (row['primaryContact'] === true || isInUse) {
      throw refuse('The Contact cannot be deleted because it is referenced by other entities.');
    }
  },
};

const CONFIGURATION_ITEMS: Rules = {
  stamps: { created: 'createDate', changed: ['lastModifiedTime'] },
  defaults: () => ({ configurationItemCategoryID: DEFAULT_DEVICE_CATEGORY }),
  check(context, after, row) {
    if (!row) checkCompany(context, after);
    sameCompany(context, after, 'companyLocationID', 'CompanyLocations');
    sameCompany(context, after, 'contactID', 'Contacts');
  },
};

const PLAIN: Rules = { stamps: { changed: [] } };

export const RULES: Readonly<Record<EntityName, Rules>> = {
  Companies: COMPANIES,
  CompanyLocations: LOCATIONS,
  Contacts: CONTACTS,
  ConfigurationItems: CONFIGURATION_ITEMS,
  Products: { stamps: { created: 'createdTime', changed: [] } },
  ConfigurationItemTypes: PLAIN,
  ConfigurationItemCategories: PLAIN,
  CompanyCategories: PLAIN,
  ClassificationIcons: PLAIN,
  Countries: PLAIN,
  Resources: PLAIN,
  ...webhookRules('Company'),
  ...webhookRules('Contact'),
  ...webhookRules('ConfigurationItem'),
  WebhookEventErrorLogs: PLAIN,
};

/** Fields that say when a row was written, of all entities. */
export const STAMPS: readonly string[] = [
  ...new Set(Object.values(RULES).flatMap(({ stamps }) => [stamps.created ?? [], stamps.changed].flat())),
];
