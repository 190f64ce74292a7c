import { invalid } from '../envelope.ts';
import type { Context } from '../context.ts';
import { parts } from '../views.ts';
import type { Row } from '../tables.ts';

type Part = Readonly<Record<string, unknown>>;

/** Where a contact keeps its e-mail addresses or phone numbers; names differ between what is read and written. */
export interface PartSpec {
  readonly field: 'emails' | 'phones';
  readonly types: 'emailTypes' | 'phoneTypes';
  /** In answers. */
  readonly value: string;
  readonly type: string;
  /** In operations. */
  readonly given: string;
  readonly newValue: string;
}

export const EMAILS: PartSpec = {
  field: 'emails',
  types: 'emailTypes',
  value: 'emailAddress',
  type: 'emailTypeId',
  given: 'emailAddress',
  newValue: 'newEmailAddress',
};

export const PHONES: PartSpec = {
  field: 'phones',
  types: 'phoneTypes',
  value: 'phone',
  type: 'phoneTypeId',
  given: 'phoneNumber',
  newValue: 'newPhoneNumber',
};

const OPERATIONS = { add: 0, update: 1, delete: 2 } as const;

/** The parts that a new contact comes with, checked. */
export function newParts(context: Context, spec: PartSpec, given: unknown): Part[] {
  return parts(given).reduce<Part[]>(
    (list, part) =>
      added(context, spec, list, { value: part[spec.given], type: part[spec.type], isDefault: part['isDefault'] }),
    [],
  );
}

/** What operations make of a contact's parts, and how many of each there were. */
export function changeParts(
  context: Context,
  spec: PartSpec,
  contact: Row,
  operations: readonly Part[],
): { readonly list: Part[]; readonly added: number; readonly updated: number; readonly deleted: number } {
  let list: Part[] = parts(contact[spec.field]);
  const counts = { added: 0, updated: 0, deleted: 0 };
  for (const { operation, typeId, isDefault, ...values } of operations) {
    const value = values[spec.given];
    if (operation === OPERATIONS.add) {
      list = added(context, spec, list, { value, type: typeId, isDefault });
      counts.added += 1;
      continue;
    }
    const part = list.find((one) => one[spec.value] === value);
    if (!part) throw invalid([`${String(value)} does not exist on the contact.`]);
    if (operation === OPERATIONS.delete) {
      list = list.filter((one) => one !== part);
      counts.deleted += 1;
    } else if (operation === OPERATIONS.update) {
      const next: Part = {
        ...part,
        ...context.stamp(),
        [spec.value]: values[spec.newValue] ?? part[spec.value],
        [spec.type]: typeId ?? part[spec.type],
        isDefault: isDefault ?? part['isDefault'],
      };
      check(context, spec, next[spec.value], next[spec.type]);
      list = oneDefault(
        list.map((one) => (one === part ? next : one)),
        next,
      );
      counts.updated += 1;
    } else throw invalid(['The Operation field is not valid.']);
  }
  return { list, ...counts };
}

function added(
  context: Context,
  spec: PartSpec,
  list: readonly Part[],
  { value, type, isDefault }: { readonly value: unknown; readonly type: unknown; readonly isDefault: unknown },
): Part[] {
  check(context, spec, value, type);
  const stamp = context.stamp();
  const part = {
    id: Math.max(9_000_000, ...list.map((one) => Number(one['id']))) + 1,
    createdBy: stamp.modifiedBy,
    createdOn: stamp.modifiedOn,
    ...stamp,
    isDefault: isDefault === true || list.length === 0,
    [spec.value]: value,
    [spec.type]: type,
  };
  return oneDefault([...list, part], part);
}

function check({ tables }: Context, { types, given }: PartSpec, value: unknown, type: unknown): void {
  if (typeof value !== 'string' || value.trim() === '') throw invalid([`The ${given} field is required.`]);
  if (typeof type !== 'number' || !tables.get(types, type)) throw invalid([`The type of ${given} does not exist.`]);
}

/** One default in a list: the last one that was made it. */
const oneDefault = (list: readonly Part[], newest: Part): Part[] =>
  newest['isDefault'] === true ? list.map((one) => (one === newest ? one : { ...one, isDefault: false })) : [...list];
