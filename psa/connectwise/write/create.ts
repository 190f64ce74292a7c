import type { PsaRecord } from '../../../domain/psa-record.ts';
import { isBlank, type PsaValues } from '../../../domain/values.ts';
import type { CreateRequest } from '../../contract.ts';
import { badAnswer } from '../../http/answers.ts';
import { rowId } from '../../record-reader.ts';
import type { ConnectWiseClient } from '../client.ts';
import { PSA } from '../errors.ts';
import { READERS } from '../mapping.ts';
import type { CommunicationTypes } from './communication-types.ts';
import { identifierOf } from './identifier.ts';
import { firstValues } from './operations.ts';
import { NEW_COMPANY_SITE } from './push-settings.ts';
import { readBack } from './read-back.ts';
import { changing } from './requests.ts';
import { stateOf } from './state.ts';
import { pathId, TARGETS } from './targets.ts';
import { firstItems } from './write-communications.ts';

/**
 * Makes a record in one request, with its types and communications in it. `ignoreDuplicates` is never sent: the caller has
 * looked for the same name, so what ConnectWise would call a duplicate is a record that came into being since, perhaps ours.
 */
export async function create(
  client: ConnectWiseClient,
  types: CommunicationTypes,
  request: CreateRequest,
): Promise<PsaRecord> {
  const { kind, set, signal } = request;
  const { path, words, permission } = TARGETS[kind];
  const body = { ...firstValues(kind, set), ...(await further(client, types, request)) };
  return changing(client, request, async (change) => {
    const what = `make ${words}`;
    const row = await change({ method: 'POST', path: path(set), body, what, permission });
    const psaId = rowId(row);
    if (psaId === null)
      throw badAnswer({ psa: PSA, what, scope: 'record', write: true }, 'without the id of what it made');
    const organizationPsaId = kind === 'location' ? pathId(set['organization']) : null;
    try {
      return await readBack(client, { kind, psaId, organizationPsaId, signal });
    } catch (error) {
      // It is made, and we know which it is: losing that now would leave its name to be searched for.
      const [made] = READERS[kind].read([row], organizationPsaId ?? undefined).records;
      if (made) return made;
      throw error;
    }
  });
}

/** What a new record needs beyond the fields that are written as they are. */
async function further(
  client: ConnectWiseClient,
  types: CommunicationTypes,
  { kind, set, settings, signal }: CreateRequest,
): Promise<Record<string, unknown>> {
  switch (kind) {
    case 'organization':
      return newCompany(set, settings);
    case 'location': {
      const { region, country } = set;
      if (typeof region !== 'string') return {};
      return { stateReference: await stateOf(client, region, typeof country === 'string' ? country : null, signal) };
    }
    case 'contact': {
      const items = await firstItems(types, set, settings, signal);
      return items.length === 0 ? {} : { communicationItems: items };
    }
    case 'configuration':
      return {};
  }
}

/** ConnectWise makes a first site by the name that it is given; a company that is new has no other. */
function newCompany({ name, shortName }: PsaValues, settings: CreateRequest['settings']): Record<string, unknown> {
  const identifier = isBlank(shortName) && typeof name === 'string' ? { identifier: identifierOf(name) } : {};
  return { ...identifier, site: { name: settings[NEW_COMPANY_SITE.name] ?? NEW_COMPANY_SITE.default } };
}
