import type { z } from 'zod';
import { z as zod } from 'zod';
import { cleanText } from '../../domain/clean-text.ts';
import type { Email, Phone, PsaLookup } from '../../domain/values.ts';
import { BASIC_TRANSFORMS } from '../basic-transforms.ts';
import { transform } from '../transform.ts';
import { emailAddresses, phoneNumbers } from './schemas.ts';

type PhoneRow = z.infer<typeof phoneNumbers>[number];
type EmailRow = z.infer<typeof emailAddresses>[number];

const EXTENSION = /\s*(?:x|ext\.?)\s*(\d+)\s*$/iu;

const byName = (value: string): PsaLookup | null => {
  const name = cleanText(value)?.trim();
  return name === undefined ? null : { psaId: name, name };
};

/** The conversions that the mapping tables name. Nothing is written, so there are no ways back. */
export const TRANSFORMS = {
  text: BASIC_TRANSFORMS.text,
  recordId: BASIC_TRANSFORMS.recordId,

  /** A row of a list that Tigerpaw names by its text. */
  lookupByName: transform({
    reads: zod.string(),
    toOurs: byName,
    lookups: (value) => [byName(value)].filter((row) => row !== null),
  }),

  /** A phone number without its extension. */
  numberAlone: transform({ reads: zod.string(), toOurs: (value) => cleanText(value.replace(EXTENSION, '')) }),

  emails: transform({
    reads: emailAddresses,
    blank: [],
    toOurs: (rows) => onePrimary(byId(rows, ({ EmailAddressId }) => EmailAddressId).flatMap(emailOf)),
  }),

  phones: transform({
    reads: phoneNumbers,
    blank: [],
    toOurs: (rows) => onePrimary(byId(rows, ({ PhoneNumberId }) => PhoneNumberId).flatMap(phoneOf)),
  }),
};

/** So that the same entries give the same value in whatever order they come. */
function byId<T>(rows: readonly T[], id: (row: T) => number | null | undefined): T[] {
  return [...rows].sort((a, b) => (id(a) ?? 0) - (id(b) ?? 0));
}

function emailOf({ Email: address, Description, IsPrimary }: EmailRow): Email[] {
  const value = cleanText(address ?? '');
  return value === null ? [] : [{ value, type: cleanText(Description ?? ''), primary: IsPrimary === true }];
}

/** Fax numbers have a primary one of their own, which is not the primary phone. */
function phoneOf({ Number: number, Location, IsPrimary }: PhoneRow): Phone[] {
  const whole = cleanText(number ?? '');
  if (whole === null) return [];
  const extension = EXTENSION.exec(whole)?.[1] ?? null;
  const type = cleanText(Location ?? '');
  const primary = IsPrimary === true && !/fax/iu.test(type ?? '');
  return [{ value: whole.replace(EXTENSION, ''), extension, type, primary }];
}

/** Of several that claim it, the first is primary. */
function onePrimary<T extends Email | Phone>(entries: readonly T[]): T[] {
  const first = entries.findIndex(({ primary }) => primary);
  return entries.map((entry, index) => ({ ...entry, primary: index === first }));
}
