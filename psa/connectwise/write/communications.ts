import type { Email, Phone } from '../../../domain/values.ts';
import { cleanText } from '../../../domain/clean-text.ts';
import type { CommunicationItem } from '../schemas.ts';
import { kindOf, oneLine } from '../transforms.ts';
import type { ChosenType, EntryField } from './choose-type.ts';
import { operation, type Operation } from './operations.ts';

/** An entry of ours with the type that it gets. */
export interface WantedItem {
  readonly entry: Email | Phone;
  readonly type: ChosenType;
}

/** Items of a contact to add, change and remove; each is one request. */
export interface CommunicationChanges {
  readonly add: readonly Readonly<Record<string, unknown>>[];
  readonly change: readonly { readonly id: number; readonly operations: readonly Operation[] }[];
  readonly remove: readonly number[];
}

type Item = CommunicationItem & { readonly id: number };
type Fits = (wanted: WantedItem, item: Item) => boolean;

const valueOf = ({ value }: CommunicationItem) => cleanText(value ?? '');
const extensionOf = ({ entry }: WantedItem) => ('extension' in entry ? entry.extension : null);
const sameValue: Fits = ({ entry }, item) => oneLine(entry.value) === valueOf(item);
const sameExtension: Fits = (wanted, item) => (extensionOf(wanted) ?? null) === cleanText(item.extension ?? '');
const sameKind: Fits = ({ type }, item) => type.kind === kindOf(item);
const sameType: Fits = ({ type }, item) => type.id === item.type?.id;
const needsNoType: Fits = ({ type }) => !type.isOwn;

/** Which item an entry is, best first: a number that was corrected keeps its item, and so whatever else refers to it. */
const SAME: readonly Fits[] = [
  (wanted, item) => sameValue(wanted, item) && sameExtension(wanted, item) && sameType(wanted, item),
  (wanted, item) => sameValue(wanted, item) && (sameKind(wanted, item) || needsNoType(wanted, item)),
  sameValue,
  (wanted, item) => sameKind(wanted, item) && sameType(wanted, item),
];

/** What makes a contact's items of one field what is wanted. Items without a value are nobody's, and stay. */
export function communicationChanges(
  field: EntryField,
  items: readonly CommunicationItem[],
  wanted: readonly WantedItem[],
): CommunicationChanges {
  const free = new Set(items.filter((item): item is Item => isOf(field, item)));
  const paired = new Map<WantedItem, Item>();
  for (const fits of SAME) {
    for (const one of wanted) {
      const item = paired.has(one) ? undefined : [...free].find((candidate) => fits(one, candidate));
      if (!item) continue;
      paired.set(one, item);
      free.delete(item);
    }
  }
  const changes = [...paired].map(([one, item]) => ({ id: item.id, operations: itemOperations(one, item) }));
  return {
    add: wanted.filter((one) => !paired.has(one)).map(newItem),
    change: changes.filter(({ operations }) => operations.length > 0),
    remove: [...free].map(({ id }) => id),
  };
}

/** An item as it is posted, or given with a new contact. ConnectWise keeps one default of each kind, and turns the old one off. */
export function newItem({ entry, type }: WantedItem): Readonly<Record<string, unknown>> {
  const extension = 'extension' in entry ? entry.extension : null;
  return {
    type: { id: type.id },
    value: oneLine(entry.value),
    communicationType: type.kind,
    ...(extension !== null && { extension }),
    ...(isDefault(entry, type.kind) && { defaultFlag: true }),
  };
}

function itemOperations(wanted: WantedItem, item: Item): Operation[] {
  const { entry, type } = wanted;
  const kind = type.isOwn ? type.kind : kindOf(item);
  const operations: Operation[] = [];
  const set = (name: string, value: unknown) => operations.push(operation({ name, value }));
  if (!sameValue(wanted, item)) set('value', oneLine(entry.value));
  if ('extension' in entry && !sameExtension(wanted, item)) set('extension', entry.extension);
  if (type.isOwn && !sameType(wanted, item)) {
    set('type', { id: type.id });
    if (!sameKind(wanted, item)) set('communicationType', type.kind);
  }
  if (isDefault(entry, kind) && item.defaultFlag !== true) set('defaultFlag', true);
  return operations;
}

/** A default is never turned off, another one takes its place; a default fax is not the primary phone. */
const isDefault = ({ primary }: Email | Phone, kind: string): boolean => primary && kind !== 'Fax';

function isOf(field: EntryField, item: CommunicationItem): boolean {
  const isEmail = kindOf(item) === 'Email';
  return typeof item.id === 'number' && valueOf(item) !== null && isEmail === (field === 'emails');
}
