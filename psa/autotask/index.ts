import type { PsaAdapter, PsaConnection } from '../contract.ts';
import { createAddressLocations } from './address-locations.ts';
import { createAddressPlaces } from './address-places.ts';
import { byIds } from './by-ids.ts';
import { check } from './check.ts';
import { createClient } from './client.ts';
import { CONNECTION_FIELDS, connectionSchema, loginOf, originsOf } from './connection.ts';
import { askedRestMs } from './errors.ts';
import { createKnownAddresses } from './known-addresses.ts';
import { lookups } from './lookups.ts';
import { MAPPING, MAPPING_VERSION } from './mapping.ts';
import { createLists } from './lists.ts';
import { createNames, FOR_RECORDS } from './names.ts';
import { NOTES } from './notes.ts';
import { createPages } from './pages.ts';
import { fromAddresses, LOCATIONS } from './pull-settings.ts';
import { createReading } from './reading.ts';
import { createSites } from './sites.ts';
import { PUSH_SETTINGS } from './write/push-settings.ts';
import { createWriter } from './writer.ts';
import { writerBesideAddresses } from './writer-beside-addresses.ts';

export const autotask: PsaAdapter = {
  provider: 'autotask',
  title: 'Autotask',
  capabilities: {
    kinds: ['organization', 'location', 'contact', 'configuration'],
    twoWay: true,
    gate: {
      organization: { types: 'organization_type', statuses: 'organization_status' },
      configuration: { types: 'configuration_type', statuses: 'configuration_status' },
    },
    matching: {},
    underOrganization: [],
    // See ASSUMPTIONS; with room for others.
    limits: { requestsPerWindow: 600, windowSeconds: 300, requestsInFlight: 2 },
    vendorLimits: { requests: { most: 10_000, seconds: 3_600 }, requestsInFlight: 3 },
    limitsPer: { window: 'integration', inFlight: 'endpoint' },
    pullSettings: [LOCATIONS],
    pushSettings: PUSH_SETTINGS,
  },
  mappingVersion: MAPPING_VERSION,
  mapping: MAPPING,
  connection: CONNECTION_FIELDS,
  connectionSchema,
  notes: NOTES,
  origins: originsOf,
  askedRestMs,

  connect({ connection, http, settings }) {
    const client = createClient(http, loginOf(connection));
    const lists = createLists(client);
    const isByAddress = fromAddresses(settings);
    const places = isByAddress ? createAddressPlaces(lists) : createSites(client);
    const known = isByAddress ? createKnownAddresses() : undefined;
    const reading = createReading(places, lists, createNames(client, FOR_RECORDS));
    const writer = createWriter({ client, reading, lists });
    const plain: PsaConnection = {
      writer,
      check: (signal) => check(client, signal),
      lookups: (signal) => lookups(lists, signal),
      page: createPages({ client, lists, places, known }),
      byIds: (request) => byIds(client, reading, request),
    };
    if (!known) return plain;
    const locations = createAddressLocations(client, lists, known);
    return {
      ...plain,
      writer: writerBesideAddresses(writer),
      page: (request) => (request.kind === 'location' ? locations.page(request) : plain.page(request)),
      byIds: (request) => (request.kind === 'location' ? locations.byIds(request) : plain.byIds(request)),
    };
  },
};
