import { EMAIL_ADDRESS, PHONE_NUMBER, SHIP_TO, type Model } from './fields.ts';
import type { Row } from './tables.ts';

/** What records hold several of, each with an id of its own, one of them the primary one. */
export interface PartKind {
  /** The field of the record that holds them. */
  readonly list: 'PhoneNumbers' | 'EmailAddresses' | 'ShipTos';
  readonly id: 'PhoneNumberId' | 'EmailAddressId' | 'ShipToId';
  /** What answers to writes call one. */
  readonly one: 'Number' | 'Email' | 'ShipTo';
  readonly model: Model;
}

export const PHONES: PartKind = { list: 'PhoneNumbers', id: 'PhoneNumberId', one: 'Number', model: PHONE_NUMBER };
export const EMAILS: PartKind = { list: 'EmailAddresses', id: 'EmailAddressId', one: 'Email', model: EMAIL_ADDRESS };
export const SHIP_TOS: PartKind = { list: 'ShipTos', id: 'ShipToId', one: 'ShipTo', model: SHIP_TO };

export type Part = Readonly<Record<string, unknown>>;

export const partsOf = (row: Row, { list }: PartKind): readonly Part[] => (row[list] ?? []) as readonly Part[];

/** Ids of parts go by their record's, so that those of one are none of another. */
const PARTS_OF_A_RECORD = 1000;
export const firstPartId = (owner: number): number => owner * PARTS_OF_A_RECORD;

export const FAX = 'Fax';

/** Parts of which exactly one is primary: the one that is asked for, the one that was, or the first that is no fax. */
export function withOnePrimary(parts: readonly Part[], { id }: PartKind, wanted?: unknown): readonly Part[] {
  const next = parts.find(({ IsPrimary }) => IsPrimary === true) ?? parts.find(({ Location }) => Location !== FAX);
  const primary = wanted ?? next?.[id];
  return parts.map((part) => ({ ...part, IsPrimary: part[id] === primary }));
}

/** The parts with one more, whose id is returned. */
export function withPart(
  owner: number,
  parts: readonly Part[],
  kind: PartKind,
  values: Part,
): { readonly id: number; readonly parts: readonly Part[] } {
  const id = Math.max(firstPartId(owner) - 1, ...parts.map((part) => Number(part[kind.id]))) + 1;
  const isPrimary = values['IsPrimary'] === true;
  return { id, parts: withOnePrimary([...parts, { [kind.id]: id, ...values }], kind, isPrimary ? id : undefined) };
}
