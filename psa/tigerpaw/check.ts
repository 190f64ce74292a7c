import type { PsaCheck } from '../contract.ts';
import { PsaError } from '../errors.ts';
import { anyAccount } from './accounts.ts';
import type { TigerpawClient } from './client.ts';
import { activeContacts } from './contacts.ts';
import { lookups } from './lookups.ts';
import { RIGHTS, type Right } from './rights.ts';
import { result } from './schemas.ts';

type Problem = PsaCheck['problems'][number];

/** Tries the keys, then all that a sync reads. Rights that are missing are problems; what concerns all of it is thrown. */
export async function check(client: TigerpawClient, signal?: AbortSignal): Promise<PsaCheck> {
  const problems: Problem[] = [];
  async function tried<T>(right: Right, work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof PsaError) || error.code !== 'forbidden') throw error;
      problems.push({ what: `The rep of the keys may not see ${right.why}`, fix: fixOf(right), code: error.code });
      return null;
    }
  }
  const ask = (path: string, what: string) => client.ask({ path, what, scope: 'page', signal }, result);
  await ask('diagnostics/validate/user', 'check the keys');
  const { Message: version = null } = await ask('diagnostics/database/version', 'read the version');
  const account = await tried(RIGHTS.accounts, () => anyAccount(client, signal));
  if (account !== null) await tried(RIGHTS.contacts, () => activeContacts(client, account, signal));
  else if (problems.length === 0)
    problems.push({
      what: 'The rep of the keys sees no account',
      fix: fixOf(RIGHTS.accounts),
      code: 'nothing_visible',
    });
  await tried(RIGHTS.tables, () => lookups(client, signal));
  return { version, problems };
}

const fixOf = ({ what, level }: Right): string =>
  `Give the security role of that rep ${what}, ${level} (Tigerpaw: Edit > Master Tables > Security)`;
