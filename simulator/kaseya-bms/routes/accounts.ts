import type { Reply } from '../../psa.ts';
import { invalid, paged, success } from '../envelope.ts';
import { filtered, pageOf, TIMES, type Filter } from '../query.ts';
import { nameOf, type Row } from '../tables.ts';
import { accountView, locationView } from '../views.ts';
import { ACCOUNT_FIELDS, ADDRESS_FIELDS, fromStored, problemsOf, toStored } from '../write/fields.ts';
import { patched } from '../write/json-patch.ts';
import { listBody, objectBody, rowAt, type Call, type Route } from './call.ts';

const FILTERS: readonly Filter[] = [
  { name: 'AccountName', asks: 'contains' },
  { name: 'AccountCode', asks: 'contains' },
  { name: 'AccountTypeId', asks: 'equals' },
  {
    name: 'AccountTypeName',
    asks: 'contains',
    of: (tables, row) => nameOf(tables, 'accountTypes', row['accountTypeId']),
  },
  { name: 'IsActive', asks: 'is' },
  ...TIMES,
];

const LOOKUP_FILTERS: readonly Filter[] = [
  { name: 'Ids', asks: 'among', field: 'id' },
  { name: 'Name', asks: 'contains', field: 'accountName' },
];

export const shown = ({ context, query }: Call, rows: readonly Row[]): readonly Row[] =>
  context.settings.activeUnlessAsked && query.flag('Filter.IsActive') === undefined
    ? rows.filter((row) => row['isActive'] === true)
    : rows;

function list(call: Call): Reply {
  const { context, query } = call;
  const rows = filtered(context.tables, shown(call, context.tables.collection('accounts').all()), query, FILTERS);
  const page = pageOf(rows, query, context.settings);
  return paged(
    page.map((row) => accountView(context.tables, row)),
    rows.length,
  );
}

function lookup({ context, query }: Call): Reply {
  const all = context.tables.collection('accounts').all();
  const wanted = query.flag('Filter.WithInactiveAccounts') ? all : all.filter((row) => row['isActive'] === true);
  const page = pageOf(filtered(context.tables, wanted, query, LOOKUP_FILTERS), query, context.settings);
  return success(page.map(({ id, accountName, isActive }) => ({ id, name: accountName, tenantName: null, isActive })));
}

function single(call: Call): Reply {
  const account = accountView(call.context.tables, rowAt(call, 'accounts', call.ids[0]));
  return call.context.settings.bareSummaries ? { status: 200, json: account } : success(account);
}

const locationsOf = ({ context, ids }: Call): readonly Row[] =>
  context.tables.collection('locations').by('accountId', Number(ids[0]));

function locationLookup(call: Call): Reply {
  rowAt(call, 'accounts', call.ids[0]);
  return success(
    locationsOf(call).map(({ id, locationName, accountId, isMain }) => ({ id, name: locationName, accountId, isMain })),
  );
}

function location(call: Call): Reply {
  const found = locationsOf(call).find(({ id }) => id === Number(call.ids[1]));
  return success(locationView(call.context.tables, found ?? rowAt(call, 'locations', undefined)));
}

/** The only place where V2 takes locations: those that come with a new account. */
function create(call: Call): Reply {
  const { context } = call;
  const body = objectBody(call);
  const locations = Array.isArray(body['locations']) ? (body['locations'] as Readonly<Record<string, unknown>>[]) : [];
  const problems = [
    ...problemsOf(context.tables, ACCOUNT_FIELDS, body),
    ...(locations.length === 0 ? ['The Locations field is required.'] : []),
    ...locations.flatMap(({ locationName, addresses }) => [
      ...(typeof locationName === 'string' && locationName !== '' ? [] : ['The LocationName field is required.']),
      ...(Array.isArray(addresses)
        ? addresses.flatMap((address: Readonly<Record<string, unknown>>) =>
            problemsOf(context.tables, ADDRESS_FIELDS, address),
          )
        : ['The Addresses field is required.']),
    ]),
  ];
  if (problems.length > 0) throw invalid(problems);
  const values = { ...toStored(ACCOUNT_FIELDS, body), isActive: body['isActive'] ?? true };
  const account = context.insert('accounts', values, true);
  const main = mainOf(locations);
  for (const [at, given] of locations.entries()) addLocation(call, account.id, given, at === main);
  return success(accountView(context.tables, account));
}

/** The place of the one that is called the main one; of none, the first is. */
const mainOf = (given: readonly Readonly<Record<string, unknown>>[]): number =>
  Math.max(
    0,
    given.findIndex(({ isMain }) => isMain === true),
  );

function addLocation(
  { context }: Call,
  accountId: number,
  { locationName, addresses, isActive }: Readonly<Record<string, unknown>>,
  isMain: boolean,
): void {
  const stamp = context.stamp();
  const given = addresses as Readonly<Record<string, unknown>>[];
  const main = mainOf(given);
  const list = given.map((address, at) => ({
    id: context.tables.collection('locations').nextId(),
    createdBy: stamp.modifiedBy,
    createdOn: stamp.modifiedOn,
    ...stamp,
    ...toStored(ADDRESS_FIELDS, address),
    isMain: at === main,
    isBilling: address['isBilling'] === true,
  }));
  context.insert(
    'locations',
    { accountId, locationName, isMain, isActive: isActive !== false, addresses: list },
    false,
  );
}

function save(call: Call, account: Row, values: Readonly<Record<string, unknown>>): Reply {
  const { context } = call;
  const problems = problemsOf(context.tables, ACCOUNT_FIELDS, values);
  if (values['parentId'] === account.id) problems.push('An account can not be its own parent.');
  if (problems.length > 0) throw invalid(problems);
  const isActive = values['isActive'] ?? account['isActive'];
  context.update('accounts', account, { ...toStored(ACCOUNT_FIELDS, values), isActive });
  return success(accountView(context.tables, account));
}

function patch(call: Call): Reply {
  const account = rowAt(call, 'accounts', call.ids[0]);
  return save(call, account, patched(ACCOUNT_FIELDS, fromStored(ACCOUNT_FIELDS, account), listBody(call)));
}

const VIEW = ['accounts', 'view'] as const;
const MODIFY = ['accounts', 'modify'] as const;

export const ACCOUNT_ROUTES: readonly Route[] = [
  { method: 'GET', path: 'crm/accounts/summary', needs: VIEW, answer: list },
  { method: 'GET', path: 'crm/accounts/summary/{}', needs: VIEW, answer: single },
  { method: 'GET', path: 'crm/accounts/lookup', needs: VIEW, answer: lookup },
  { method: 'GET', path: 'crm/accounts/{}/locations/lookup', needs: VIEW, answer: locationLookup },
  { method: 'GET', path: 'crm/accounts/{}/locations/{}', needs: VIEW, answer: location },
  { method: 'POST', path: 'crm/accounts', needs: MODIFY, answer: create },
  {
    method: 'PUT',
    path: 'crm/accounts/{}',
    needs: MODIFY,
    answer: (call) => save(call, rowAt(call, 'accounts', call.ids[0]), objectBody(call)),
  },
  { method: 'PATCH', path: 'crm/accounts/{}', needs: MODIFY, answer: patch },
];
