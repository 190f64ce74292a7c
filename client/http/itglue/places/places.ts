import { iso31661, iso31662 } from 'iso-3166';
import { OTHER_NAMES, USUAL_NAMES } from './country-names.ts';

export interface Country {
  /** Its numeric ISO code: the same in every version of the list. */
  readonly id: string;
  readonly name: string;
  /** Alpha-2. */
  readonly iso: string;
  /** All texts that mean it, the name among them. */
  readonly spellings: readonly string[];
}

export interface Region {
  /** Made of its code alone, so that it stays when the list grows. */
  readonly id: string;
  readonly name: string;
  /** Its code inside the country (`NY`). */
  readonly iso: string;
  /** The whole code (`US-NY`). */
  readonly code: string;
  readonly country: Country;
  readonly countryId: string;
  /** All texts that mean it inside its country. */
  readonly spellings: readonly string[];
}

export const COUNTRIES: readonly Country[] = iso31661
  .map(({ numeric, alpha2, alpha3, name }) => {
    const usual = USUAL_NAMES[alpha2] ?? name;
    const spellings = [...new Set([usual, name, alpha2, alpha3, ...(OTHER_NAMES[alpha2] ?? [])])];
    return { id: String(Number(numeric)), name: usual, iso: alpha2, spellings };
  })
  .sort((a, b) => Number(a.id) - Number(b.id));

/** A country has room for every code of up to three letters and digits: 37 to the power of three is less. */
const ROOM = 100_000;
const DIGITS = ' 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

function regionId(country: Country, iso: string): string {
  const inside = [...iso].reduce((number, letter) => number * DIGITS.length + DIGITS.indexOf(letter), 0);
  return String(Number(country.id) * ROOM + inside);
}

const REMARK = / \(.*\)$/u;

function listRegions(): Region[] {
  const countries = new Map(COUNTRIES.map((country) => [country.iso, country]));
  const regions = iso31662.flatMap(({ code, name }) => {
    const country = countries.get(code.slice(0, 2));
    const iso = code.slice(3);
    if (!country) return [];
    const spellings = [...new Set([name.replace(REMARK, ''), name, iso, code])];
    return [
      { id: regionId(country, iso), name: spellings[0] ?? name, iso, code, country, countryId: country.id, spellings },
    ];
  });
  return regions.sort((a, b) => Number(a.id) - Number(b.id));
}

/** Subdivisions of ISO 3166-2: states, provinces, counties and the like. */
export const REGIONS: readonly Region[] = listRegions();
