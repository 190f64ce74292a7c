import type { RunningSimulator } from '../../../../simulator/start.ts';
import type { Row, TheirRecord } from '../../../oracle/theirs.ts';
import { tigerpawReading } from '../../../oracle/tigerpaw.ts';
import type { Subject, World } from '../subject.ts';

const PAGE = 100;
const pagesOfAccounts = (world: World) => Math.max(1, Math.ceil(world.records('organization').length / PAGE));

/** Takes an address from everybody who has it. */
function forgetAddress({ admin }: RunningSimulator, { fields }: TheirRecord): number {
  const { organization } = fields;
  const account =
    typeof organization === 'object' && organization !== null && 'to' in organization ? organization.id : '';
  const has = (row: Row, part: string) => (row[part] as Row)['Address1'] === fields['address1'];
  const accounts = ([...admin.state('accounts')] as Row[]).filter(
    (row) => String(row['AccountNumber']) === account && has(row, 'Account'),
  );
  const people = ([...admin.state('contacts')] as Row[]).filter(
    (row) => String((row['Contact'] as Row)['AccountNumber']) === account && has(row, 'Contact'),
  );
  admin.putRows(
    'accounts',
    accounts.map((row) => ({ id: Number(row['AccountNumber']), Address1: null })),
  );
  admin.putRows(
    'contacts',
    people.map((row) => ({ id: Number(row['ContactNumber']), Address1: null })),
  );
  return accounts.length + people.length === 0 ? 0 : 1;
}

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
  // The contacts of an account: listed for their addresses, and to open each of them.
  shared: (world) => world.records('organization').length,
  kinds: {
    organization: {
      collection: 'accounts',
      path: '^/accounts/search$',
      least: pagesOfAccounts,
      badRow: { Name: 12_345 },
    },
    location: {
      // Locations are addresses of accounts and of people: a request for fifty accounts, and one for each.
      collection: 'contacts',
      path: '^/contacts/account/\\d+$',
      pathUnder: (account) => `^/contacts/account/${account}$`,
      least: (world) => Math.ceil(world.records('organization').length / 50) + world.records('organization').length,
      remove: forgetAddress,
    },
    contact: {
      collection: 'contacts',
      path: '^/contacts/account/\\d+$',
      detailPath: '^/contacts/\\d+/details$',
      pathUnder: (account) => `^/contacts/account/${account}$`,
      least: (world) => world.records('organization').length + world.records('contact').length,
      badRow: { FirstName: 12_345 },
    },
  },
};
