import { createHmac } from 'node:crypto';
import type { Subject } from '../schema/entity-name.ts';

/** Entities by the names of the older API, which webhooks go on using. */
const ENTITY_TYPES: Readonly<Record<Subject, string>> = {
  Company: 'Account',
  Contact: 'Contact',
  ConfigurationItem: 'InstalledProduct',
};

export type Action = 'Create' | 'Update' | 'Delete';

/** What happened to a row, as one webhook tells it. */
export interface WebhookEvent {
  readonly action: Action;
  readonly of: Subject;
  readonly id: number;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly guid: unknown;
  readonly time: string;
  /** Counts what this webhook has told. */
  readonly sequence: number;
  /** The resource whose doing it was. */
  readonly person: number;
}

export const eventBody = ({ action, of, id, fields, guid, time, sequence, person }: WebhookEvent): string =>
  JSON.stringify({
    ...{ Action: action, Guid: guid, EntityType: ENTITY_TYPES[of], Id: id, Fields: fields },
    ...{ EventTime: time, SequenceNumber: sequence, PersonID: person },
  });

/** The last word of a webhook that is switched off; it has no entity. */
export const deactivatedBody = (guid: unknown, time: string): string =>
  JSON.stringify({ Action: 'Deactivated', Guid: guid, EventTime: time });

/** As .NET writes texts: special characters and all beyond ASCII as `\uXXXX`. */
function escaped(json: string): string {
  const code = (character: string): string =>
    `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  return json.replace(/\\.|[&<>'`+\u0080-\uffff]/g, (found) =>
    found === '\\"' ? code('"') : found.startsWith('\\') ? found : code(found),
  );
}

/** `X-Hook-Signature`: HMAC-SHA1 keyed by the webhook's secret; none without one. */
export function signatureHeaders(
  body: string,
  secret: unknown,
  over: 'body' | 'escaped',
): Readonly<Record<string, string>> {
  if (typeof secret !== 'string') return {};
  const hmac = createHmac('sha1', secret).update(over === 'body' ? body : escaped(body), 'utf8');
  return { 'x-hook-signature': `sha1=${hmac.digest('base64')}` };
}
