import { cleanText } from '../../../domain/clean-text.ts';
import { foldText } from '../../../domain/normalise.ts';
import type { Email, Phone } from '../../../domain/values.ts';
import { PSA } from '../errors.ts';
import { EMAIL_SLOTS, PHONE_SLOTS, type Slot } from '../slots.ts';
import { PHONE_TYPE } from './push-settings.ts';

export type EntryField = 'emails' | 'phones';

type Entry = Email | Phone;
type Settings = Readonly<Record<string, string>>;

/** Where entries go; or, in words, why they can't. */
export type Placed = { readonly values: Readonly<Record<string, string | null>> } | { readonly reason: string };

const SLOTS: Readonly<Record<EntryField, readonly Slot[]>> = { emails: EMAIL_SLOTS, phones: PHONE_SLOTS };

/**
 * The fields of a contact that hold these entries; a field that none goes to is emptied. An entry whose type is one of
 * Autotask's goes there; the others take what is free, a phone number beginning with the type that was chosen, and a primary
 * one before the others.
 */
export function placed(field: EntryField, entries: readonly Entry[], settings: Settings): Placed {
  const taken = new Map<Slot, Entry>();
  const homeless: Entry[] = [];
  for (const entry of entries) {
    const slot = slotOf(field, entry);
    if (slot && !taken.has(slot)) taken.set(slot, entry);
    else homeless.push(entry);
  }
  for (const entry of homeless.sort((a, b) => Number(b.primary) - Number(a.primary))) {
    const slot = preferred(field, entry, settings).find((free) => !taken.has(free));
    if (!slot) return { reason: tooMany(field) };
    taken.set(slot, entry);
  }
  const tooLong = [...taken].find(([{ characters }, { value }]) => value.length > characters)?.[0];
  if (tooLong) {
    const most = `${tooLong.type} takes ${tooLong.characters} characters in ${PSA}`;
    return { reason: `${field} has an entry that is too long: ${most}, shorten it` };
  }
  return { values: Object.fromEntries(SLOTS[field].flatMap((slot) => fieldsOf(slot, taken.get(slot)))) };
}

const slotOf = (field: EntryField, { type }: Entry): Slot | undefined =>
  SLOTS[field].find((slot) => foldText(slot.type) === foldText(type ?? ''));

function preferred(field: EntryField, { type }: Entry, settings: Settings): readonly Slot[] {
  if (field === 'emails') return EMAIL_SLOTS;
  const isFax = /\bfax/iu.test(type ?? '');
  const chosen = settings[PHONE_TYPE.name] ?? PHONE_TYPE.default;
  const fitting = PHONE_SLOTS.filter((slot) => (slot.isFax === true) === isFax);
  const first = isFax ? undefined : PHONE_SLOTS.find((slot) => slot.type === chosen);
  return first ? [first, ...fitting.filter((slot) => slot !== first)] : fitting;
}

function fieldsOf({ field, extension }: Slot, entry: Entry | undefined): [string, string | null][] {
  const ext = entry && 'extension' in entry ? cleanText(entry.extension ?? '') : null;
  const value = entry?.value ?? null;
  return extension === undefined
    ? [[field, value]]
    : [
        [field, value],
        [extension, ext],
      ];
}

function tooMany(field: EntryField): string {
  const types = SLOTS[field].map(({ type }) => type).join(', ');
  return `${field} has more entries than ${PSA} keeps: one each for ${types}; remove some`;
}
