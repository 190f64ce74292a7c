import type { Reply } from '../../psa.ts';
import { failed, invalid, success } from '../envelope.ts';
import { Refusal } from '../../refusal.ts';
import { filtered, pageOf, type Filter } from '../query.ts';
import { OWN_ACCOUNT } from '../seed.ts';
import { textOf, type Lookup } from '../tables.ts';
import { objectBody, type Call, type Route } from './call.ts';

/** The vendor does not publish what its tables are called; only `ContactType` has been seen. Settings can rename them. */
const TABLES: Readonly<Record<string, Lookup>> = {
  AssetCategory: 'assetCategories',
  BusinessType: 'businessTypes',
  Country: 'countries',
  EmailType: 'emailTypes',
  PhoneType: 'phoneTypes',
  Manufacturer: 'manufacturers',
  AssetState: 'states',
};

/** The list that a table of the path stands for. */
function listAt({ context, ids }: Call): Lookup {
  const [asked = ''] = ids;
  const names = Object.keys(TABLES).map((usual) => [context.settings.tables[usual] ?? usual, usual] as const);
  const served = names.filter(([, usual]) => context.settings.tables[usual] !== null);
  const usual = served.find(([name]) => name.toLowerCase() === asked.toLowerCase())?.[1];
  const list = usual === undefined ? undefined : TABLES[usual];
  if (!list) throw new Refusal(failed(200, 400, `Lookup table ${asked} is not supported.`));
  return list;
}

function table(call: Call): Reply {
  const rows = call.context.tables.collection(listAt(call)).all();
  return success(rows.map(({ id, name, isDefault, isActive }) => ({ id, name, isDefault, isActive })));
}

/** Adds a row to a table of the tenant, and answers the table. */
function addToTable(call: Call): Reply {
  const { context } = call;
  const list = listAt(call);
  const { name, description = null, isActive = true } = objectBody(call);
  if (typeof name !== 'string' || name === '') throw invalid(['The Name field is required.']);
  const isTaken = context.tables
    .collection(list)
    .all()
    .some((row) => textOf(row['name']).toLowerCase() === name.toLowerCase());
  if (isTaken) throw invalid([`${name} already exists.`]);
  context.insert(list, { name, description, isActive, isDefault: false }, true);
  return table(call);
}

function accountTypes({ context }: Call): Reply {
  const rows = context.tables.collection('accountTypes').all();
  return success(
    rows.map(({ id, name, isActive, isClient, isVendor }) => ({ id, name, isActive, isClient, isVendor })),
  );
}

const EMPLOYEE_FILTERS: readonly Filter[] = [
  { name: 'Ids', asks: 'among', field: 'id' },
  { name: 'Name', asks: 'contains' },
];

function employees({ context, query }: Call): Reply {
  const rows = filtered(context.tables, context.tables.collection('employees').all(), query, EMPLOYEE_FILTERS);
  return success(pageOf(rows, query, context.settings).map(({ id, name }) => ({ id, name })));
}

/** Who work can be given to: every employee, whatever the account. */
function assignees({ context, query }: Call): Reply {
  const rows = filtered(context.tables, context.tables.collection('employees').all(), query, [
    ...EMPLOYEE_FILTERS,
    { name: 'ExcludedIds', asks: 'not among', field: 'id' },
  ]);
  return success(
    pageOf(rows, query, context.settings).map(({ id, name, emailAddress, jobTitle }) => ({
      ...{ id, name, emailAddress, jobTitle },
      ...{ url: null, pictureName: null, pictureURL: null },
    })),
  );
}

/** The MSP's own offices, not those of its clients. */
function offices({ context }: Call): Reply {
  const rows = context.tables.collection('locations').by('accountId', OWN_ACCOUNT);
  return success(rows.map(({ id, locationName, isMain }) => ({ id, name: locationName, isMain })));
}

function settings({ context }: Call): Reply {
  const { defaultPageSize } = context.settings;
  const { productName } = context.product;
  return success({
    ...{ defaultPageSize, workforcePlannerDefaultPageSize: 20, defaultSideBarPageSize: 10 },
    ...{ customFieldsMaxShownItems: 20, defaultAttachmentTicketsPageSize: 10, maximumAttachmentFileSizeinMb: 20 },
    ...{ dashboardWidgetTimeout: 60, dashboardWidgetMaxColumns: 4, dashboardWidgetMinColumns: 1 },
    ...{ dashboardTicketByIssueTypeWidgetMaxColumns: 4, dashboardWidgetPageSize: 10 },
    ...{ brandName: 'Kaseya', productName, fullCalendarLicenseKey: null, addOpportunityUrl: null },
    ...{ addActivityUrl: null, pendingQuotationsUrl: null, amountDueUrl: null, amountSentUrl: null },
    ...{ externalLinks: null, featureFlags: null },
  });
}

export const SYSTEM_ROUTES: readonly Route[] = [
  { method: 'GET', path: 'system/accounttypes/lookup', answer: accountTypes },
  { method: 'GET', path: 'system/lookup/{}', answer: table },
  { method: 'GET', path: 'system/tenantlookup/{}', answer: table },
  { method: 'POST', path: 'system/tenantlookup/{}', answer: addToTable },
  { method: 'GET', path: 'system/locations/lookup', answer: offices },
  { method: 'GET', path: 'system/settings', answer: settings },
  { method: 'GET', path: 'hr/employees/lookup', needs: ['employees', 'view'], answer: employees },
  { method: 'GET', path: 'hr/assignees/lookup', needs: ['employees', 'view'], answer: assignees },
];
