import { z } from 'zod';
import { cleanText } from '../../domain/clean-text.ts';
import type { Email, Phone, PsaLookup } from '../../domain/values.ts';
import { BASIC_TRANSFORMS } from '../basic-transforms.ts';
import { transform } from '../transform.ts';
import { EMAIL_SLOTS, PHONE_SLOTS } from './slots.ts';

/** A picklist value with its label beside it; the label is put there before a row is read. */
const choice = z.object({ id: z.int(), name: z.string().nullish() });
type Choice = z.infer<typeof choice>;

/** Texts by the names of their fields. */
const texts = z.record(z.string(), z.string().nullish());
type Texts = z.infer<typeof texts>;

/** Autotask's status is a flag; these two stand for it, by ids of our own. */
export const STATUSES = { active: { psaId: '1', name: 'Active' }, inactive: { psaId: '0', name: 'Inactive' } } as const;

const statusOf = (isActive: boolean): PsaLookup => (isActive ? STATUSES.active : STATUSES.inactive);

/** The conversions that the mapping tables name. */
export const TRANSFORMS = {
  ...BASIC_TRANSFORMS,

  /** A row of a picklist, which rows hold by number. */
  picklist: transform({
    reads: choice,
    toOurs: choiceOf,
    lookups: (value) => [choiceOf(value)],
    toPsa: ({ psaId, name }: PsaLookup) => ({ id: Number(psaId), name }),
  }),

  flag: transform({
    reads: z.boolean(),
    toOurs: statusOf,
    lookups: (value) => [statusOf(value)],
    toPsa: ({ psaId }: PsaLookup) => psaId === STATUSES.active.psaId,
  }),

  /** The name of a row that is looked up to be written. */
  rowName: transform({ reads: z.string(), toOurs: cleanText }),

  emails: transform({ reads: texts, blank: [], toOurs: emailsOf }),

  phones: transform({ reads: texts, blank: [], toOurs: phonesOf }),
};

function choiceOf({ id, name }: Choice): PsaLookup {
  return { psaId: String(id), name: cleanText(name ?? '') ?? String(id) };
}

/** The first is primary: Autotask says of none that it is. */
function emailsOf(values: Texts): Email[] {
  const entries = EMAIL_SLOTS.flatMap(({ field, type }) => {
    const value = cleanText(values[field] ?? '');
    return value === null ? [] : [{ value, type }];
  });
  return entries.map((entry, at) => ({ ...entry, primary: at === 0 }));
}

/** The first that is no fax is primary. */
function phonesOf(values: Texts): Phone[] {
  const entries = PHONE_SLOTS.flatMap(({ field, type, extension, isFax }) => {
    const value = cleanText(values[field] ?? '');
    if (value === null) return [];
    return [{ value, type, extension: extension ? cleanText(values[extension] ?? '') : null, isFax: isFax === true }];
  });
  const primary = entries.findIndex(({ isFax }) => !isFax);
  return entries.map(({ value, type, extension }, at) => ({ value, type, extension, primary: at === primary }));
}
