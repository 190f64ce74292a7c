import { foldText } from '../../../domain/normalise.ts';
import type { Email, Phone } from '../../../domain/values.ts';
import { cleanText } from '../../../domain/clean-text.ts';
import { chooseAnother } from '../../write/choice-problem.ts';
import { refused } from '../../write/refused.ts';
import { PART_OPERATIONS } from '../assumptions.ts';
import type { Table, TableRow } from '../tables.ts';
import { EMAIL_TYPE, PHONE_TYPE } from './push-settings.ts';

/** An e-mail address or a phone number as a contact holds it. */
export interface Part {
  /** As it stands there: changes find it by this. */
  readonly value: string;
  readonly typeId: number | null;
  readonly isDefault: boolean;
}

/** Where the two kinds of parts differ: names, and the table of their types. */
export const PARTS = {
  emails: {
    table: 'emailType',
    setting: EMAIL_TYPE,
    given: 'emailAddress',
    newValue: 'newEmailAddress',
    typeId: 'emailTypeId',
  },
  phones: {
    table: 'phoneType',
    setting: PHONE_TYPE,
    given: 'phoneNumber',
    newValue: 'newPhoneNumber',
    typeId: 'phoneTypeId',
  },
} as const satisfies Record<string, { readonly table: Table; readonly [name: string]: unknown }>;

export type PartField = keyof typeof PARTS;

/** An entry of ours with the type that it gets. */
export interface WantedPart {
  readonly entry: Email | Phone;
  readonly typeId: number;
  /** Whether the PSA has the entry's own type; otherwise a part that is there keeps the type that it has. */
  readonly isOwn: boolean;
}

/** The row that the entry's own type names, else the chosen one, else the default, else the first. */
export function wantedPart(
  field: PartField,
  entry: Email | Phone,
  rows: readonly TableRow[],
  settings: Readonly<Record<string, string>>,
): WantedPart {
  const { type } = entry;
  const own = type === null ? undefined : rows.find(({ name }) => foldText(name) === foldText(type));
  if (own) return { entry, typeId: own.id, isOwn: true };
  const { name, label } = PARTS[field].setting;
  const choice = settings[name];
  const fallback = choice
    ? rows.find(({ id }) => String(id) === choice)
    : (rows.find(({ isDefault }) => isDefault) ?? rows[0]);
  if (fallback) return { entry, typeId: fallback.id, isOwn: false };
  throw refused(field, `${field}: the type chosen as "${label}" is not in the PSA's list: ${chooseAnother(name)}`);
}

/** A part of a new contact. */
export function newPart(field: PartField, { entry, typeId }: WantedPart): Record<string, unknown> {
  const { given, typeId: type } = PARTS[field];
  return { [given]: entry.value, [type]: typeId, isDefault: entry.primary };
}

const isSame = ({ entry }: WantedPart, { value }: Part): boolean => entry.value === cleanText(value);
const isOfType = ({ typeId }: WantedPart, part: Part): boolean => typeId === part.typeId;

/** Which part an entry is, best first: a number that was corrected keeps its place. */
const FITS = [
  (wanted: WantedPart, part: Part) => isSame(wanted, part) && isOfType(wanted, part),
  isSame,
  isOfType,
] as const;

/** The operations of one PATCH that make the parts of a contact what is wanted; removals come last. */
export function partOperations(
  field: PartField,
  parts: readonly Part[],
  wanted: readonly WantedPart[],
): Record<string, unknown>[] {
  const { given, newValue } = PARTS[field];
  const free = new Set(parts.filter(({ value }) => cleanText(value) !== null));
  const paired = new Map<WantedPart, Part>();
  for (const fits of FITS) {
    for (const one of wanted) {
      const part = paired.has(one) ? undefined : [...free].find((candidate) => fits(one, candidate));
      if (!part) continue;
      paired.set(one, part);
      free.delete(part);
    }
  }
  const changes = [...paired].flatMap(([one, part]) => {
    const { entry, typeId, isOwn } = one;
    const changed = {
      ...(!isSame(one, part) && { [newValue]: entry.value }),
      ...(isOwn && typeId !== part.typeId && { typeId }),
      ...(entry.primary && !part.isDefault && { isDefault: true }),
    };
    if (Object.keys(changed).length === 0) return [];
    return [{ operation: PART_OPERATIONS.update, [given]: part.value, ...changed }];
  });
  const additions = wanted
    .filter((one) => !paired.has(one))
    .map(({ entry, typeId }) => ({
      operation: PART_OPERATIONS.add,
      [given]: entry.value,
      typeId,
      isDefault: entry.primary,
    }));
  const removals = [...free].map(({ value }) => ({ operation: PART_OPERATIONS.remove, [given]: value }));
  return [...changes, ...additions, ...removals];
}
