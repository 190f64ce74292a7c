import type { Email, Phone } from '../../../domain/values.ts';
import { PSA } from '../errors.ts';
import { sameName, type CommunicationKind, type CommunicationType } from './communication-types.ts';
import { TYPE_SETTINGS } from './push-settings.ts';
import { chooseAnother } from '../../write/choice-problem.ts';
import { refused } from '../../write/refused.ts';

export type EntryField = 'emails' | 'phones';

/** The communication type that an entry gets. */
export interface ChosenType {
  readonly id: number;
  readonly kind: CommunicationKind;
  /** Whether ConnectWise has the entry's own type; otherwise an item that is there keeps the type that it has. */
  readonly isOwn: boolean;
}

const KINDS: Readonly<Record<EntryField, readonly CommunicationKind[]>> = {
  emails: ['Email'],
  phones: ['Phone', 'Fax'],
};

/**
 * The row that an entry's own type names, if it can hold such an entry; else the one that the operator chose, else ConnectWise's
 * default of that kind, else its first. An entry that is called a fax, in whatever way, is one.
 */
export function chooseType(
  field: EntryField,
  { type }: Email | Phone,
  rows: readonly CommunicationType[],
  settings: Readonly<Record<string, string>>,
): ChosenType {
  const own = type === null ? undefined : rows.find((row) => sameName(row, type) && kindAs(field, row) !== undefined);
  const ownKind = own && kindAs(field, own);
  if (own && ownKind) return { id: own.id, kind: ownKind, isOwn: true };
  const kind = field === 'phones' && /\bfax/iu.test(type ?? '') ? 'Fax' : KINDS[field][0]!;
  return { id: fallback(field, kind, rows, settings).id, kind, isOwn: false };
}

const kindAs = (field: EntryField, { kinds }: CommunicationType): CommunicationKind | undefined =>
  KINDS[field].find((kind) => kinds.includes(kind));

function fallback(
  field: EntryField,
  kind: CommunicationKind,
  rows: readonly CommunicationType[],
  settings: Readonly<Record<string, string>>,
): CommunicationType {
  const fitting = rows.filter(({ kinds }) => kinds.includes(kind));
  const setting = TYPE_SETTINGS.find((one) => one.kind === kind);
  const choice = settings[setting?.name ?? ''];
  const chosen = choice
    ? fitting.find(({ id }) => String(id) === choice)
    : (fitting.find(({ isDefault }) => isDefault) ?? fitting[0]);
  if (chosen) return chosen;
  throw refused(
    field,
    choice
      ? `${field}: the type chosen as "${setting?.label}" is not in ${PSA}'s communication types for ${kind}: ${chooseAnother(setting?.name ?? '')}`
      : `${field}: ${PSA} has no communication type for ${kind}: add one there (System > Setup Tables > Communication Type)`,
  );
}
