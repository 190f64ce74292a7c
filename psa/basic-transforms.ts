import { z } from 'zod';
import { cleanText } from '../domain/clean-text.ts';
import { foldMac } from '../domain/normalise.ts';
import type { PsaLookup } from '../domain/values.ts';
import { transform } from './transform.ts';
import { utcDay } from './utc-day.ts';

const SINGLE_MAC_CHARACTERS = 17;

const text = z.string();
const dateTime = z.string().refine((value) => value.trim() === '' || utcDay(value) !== null, 'is not a date');

/** Conversions that mean the same with every PSA; a provider's own stand beside them. */
export const BASIC_TRANSFORMS = {
  text: transform({ reads: text, toOurs: cleanText, toPsa: (value: string) => value }),

  /** Some RMM tools write several addresses into one field: those are not taken. */
  singleMac: transform({
    reads: text,
    toOurs: (value) => {
      const mac = value.trim();
      return mac.length <= SINGLE_MAC_CHARACTERS && foldMac(mac) !== null ? mac : null;
    },
    toPsa: (value: string) => value,
  }),

  /** A day, which PSAs write as midnight UTC. */
  date: transform({ reads: dateTime, toOurs: utcDay, toPsa: (day: string) => `${day}T00:00:00Z` }),

  /** The id of another record. */
  recordId: transform({ reads: z.int(), toOurs: String, toPsa: Number }),

  /** A text that we keep as a named row. */
  namedByText: transform({
    reads: text,
    toOurs: (value) => {
      const name = cleanText(value);
      return name === null ? null : { psaId: null, name };
    },
    toPsa: ({ name }: PsaLookup) => name,
  }),
};
