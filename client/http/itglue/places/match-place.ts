import type { Spelling } from '../../../../db/api/record-query.ts';
import { foldText } from '../../../../domain/normalise.ts';
import { COUNTRIES, type Country, type Region, REGIONS } from './places.ts';

const COUNTRY_BY_TEXT: ReadonlyMap<string, Country> = new Map(
  COUNTRIES.flatMap((country) => country.spellings.map((text) => [foldText(text), country] as const)),
);
const COUNTRY_BY_ID: ReadonlyMap<string, Country> = new Map(COUNTRIES.map((country) => [country.id, country]));
const REGION_BY_ID: ReadonlyMap<string, Region> = new Map(REGIONS.map((region) => [region.id, region]));

/** Where several regions of a country share a name (a city and its district), it is the first of them. */
const REGION_BY_TEXT: ReadonlyMap<string, Region> = new Map(
  REGIONS.flatMap((region) =>
    region.spellings.map((text) => [regionKey(region.country, text), region] as const),
  ).reverse(),
);

/** Names that one region in the world has; with no country given, only these and whole codes are clear. */
const UNIQUE_NAMES: ReadonlyMap<string, Region> = uniqueNames();

function regionKey(country: Country, text: string): string {
  return `${country.iso}|${foldText(text)}`;
}

function uniqueNames(): Map<string, Region> {
  const unique = new Map<string, Region>();
  const several = new Set<string>();
  for (const region of REGIONS) {
    const key = foldText(region.name);
    if (unique.has(key)) several.add(key);
    else unique.set(key, region);
  }
  for (const key of several) unique.delete(key);
  for (const region of REGIONS) unique.set(foldText(region.code), region);
  return unique;
}

export const countryById = (id: string): Country | undefined => COUNTRY_BY_ID.get(id);
export const regionById = (id: string): Region | undefined => REGION_BY_ID.get(id);

/** The country that a record's text means: by name, usual or formal, or by code. */
export function countryOf(text: string | null): Country | undefined {
  return text === null ? undefined : COUNTRY_BY_TEXT.get(foldText(text));
}

/** The region that a record's text means inside its country; without a country only if there is no doubt. */
export function regionOf(text: string | null, country: string | null): Region | undefined {
  if (text === null) return undefined;
  if (country === null || country.trim() === '') return UNIQUE_NAMES.get(foldText(text));
  const inside = countryOf(country);
  return inside && REGION_BY_TEXT.get(regionKey(inside, text));
}

/** How a record's texts say that it lies in a country. */
export function spellingsOfCountry(id: string): Spelling[] {
  const country = countryById(id);
  return country ? [{ country: country.spellings }] : [];
}

/** How a record's texts say that it lies in a region; '' stands for blank. */
export function spellingsOfRegion(id: string): Spelling[] {
  const region = regionById(id);
  if (!region) return [];
  const { country, spellings } = region;
  const own = spellings.filter((text) => REGION_BY_TEXT.get(regionKey(country, text)) === region);
  const anywhere = [...new Set([region.name, region.code])].filter(
    (text) => UNIQUE_NAMES.get(foldText(text)) === region,
  );
  return [
    { country: country.spellings, region: own },
    { country: [''], region: anywhere },
  ];
}
