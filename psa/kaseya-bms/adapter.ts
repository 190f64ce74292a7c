import type { PsaAdapter } from '../contract.ts';
import { createAssetPages } from './asset-pages.ts';
import { byIds } from './by-ids.ts';
import { check } from './check.ts';
import { createClient } from './client.ts';
import { connectionFields, connectionSchema, loginOf } from './connection.ts';
import { lookups } from './lookups.ts';
import { MAPPING, MAPPING_VERSION } from './mapping.ts';
import { notesOf } from './notes.ts';
import { listedPage } from './pages.ts';
import type { Product } from './products.ts';
import { PUSH_SETTINGS } from './write/push-settings.ts';
import { createWriter } from './writer.ts';

/** The adapter of a product that has this API. */
export function createAdapter(product: Product): PsaAdapter {
  const { provider, title } = product;
  // Any hour touches 13 such windows, which stay below the vendor's limit together; few at once, as nothing is published.
  const limits = { requestsPerWindow: 115, windowSeconds: 300, requestsInFlight: 4 } as const;
  return {
    provider,
    title,
    capabilities: {
      kinds: ['organization', 'location', 'contact', 'configuration'],
      twoWay: true,
      gate: {
        organization: { types: 'organization_type', statuses: 'organization_status' },
        configuration: { types: 'configuration_type', statuses: 'configuration_status' },
      },
      matching: {},
      underOrganization: [],
      limits,
      vendorLimits: { requests: { most: 1_500, seconds: 3_600 }, requestsInFlight: null },
      limitsPer: { window: 'endpoint', inFlight: 'integration' },
      pullSettings: [],
      pushSettings: PUSH_SETTINGS,
    },
    mappingVersion: MAPPING_VERSION,
    mapping: MAPPING,
    connection: connectionFields(product),
    connectionSchema,
    notes: notesOf(product),
    origins: (connection) => [loginOf(connection).address.origin],

    connect({ connection, http, requestsInFlight = limits.requestsInFlight }) {
      const client = createClient(title, http, loginOf(connection));
      const assetPage = createAssetPages(client, requestsInFlight);
      return {
        writer: createWriter(client),
        check: (signal) => check(client, signal),
        lookups: (signal) => lookups(client, signal),
        page: (request) =>
          request.kind === 'configuration' ? assetPage(request) : listedPage(client, request.kind, request),
        byIds: (request) => byIds(client, requestsInFlight, request),
      };
    },
  };
}
