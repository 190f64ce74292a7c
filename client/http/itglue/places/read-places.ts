import { foldText } from '../../../../domain/normalise.ts';
import { apiError } from '../../api-error.ts';
import type { Page } from '../document.ts';
import { checkValues } from '../filter-values.ts';
import type { ListRequest } from '../list-request.ts';
import { renderRow } from '../render-row.ts';
import type { PlaceResource } from '../resource.ts';
import type { Country, Region } from './places.ts';

type Place = Country | Region;

/** Whether a place is what a filter asks for; names and codes without regard to case. */
const TESTS: Readonly<Record<PlaceResource['filters'][number], (place: Place, value: string) => boolean>> = {
  id: ({ id }, value) => id === value,
  name: ({ name, spellings }, value) =>
    foldText(name) === foldText(value) ||
    spellings.some((text) => text.length > 3 && foldText(text) === foldText(value)),
  iso: (place, value) => place.iso === value.toUpperCase() || ('code' in place && place.code === value.toUpperCase()),
  country_id: (place, value) => 'countryId' in place && place.countryId === value,
};

export function readPlacePage(resource: PlaceResource, asked: ListRequest, countryId?: string): Page {
  const filters = [...asked.filters, ...(countryId === undefined ? [] : [['country_id', [countryId]] as const])];
  for (const [name, values] of filters)
    checkValues(name, name === 'id' || name === 'country_id' ? 'id' : 'text', values);
  const places = resource.rows.filter((place) =>
    filters.every(([name, values]) => values.some((value) => TESTS[name as keyof typeof TESTS](place, value))),
  );
  const sorted = [...places];
  const [sort] = asked.sorts;
  // The rows stand by id; names are told apart as English does.
  if (sort?.name === 'name') sorted.sort((a, b) => a.name.localeCompare(b.name, 'en') || Number(a.id) - Number(b.id));
  if (sort?.descending) sorted.reverse();
  const start = (asked.page - 1) * asked.size;
  return {
    data: sorted.slice(start, start + asked.size).map((place) => renderRow(resource, { ...place })),
    total: places.length,
  };
}

/** Throws a 404 when there is none, or not in that country. */
export function findPlace(resource: PlaceResource, id: string, countryId?: string): Place {
  const place = resource.rows.find((candidate) => candidate.id === id);
  const elsewhere = countryId !== undefined && place && 'countryId' in place && place.countryId !== countryId;
  if (!place || elsewhere) throw apiError(404, `There is no ${resource.place} ${id}.`);
  return place;
}
