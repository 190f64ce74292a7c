import type { Reply } from '../../psa.ts';
import { invalid, noRoute, paged, success } from '../envelope.ts';
import { filtered, pageOf, TIMES, type Filter } from '../query.ts';
import type { Row } from '../tables.ts';
import {
  accountName,
  changedContactView,
  contactView,
  emailViews,
  fullName,
  newContactView,
  parts,
  phoneViews,
  locationName,
} from '../views.ts';
import { CONTACT_FIELDS, fromStored, NEW_CONTACT_FIELDS, problemsOf, toStored } from '../write/fields.ts';
import { patched } from '../write/json-patch.ts';
import { changeParts, EMAILS, newParts, PHONES, type PartSpec } from '../write/parts.ts';
import { shown } from './accounts.ts';
import { listBody, objectBody, rowAt, type Call, type Route } from './call.ts';

const valuesIn = (list: unknown, field: string): unknown[] => parts(list).map((part) => part[field]);

const ACCOUNT_NAME: Filter = { name: 'AccountName', asks: 'contains', of: accountName };

const FILTERS: readonly Filter[] = [
  ACCOUNT_NAME,
  { name: 'Phone', asks: 'contains', of: (_, row) => valuesIn(row['phones'], 'phone') },
  { name: 'Email', asks: 'contains', of: (_, row) => valuesIn(row['emails'], 'emailAddress') },
  { name: 'AccountId', asks: 'equals' },
  { name: 'FirstName', asks: 'contains' },
  { name: 'LastName', asks: 'contains' },
  { name: 'IsActive', asks: 'is' },
  ...TIMES,
];

const SEARCH_FILTERS: readonly Filter[] = [
  { name: 'Ids', asks: 'among', field: 'id' },
  { name: 'AccountIds', asks: 'among', field: 'accountId' },
  { name: 'FirstName', asks: 'contains' },
  { name: 'LastName', asks: 'contains' },
  { name: 'JobTitle', asks: 'contains' },
  ACCOUNT_NAME,
  { name: 'LocationId', asks: 'equals' },
  { name: 'LocationName', asks: 'contains', of: (tables, row) => locationName(tables, row['locationId']) },
  { name: 'EmailAddress', asks: 'contains', of: (_, row) => valuesIn(row['emails'], 'emailAddress') },
  { name: 'HasClientPortalAccess', asks: 'is' },
  { name: 'IsPoc', asks: 'is' },
  { name: 'IsActive', asks: 'is' },
];

function list(call: Call): Reply {
  const { context, query } = call;
  const rows = filtered(context.tables, shown(call, context.tables.collection('contacts').all()), query, FILTERS);
  const page = pageOf(rows, query, context.settings);
  return paged(
    page.map((row) => contactView(context.tables, row)),
    rows.length,
  );
}

function search({ context, query }: Call): Reply {
  const rows = filtered(context.tables, context.tables.collection('contacts').all(), query, SEARCH_FILTERS);
  return success(
    pageOf(rows, query, context.settings).map((row) => {
      const names = contactView(context.tables, row);
      const { id, accountId, locationId, firstName, lastName, jobTitle, isPoc, isActive } = row as Row &
        Record<string, unknown>;
      const emailAddress = preferred(row, 'emails', 'emailAddress');
      const own = { id, accountId, locationId: locationId ?? 0, firstName, lastName, jobTitle, isPoc, isActive };
      return {
        ...own,
        accountName: names['accountName'],
        locationName: names['locationName'],
        emailAddress,
        hasClientPortalAccess: false,
      };
    }),
  );
}

const preferred = (row: Row, list: 'emails' | 'phones', field: string): unknown =>
  parts(row[list]).find((part) => part['isDefault'])?.[field] ?? null;

/** Who there is to choose from at an account. */
function lookup(call: Call): Reply {
  const { context, query, ids } = call;
  const { tables, settings } = context;
  rowAt(call, 'accounts', ids[0]);
  const own = shown(call, tables.collection('contacts').by('accountId', Number(ids[0])));
  const rows = filtered(tables, own, query, [
    { name: 'Name', asks: 'contains', of: (_, row) => fullName(row) },
    { name: 'LocationId', asks: 'equals' },
  ]);
  return success(
    pageOf(rows, query, settings).map((row) => ({
      id: row.id,
      name: fullName(row),
      locationId: row['locationId'] ?? 0,
      locationName: locationName(tables, row['locationId']),
      phone: preferred(row, 'phones', 'phone'),
      emailAddress: preferred(row, 'emails', 'emailAddress'),
    })),
  );
}

