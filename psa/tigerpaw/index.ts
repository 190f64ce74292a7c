import type { PsaAdapter } from '../contract.ts';
import { createParentPages } from '../parent-pages.ts';
import { accountPage, accountsByIds } from './accounts.ts';
import { check } from './check.ts';
import { createClient } from './client.ts';
import { CONNECTION_FIELDS, connectionSchema, originOf } from './connection.ts';
import { createContactPages } from './contact-pages.ts';
import { contactsByIds } from './contacts.ts';
import { createListedContacts } from './listed-contacts.ts';
import { locationsByIds, locationsUnder } from './locations.ts';
import { lookups } from './lookups.ts';
import { MAPPING, MAPPING_VERSION } from './mapping.ts';
import { NOTES } from './notes.ts';

export const tigerpaw: PsaAdapter = {
  provider: 'tigerpaw',
  title: 'Tigerpaw',
  capabilities: {
    kinds: ['organization', 'location', 'contact'],
    twoWay: false,
    gate: { organization: { types: 'organization_type', statuses: 'organization_status' } },
    matching: { location: 'address_alone' },
    underOrganization: ['location', 'contact'],
    limits: { requestsPerWindow: 600, windowSeconds: 60, requestsInFlight: 2 },
    vendorLimits: { requests: null, requestsInFlight: null },
    limitsPer: { window: 'integration', inFlight: 'integration' },
    pullSettings: [],
    pushSettings: [],
  },
  mappingVersion: MAPPING_VERSION,
  mapping: MAPPING,
  connection: CONNECTION_FIELDS,
  connectionSchema,
  notes: NOTES,

  origins: ({ address = '' }) => [originOf(address)].filter((origin) => origin !== null),

  connect({ connection, http, requestsInFlight = tigerpaw.capabilities.limits.requestsInFlight }) {
    const { address = '', publicKey = '', privateKey = '' } = connection;
    const keys = { publicKey, privateKey };
    const client = createClient({ http, origin: originOf(address) ?? '', keys, now: Date.now });
    const listed = createListedContacts(client);
    const contactPage = createContactPages(client, listed, requestsInFlight);
    const locationPage = createParentPages({ ...locationsUnder(client, listed), requestsInFlight });
    return {
      check: (signal) => check(client, signal),
      lookups: (signal) => lookups(client, signal),
      async page(request) {
        switch (request.kind) {
          case 'organization':
            return accountPage(client, request);
          case 'location':
            return locationPage(request);
          case 'contact':
            return contactPage(request);
          case 'configuration':
            return NO_PAGE;
        }
      },
      async byIds(request) {
        switch (request.kind) {
          case 'organization':
            return accountsByIds(client, requestsInFlight, request);
          case 'location':
            return locationsByIds(client, requestsInFlight, request);
          case 'contact':
            return contactsByIds(client, requestsInFlight, request);
          case 'configuration':
            return { records: [], rejects: [], missing: [], unknown: request.ids.map(({ psaId }) => psaId) };
        }
      },
    };
  },
};

/** Of a kind that does not sync. */
const NO_PAGE = { records: [], rejects: [], failedParents: [], parents: [], next: null } as const;
