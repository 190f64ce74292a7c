import type { PsaCheck } from '../contract.ts';
import { PsaError } from '../errors.ts';
import type { BmsClient } from './client.ts';
import { LISTS, PERMISSIONS, type ListSpec } from './lists.ts';

type Problem = PsaCheck['problems'][number];

/**
 * One row of everything that a sync reads. Rights that are missing are listed as problems; what concerns the integration as
 * a whole (the login, the address, an outage) is thrown.
 */
export async function check(client: BmsClient, signal?: AbortSignal): Promise<PsaCheck> {
  const problems: Problem[] = [];

  async function hasRow(list: ListSpec): Promise<boolean> {
    try {
      return (await client.list({ list, pageSize: 1, scope: 'page', signal })).rows.length > 0;
    } catch (error) {
      if (!(error instanceof PsaError) || error.code !== 'forbidden') throw error;
      problems.push(missingPermission(client, list, error));
      return false;
    }
  }

  const hasAccount = await hasRow(LISTS.accounts);
  if (!hasAccount && problems.length === 0) problems.push(noAccount(client));
  for (const list of [LISTS.contacts, LISTS.assets, LISTS.accountTypes]) await hasRow(list);
  return { version: null, problems };
}

function missingPermission(
  { psa }: BmsClient,
  { words, permission = PERMISSIONS.accounts }: ListSpec,
  { code }: PsaError,
): Problem {
  return {
    what: `The user may not list ${words}`,
    fix: `Give its security role ${permission.what}, ${permission.level} (${psa}: Admin > Security > Roles)`,
    code,
  };
}

function noAccount({ psa }: BmsClient): Problem {
  const { what, level } = PERMISSIONS.accounts;
  return {
    what: 'The user sees no account',
    fix: `Give its security role ${what}, ${level}, for all accounts (${psa}: Admin > Security > Roles)`,
    code: 'nothing_visible',
  };
}