function single(call: Call): Reply {
  const contact = contactView(call.context.tables, rowAt(call, 'contacts', call.ids[0]));
  return call.context.settings.bareSummaries ? { status: 200, json: contact } : success(contact);
}

/** A location must be one of the account. */
function strayLocation({ context }: Call, { accountId, locationId }: Readonly<Record<string, unknown>>): string[] {
  const location = typeof locationId === 'number' ? context.tables.get('locations', locationId) : undefined;
  return location && location['accountId'] !== accountId ? ['LocationId does not belong to the account.'] : [];
}

function create(call: Call): Reply {
  const { context } = call;
  const body = objectBody(call);
  const isReachable = (list: unknown): boolean => parts(list).some((part) => part['isDefault'] === true);
  const { contactNeedsEmailAndPhone } = context.settings;
  const problems = [
    ...problemsOf(context.tables, NEW_CONTACT_FIELDS, body),
    ...strayLocation(call, body),
    ...(contactNeedsEmailAndPhone && !isReachable(body['emails']) ? ['A default email address is required.'] : []),
    ...(contactNeedsEmailAndPhone && !isReachable(body['phones']) ? ['A default phone number is required.'] : []),
  ];
  if (problems.length > 0) throw invalid(problems);
  const values = {
    ...toStored(NEW_CONTACT_FIELDS, body),
    ...{ middleName: null, jobTitle: null, isPoc: false, isActive: true, effectiveDate: null },
    ...{ isBillable: false, canRecieveInvoices: false },
    emails: newParts(context, EMAILS, body['emails']),
    phones: newParts(context, PHONES, body['phones']),
  };
  return success(newContactView(context.tables, context.insert('contacts', values, true)));
}

function save(call: Call, contact: Row, values: Readonly<Record<string, unknown>>): Reply {
  const { context } = call;
  const problems = [...problemsOf(context.tables, CONTACT_FIELDS, values), ...strayLocation(call, values)];
  if (problems.length > 0) throw invalid(problems);
  const stored = toStored(CONTACT_FIELDS, values);
  const flags = ['isPoc', 'isActive', 'canRecieveInvoices', 'isBillable'];
  for (const flag of flags) stored[flag] ??= flag === 'isActive' ? contact[flag] : false;
  context.update('contacts', contact, stored);
  return success(changedContactView(context.tables, contact));
}

function patch(call: Call): Reply {
  const contact = rowAt(call, 'contacts', call.ids[0]);
  return save(call, contact, patched(CONTACT_FIELDS, fromStored(CONTACT_FIELDS, contact), listBody(call)));
}

function patchParts(call: Call, spec: PartSpec): Reply {
  const { context } = call;
  if (!context.settings.contactParts) return noRoute();
  const contact = rowAt(call, 'contacts', call.ids[0]);
  const { list, ...counts } = changeParts(context, spec, contact, listBody(call));
  context.update('contacts', contact, { [spec.field]: list });
  const views = spec.field === 'emails' ? emailViews : phoneViews;
  return success({ ...counts, [spec.field]: views(context.tables, contact) });
}

function remove(call: Call): Reply {
  call.context.remove('contacts', rowAt(call, 'contacts', call.ids[0]));
  return { status: 200, text: '' };
}

const VIEW = ['contacts', 'view'] as const;
const MODIFY = ['contacts', 'modify'] as const;

export const CONTACT_ROUTES: readonly Route[] = [
  { method: 'GET', path: 'crm/contacts/summary', needs: VIEW, answer: list },
  { method: 'GET', path: 'crm/contacts/summary/{}', needs: VIEW, answer: single },
  { method: 'GET', path: 'crm/accounts/{}/contacts/lookup', needs: VIEW, answer: lookup },
  { method: 'GET', path: 'crm/contacts/search', needs: VIEW, answer: search },
  { method: 'POST', path: 'crm/contacts/summary', needs: MODIFY, answer: create },
  {
    method: 'PUT',
    path: 'crm/contacts/{}',
    needs: MODIFY,
    answer: (call) => save(call, rowAt(call, 'contacts', call.ids[0]), objectBody(call)),
  },
  { method: 'PATCH', path: 'crm/contacts/{}', needs: MODIFY, answer: patch },
  { method: 'PATCH', path: 'crm/contacts/{}/emails', needs: MODIFY, answer: (call) => patchParts(call, EMAILS) },
  { method: 'PATCH', path: 'crm/contacts/{}/phones', needs: MODIFY, answer: (call) => patchParts(call, PHONES) },
  { method: 'DELETE', path: 'crm/contacts/{}', needs: ['contacts', 'delete'], answer: remove },
];
