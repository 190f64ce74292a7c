import { expect } from 'vitest';
import type { ApiClient, Json } from './api-client.ts';

/** A webhook, and each of its rows as it was written, by the document's path. */
interface MadeWebhook {
  readonly id: number;
  readonly written: readonly (readonly [path: string, row: Json])[];
}

/** What webhooks here are subscribed to, and what they always show. */
const TOLD: Readonly<Record<string, { readonly subscribed: string; readonly always: string }>> = {
  Company: { subscribed: 'companyName', always: 'phone' },
  Contact: { subscribed: 'firstName', always: 'emailAddress' },
  ConfigurationItem: { subscribed: 'serialNumber', always: 'referenceTitle' },
};

/** Ids of what a webhook can tell of, by its names: values of a picklist. */
async function idsOf(client: ApiClient, entity: string, field: string): Promise<Record<string, number>> {
  const { body } = await client.get(`/${entity}/entityInformation/fields`);
  const described = (body['fields'] as Json[]).find(({ name }) => name === field);
  const values = described?.['picklistValues'] as { value: string; label: string }[];
  return Object.fromEntries(values.map(({ value, label }) => [label, Number(value)]));
}

/** Makes a webhook for all events of an entity, which tells of two fields and one that is user-defined. */
export async function makeWebhook(
  client: ApiClient,
  of: string,
  more: Json = {},
  excluded = 'Rob',
): Promise<MadeWebhook> {
  const written: [string, Json][] = [];
  const make = async (path: string, address: string, row: Json): Promise<number> => {
    const { status, body, text } = await client.send('POST', address, row);
    expect(status, text).toBe(200);
    written.push([path, { ...row, id: Number(body['itemId']) }]);
    return Number(body['itemId']);
  };
  const id = await make(`/${of}Webhooks`, `/${of}Webhooks`, {
    ...{ name: 'Mine', webhookUrl: 'http://127.0.0.1:9/', deactivationUrl: 'http://127.0.0.1:9/off', isActive: true },
    ...{ isSubscribedToCreateEvents: true, isSubscribedToUpdateEvents: true, isSubscribedToDeleteEvents: true },
    ...{ secretKey: 'hush', ...more },
  });
  const part = (at: string, row: Json) =>
    make(`/${of}Webhooks/{parentId}/${at}`, `/${of}Webhooks/${id}/${at}`, { webhookID: id, ...row });
  const { subscribed = '', always = '' } = TOLD[of] ?? {};
  const fields = await idsOf(client, `${of}WebhookFields`, 'fieldID');
  await part('Fields', { fieldID: fields[subscribed], isSubscribedField: true, isDisplayAlwaysField: false });
  await part('Fields', { fieldID: fields[always], isSubscribedField: false, isDisplayAlwaysField: true });
  const [udfFieldID] = Object.values(await idsOf(client, `${of}WebhookUdfFields`, 'udfFieldID'));
  await part('UdfFields', { udfFieldID, isSubscribedField: true, isDisplayAlwaysField: false });
  const [person] = (await client.query('Resources', { op: 'eq', field: 'firstName', value: excluded })).items;
  await part('ExcludedResources', { resourceID: person?.['id'] });
  return { id, written };
}
