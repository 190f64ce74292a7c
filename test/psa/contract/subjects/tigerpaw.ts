import { tigerpawReading } from '../../../oracle/tigerpaw.ts';
import type { Subject, World } from '../subject.ts';

const PAGE = 100;
const pagesOfAccounts = (world: World) => Math.max(1, Math.ceil(world.records('organization').length / PAGE));

export const tigerpaw: Subject = {
  provider: 'tigerpaw',
  simulator: 'tigerpaw',
  reading: tigerpawReading,
  wrong: { privateKey: 'not-the-key' },
  forbid({ admin }) {
    admin.settings({ role: { contacts: false } });
    return /contacts/u;
  },
  overhead: /^\/(mastertables|diagnostics)\//u,
  kinds: {
    organization: {
      collection: 'accounts',
      path: '^/accounts/search$',
      least: pagesOfAccounts,
      badRow: { Name: 12_345 },
    },
    location: {
      collection: 'accounts',
      path: '^/accounts/search$',
      least: pagesOfAccounts,
      badRow: { Address1: 12_345 },
    },
    contact: {
      collection: 'contacts',
      path: '^/contacts/account/\\d+$',
      pathUnder: (account) => `^/contacts/account/${account}$`,
      least: (world) => world.records('organization').length + world.records('contact').length,
      badRow: { FirstName: 12_345 },
    },
  },
};
