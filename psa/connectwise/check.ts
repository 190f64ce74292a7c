import type { PsaCheck } from '../contract.ts';
import { PsaError } from '../errors.ts';
import { rowId } from '../record-reader.ts';
import type { ConnectWiseClient } from './client.ts';
import { LISTS, sitesOf, type ListSpec } from './lists.ts';
import { systemInfo } from './schemas.ts';

type Problem = PsaCheck['problems'][number];

/**
 * One row of everything that a sync reads. Rights that are missing are listed as problems; what concerns the integration as
 * a whole (keys, address, an outage) is thrown.
 */
export async function check(client: ConnectWiseClient, signal?: AbortSignal): Promise<PsaCheck> {
  const info = systemInfo.safeParse(await client.systemInfo(signal));
  const problems: Problem[] = [];

  async function firstRow(list: ListSpec): Promise<unknown> {
    try {
      const { rows } = await client.list({ list, fields: ['id'], pageSize: 1, scope: 'page', signal });
      return rows[0];
    } catch (error) {
      if (!(error instanceof PsaError) || error.code !== 'forbidden') throw error;
      problems.push(missingPermission(list, error));
      return undefined;
    }
  }

  const company = rowId(await firstRow(LISTS.companies));
  if (company !== null) await firstRow(sitesOf(company));
  else if (problems.length === 0) problems.push(NO_COMPANY);
  for (const list of Object.values(LISTS)) if (list !== LISTS.companies) await firstRow(list);
  return { version: info.data?.version ?? null, problems };
}

function missingPermission({ words, permission }: ListSpec, { code }: PsaError): Problem {
  return {
    what: `The API member may not list ${words}`,
    fix: `Give its security role ${permission.what}, ${permission.level} (ConnectWise: System > Security Roles)`,
    code,
  };
}

/** ConnectWise leaves rows out silently when the role says "My" or "None" where "All" is needed. */
const NO_COMPANY: Problem = {
  what: 'The API member sees no company at all',
  fix: `Give its security role ${LISTS.companies.permission.what}, ${LISTS.companies.permission.level} (ConnectWise: System > Security Roles)`,
  code: 'nothing_visible',
};
