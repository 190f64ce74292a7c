import { createHash, createHmac } from 'node:crypto';
import type { RecordEvent } from '../context.ts';
import type { View } from '../read/view.ts';
import { guidOf } from '../seed/lookups.ts';

/** Fields that the summary inside a callback leaves out. */
const NOT_IN_SUMMARY: readonly string[] = ['customFields', 'communicationItems', 'questions'];

/** The event that a callback tells, and whose it is. */
export interface CallbackContent {
  readonly event: RecordEvent;
  readonly type: string;
  readonly callbackId: number;
  /** Login company id. */
  readonly company: string;
  /** Where receivers get the signing key from. */
  readonly keyUrl: string;
  readonly messageId: string;
}

/** The body of a callback, as text: `Entity` is JSON inside JSON, a summary, and null for a deletion. */
export function callbackBody(content: CallbackContent, view: View): string {
  const { event, type, callbackId, company, keyUrl, messageId } = content;
  const entity = view.row(event.row);
  for (const field of NOT_IN_SUMMARY) delete entity[field];
  return JSON.stringify({
    Action: event.action,
    CallbackObjectRecId: callbackId,
    CompanyId: company,
    Entity: event.action === 'deleted' ? null : JSON.stringify(entity),
    FromUrl: 'api-na.myconnectwise.net',
    ID: event.row.id,
    MemberId: event.by,
    MessageId: messageId,
    Metadata: { key_url: keyUrl },
    PartnerId: guidOf('partner'),
    ProductInstanceId: guidOf('product'),
    Type: type,
  });
}

/** `x-content-signature`: HMAC over the raw body, keyed by the hash of the signing key. */
export function signature(body: string, signingKey: string): string {
  const key = createHash('sha256').update(signingKey, 'utf8').digest();
  return createHmac('sha256', key).update(body, 'utf8').digest('base64');
}
