import type { Email, Phone, PsaLookup } from '../../domain/values.ts';
import { cleanText } from '../../domain/clean-text.ts';
import { BASIC_TRANSFORMS } from '../basic-transforms.ts';
import { onePrimary } from '../one-primary.ts';
import { transform } from '../transform.ts';
import { communicationItems, reference, references, text } from './schemas.ts';
import type { CommunicationItem, Reference } from './schemas.ts';

/** The conversions that the mapping tables name. */
export const TRANSFORMS = {
  ...BASIC_TRANSFORMS,

  /** In one line: ConnectWise turns line breaks into blanks. */
  text: transform({ reads: text, toOurs: cleanText, toPsa: oneLine }),

  /** Notes, which keep their line breaks. */
  longText: transform({ reads: text, toOurs: cleanText, toPsa: (value: string) => value }),

  /** The name of a row that is looked up to be written. */
  rowName: transform({ reads: text, toOurs: cleanText }),

  /** A row of a list, by id and name. */
  lookup: transform({
    reads: reference,
    selects: ['id', 'name'],
    toOurs: lookupOf,
    lookups: (value) => lookupsOf([value]),
    toPsa: referenceTo,
  }),

  /** Of several rows the first, in ConnectWise's order. */
  firstLookup: transform({
    reads: references,
    toOurs: (value) => lookupsOf(value)[0] ?? null,
    lookups: lookupsOf,
    toPsa: (value: PsaLookup) => [referenceTo(value)],
  }),

  /** A text that we keep as a named row: ConnectWise has no list of models. */
  namedByText: transform({
    reads: text,
    toOurs: (value) => {
      const name = cleanText(value);
      return name === null ? null : { psaId: null, name };
    },
    toPsa: ({ name }: PsaLookup) => oneLine(name),
  }),

  emails: transform({
    reads: communicationItems,
    blank: [],
    toOurs: (items) =>
      onePrimary(
        inOrder(items)
          .filter((item) => kindOf(item) === 'Email')
          .flatMap(emailOf),
      ),
  }),

  phones: transform({
    reads: communicationItems,
    blank: [],
    toOurs: (items) =>
      onePrimary(
        inOrder(items)
          .filter((item) => kindOf(item) !== 'Email')
          .flatMap(phoneOf),
      ),
  }),
};

/** As ConnectWise keeps texts that are not notes. */
export function oneLine(value: string): string {
  return value.replace(/\s*[\r\n]\s*/gu, ' ');
}

/** By id alone: a name beside it that is out of date could be taken for the wish. */
function referenceTo({ psaId }: PsaLookup): Reference {
  return { id: Number(psaId) };
}

/** A reference without an id is unset, whatever else it holds. */
function lookupOf({ id, name }: Reference): PsaLookup | null {
  if (id === undefined || id === null) return null;
  return { psaId: String(id), name: cleanText(name ?? '') ?? String(id) };
}

function lookupsOf(values: readonly Reference[]): PsaLookup[] {
  return values.map(lookupOf).filter((lookup) => lookup !== null);
}

/** By id, so that the same items give the same value in whatever order they come. */
function inOrder(items: readonly CommunicationItem[]): CommunicationItem[] {
  return [...items].sort((a, b) => (a.id ?? 0) - (b.id ?? 0));
}

/** What ConnectWise takes an item for. */
export function kindOf({ communicationType, value }: CommunicationItem): 'Email' | 'Phone' | 'Fax' {
  return communicationType ?? (value?.includes('@') ? 'Email' : 'Phone');
}

function emailOf(item: CommunicationItem): Email[] {
  const value = cleanText(item.value ?? '');
  if (value === null) return [];
  return [{ value, type: cleanText(item.type?.name ?? ''), primary: item.defaultFlag === true }];
}

/** ConnectWise has a default per kind of communication, and fax is one: the default fax is not the primary phone. */
function phoneOf(item: CommunicationItem): Phone[] {
  const value = cleanText(item.value ?? '');
  if (value === null) return [];
  const primary = item.defaultFlag === true && kindOf(item) === 'Phone';
  return [{ value, extension: cleanText(item.extension ?? ''), type: cleanText(item.type?.name ?? ''), primary }];
}
