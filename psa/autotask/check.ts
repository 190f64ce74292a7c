import type { PsaCheck } from '../contract.ts';
import { PsaError } from '../errors.ts';
import type { AutotaskClient } from './client.ts';
import { SECURITY_LEVELS } from './assumptions.ts';
import { ENTITIES, type Entity } from './entities.ts';

type Problem = PsaCheck['problems'][number];

/**
 * One row of everything that a sync reads. Rights that are missing are listed as problems; what concerns the integration as
 * a whole (credentials, zone, an outage) is thrown.
 */
export async function check(client: AutotaskClient, signal?: AbortSignal): Promise<PsaCheck> {
  const problems: Problem[] = [];
  for (const entity of Object.values(ENTITIES)) {
    try {
      const { rows } = await client.query({ entity, fields: [], pageSize: 1, scope: 'page', signal });
      if (entity === ENTITIES.companies && rows.length === 0) problems.push(nothingVisible(entity));
    } catch (error) {
      if (!(error instanceof PsaError) || error.code !== 'forbidden') throw error;
      problems.push(missingPermission(entity, error));
    }
  }
  return { version: null, problems };
}

function missingPermission({ words, permission }: Entity, { code }: PsaError): Problem {
  return {
    what: `The API user may not list ${words}`,
    fix: `Give its security level ${permission.what}, ${permission.level} (${SECURITY_LEVELS})`,
    code,
  };
}

/** Autotask leaves out what the user may not see; its own company is there always. */
function nothingVisible({ permission }: Entity): Problem {
  return {
    what: 'The API user sees no company at all',
    fix: `Give its security level ${permission.what}, ${permission.level} (${SECURITY_LEVELS})`,
    code: 'nothing_visible',
  };
}
