import type { Reply } from '../../psa.ts';
import { failed, success } from '../envelope.ts';
import { filtered, pageOf } from '../query.ts';
import type { Lookup } from '../tables.ts';
import type { Call, Route } from './call.ts';

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

function table({ context, ids }: Call): Reply {
  const [asked = ''] = ids;
  const names = Object.keys(TABLES).map((usual) => [context.settings.tables[usual] ?? usual, usual] as const);
  const served = names.filter(([, usual]) => context.settings.tables[usual] !== null);
  const usual = served.find(([name]) => name.toLowerCase() === asked.toLowerCase())?.[1];
  const list = usual === undefined ? undefined : TABLES[usual];
  if (!list) return failed(200, 400, `Lookup table ${asked} is not supported.`);
  return success(
    context.tables
      .collection(list)
      .all()
      .map(({ id, name, isDefault, isActive }) => ({ id, name, isDefault, isActive })),
  );
}

function accountTypes({ context }: Call): Reply {
  const rows = context.tables.collection('accountTypes').all();
  return success(
    rows.map(({ id, name, isActive, isClient, isVendor }) => ({ id, name, isActive, isClient, isVendor })),
  );
}

function employees({ context, query }: Call): Reply {
  const rows = filtered(context.tables, context.tables.collection('employees').all(), query, [
    { name: 'Ids', asks: 'among', field: 'id' },
    { name: 'Name', asks: 'contains' },
  ]);
  return success(pageOf(rows, query, context.settings).map(({ id, name }) => ({ id, name })));
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
  { method: 'GET', path: 'system/settings', answer: settings },
  { method: 'GET', path: 'hr/employees/lookup', needs: ['employees', 'view'], answer: employees },
];
