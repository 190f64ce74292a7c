import type { PsaAdapter } from '../contract.ts';
import { createParentPages } from '../parent-pages.ts';
import { byIds } from './by-ids.ts';
import { check } from './check.ts';
import { createClient } from './client.ts';
import { CONNECTION_FIELDS, connectionSchema, loginOf } from './connection.ts';
import { lookups } from './lookups.ts';
import { MAPPING, MAPPING_VERSION } from './mapping.ts';
import { NOTES } from './notes.ts';
import { topPage } from './pages.ts';
import { sites } from './sites.ts';
import { PUSH_SETTINGS } from './write/push-settings.ts';
import { createWriter } from './writer.ts';

export const connectwise: PsaAdapter = {
  provider: 'connectwise',
  title: 'ConnectWise',
  capabilities: {
    kinds: ['organization', 'location', 'contact', 'configuration'],
    twoWay: true,
    gate: {
      organization: { types: 'organization_type', statuses: 'organization_status' },
      configuration: { types: 'configuration_type', statuses: 'configuration_status' },
    },
    matching: {},
    underOrganization: ['location'],
    // The vendor speaks of about 1,000 requests a minute; 12 at once have been seen to trip it.
    limits: { requestsPerWindow: 900, windowSeconds: 60, requestsInFlight: 6 },
    vendorLimits: { requests: { most: 1_000, seconds: 60 }, requestsInFlight: null },
    limitsPer: { window: 'integration', inFlight: 'integration' },
    pullSettings: [],
    pushSettings: PUSH_SETTINGS,
  },
  mappingVersion: MAPPING_VERSION,
  mapping: MAPPING,
  connection: CONNECTION_FIELDS,
  connectionSchema,
  notes: NOTES,

  origins(connection) {
    const { origin, apiOrigin } = loginOf(connection).address;
    return [...new Set([apiOrigin, origin])];
  },

  connect({ connection, http, requestsInFlight = connectwise.capabilities.limits.requestsInFlight }) {
    const client = createClient(http, loginOf(connection));
    const sitePage = createParentPages({
      read: (company, { signal }) => sites(client, company, signal),
      requestsInFlight,
    });
    return {
      writer: createWriter(client),
      check: (signal) => check(client, signal),
      lookups: (signal) => lookups(client, signal),
      page: (request) => (request.kind === 'location' ? sitePage(request) : topPage(client, request.kind, request)),
      byIds: (request) => byIds(client, requestsInFlight, request),
    };
  },
};
