import type { Reply } from '../../psa.ts';
import { invalid, success } from '../envelope.ts';
import { filtered, pageOf, type Filter } from '../query.ts';
import type { Row } from '../tables.ts';
import { assetRowView, assetView, contactName, locationName } from '../views.ts';
import { ASSET_FIELDS, problemsOf, toStored } from '../write/fields.ts';
import { objectBody, rowAt, type Call, type Route } from './call.ts';

const FILTERS: readonly Filter[] = [
  { name: 'CategoryIds', asks: 'among', field: 'categoryId' },
  { name: 'AssetName', asks: 'contains', field: 'name' },
  { name: 'SerialNumber', asks: 'contains' },
  { name: 'Description', asks: 'contains' },
  { name: 'IPAddress', asks: 'contains' },
  { name: 'AccountId', asks: 'equals' },
  { name: 'ContactId', asks: 'equals' },
  { name: 'ContactName', asks: 'contains', of: contactName },
  { name: 'LocationName', asks: 'contains', of: (tables, row) => locationName(tables, row['accountLocationId']) },
  { name: 'MachineGroupId', asks: 'contains' },
  { name: 'ExcludedId', asks: 'is not', field: 'id' },
  { name: 'IsActive', asks: 'is' },
];

/** No total, no time of the last change, no MAC address or model: those take a request for each asset. */
function list({ context, query }: Call): Reply {
  const rows = filtered(context.tables, context.tables.collection('assets').all(), query, FILTERS);
  return success(pageOf(rows, query, context.settings).map((row) => assetRowView(context.tables, row)));
}

function single(call: Call): Reply {
  return success(assetView(call.context.tables, rowAt(call, 'assets', call.ids[0])));
}

/** Location and contact must be of the account. */
function strays({ context }: Call, values: Readonly<Record<string, unknown>>): string[] {
  const { accountId, accountLocationId, contactId } = values;
  const isStray = (name: 'locations' | 'contacts', id: unknown): boolean => {
    const row = typeof id === 'number' ? context.tables.get(name, id) : undefined;
    return row !== undefined && row['accountId'] !== accountId;
  };
  return [
    ...(isStray('locations', accountLocationId) ? ['AccountLocationId does not belong to the account.'] : []),
    ...(isStray('contacts', contactId) ? ['ContactId does not belong to the account.'] : []),
  ];
}

/** All fields at once: what is not given becomes empty. */
function checked(call: Call, known: Row | null): Record<string, unknown> {
  const body = objectBody(call);
  const problems = [...problemsOf(call.context.tables, ASSET_FIELDS, body), ...strays(call, body)];
  if (problems.length > 0) throw invalid(problems);
  const stored = toStored(ASSET_FIELDS, body);
  for (const flag of ['dhcpEnabled', 'winsEnabled']) stored[flag] ??= false;
  return { ...stored, isActive: stored['isActive'] ?? known?.['isActive'] ?? true };
}

function create(call: Call): Reply {
  const { context } = call;
  return success(assetView(context.tables, context.insert('assets', checked(call, null), true)));
}

function replace(call: Call): Reply {
  const { context } = call;
  const asset = rowAt(call, 'assets', call.ids[0]);
  context.update('assets', asset, checked(call, asset));
  return success(assetView(context.tables, asset));
}

function remove(call: Call): Reply {
  call.context.remove('assets', rowAt(call, 'assets', call.ids[0]));
  return { status: 200, text: '' };
}

const PATH = 'servicedesk/hardwareasset';

export const ASSET_ROUTES: readonly Route[] = [
  { method: 'GET', path: `${PATH}/searchselect`, needs: ['assets', 'view'], answer: list },
  { method: 'GET', path: `${PATH}/{}`, needs: ['assets', 'view'], answer: single },
  { method: 'POST', path: PATH, needs: ['assets', 'modify'], answer: create },
  { method: 'PUT', path: `${PATH}/{}`, needs: ['assets', 'modify'], answer: replace },
  { method: 'DELETE', path: `${PATH}/{}`, needs: ['assets', 'delete'], answer: remove },
];
