import type { PsaRecord } from '../../../domain/psa-record.ts';
import type { CreateRequest } from '../../contract.ts';
import { inRequests } from '../../write/in-requests.ts';
import type { AutotaskClient, ChangeRequest } from '../client.ts';
import { numeric } from '../filter.ts';
import type { Lists } from '../lists.ts';
import type { Reading } from '../reading.ts';
import { bodyOf } from './body.ts';
import { productFor } from './product.ts';
import { NEW_COMPANY_PHONE, OWNER } from './push-settings.ts';
import { readBack } from './read-back.ts';
import { TARGETS } from './targets.ts';

/** Without it some have met an unexpected error; see ASSUMPTIONS. */
const BILL_TO = 1;

export type Sending = Omit<ChangeRequest, 'beforeWrite' | 'signal'>;

export interface WriteParts {
  readonly client: AutotaskClient;
  readonly reading: Reading;
  readonly lists: Lists;
}

/** Makes a record in one request; for a device of a product that Autotask does not have, that is made before. */
export async function create({ client, reading, lists }: WriteParts, request: CreateRequest): Promise<PsaRecord> {
  const { kind, set, settings, signal, beforeWrite } = request;
  const { path, words, permission, entity } = TARGETS[kind];
  const change = (sending: Sending) => client.change({ ...sending, beforeWrite, signal });
  const own = await bodyOf(lists, request, signal);
  // A product of its own is no half of the record: what breaks off after it has made no device.
  const product =
    kind === 'configuration' ? { productID: await productFor(client, change, { fields: set, settings, signal }) } : {};
  const body = { ...own, ...defaultsOf(request), ...product };
  return inRequests(change, async (send) => {
    const psaId = await send({ method: 'POST', path: path(set), entity, body, what: `make ${words}`, permission });
    return readBack(client, reading, { kind, psaId, signal });
  });
}

/** What Autotask wants of a new record and we have no field for. */
function defaultsOf({ kind, set, settings }: CreateRequest): Readonly<Record<string, unknown>> {
  switch (kind) {
    case 'organization':
      return {
        ownerResourceID: numeric(settings[OWNER.name] ?? ''),
        phone: settings[NEW_COMPANY_PHONE.name] ?? NEW_COMPANY_PHONE.default,
        billToAddressToUse: BILL_TO,
      };
    case 'location':
      return { companyID: numeric(set['organization']), isActive: true };
    case 'contact':
      return { companyID: numeric(set['organization']), isActive: 1 };
    case 'configuration':
      return { companyID: numeric(set['organization']) };
  }
}
