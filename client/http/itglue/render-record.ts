import type { ApiRecord } from '../../../db/api/read-records.ts';
import type { Email, LocalValue, Phone } from '../../../domain/values.ts';
import type { Attribute } from './attribute.ts';
import { DERIVE } from './derive.ts';
import type { JsonValue, ResourceObject } from './document.ts';
import type { RecordResource } from './resource.ts';
import type { Surroundings } from './surroundings.ts';

/** A record as replies show it: every attribute is there, blank ones as null. */
export function renderRecord(
  resource: RecordResource,
  record: ApiRecord,
  around: Surroundings,
  inList = false,
): ResourceObject {
  const attributes: Record<string, JsonValue> = {};
  for (const attribute of resource.attributes) {
    const value = valueOf(attribute, record, around);
    const { cutInLists } = attribute;
    attributes[attribute.name] =
      inList && cutInLists !== undefined && typeof value === 'string' ? value.slice(0, cutInLists) : value;
  }
  return { id: record.id, type: resource.type, attributes };
}

function valueOf({ source, shape }: Attribute, record: ApiRecord, around: Surroundings): JsonValue {
  if ('always' in source) return source.always;
  if ('derived' in source) return DERIVE[source.derived](record, around);
  if ('record' in source) return record[source.record].toISOString();
  if ('nameOf' in source) return around.names.get(record.values[source.nameOf] as string) ?? null;
  return shown(shape, record.values[source.field] ?? null);
}

function shown(shape: Attribute['shape'], value: LocalValue): JsonValue {
  if (shape === 'emails') return ((value ?? []) as readonly Email[]).map(shownEmail);
  if (shape === 'phones') return ((value ?? []) as readonly Phone[]).map(shownPhone);
  if (shape === 'id') return value === null ? null : Number(value);
  return value as string | boolean | null;
}

const shownEmail = ({ value, type, primary }: Email): JsonValue => ({ value, primary, 'label-name': type });

const shownPhone = ({ value, extension, type, primary }: Phone): JsonValue => ({
  value,
  extension,
  primary,
  'label-name': type,
  'label-type': /fax/iu.test(type ?? '') ? 'fax' : 'phone',
  'formatted-value': value,
});
