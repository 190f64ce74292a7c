import type { Reply } from '../../psa.ts';
import { success } from '../envelope.ts';
import { filtered, pageOf, type Filter } from '../query.ts';
import type { Row, Tables } from '../tables.ts';
import { contactName } from '../views.ts';
import type { Call, Route } from './call.ts';

/** All software there is: systems of devices. */
const CATEGORY = { categoryId: 1, categoryName: 'Operating System' };

const devicesWith = (tables: Tables, { softwareName }: Row): readonly Row[] =>
  tables
    .collection('assets')
    .all()
    .filter(({ osInfo }) => osInfo === softwareName);

const ofDevices =
  (value: (tables: Tables, device: Row) => unknown): NonNullable<Filter['of']> =>
  (tables, row) =>
    devicesWith(tables, row).map((device) => value(tables, device));

const FILTERS: readonly Filter[] = [
  { name: 'CategoryIds', asks: 'among', of: () => CATEGORY.categoryId },
  { name: 'SoftwareName', asks: 'contains' },
  { name: 'AccountId', asks: 'equals', of: ofDevices((_, device) => device['accountId']) },
  { name: 'ContactId', asks: 'equals', of: ofDevices((_, device) => device['contactId']) },
  { name: 'ContactName', asks: 'contains', of: ofDevices(contactName) },
  { name: 'ExcludedId', asks: 'is not', field: 'id' },
];

function list({ context, query }: Call): Reply {
  const rows = filtered(context.tables, context.tables.collection('softwareAssets').all(), query, FILTERS);
  const page = pageOf(rows, query, context.settings);
  return success(
    page.map(({ id, softwareName }) => ({ id, softwareName, ...CATEGORY, version: null, modelNumber: null })),
  );
}

export const SOFTWARE_ROUTES: readonly Route[] = [
  { method: 'GET', path: 'servicedesk/softwareassets/searchselect', needs: ['assets', 'view'], answer: list },
];
