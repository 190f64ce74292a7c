import { COUNTRIES, REGIONS } from '../places/places.ts';
import { shown } from '../attribute.ts';
import type { PlaceResource } from '../resource.ts';

export const PLACE_RESOURCES: readonly PlaceResource[] = [
  {
    type: 'countries',
    path: 'countries',
    words: 'countries',
    place: 'country',
    rows: COUNTRIES,
    attributes: [shown('name', 'text', 'name'), shown('iso', 'text', 'iso')],
    filters: ['id', 'name', 'iso'],
  },
  {
    type: 'regions',
    path: 'regions',
    words: 'regions',
    place: 'region',
    rows: REGIONS,
    attributes: [shown('name', 'text', 'name'), shown('iso', 'text', 'iso'), shown('country-id', 'id', 'countryId')],
    filters: ['id', 'name', 'iso', 'country_id'],
  },
];
