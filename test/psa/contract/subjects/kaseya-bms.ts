import { kaseyaBmsReading } from '../../../oracle/kaseya-bms.ts';
import type { PsaName } from '../../../../simulator/start.ts';
import type { TheirRecord } from '../../../oracle/theirs.ts';
import type { Subject, World } from '../subject.ts';

const PAGE = 100;

/** Active and inactive records are asked for apart. */
function pages(records: readonly TheirRecord[]): number {
  const active = records.filter(({ status }) => status?.id === '1').length;
  return Math.ceil(active / PAGE) + Math.ceil((records.length - active) / PAGE);
}

const accountPages = (world: World) => pages(world.records('organization'));

const row = (world: World, list: string, index: number) => {
  const { id, name } = world.list(list)[index]!;
  return { psaId: id, name };
};

/** The first account, with a location of it. */
const home = (world: World) => {
  const { id, fields } = world.records('organization')[0]!;
  return { organization: id, location: (fields['primaryLocation'] as { readonly id: string }).id };
};

/** The products that share the API are tested alike. */
const product = (provider: PsaName): Subject => ({
  provider,
  simulator: provider,
  size: 600, // pages of 100, and a request for each device
  simulated: { requestsPerHour: 0 }, // so many devices would take hours
  reading: kaseyaBmsReading,
  wrong: { password: 'not-the-password' },
  forbid({ admin }) {
    admin.settings({ role: { contacts: [] } });
    return /contacts/u;
  },
  unlimited: { requestsPerHour: 0 },
  overhead: /^\/security\/|^\/system\//u,
  kinds: {
    organization: {
      collection: 'accounts',
      // There is no way to page that deletions do not disturb.
      churn: { insert: 20, delete: 0 },
      path: '^/crm/accounts/summary$',
      least: accountPages,
      badRow: { accountName: 12_345 },
    },
    location: {
      collection: 'locations',
      path: '^/crm/accounts/summary$',
      least: accountPages,
      badRow: { locationName: 12_345 },
    },
    contact: {
      collection: 'contacts',
      churn: { insert: 20, delete: 0 },
      path: '^/crm/contacts/summary$',
      // How many of them are active is not in the fields that sync; the two halves end in a page each.
      least: (world) => Math.ceil(world.records('contact').length / PAGE) + 1,
      badRow: { firstName: 12_345 },
    },
    configuration: {
      collection: 'assets',
      churn: { insert: 20, delete: 0 },
      path: '^/servicedesk/hardwareasset/searchselect$',
      detailPath: '^/servicedesk/hardwareasset/\\d+$',
      // The list holds too little: each device takes a request of its own.
      least: (world) => world.records('configuration').length + pages(world.records('configuration')),
      badRow: { name: 12_345 },
    },
  },
  writing: {
    settings: () => ({ contactEmailType: '1', contactPhoneType: '1', accountManager: '2', businessType: '1' }),
    kinds: {
      organization: {
        create: (world) => ({
          name: 'Analytical Engines',
          shortName: 'AE',
          type: row(world, 'organization_type', 0),
          status: row(world, 'organization_status', 0),
        }),
        updates: [
          () => ({ name: 'Difference Engines', shortName: null }),
          (_current, world) => ({
            type: row(world, 'organization_type', 1),
            status: row(world, 'organization_status', 1),
            parent: home(world).organization,
          }),
        ],
        makes: { method: 'POST', path: '^/crm/accounts$' },
      },
      contact: {
        create: (world) => ({
          ...home(world),
          firstName: 'Ada',
          lastName: 'Byron-Lovelace',
          title: 'Countess',
          important: true,
          emails: [{ value: 'ada@engines.example', type: 'Work', primary: true }],
          phones: [{ value: '555-0101', extension: null, type: 'Work', primary: true }],
        }),
        updates: [
          () => ({ title: null, lastName: 'King-Noel', important: false }),
          () => ({
            emails: [
              { value: 'ada@engines.example', type: 'Work', primary: false },
              { value: 'countess@engines.example', type: 'Personal', primary: true },
            ],
            phones: [{ value: '555-0199', extension: null, type: 'Mobile', primary: true }],
          }),
        ],
        makes: { method: 'POST', path: '^/crm/contacts/summary$' },
      },
      configuration: {
        create: (world) => ({
          ...home(world),
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
        makes: { method: 'POST', path: '^/servicedesk/hardwareasset$' },
      },
    },
    // Longer than any title may be, which is not published.
    refused: { kind: 'contact', set: () => ({ title: 'Zubrowka'.repeat(300) }), secret: 'Zubrowka' },
  },
});

export const kaseyaBms = product('kaseya-bms');
export const vorex = product('vorex');
export const pulseway = product('pulseway');
