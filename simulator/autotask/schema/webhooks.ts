import { entity, MADE, type Entity } from './entity.ts';
import type { Subject } from './entity-name.ts';
import {
  all,
  fixed,
  flag,
  id,
  integer,
  isWebhookField,
  listed,
  readOnly,
  required,
  text,
  time,
  to,
  type Fields,
} from './field.ts';
import { picklistRows } from './picklists.ts';

const WEBHOOK: Fields = {
  ...id,
  name: required(text(50)),
  ...all(required(text(500)), 'webhookUrl', 'deactivationUrl'),
  secretKey: text(64),
  webhookGUID: readOnly(text(36)),
  isReady: readOnly(flag),
  ...all(flag, 'isActive', 'isSubscribedToCreateEvents', 'isSubscribedToUpdateEvents', 'isSubscribedToDeleteEvents'),
  sendThresholdExceededNotification: flag,
  notificationEmailAddress: text(150),
  ownerResourceID: to('Resources'),
};

/** What a webhook tells of a field: that it changed, or its value whatever changed. */
const TELLS = all(flag, 'isSubscribedField', 'isDisplayAlwaysField');

/** Ids of fields are values of a picklist; what they are is made up, in the order of the fields. */
const FIRST_FIELD = 201;
const FIRST_UDF = 29_683_001;

/** The webhooks of an entity, with what belongs to each. */
export function webhookEntities<Of extends Subject>(of: Of, { fields, udfs = [] }: Entity) {
  const webhooks = `${of}Webhooks` as const;
  const parts = (at: string, singular: string, own: Fields, can: Partial<Entity>): Entity =>
    entity(
      singular,
      { ...id, webhookID: required(fixed(to(webhooks))), ...own },
      {
        ...can,
        canCreate: true,
        canDelete: true,
        indexes: ['webhookID'],
        child: { of: webhooks, at, by: 'webhookID' },
      },
    );
  const names = Object.keys(fields).filter((name) => isWebhookField(fields[name]));
  const fieldID = listed(picklistRows(FIRST_FIELD, 1, names, true));
  const udfFieldID = listed(
    picklistRows(
      FIRST_UDF,
      1,
      udfs.map(({ name }) => name),
    ),
  );
  const made = {
    [webhooks]: entity(`${of}Webhook`, WEBHOOK, { ...MADE, canDelete: true }),
    [`${of}WebhookFields`]: parts('Fields', `${of}WebhookField`, { fieldID: required(fixed(fieldID)), ...TELLS }, MADE),
    [`${of}WebhookUdfFields`]: parts(
      'UdfFields',
      `${of}WebhookUdfField`,
      { udfFieldID: required(fixed(udfFieldID)), ...TELLS },
      MADE,
    ),
    [`${of}WebhookExcludedResources`]: parts(
      'ExcludedResources',
      `${of}WebhookExcludedResource`,
      { resourceID: required(fixed(to('Resources'))) },
      {},
    ),
  };
  return made as Record<`${Of}Webhook${'s' | 'Fields' | 'UdfFields' | 'ExcludedResources'}`, Entity>;
}

/** What could not be delivered. */
export const EVENT_ERROR_LOG: Fields = {
  ...id,
  ...all(readOnly(integer), 'accountWebhookID', 'contactWebhookID', 'sequenceNumber'),
  createDateTime: readOnly(time),
  ...all(readOnly(text()), 'errorMessage', 'payload'),
};
