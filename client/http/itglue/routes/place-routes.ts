import { z } from 'zod';
import type { ApiDeps, ApiServer } from '../../deps.ts';
import { listDocument } from '../document.ts';
import { listParameters, readListRequest } from '../list-request.ts';
import { FAILURE, placeOffers, replySchemas } from '../offers.ts';
import { findPlace, readPlacePage } from '../places/read-places.ts';
import { renderRow } from '../render-row.ts';
import type { PlaceResource } from '../resource.ts';
import { PLACE_RESOURCES } from '../resources/place-resources.ts';

/** Countries and regions: all of ISO 3166, the same for every tenant. */
export function placeRoutes(server: ApiServer, deps: ApiDeps): void {
  for (const resource of PLACE_RESOURCES) {
    addRoutes(server, deps, resource, `/${resource.path}`);
    if (resource.place === 'region') addRoutes(server, deps, resource, '/countries/:country_id/relationships/regions');
  }
}

function addRoutes(server: ApiServer, deps: ApiDeps, resource: PlaceResource, path: string): void {
  const { one, page } = replySchemas(resource);
  const offers = placeOffers(resource);
  const nested = path.includes(':');
  const country = nested ? { country_id: z.string() } : {};
  const inside = (params: unknown): string | undefined => {
    const { country_id: id } = params as { readonly country_id?: string };
    const [countries] = PLACE_RESOURCES;
    if (id !== undefined && countries) findPlace(countries, id);
    return id;
  };
  server.route({
    method: 'GET',
    url: path,
    schema: {
      tags: [resource.words],
      summary: `List ${resource.words}`,
      params: z.object(country),
      querystring: listParameters(offers),
      response: { 200: page, '4xx': FAILURE },
    },
    handler: (request) => {
      const asked = readListRequest(request.query, offers);
      return Promise.resolve(
        listDocument(readPlacePage(resource, asked, inside(request.params)), asked, request, deps),
      );
    },
  });
  server.route({
    method: 'GET',
    url: `${path}/:id`,
    schema: {
      tags: [resource.words],
      summary: `Show one of the ${resource.words}`,
      params: z.object({ ...country, id: z.string() }),
      response: { 200: one, '4xx': FAILURE },
    },
    handler: (request) => {
      const { id } = request.params as { readonly id: string };
      return Promise.resolve({ data: renderRow(resource, { ...findPlace(resource, id, inside(request.params)) }) });
    },
  });
}
