import { autotaskAddressesReading } from '../../../oracle/autotask-addresses.ts';
import { autotaskReading } from '../../../oracle/autotask.ts';
import type { Subject, World } from '../subject.ts';

const PAGE = 500;
const pages = (rows: number) => Math.max(1, Math.ceil(rows / PAGE));

const named = (world: World, list: string, index: number) => {
  const { id, name } = world.list(list)[index]!;
  return { psaId: id, name };
};
/** Not the MSP itself, which is always active. */
const organization = (world: World) => world.records('organization')[4]!.id;
const productOf = (world: World, index: number) => {
  const models = world.records('configuration').flatMap(({ fields: { manufacturer, model } }) => {
    const isNamed = typeof manufacturer === 'object' && typeof model === 'object';
    if (!isNamed || !manufacturer || !model || !('row' in manufacturer) || !('row' in model)) return [];
    return [{ manufacturer: lookup(manufacturer.row.name), model: lookup(model.row.name) }];
  });
  return models.filter((one, at) => models.findIndex((other) => other.model.name === one.model.name) === at)[index]!;
};
const lookup = (name: string) => ({ psaId: null, name });

export const autotask: Subject = {
  provider: 'autotask',
  simulator: 'autotask',
  reading: autotaskReading,
  wrong: { secret: 'not-the-secret' },
  forbid({ admin }) {
    admin.settings({ securityLevel: { Contacts: [] } });
    return /contacts/u;
  },
  // A write below a company counts for what is written.
  endpoint: ({ path }) => {
    const [, entity = '', , child] = path.split('/');
    return child === 'Locations' ? 'CompanyLocations' : child === 'Contacts' ? child : entity;
  },
  unlimited: { requestsPerHour: 0 },
  overhead: /^\/(ZoneInformation|Countries|Resources|Products)|entityInformation/iu,
  kinds: {
    organization: {
      collection: 'Companies',
      size: 13_000,
      churn: { insert: 20, delete: 0 }, // companies are merged or set inactive, never deleted
      path: '^/Companies/query$',
      // Which location is the primary one stands with the locations, of which a company has one such.
      least: (world) => 2 * pages(world.records('organization').length),
      badRow: { companyName: 12_345 },
    },
    location: {
      collection: 'CompanyLocations',
      size: 13_000,
      path: '^/CompanyLocations/query$',
      least: (world) => pages(world.records('location').length),
      badRow: { name: 12_345 },
    },
    contact: {
      collection: 'Contacts',
      path: '^/Contacts/query$',
      least: (world) => pages(world.records('contact').length),
      badRow: { firstName: 12_345 },
    },
    configuration: {
      collection: 'ConfigurationItems',
      path: '^/ConfigurationItems/query$',
      // What has no type is outside of every gate, and Autotask leaves it out itself.
      least: (world) => pages(world.records('configuration').filter(({ types }) => types.length > 0).length),
      badRow: { referenceTitle: 12_345 },
    },
  },
  writing: {
    // A person, and none that only uses the API.
    settings: () => ({ accountManager: '29682885', productBillingCode: '29682801' }),
    kinds: {
      organization: {
        create: (world) => ({
          name: 'Analytical Engines',
          shortName: 'AnalyticalEngines',
          type: named(world, 'organization_type', 0),
          status: named(world, 'organization_status', 0),
        }),
        updates: [
          () => ({ name: 'Difference Engines', shortName: null }),
          (_current, world) => ({
            type: named(world, 'organization_type', 1),
            status: named(world, 'organization_status', 1),
          }),
        ],
        makes: { method: 'POST', path: '^/Companies$' },
      },
      location: {
        create: (world) => ({
          organization: organization(world),
          name: 'Engine house',
          address1: '12 Foundry Lane',
          city: 'Tampa',
          region: 'FL',
          postalCode: '33602',
          country: 'United States',
          phone: '555-0100',
        }),
        updates: [
          () => ({ name: 'Old engine house', address2: 'Door 7', city: null }),
          () => ({ country: 'Belgium', fax: '555-0102' }),
        ],
        makes: { method: 'POST', path: '^/Companies/\\d+/Locations$' },
      },
      contact: {
        create: (world) => ({
          organization: organization(world),
          firstName: 'Ada',
          lastName: 'Byron-Lovelace',
          title: 'Countess',
          emails: [{ value: 'ada@engines.example', type: 'Work', primary: true }],
          phones: [{ value: '555-0101', extension: '12', type: 'Work', primary: true }],
        }),
        updates: [
          () => ({ title: null, lastName: 'King-Noel' }),
          () => ({
            emails: [
              { value: 'countess@engines.example', type: 'Work', primary: true },
              { value: 'ada@engines.example', type: 'Email 2', primary: false },
            ],
            phones: [
              { value: '555-0199', extension: null, type: 'Mobile', primary: true },
              { value: '555-0103', extension: null, type: 'Fax', primary: false },
            ],
          }),
        ],
        makes: { method: 'POST', path: '^/Companies/\\d+/Contacts$' },
      },
      configuration: {
        create: (world) => ({
          organization: organization(world),
          name: 'ENGINE-01',
          type: named(world, 'configuration_type', 0),
          status: named(world, 'configuration_status', 0),
          ...productOf(world, 0),
          serialNumber: 'SN-1843-G',
          notes: 'First line\nsecond line',
        }),
        updates: [
          () => ({ serialNumber: null, assetTag: 'A-77', warrantyExpiresAt: '2031-05-01' }),
          (_current, world) => ({ type: named(world, 'configuration_type', 1) }),
          () => ({ manufacturer: lookup('Babbage & Sons'), model: lookup('Difference Engine No. 2') }),
        ],
        makes: { method: 'POST', path: '^/ConfigurationItems$' },
      },
    },
    // Autotask has a list of countries, and this is none of them.
    refused: { kind: 'location', set: () => ({ country: 'Zubrowka' }), secret: 'Zubrowka' },
  },
};

