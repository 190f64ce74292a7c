import { randomUUID } from 'node:crypto';
import { Refusal } from '../../refusal.ts';
import type { Context } from '../context.ts';
import { noPermission, refuse } from '../errors.ts';
import type { EntityName, Subject } from '../schema/entity-name.ts';
import type { Rules } from './entity-rules.ts';

const WEBHOOKS = ['CompanyWebhooks', 'ContactWebhooks', 'ConfigurationItemWebhooks'] as const;

/** What belongs to one webhook, and goes with it. */
const partsOf = (of: Subject) =>
  [`${of}WebhookFields`, `${of}WebhookUdfFields`, `${of}WebhookExcludedResources`] as const;

/** A webhook is ready once it is subscribed to some field. */
function seeIfReady({ store }: Context, of: Subject, webhookId: number): void {
  const [fields, udfs] = partsOf(of);
  const isReady = [fields, udfs].some((name) =>
    store
      .collection(name)
      .by('webhookID', webhookId)
      .some((row) => row['isSubscribedField'] === true),
  );
  const webhook = store.get(`${of}Webhooks`, webhookId);
  if (webhook && webhook['isReady'] !== isReady) store.update(`${of}Webhooks`, webhook, { isReady });
}

function checkUrl(name: string, value: unknown): void {
  const isHttp = URL.canParse(String(value)) && /^https?:$/u.test(new URL(String(value)).protocol);
  if (!isHttp) throw refuse(`${name} is not a valid URL.`);
}

const countWebhooks = ({ store }: Context): number =>
  WEBHOOKS.reduce((sum, name) => sum + store.collection(name).size, 0);

/** The rules of the webhooks of an entity, and of what belongs to them. */
export function webhookRules<Of extends Subject>(of: Of) {
  const part: Rules = {
    stamps: { changed: [] },
    defaults: () => ({ isSubscribedField: false, isDisplayAlwaysField: false }),
    follow: (context, row) => seeIfReady(context, of, Number(row['webhookID'])),
    gone: (context, row) => seeIfReady(context, of, Number(row['webhookID'])),
  };
  const webhook: Rules = {
    stamps: { changed: [] },
    defaults: () => ({
      ...{ isActive: true, isReady: false, webhookGUID: randomUUID(), sendThresholdExceededNotification: false },
      ...{ isSubscribedToCreateEvents: false, isSubscribedToUpdateEvents: false, isSubscribedToDeleteEvents: false },
    }),
    check(context, after, row) {
      if (!row && countWebhooks(context) >= context.settings.maxWebhooks) throw new Refusal(noPermission('create'));
      checkUrl('webhookUrl', after['webhookUrl']);
      checkUrl('deactivationUrl', after['deactivationUrl']);
    },
    gone({ store }, { id }) {
      for (const name of partsOf(of)) {
        for (const row of [...store.collection(name).by('webhookID', id)]) store.remove(name, row);
      }
    },
  };
  const [fields, udfs, excluded] = partsOf(of);
  const rules = { [`${of}Webhooks`]: webhook, [fields]: part, [udfs]: part, [excluded]: { stamps: { changed: [] } } };
  return rules as Record<Extract<EntityName, `${Of}Webhook${string}`>, Rules>;
}
