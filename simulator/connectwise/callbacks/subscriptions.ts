import type { Context, RecordEvent } from '../context.ts';
import { referredId, textOf, type Row } from '../store/row.ts';

const TYPES: Readonly<Record<string, string>> = {
  companies: 'company',
  contacts: 'contact',
  configurations: 'configuration',
};

/** The callback type that a saved record is told under; undefined for records that none are sent for. */
export function callbackType({ collection }: RecordEvent): string | undefined {
  return TYPES[collection];
}

function typeIds(context: Context, { collection, row }: RecordEvent): (number | undefined)[] {
  if (collection === 'configurations') return [referredId(row['type'])];
  const table = collection === 'companies' ? 'companyTypeAssociations' : 'contactTypeAssociations';
  const parent = collection === 'companies' ? 'company' : 'contact';
  return context.store
    .collection(table)
    .by(parent, row.id)
    .map((association) => referredId(association['type']));
}

/** Whether the level of a subscription covers the record. */
function covers(context: Context, callback: Row, event: RecordEvent): boolean {
  const { collection, row } = event;
  const objectId = Number(callback['objectId']);
  switch (textOf(callback['level']).toLowerCase()) {
    case 'owner':
      return true;
    case 'status':
      return referredId(row['status']) === objectId;
    case 'territory': {
      const companyId = collection === 'companies' ? row.id : referredId(row['company']);
      const company = companyId === undefined ? undefined : context.store.get('companies', companyId);
      return referredId(company?.['territory']) === objectId;
    }
    case 'type':
      return typeIds(context, event).includes(objectId);
    case 'company':
      return (collection === 'companies' ? row.id : referredId(row['company'])) === objectId;
    default:
      return row.id === objectId;
  }
}

/** The active subscriptions that a saved record fires. */
export function subscribersOf(context: Context, event: RecordEvent): readonly Row[] {
  const type = callbackType(event);
  if (type === undefined) return [];
  const members = context.store.collection('members').all();
  const memberId = members.find((member) => member['identifier'] === event.by)?.id;
  return context.store
    .collection('callbacks')
    .all()
    .filter(
      (callback) =>
        textOf(callback['type']).toLowerCase() === type &&
        callback['inactiveFlag'] !== true &&
        !(callback['isSelfSuppressedFlag'] === true && callback['memberId'] === memberId) &&
        covers(context, callback, event),
    );
}
