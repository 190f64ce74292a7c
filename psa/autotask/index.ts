import type { PsaRecord } from '../../domain/psa-record.ts';
import type { PsaAdapter, PsaConnection } from '../contract.ts';
import { createAddressLocations } from './address-locations.ts';
import { byIds } from './by-ids.ts';
import { check } from './check.ts';
import { createClient } from './client.ts';
import { createCompleteRows } from './complete-rows.ts';
import { CONNECTION_FIELDS, connectionSchema, loginOf, originsOf } from './connection.ts';
import { askedRestMs } from './errors.ts';
import { lookups } from './lookups.ts';
import { MAPPING, MAPPING_VERSION } from './mapping.ts';
import { createLists } from './lists.ts';
import { createNames, FOR_RECORDS } from './names.ts';
import { NOTES } from './notes.ts';
import { createPages } from './pages.ts';
import { fromAddresses, LOCATIONS } from './pull-settings.ts';
import { withAddressLocations } from './with-address-locations.ts';
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
    // See ASSUMPTIONS: three calls at once and 10,000 in any hour, with room for others.
    limits: { requestsPerWindow: 600, windowSeconds: 300, requestsInFlight: 2 },
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
    const complete = createCompleteRows(client, lists, createNames(client, FOR_RECORDS));
    const readPage = createPages(client, lists);
    const writer = createWriter({ client, complete, lists });
    const plain: PsaConnection = {
      writer,
      check: (signal) => check(client, signal),
      lookups: (signal) => lookups(lists, signal),
      page: readPage,
      byIds: (request) => byIds(client, complete, request),
    };
    if (!fromAddresses(settings)) return plain;
    const locations = createAddressLocations(client, lists);
    const located = (records: readonly PsaRecord[], signal?: AbortSignal) =>
      withAddressLocations(locations, records, signal);
    return {
      ...plain,
      writer: writerBesideAddresses(writer, located),
      async page(request) {
        if (request.kind === 'location') return locations.page(request);
        const read = await plain.page(request);
        return { ...read, records: await located(read.records, request.signal) };
      },
      async byIds(request) {
        if (request.kind === 'location') return locations.byIds(request);
        const read = await plain.byIds(request);
        return { ...read, records: await located(read.records, request.signal) };
      },
    };
  },
};
