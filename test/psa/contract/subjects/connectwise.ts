import { connectWiseReading } from '../../../oracle/connectwise.ts';
import type { Subject, World } from '../subject.ts';

const PAGE = 1_000;
const pages = (rows: number) => Math.max(1, Math.ceil(rows / PAGE));

const row = (world: World, list: string, index: number) => {
  const { id, name } = world.list(list)[index]!;
  return { psaId: id, name };
};
const companies = (world: World) => world.records('organization').filter(({ deleted }) => !deleted);
const organization = (world: World) => companies(world)[4]!.id;

export const connectwise: Subject = {
  provider: 'connectwise',
  simulator: 'connectwise',
  reading: connectWiseReading,
  wrong: { privateKey: 'not-the-key' },
  forbid({ admin }) {
    admin.settings({ role: { contacts: [] } });
    return /contacts/u;
  },
  overhead: /^\/login\/|\/(types|statuses)$|communicationTypes|^\/system\//u,
  kinds: {
    organization: {
      collection: 'companies',
      size: 25_000,
      path: '^/company/companies$',
      least: (world) => pages(companies(world).length),
      badRow: { name: 12_345 },
    },
    location: {
      collection: 'sites',
      churn: { insert: 20, delete: 0 }, // sites in use can't be deleted
      path: '^/company/companies/\\d+/sites$',
      pathUnder: (company) => `^/company/companies/${company}/sites$`,
      least: (world) => companies(world).length,
      badRow: { name: 12_345 },
    },
    contact: {
      collection: 'contacts',
      path: '^/company/contacts$',
      least: (world) => pages(world.records('contact').length),
      badRow: { firstName: 12_345 },
    },
    configuration: {
      collection: 'configurations',
      path: '^/company/configurations$',
      least: (world) => pages(world.records('configuration').length),
      badRow: { name: 12_345 },
    },
  },
  writing: {
    kinds: {
      organization: {
        create: (world) => ({
          name: 'Analytical Engines',
          shortName: 'AnalyticalEngines',
          type: row(world, 'organization_type', 0),
          status: row(world, 'organization_status', 0),
        }),
        updates: [
          () => ({ name: 'Difference Engines' }),
          (_current, world) => ({
            type: row(world, 'organization_type', 1),
            status: row(world, 'organization_status', 1),
          }),
        ],
        makes: { method: 'POST', path: '^/company/companies$' },
      },
      location: {
        create: (world) => ({
          organization: organization(world),
          name: 'Engine house',
          address1: '12 Foundry Lane',
          city: 'Tampa',
          postalCode: '33602',
        }),
        updates: [() => ({ name: 'Old engine house', address2: 'Door 7', city: null })],
        makes: { method: 'POST', path: '^/company/companies/\\d+/sites$' },
      },
      contact: {
        create: (world) => ({
          organization: organization(world),
          firstName: 'Ada',
          lastName: 'Byron-Lovelace',
          title: 'Countess',
          emails: [{ value: 'ada@engines.example', type: 'Email', primary: true }],
          phones: [{ value: '555-0101', extension: '12', type: 'Direct', primary: true }],
        }),
        updates: [
          () => ({ title: null, lastName: 'King-Noel' }),
          () => ({
            emails: [
              { value: 'ada@engines.example', type: 'Email', primary: false },
              { value: 'countess@engines.example', type: 'Email', primary: true },
            ],
            phones: [{ value: '555-0199', extension: null, type: 'Cell', primary: true }],
          }),
        ],
        makes: { method: 'POST', path: '^/company/contacts$' },
      },
      configuration: {
        create: (world) => ({
          organization: organization(world),
          name: 'ENGINE-01',
          type: row(world, 'configuration_type', 0),
          status: row(world, 'configuration_status', 0),
          serialNumber: 'SN-1843-G',
          notes: 'First line\nsecond line',
        }),
        updates: [
          () => ({ serialNumber: null, assetTag: 'A-77', warrantyExpiresAt: '2031-05-01' }),
          (_current, world) => ({ type: row(world, 'configuration_type', 1) }),
        ],
        makes: { method: 'POST', path: '^/company/configurations$' },
      },
    },
    // ConnectWise has a list of countries, and this is none of them.
    refused: { kind: 'location', set: () => ({ country: 'Zubrowka' }), secret: 'Zubrowka' },
  },
};
