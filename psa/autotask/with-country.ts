import { isRowId } from './ids.ts';
import type { Country } from './lists.ts';
import type { Row } from './whole.ts';

/** Puts the name of a country in the place of its number. */
export const withCountry =
  (countries: readonly Country[]) =>
  (row: Row): Row => {
    const { countryID } = row;
    if (!isRowId(countryID)) return row;
    return { ...row, countryID: { name: countries.find(({ id }) => id === String(countryID))?.name ?? null } };
  };
