import type { CollectionName } from '../schema/collection-name.ts';
import { isReference, referredId, type Row } from '../store/row.ts';
import type { Store } from '../store/store.ts';

/** A field that is worked out from other rows when it is read. */
export type Compute = (row: Row, store: Store) => unknown;

/** Number of the screen whose custom fields a collection shows; part of the definition (`podId`). */
const SCREEN: Partial<Record<CollectionName, number>> = {
  companies: 1,
  contacts: 2,
  sites: 3,
  configurations: 16,
};

/** Where a row keeps its custom values, by definition id. Not served. */
export const CUSTOM_VALUES = '#custom';
/** Where a configuration keeps its answers, by question id. Not served. */
export const ANSWERS = '#answers';

export type ById = Readonly<Record<number, unknown>>;

/** Every defined field, also those without a value. */
function customFields(collection: CollectionName): Compute {
  return (row, store) => {
    const values = (row[CUSTOM_VALUES] ?? {}) as ById;
    const defined = store.collection('userDefinedFields').all();
    return defined
      .filter((field) => field['podId'] === SCREEN[collection])
      .map((field) => ({
        id: field.id,
        caption: field['caption'],
        type: field['fieldTypeIdentifier'],
        entryMethod: field['entryTypeIdentifier'],
        numberOfDecimals: field['numberDecimals'],
        value: values[field.id] ?? null,
        connectWiseId: field['connectWiseID'],
      }));
  };
}

function associatedTypes(collection: 'companyTypeAssociations' | 'contactTypeAssociations', parent: string): Compute {
  return (row, store) =>
    store
      .collection(collection)
      .by(parent, row.id)
      .map((association) => association['type']);
}

function questions(row: Row, store: Store): unknown {
  const answers = (row[ANSWERS] ?? {}) as ById;
  const typeId = referredId(row['type']);
  if (typeId === undefined) return [];
  return store
    .collection('questions')
    .by('configurationType', typeId)
    .map((question) => ({
      answerId: row.id * 100 + (question.id % 100),
      questionId: question.id,
      question: question['question'],
      answer: answers[question.id] ?? null,
      sequenceNumber: question['sequenceNumber'],
      numberOfDecimals: question['numberOfDecimals'],
      fieldType: question['fieldType'],
      requiredFlag: question['requiredFlag'],
    }));
}

const ITEM_FIELDS = ['id', 'type', 'value', 'extension', 'defaultFlag', 'domain', 'communicationType'] as const;

function communicationItems(row: Row, store: Store): unknown {
  return store
    .collection('communications')
    .by('contactId', row.id)
    .map((communication) => {
      const item: Record<string, unknown> = {};
      for (const field of ITEM_FIELDS) if (communication[field] !== undefined) item[field] = communication[field];
      return item;
    });
}

/** The default phone, or the site's phone. */
function defaultPhone(part: 'type' | 'value' | 'extension'): Compute {
  return (row, store) => {
    const phone = store
      .collection('communications')
      .by('contactId', row.id)
      .find((item) => item['communicationType'] === 'Phone' && item['defaultFlag'] === true);
    if (phone) return part === 'type' && isReference(phone['type']) ? phone['type'].name : phone[part];
    const siteId = referredId(row['site']);
    const site = siteId === undefined ? undefined : store.get('sites', siteId);
    if (!site?.['phoneNumber']) return undefined;
    return { type: 'Site', value: site['phoneNumber'], extension: site['phoneNumberExt'] }[part];
  };
}

export const COMPUTED: Partial<Record<CollectionName, Readonly<Record<string, Compute>>>> = {
  companies: {
    types: associatedTypes('companyTypeAssociations', 'company'),
    customFields: customFields('companies'),
  },
  sites: { customFields: customFields('sites') },
  contacts: {
    types: associatedTypes('contactTypeAssociations', 'contact'),
    communicationItems,
    defaultPhoneType: defaultPhone('type'),
    defaultPhoneNbr: defaultPhone('value'),
    defaultPhoneExtension: defaultPhone('extension'),
    customFields: customFields('contacts'),
  },
  configurations: { questions, customFields: customFields('configurations') },
};
