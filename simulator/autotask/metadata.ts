import type { Reply } from '../psa.ts';
import { ENTITIES } from './schema/entities.ts';
import type { EntityName } from './schema/entity-name.ts';
import { isWebhookField, type Field } from './schema/field.ts';
import { rowsOf } from './schema/picklists.ts';
import type { Settings } from './settings.ts';

const access = (settings: Settings, name: EntityName, level: 'query' | 'create' | 'update' | 'delete'): string =>
  settings.securityLevel[name].includes(level) ? 'All' : 'None';

export function entityInformation(name: EntityName, settings: Settings): Reply {
  const { singular, canCreate, canUpdate, canDelete, hasWebhooks, udfs } = ENTITIES[name];
  const info = {
    name: singular,
    canCreate,
    canDelete,
    canQuery: true,
    canUpdate,
    userAccessForCreate: canCreate ? access(settings, name, 'create') : 'None',
    userAccessForDelete: canDelete ? access(settings, name, 'delete') : 'None',
    userAccessForQuery: access(settings, name, 'query'),
    userAccessForUpdate: canUpdate ? access(settings, name, 'update') : 'None',
    hasUserDefinedFields: udfs !== undefined,
    supportsWebhookCallouts: hasWebhooks,
  };
  return { status: 200, json: { info } };
}

/** Values of picklists are texts here, although the fields that hold them are numbers. */
function picklistValues({ picklist }: Field): object[] | null {
  if (!picklist) return null;
  return rowsOf(picklist).map(({ value, label, isActive, isSystem, ...row }, at) => ({
    value: String(value),
    label,
    isDefaultValue: 'isDefault' in row,
    sortOrder: at + 1,
    parentValue: '',
    isActive,
    isSystem,
  }));
}

export function fieldInformation(name: EntityName): Reply {
  const { fields, hasWebhooks } = ENTITIES[name];
  const described = Object.entries(fields).map(([fieldName, field]) => ({
    name: fieldName,
    dataType: field.type,
    length: field.length ?? 0,
    isRequired: field.required === true,
    isReadOnly: field.readOnly === true,
    isQueryable: field.notQueryable !== true,
    isReference: field.to !== undefined,
    referenceEntityType: field.to ? ENTITIES[field.to].singular : '',
    isPickList: field.picklist !== undefined,
    picklistValues: picklistValues(field),
    picklistParentValueField: '',
    isSupportedWebhookField: hasWebhooks && isWebhookField(field),
  }));
  return { status: 200, json: { fields: described } };
}

export function udfInformation(name: EntityName): Reply {
  const fields = (ENTITIES[name].udfs ?? []).map(({ name: udf, type, length = 0 }) => ({
    name: udf,
    label: udf,
    type,
    length,
    description: '',
    isRequired: false,
    isReadOnly: false,
    isQueryable: true,
    isReference: false,
    referenceEntityType: '',
    isPickList: false,
    picklistValues: null,
    picklistParentValueField: '',
    defaultValue: '',
    isSupportedWebhookField: ENTITIES[name].hasWebhooks,
  }));
  return { status: 200, json: { fields } };
}
