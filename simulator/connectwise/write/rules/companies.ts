import type { Context } from '../../context.ts';
import type { ValidationError } from '../../errors.ts';
import { referredId, type Row, type Stamp } from '../../store/row.ts';
import { isObject, type Draft, type Rules, type Stored, type Write } from '../write.ts';
import { makePrimary, primarySite, siteAddressOf } from './addresses.ts';
import { addTypes, refuseTypes } from './associations.ts';
import { defaultReference } from './defaults.ts';
import { makeDefaultContact } from './default-contact.ts';

const ADDRESS = ['addressLine1', 'addressLine2', 'city', 'state', 'zip', 'country'];

/** `site: {name}` of a new company names a site that the server makes. */
const takeParts: Rules['takeParts'] = ({ site, ...body }) => ({
  body,
  parts: isObject(site) ? { newSite: [site] } : {},
});

function newSiteName({ parts }: Draft): string {
  const [site] = parts['newSite'] ?? [];
  return isObject(site) && typeof site['name'] === 'string' ? site['name'] : '';
}

function error(code: string, message: string, field: string): ValidationError {
  return { code, message, resource: 'company', field };
}

function checkIdentifier(write: Write): void {
  const { context, draft, row } = write;
  const wanted = draft.values['identifier'];
  if (typeof wanted !== 'string') return;
  const taken = context.store
    .collection('companies')
    .all()
    .some((other) => other.id !== row?.id && String(other['identifier']).toLowerCase() === wanted.toLowerCase());
  if (taken) draft.errors.push(error('ObjectExists', 'Company ID already in use.', 'identifier'));
}

function check(write: Write): void {
  const { draft, row } = write;
  checkIdentifier(write);
  checkTies(write);
  if (row) {
    refuseTypes(write);
    return;
  }
  if (newSiteName(draft) === '') {
    draft.errors.push(error('MissingRequiredField', 'Company Site name is required.', 'site'));
  }
}

/** Both ends of these ties are in the company's own tables: a foreign site or contact is refused. */
function checkTies(write: Write): void {
  const { context, draft, row } = write;
  for (const [field, collection] of [
    ['site', 'sites'],
    ['defaultContact', 'contacts'],
  ] as const) {
    const id = referredId(draft.values[field]);
    const named = id === undefined ? undefined : context.store.get(collection, id);
    if (!named || (row && referredId(named['company']) === row.id)) continue;
    draft.errors.push(error('InvalidField', `The ${field} does not belong to the company.`, field));
  }
}

function defaults(context: Context): Record<string, unknown> {
  const today = context.stamp().at.slice(0, 10);
  return { status: defaultReference(context, 'companyStatuses'), dateAcquired: `${today}T00:00:00Z` };
}

function createSite({ context, row, draft, stamp }: Stored): void {
  const { store } = context;
  const site = store.create(
    'sites',
    {
      ...siteAddressOf(context, row),
      name: newSiteName(draft),
      phoneNumber: row['phoneNumber'],
      faxNumber: row['faxNumber'],
      company: store.reference('companies', row.id),
      primaryAddressFlag: true,
      defaultShippingFlag: true,
      defaultBillingFlag: true,
      defaultMailingFlag: true,
    },
    stamp,
  );
  store.update('companies', row, { site: store.reference('sites', site.id) });
}

function saved(stored: Stored): void {
  const { context, row, draft, stamp, created } = stored;
  if (created) {
    createSite(stored);
    addTypes(stored);
  } else {
    const site = primarySite(context, row.id);
    const named = 'site' in draft.values ? referredId(row['site']) : undefined;
    if (named !== undefined && named !== site?.id) {
      const chosen = context.store.get('sites', named);
      if (chosen) makePrimary(context, row, chosen, stamp);
    } else if (site) {
      // There is always a primary site: it can be exchanged, and not be taken away.
      if ('site' in draft.values) {
        context.store.update('companies', row, { site: context.store.reference('sites', site.id) });
      }
      if (ADDRESS.some((field) => field in draft.values)) {
        context.store.update('sites', site, siteAddressOf(context, row), stamp);
      }
    }
  }
  if ('defaultContact' in draft.values) makeDefaultContact(context, row, referredId(row['defaultContact']));
}

/** Deleting is soft: the row stays readable, and everything below it stays. */
function remove(context: Context, row: Row, stamp: Stamp): void {
  const values = { deletedFlag: true, dateDeleted: stamp.at, deletedBy: stamp.by };
  context.store.update('companies', row, values, stamp);
}

export const companyRules: Rules = { takeParts, defaults, keptByPut: ['site', 'defaultContact'], check, saved, remove };