/** Locations read by themselves: of 100 companies at a time their own addresses, and those of their contacts. */
const apart = (world: World) => 2 * Math.max(1, Math.ceil(world.records('organization').length / 100));

/** Where locations are made of the addresses of companies and contacts: they come out of rows of others, and none is written. */
const { location: _, ...written } = autotask.writing!.kinds;

export const autotaskAddresses: Subject = {
  ...autotask,
  title: 'autotask-addresses',
  reading: autotaskAddressesReading,
  pull: { locations: 'addresses' },
  // In a full sync locations come last, out of the rows that companies and contacts were read from.
  shared: apart,
  kinds: {
    ...autotask.kinds,
    organization: {
      ...autotask.kinds.organization!,
      least: (world) => pages(world.records('organization').length),
    },
    location: {
      collection: 'Contacts',
      path: '^/(Companies|Contacts)/query$',
      remove({ admin }, { fields: { organization, address1 } }) {
        const company = Number((organization as { readonly id: string }).id);
        const rows = (name: string) => [...admin.state(name)] as (Record<string, unknown> & { readonly id: number })[];
        const offices = rows('Companies').filter((one) => one.id === company && one['address1'] === address1);
        const homes = rows('Contacts').filter((one) => one['companyID'] === company && one['addressLine'] === address1);
        admin.putRows(
          'Companies',
          offices.map((one) => ({ ...one, address1: null })),
        );
        admin.putRows(
          'Contacts',
          homes.map((one) => ({ ...one, addressLine: null })),
        );
        return offices.length + homes.length > 0 ? 1 : 0;
      },
      least: apart,
    },
  },
  writing: {
    ...autotask.writing!,
    kinds: written,
    // Autotask has its own list of types, and this is none of them.
    refused: { kind: 'organization', set: () => ({ type: { psaId: '99817', name: 'Zubrowka' } }), secret: '99817' },
  },
};
