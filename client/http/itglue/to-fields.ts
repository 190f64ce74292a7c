import type { LocalValue, LocalValues } from '../../../domain/values.ts';
import { ApiError } from '../api-error.ts';
import type { Attribute, Derived } from './attribute.ts';
import type { Sent } from './body.ts';
import { countryById, countryOf, regionById, regionOf } from './places/match-place.ts';
import type { RecordResource } from './resource.ts';

/** What a request asks of one record, in our terms. */
export interface Wish {
  readonly set: LocalValues;
  /** For a location: whether it is to be its organization's primary one; undefined: not said. */
  readonly primary: boolean | undefined;
}

/** Fields that stand behind what is derived from them. */
const FIELD_OF: Readonly<Partial<Record<Derived, string>>> = {
  parentId: 'parent',
  regionId: 'region',
  countryId: 'country',
  primaryLocation: 'primaryLocation',
};

export function fieldOf({ source }: Attribute): string | undefined {
  if ('field' in source) return source.field;
  return 'derived' in source ? FIELD_OF[source.derived] : undefined;
}

/** Reads the attributes that a request sent. `current`: the record as it is; null: it is to be made. */
export function toFields({ attributes: known }: RecordResource, sent: Sent, current: LocalValues | null): Wish {
  const set: Record<string, LocalValue> = {};
  for (const attribute of known) {
    const field = fieldOf(attribute);
    const value = sent.attributes[attribute.name] as LocalValue | undefined;
    const isPlace = 'derived' in attribute.source && attribute.source.derived !== 'parentId';
    if (!attribute.writable || field === undefined || value === undefined || isPlace) continue;
    if (attribute.required && value === null && (current?.[field] ?? null) !== null) throw blank(sent, attribute);
    set[field] = value;
  }
  setPlaces(set, sent, current ?? {});
  const primary = sent.attributes['primary'];
  return { set, primary: typeof primary === 'boolean' ? primary : undefined };
}

/** Complains about what a new record has to have and was not sent. `given`: what the address says already. */
export function requireAll({ attributes }: RecordResource, sent: Sent, given: LocalValues): void {
  for (const attribute of attributes) {
    const field = fieldOf(attribute);
    if (!attribute.required || field === undefined || (given[field] ?? null) !== null) continue;
    if ((sent.attributes[attribute.name] ?? null) === null) throw blank(sent, attribute);
  }
}

const blank = (sent: Sent, { name }: Attribute): ApiError => complaint(sent, name, "can't be blank");

/**
 * Countries and regions are texts here, and a PSA's text may be none that the list knows: then the id is null and the name
 * is all there is. So an id sets the list's name, unless the text means the same already; and no id (null) leaves the word
 * to the name if that is sent too, so that what was read can be sent back.
 */
function setPlaces(set: Record<string, LocalValue>, sent: Sent, current: LocalValues): void {
  const countryId = idIn(sent, 'country-id');
  const regionId = idIn(sent, 'region-id');
  if (countryId !== undefined && countryId !== null) {
    const country = countryById(countryId);
    if (!country) throw complaint(sent, 'country-id', 'must exist');
    set['country'] = countryOf(textOf(current['country'])) === country ? textOf(current['country']) : country.name;
  } else if (countryId === null && !('country-name' in sent.attributes)) {
    set['country'] = null;
  }
  if (regionId !== undefined && regionId !== null) {
    const region = regionById(regionId);
    if (!region) throw complaint(sent, 'region-id', 'must exist');
    const inCountry = textOf('country' in set ? set['country'] : current['country']);
    const known = countryOf(inCountry);
    if (known && known !== region.country) {
      throw complaint(sent, 'region-id', `${region.name} lies in ${region.country.name}, and not in ${known.name}`);
    }
    const text = textOf(current['region']);
    set['region'] = regionOf(text, inCountry) === region ? text : region.name;
  } else if (regionId === null && !('region-name' in sent.attributes)) {
    set['region'] = null;
  }
}

const textOf = (value: LocalValue | undefined): string | null => (typeof value === 'string' ? value : null);
const idIn = (sent: Sent, name: string) => sent.attributes[name] as string | null | undefined;

function complaint({ pointer }: Sent, attribute: string, detail: string): ApiError {
  return new ApiError(422, [{ detail, source: { pointer: `${pointer}/attributes/${attribute}` } }]);
}
