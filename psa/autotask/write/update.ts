import type { PsaRecord } from '../../../domain/psa-record.ts';
import { isBlank, sameValue } from '../../../domain/values.ts';
import type { UpdateRequest } from '../../contract.ts';
import { inRequests } from '../../write/in-requests.ts';
import { numeric } from '../filter.ts';
import { bodyOf, changesProduct } from './body.ts';
import type { Sending, WriteParts } from './create.ts';
import { productFor } from './product.ts';
import { readBack } from './read-back.ts';
import { TARGETS } from './targets.ts';

/** Changes what differs in one PATCH, and the primary location of a company in another one. */
export async function update({ client, reading, lists }: WriteParts, request: UpdateRequest): Promise<PsaRecord> {
  const { kind, set, current, settings, signal, beforeWrite } = request;
  const { path, words, permission, entity } = TARGETS[kind];
  const change = (sending: Sending) => client.change({ ...sending, beforeWrite, signal });
  const own = await bodyOf(lists, request, signal);
  const fields = { ...current.fields, ...set };
  const isOtherProduct = kind === 'configuration' && changesProduct(set, current.fields);
  const product = isOtherProduct ? { productID: await productFor(client, change, { fields, settings, signal }) } : {};
  const body = { ...own, ...product };
  return inRequests(change, async (send) => {
    if (Object.keys(body).length > 0) {
      const patch = { id: numeric(current.psaId), ...body };
      await send({
        method: 'PATCH',
        path: path(current.fields),
        entity,
        body: patch,
        what: `change ${words}`,
        permission,
      });
    }
    const primary = set['primaryLocation'];
    if (kind === 'organization' && !isBlank(primary) && !sameValue(primary, current.fields['primaryLocation'])) {
      await send(primaryLocation(current, primary));
    }
    return readBack(client, reading, { kind, psaId: current.psaId, signal });
  });
}

function primaryLocation({ psaId }: PsaRecord, location: unknown): Sending {
  const { permission, entity } = TARGETS.location;
  const path = TARGETS.location.path({ organization: psaId });
  const body = { id: numeric(location), isPrimary: true };
  return { method: 'PATCH', path, entity, body, what: 'make another location the primary one', permission };
}
