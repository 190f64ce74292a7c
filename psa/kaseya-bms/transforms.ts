import { z } from 'zod';
import { cleanText } from '../../domain/clean-text.ts';
import type { Email, Phone, PsaLookup } from '../../domain/values.ts';
import { BASIC_TRANSFORMS } from '../basic-transforms.ts';
import { onePrimary } from '../one-primary.ts';
import { transform } from '../transform.ts';
import { emailParts, phoneParts } from './schemas.ts';

/** A flag that stands for a status: two rows, by ids of our own. */
export const STATUSES = [
  { psaId: '1', name: 'Active' },
  { psaId: '0', name: 'Inactive' },
] as const satisfies readonly PsaLookup[];

const [ACTIVE, INACTIVE] = STATUSES;

const pair = z.object({ id: z.int().nullable(), name: z.string().nullable() });

/** The conversions that the mapping tables name. */
export const TRANSFORMS = {
  ...BASIC_TRANSFORMS,

  /** 0 is no record. */
  recordId: transform({ reads: z.int(), toOurs: (id) => (id === 0 ? null : String(id)), toPsa: Number }),

  /** A row of a list, by id and name. */
  lookup: transform({
    reads: pair,
    toOurs: lookupOf,
    lookups: (value) => [lookupOf(value)].filter((lookup) => lookup !== null),
    toPsa: ({ psaId, name }: PsaLookup) => ({ id: Number(psaId), name }),
  }),

  /** Whether a record is active, as a row to tick. */
  activeFlag: transform({
    reads: z.boolean(),
    toOurs: (isActive): PsaLookup => (isActive ? ACTIVE : INACTIVE),
    toPsa: ({ psaId }: PsaLookup) => psaId === ACTIVE.psaId,
  }),

  flag: transform({ reads: z.boolean(), toOurs: (value) => value, toPsa: (value: boolean) => value }),

  /** Of all locations of an account the main one. */
  mainLocation: transform({
    reads: z.array(z.looseObject({ id: z.unknown(), isMain: z.unknown() })),
    toOurs: (locations) => {
      const id = locations.find(({ isMain }) => isMain === true)?.id;
      return typeof id === 'number' ? String(id) : null;
    },
  }),

  emails: transform({
    reads: emailParts,
    blank: [],
    toOurs: (parts): readonly Email[] =>
      onePrimary(
        inOrder(parts).flatMap(({ emailAddress, emailType, isDefault }) => {
          const value = cleanText(emailAddress ?? '');
          return value === null ? [] : [{ value, type: cleanText(emailType ?? ''), primary: isDefault === true }];
        }),
      ),
  }),

  /** The product has no extensions. */
  phones: transform({
    reads: phoneParts,
    blank: [],
    toOurs: (parts): readonly Phone[] =>
      onePrimary(
        inOrder(parts).flatMap(({ phone, phoneType, isDefault }) => {
          const value = cleanText(phone ?? '');
          const type = cleanText(phoneType ?? '');
          return value === null ? [] : [{ value, extension: null, type, primary: isDefault === true }];
        }),
      ),
  }),
};

function lookupOf({ id, name }: z.infer<typeof pair>): PsaLookup | null {
  if (id === null || id === 0) return null;
  return { psaId: String(id), name: cleanText(name ?? '') ?? String(id) };
}

/** By id, so that the same parts give the same value in whatever order they come. */
function inOrder<T extends { readonly id?: number | null | undefined }>(parts: readonly T[]): T[] {
  return [...parts].sort((a, b) => (a.id ?? 0) - (b.id ?? 0));
}
