import { Deliveries, type Delivery } from '../../deliveries.ts';
import type { StoredRow } from '../../store/collection.ts';
import type { Change, Values } from '../../store/store.ts';
import type { Context } from '../context.ts';
import type { EntityName, Subject } from '../schema/entity-name.ts';
import { API_USER, PERSON_IDS } from '../seed/lookups.ts';
import { deactivatedBody, eventBody, signatureHeaders, type Action } from './payload.ts';
import { toldFields } from './told-fields.ts';

/** Five tries within about two minutes. */
const RETRY_AFTER_MS = [30_000, 30_000, 30_000, 30_000];
/** Events in a row that did not arrive. */
const DEACTIVATED_AFTER = 25;

const SUBJECTS: Partial<Readonly<Record<EntityName, Subject>>> = {
  Companies: 'Company',
  Contacts: 'Contact',
  ConfigurationItems: 'ConfigurationItem',
};
const EVENTS: Readonly<Record<Action, string>> = {
  Create: 'isSubscribedToCreateEvents',
  Update: 'isSubscribedToUpdateEvents',
  Delete: 'isSubscribedToDeleteEvents',
};

/** How the deliveries of one webhook go. */
interface Line {
  last: Promise<unknown>;
  sequence: number;
  failures: number;
}

/** Tells receivers of every change of a row, in order, and switches webhooks off that do not arrive. */
export class Webhooks {
  readonly #context: Context;
  readonly #deliveries: Deliveries;
  readonly #lines = new Map<string, Line>();

  constructor(context: Context) {
    this.#context = context;
    this.#deliveries = new Deliveries({
      retryAfterMs: RETRY_AFTER_MS,
      isRetried: () => true,
      pace: () => ({ timeoutMs: context.settings.webhookTimeoutMs, clockSpeed: context.settings.clockSpeed }),
    });
    context.store.listen((change) => this.#tell(change));
  }

  deliveries(): readonly Delivery[] {
    return this.#deliveries.list();
  }

  clear(): void {
    this.#deliveries.clear();
    this.#lines.clear();
  }

  close(): Promise<void> {
    return this.#deliveries.close();
  }

  #tell(change: Change<EntityName>): void {
    const of = SUBJECTS[change.in];
    if (!of) return;
    if ('gone' in change) return this.#tellAll(of, 'Delete', change.gone, undefined);
    this.#tellAll(of, change.before ? 'Update' : 'Create', change.row, change.before);
  }

  #tellAll(of: Subject, action: Action, row: StoredRow, before: Values | undefined): void {
    const { store, journal } = this.#context;
    const person = journal.isInRequest ? API_USER : (PERSON_IDS[0] ?? 0);
    for (const webhook of store.collection(`${of}Webhooks`).all()) {
      const isOn = webhook['isActive'] === true && webhook['isReady'] === true && webhook[EVENTS[action]] === true;
      if (!isOn || this.#isExcluded(of, webhook, person)) continue;
      const fields = toldFields(this.#context, of, webhook.id, row, before);
      if (fields) this.#send(of, webhook, { action, id: row.id, fields, person });
    }
  }

  #isExcluded(of: Subject, { id }: StoredRow, person: number): boolean {
    const excluded = this.#context.store.collection(`${of}WebhookExcludedResources`).by('webhookID', id);
    return excluded.some(({ resourceID }) => resourceID === person);
  }

  #send(of: Subject, webhook: StoredRow, event: { action: Action; id: number; fields: Values; person: number }): void {
    const key = `${of}/${webhook.id}`;
    const line = this.#lines.get(key) ?? { last: Promise.resolve(), sequence: 0, failures: 0 };
    this.#lines.set(key, line);
    const { webhookGUID: guid, secretKey, webhookUrl } = webhook;
    const sequence = ++line.sequence;
    const body = eventBody({ ...event, of, guid, sequence, time: this.#context.now() });
    const headers = signatureHeaders(body, secretKey, this.#context.settings.webhookSignature);
    const message = { callbackId: webhook.id, url: String(webhookUrl), body, headers };
    line.last = this.#deliveries.send(message, line.last).then((arrived) => {
      if (arrived === true) line.failures = 0;
      if (arrived === false) this.#noteFailure(of, webhook, line, { payload: body, sequenceNumber: sequence });
    });
  }

  /** An event that never arrived is gone, but for its line in the log. */
  #noteFailure(of: Subject, webhook: StoredRow, line: Line, lost: Values): void {
    const { store } = this.#context;
    const whose = of === 'Company' ? 'accountWebhookID' : of === 'Contact' ? 'contactWebhookID' : undefined;
    store.insert('WebhookEventErrorLogs', {
      ...lost,
      ...(whose && { [whose]: webhook.id }),
      id: store.collection('WebhookEventErrorLogs').nextId(),
      createDateTime: this.#context.now(),
      errorMessage: 'The receiver did not answer with success.',
    });
    line.failures += 1;
    const isOn = store.get(`${of}Webhooks`, webhook.id) === webhook && webhook['isActive'] === true;
    if (line.failures < DEACTIVATED_AFTER || !isOn) return;
    line.failures = 0;
    store.update(`${of}Webhooks`, webhook, { isActive: false });
    const { webhookGUID, deactivationUrl } = webhook;
    const body = deactivatedBody(webhookGUID, this.#context.now());
    void this.#deliveries.send({ callbackId: webhook.id, url: String(deactivationUrl), body, headers: {} });
  }
}
